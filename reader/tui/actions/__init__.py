"""The one table of actions: bindings, status hints, help and palette come from it.

It says what there is to do, by which keys and where; doing it is `commands`' part.
"""

from reader.tui.actions import feeds, finding, keeping, moving, own, reading
from reader.tui.places import Action, Place

ACTIONS: tuple[Action, ...] = (
    *moving.ACTIONS,
    *reading.ACTIONS,
    *keeping.ACTIONS,
    *feeds.ACTIONS,
    *finding.ACTIONS,
    *own.ACTIONS,
)

OF_AN_ENTRY = frozenset(
    (
        *("read", "open_original", "open_entry", "trail", "faces", "links"),
        *("lead_image", "enclosures", "copy_original", "copy_entry", "copy_trail"),
        *("source", "copies", "star", "tag", "toggle_read", "pick", "pick_all"),
        *("read_above", "read_below", "save", "pipe"),
    )
)
"""Actions that do nothing where the list is empty."""

BY_NAME = {action.name: action for action in ACTIONS}


def at(place: Place) -> tuple[Action, ...]:
    """The actions that apply somewhere, in the table's order."""
    return tuple(action for action in ACTIONS if place in action.places)
