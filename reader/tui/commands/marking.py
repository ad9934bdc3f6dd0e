"""Read, unread, starred, and taking it back; the store is written by a worker."""

from collections.abc import Sequence

from reader.tui import work
from reader.tui.screens.main import Main

ASK_OVER = 50
"""Entries above or below which are marked without asking."""


def star(main: Main, count: int) -> None:
    """Star the entry, or take its star away."""
    row = main.row
    if row is not None:
        main.mark((row.id,), starred=not row.starred)


def toggle_read(main: Main, count: int) -> None:
    """Make the entry unread, or read."""
    row = main.row
    if row is not None:
        main.mark((row.id,), read=not row.read)


def mark_list_read(main: Main, count: int) -> None:
    """Mark everything in this list read, once it is agreed to."""
    _asked(main, _unread(main, main.entries.window.ids), asks_over=0)


def mark_all_read(main: Main, count: int) -> None:
    """Mark every entry of every feed read, once it is agreed to."""
    _asked(main, tuple(main.library.unread()), asks_over=0)


def read_above(main: Main, count: int) -> None:
    """Mark what stands above the cursor read."""
    ids = main.entries.window.ids[: main.entries.cursor]
    _asked(main, _unread(main, ids), ASK_OVER)


def read_below(main: Main, count: int) -> None:
    """Mark what stands below the cursor read."""
    ids = main.entries.window.ids[main.entries.cursor + 1 :]
    _asked(main, _unread(main, ids), ASK_OVER)


def undo(main: Main, count: int) -> None:
    """Take the last action back."""
    main.firsthand.promise(work.undo(main, main.library.services))


def redo(main: Main, count: int) -> None:
    """Do again what was taken back."""
    main.firsthand.promise(work.redo(main, main.library.services))


def _asked(main: Main, ids: Sequence[int], asks_over: int) -> None:
    if not ids:
        main.say("Nothing unread there.")
    elif len(ids) > asks_over:
        entries = "1 entry" if len(ids) == 1 else f"{len(ids):,} entries"
        main.ask(f"Mark {entries} read?", lambda: main.mark(ids, read=True, loud=True))
    else:
        main.mark(ids, read=True, loud=True)


def _unread(main: Main, ids: Sequence[int]) -> tuple[int, ...]:
    """What is unread of some entries, all copies of their stories counted."""
    unread = main.library.unread()
    copies = main.library.services.store.copies(ids)
    return tuple(entry_id for entry_id in copies if entry_id in unread)
