"""Marks made by typing; each says what it did."""

from collections.abc import Sequence

from reader.model import EntryRow
from reader.services import marks
from reader.store import Action
from reader.store.labelled import tag_key
from reader.tui import wording
from reader.tui.linear.desk import Desk


def _row(desk: Desk, text: str) -> EntryRow | None:
    """The entry of a number, or the one that one is at; says so where there is none."""
    if text and not (text.isdecimal() and 0 < int(text) <= len(desk.ids)):
        desk.say(f"The list has numbers from 1 to {len(desk.ids)}.")
        return None
    row = next(iter(desk.rows(int(text) - 1, 1)), None) if text else desk.row
    if row is None:
        desk.say("Nothing is open. Give a number of the list.")
    return row


def _done(desk: Desk, action: Action) -> None:
    desk.say(f"{wording.done(action)}." if action.count else "Nothing changed.")


async def star(desk: Desk, text: str) -> None:
    """Star an entry, or take its star away."""
    row = _row(desk, text)
    if row is not None:
        marked = await marks.mark(desk.services, (row.id,), starred=not row.starred)
        _done(desk, marked)


async def toggle(desk: Desk, text: str) -> None:
    """Mark an entry read, or unread."""
    row = _row(desk, text)
    if row is not None:
        ids = tuple(desk.services.store.copies((row.id,)))
        _done(desk, await marks.mark(desk.services, ids, read=not row.read))


async def all_(desk: Desk, text: str) -> None:
    """Mark the open list read."""
    ids = tuple(desk.services.store.copies(desk.ids))
    _done(desk, await marks.mark(desk.services, ids, read=True))


async def tag(desk: Desk, text: str) -> None:
    """Give the entry a tag, or take away one that it has."""
    row = _row(desk, "")
    if row is None:
        return
    if not text:
        desk.say(f"Tags: {', '.join(row.tags) or 'none'}.")
        return
    has = tag_key(text) in map(tag_key, row.tags)
    await _tag(desk, row, () if has else (text,), (text,) if has else ())


async def untag(desk: Desk, text: str) -> None:
    """Take a tag off the entry."""
    row = _row(desk, "")
    if row is not None and tag_key(text) not in map(tag_key, row.tags):
        desk.say(f"No such tag is on it. Tags: {', '.join(row.tags) or 'none'}.")
    elif row is not None:
        await _tag(desk, row, (), (text,))


async def _tag(
    desk: Desk, row: EntryRow, add: Sequence[str], remove: Sequence[str]
) -> None:
    ids = tuple(desk.services.store.copies((row.id,)))
    _done(desk, await marks.tag(desk.services, ids, add=add, remove=remove))


async def undo(desk: Desk, text: str) -> None:
    """Take the last marks back."""
    action = await marks.undo(desk.services)
    desk.say(f"{wording.undone(action)}." if action else "Nothing to undo.")


async def redo(desk: Desk, text: str) -> None:
    """Do again what was taken back."""
    action = await marks.redo(desk.services)
    desk.say(f"{wording.redone(action)}." if action else "Nothing to redo.")
