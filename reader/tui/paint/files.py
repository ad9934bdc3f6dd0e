"""Files that come with an entry: what each is, how large, and where it lies."""

from collections.abc import Sequence

from reader.model import Enclosure
from reader.tui.paint.cells import cells, cut_url, marked
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.span import BLANK, Line, Span, shortened, spaces
from reader.urls import shown

OPENS = "enclosure:"
"""What a click on a file does begins so; its number follows."""
_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "KB"))


def kind(file: Enclosure) -> str:
    """What a file is, and how large: `audio/mpeg, 24.1 MB`."""
    return ", ".join(filter(None, (file.type or "a file", size(file.length))))


def size(length: int | None) -> str:
    """How large a file is; nothing where that is not told."""
    if not length or length < 0:
        return ""
    for unit, name in _UNITS:
        if length >= unit:
            return f"{length / unit:.1f} {name}"
    return f"{length} bytes"


def file_lines(
    files: Sequence[Enclosure], key: str, measure: int, glyphs: Glyphs
) -> list[Line]:
    """The files under a text, and the key that opens them."""
    if not files:
        return []
    head: Line = (Span("Comes with it", "faint"),)
    if key:
        opens = Span(key, bold=True, act="enclosures")
        head = (*head, spaces(3), opens, Span(" open", "faint"))
    lines = [_line(n, file, measure, glyphs) for n, file in enumerate(files, 1)]
    return [BLANK, shortened(head, measure, glyphs.cut), *lines]


def _line(number: int, file: Enclosure, measure: int, glyphs: Glyphs) -> Line:
    told = kind(file)
    room = measure - cells(told) - 3
    line: Line = (Span(marked(told), act=f"{OPENS}{number}"),)
    if room >= 12:
        name = marked(cut_url(shown(file.url), room, glyphs.cut))
        line = (*line, spaces(3), Span(name, "url", act=f"{OPENS}{number}"))
    return shortened(line, measure, glyphs.cut)
