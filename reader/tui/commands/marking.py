"""Read, unread, starred, and taking it back; the store is written by a worker.

What is picked is marked together, and dropped once that is done.
"""

from collections.abc import Sequence

from reader.tui import work
from reader.tui.screens.main import Main

ASK_OVER = 50
"""Entries above or below which are marked without asking."""


def star(main: Main, count: int) -> None:
    """Star the entries, or take their stars away where all have one."""
    ids = main.targets
    rows = tuple(main.library.rows(ids))
    if rows:
        main.mark(ids, starred=not all(row.starred for row in rows), loud=True)
    main.pick(())


def toggle_read(main: Main, count: int) -> None:
    """Make the entries unread, or read where one of them is not."""
    ids = main.targets
    rows = tuple(main.library.rows(ids))
    if rows:
        main.mark(ids, read=not all(row.read for row in rows), loud=True)
    main.pick(())


def pick(main: Main, count: int) -> None:
    """Pick the entry under the cursor and go on to the next; once more drops it."""
    window, start = main.entries.window, main.entries.cursor
    ids = frozenset(window.ids[start : start + max(count, 1)])
    if not ids:
        main.say("Nothing to pick.")
        return
    picked = main.entries.picked
    main.pick(picked - ids if ids <= picked else picked | ids)
    if main.place == "list":
        main.entries.move(len(ids))


def pick_all(main: Main, count: int) -> None:
    """Pick every entry of the list; once more drops them."""
    ids = frozenset(main.entries.window.ids)
    main.pick(() if main.entries.picked == ids else ids)


def mark_list_read(main: Main, count: int) -> None:
    """Mark everything in this list read, once it is agreed to."""
    _asked(main, _unread(main, main.entries.window.ids), 0, "in this list")


def mark_all_read(main: Main, count: int) -> None:
    """Mark every entry of every feed read, once it is agreed to."""
    _asked(main, tuple(main.library.unread()), 0, "anywhere")


def read_above(main: Main, count: int) -> None:
    """Mark what stands above the cursor read."""
    ids = main.entries.window.ids[: main.entries.cursor]
    _asked(main, _unread(main, ids), ASK_OVER, "above this")


def read_below(main: Main, count: int) -> None:
    """Mark what stands below the cursor read."""
    ids = main.entries.window.ids[main.entries.cursor + 1 :]
    _asked(main, _unread(main, ids), ASK_OVER, "below this")


def undo(main: Main, count: int) -> None:
    """Take the last action back."""
    main.firsthand.promise(work.undo(main, main.library.services))


def redo(main: Main, count: int) -> None:
    """Do again what was taken back."""
    main.firsthand.promise(work.redo(main, main.library.services))


def _asked(main: Main, ids: Sequence[int], asks_over: int, where: str) -> None:
    if not ids:
        main.say(f"Nothing unread {where}.")
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
