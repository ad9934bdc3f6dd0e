"""The keys that the status line and the help show, from the table of actions.

It chooses and words; how they are drawn is `paint`'s part.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.tui.actions import ACTIONS, at
from reader.tui.keys import Keymap
from reader.tui.paint.cells import cells
from reader.tui.paint.status import GAP, HINTS, Hint
from reader.tui.places import Action, Place

if TYPE_CHECKING:
    from reader.tui.paint.help import Keyed
    from reader.tui.paint.palette import Item

WAY_OUT: dict[Place, str] = {"article": "back", "zen": "zen"}
"""The last hint of a place, which never goes; elsewhere it is help."""

SIDEBAR = (
    ("open", "read"),
    ("refresh", "refresh_feed"),
    ("add", "add_feed"),
    ("edit", "edit_feed"),
    ("remove", "remove_feed"),
)
"""What is hinted at among the feeds, where nothing is about an entry."""


def hint(keys: Keymap, word: str, *names: str) -> Hint:
    """The keys of one or more actions under one word."""
    shown = " ".join(filter(None, map(keys.shown, names)))
    return Hint(shown, word, names[0])


def weighed(keys: Keymap, place: Place, room: int) -> tuple[Hint, ...]:
    """The hints of a place that fit, the weightiest, in the table's order."""
    last = WAY_OUT.get(place, "help")
    word = "leave zen" if last == "zen" else last
    out = hint(keys, word, last)
    if place == "sidebar":
        own = (hint(keys, word, name) for word, name in SIDEBAR if keys.shown(name))
        return (*own, out)
    found = [action for action in at(place) if _is_hinted(action, place, keys)]
    found.sort(key=lambda action: -action.weight)
    taken: list[Action] = []
    left = room - _width(out)
    for action in found[: HINTS - 1]:
        left -= _width(hint(keys, action.hint, action.name)) + GAP
        if left < 0 or place == "zen":
            break
        taken.append(action)
    taken.sort(key=ACTIONS.index)
    return (*(hint(keys, action.hint, action.name) for action in taken), out)


def _is_hinted(action: Action, place: Place, keys: Keymap) -> bool:
    hinted = action.hinted is None or place in action.hinted
    return bool(action.weight) and hinted and bool(keys.shown(action.name))


def _width(of: Hint) -> int:
    return cells(of.keys) + 1 + cells(of.word)


def help_rows(keys: Keymap, narrowed: str = "") -> "tuple[Keyed, ...]":
    """The lines of the help, actions that belong together on one, those that match."""
    rows = (_help_row(keys, action) for action in ACTIONS if _leads(action))
    wanted = narrowed.casefold()
    return tuple(row for row in rows if wanted in f"{row.keys} {row.label}".casefold())


def _leads(action: Action) -> bool:
    return bool(action.group and action.help and not action.beside)


def _help_row(keys: Keymap, action: Action) -> "Keyed":
    from reader.tui.paint.help import Keyed

    beside = [other for other in ACTIONS if other.beside == action.name]
    members = (action, *beside)
    shown = [keys.shown(member.name) for member in members]
    if not beside and action.name == "palette":
        shown = [" ".join(map(_short, keys.by_action[action.name]))]
    label = ", ".join(member.help for member in members)
    return Keyed(action.group, " ".join(filter(None, shown)), label, action.name)


def _short(sequence: Sequence[str]) -> str:
    from reader.tui.keys import show

    return show(tuple(sequence))


def palette_items(keys: Keymap, place: Place) -> "Iterable[Item]":
    """The actions that can be run where one is, as lines of the palette."""
    from reader.tui.paint.palette import Item

    for action in at(place):
        if not action.hidden:
            key = keys.shown(action.name)
            yield Item(action.title, action.about, key, action.name)
