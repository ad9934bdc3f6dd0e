"""Opening an original that is known, and what is said where none is."""

from reader.model import EntryRow
from reader.tui.shell import Shell


def open_known(app: Shell, row: EntryRow) -> None:
    """Open an established original; where there is none, say so and open nothing."""
    if row.attribution.url is not None:
        app.browse(row.attribution.url)
    else:
        app.say(unknown(app, row))


def unknown(app: Shell, row: EntryRow) -> str:
    """Why there is no original to open or copy, and what there is instead."""
    if row.attribution.status == "unchecked":
        return "Not looked at yet: the first publisher is not known."
    key = app.keymap.shown("open_entry")
    told = f"First publisher not established · {key} opens the feed’s page"
    # What is cut first stands last.
    return f"{told} · {row.attribution.ended}" if row.attribution.ended else told
