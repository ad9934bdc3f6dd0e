"""Pure rendering: values and a width in, lines of spans out.

Nothing here knows of Textual, a theme or a colour; `reader.tui.ink` turns spans into
strips. Time, zone and glyphs are arguments.
"""
