"""The one table of actions: bindings, status hints, help and palette come from it.

It says what there is to do, by which keys and where; doing it is `commands`' part.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Place = Literal[
    "sidebar",
    "list",
    "article",
    "zen",
    "trail",
    "links",
    "health",
    "first-run",
    "search",
    "found",
    "prompt",
    "palette",
    "help",
]
"""Where the keys go: a pane of the main screen, or a screen of its own."""

Group = Literal["Move", "Read", "The source", "Keep", "Feeds", "Find", ""]
"""The heads of the help screen, in its order; "" is not listed there."""

PANES: frozenset[Place] = frozenset({"sidebar", "list", "article"})
TEXT: frozenset[Place] = frozenset({"article", "zen"})
READING: frozenset[Place] = PANES | TEXT
CHOICES: frozenset[Place] = frozenset(
    {"trail", "links", "health", "first-run", "found", "help"}
)
MOVING: frozenset[Place] = READING | CHOICES
TYPING: frozenset[Place] = frozenset({"search", "prompt", "palette"})
COUNTED: frozenset[Place] = frozenset({"sidebar", "list", "trail", "health"})
"""Where digits are a count; elsewhere they name a link or a choice."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do.

    `keys` are written as typed: "j", "g g", "ctrl+f". `hint` is its word in the status
    line, `weight` how much it matters there (0: never shown), `hinted` where (None:
    wherever it applies). `title` and `about` are its palette line; a `hidden` one has
    none. `help` is its word on the help screen; `beside` names the action whose line it
    shares there.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    group: Group
    places: frozenset[Place]
    help: str = ""
    beside: str = ""
    about: str = ""
    hint: str = ""
    weight: int = 0
    hinted: frozenset[Place] | None = None
    hidden: bool = False


def _at(*places: Place) -> frozenset[Place]:
    return frozenset(places)


_ALL = MOVING | TYPING

ACTIONS: tuple[Action, ...] = (
    # Move
    Action("next", ("j", "down"), "Next", "Move", MOVING, "next", hidden=True),
    Action(
        "previous",
        ("k", "up"),
        "Previous",
        "Move",
        MOVING,
        "previous",
        beside="next",
        hidden=True,
    ),
    Action("first", ("g g", "home"), "First", "Move", MOVING, "first"),
    Action("last", ("G", "end"), "Last", "Move", MOVING, "last", beside="first"),
    Action(
        "page_down",
        ("space", "ctrl+f", "pagedown"),
        "Page on",
        "Move",
        MOVING,
        "page on",
        hidden=True,
    ),
    Action(
        "page_up",
        ("b", "ctrl+b", "pageup"),
        "Page back",
        "Move",
        MOVING,
        "back",
        beside="page_down",
        hidden=True,
    ),
    Action(
        "half_page_down",
        ("ctrl+d",),
        "Half a page on",
        "Move",
        MOVING,
        "half a page on",
        hidden=True,
    ),
    Action(
        "half_page_up",
        ("ctrl+u",),
        "Half a page back",
        "Move",
        MOVING,
        "back",
        beside="half_page_down",
        hidden=True,
    ),
    Action(
        "focus_left",
        ("h", "left"),
        "Pane to the left",
        "Move",
        PANES,
        "pane left",
        about="feeds, list, article",
    ),
    Action(
        "focus_right",
        ("l", "right"),
        "Pane to the right",
        "Move",
        PANES,
        "right",
        beside="focus_left",
    ),
    Action("focus_next", ("tab",), "Next pane", "", PANES, hidden=True),
    Action("focus_previous", ("shift+tab",), "Previous pane", "", PANES, hidden=True),
    Action(
        "next_unread",
        ("n",),
        "Next unread",
        "Move",
        READING,
        "next",
        about="and on to the next feed",
        hint="next unread",
        weight=95,
        hinted=frozenset({"article"}),
    ),
    Action(
        "previous_unread",
        ("p",),
        "Previous unread",
        "Move",
        READING,
        "previous unread",
        beside="next_unread",
    ),
    Action(
        "next_feed",
        ("J",),
        "Next feed with unread",
        "Move",
        READING,
        "next",
        hint="next feed with unread",
    ),
    Action(
        "previous_feed",
        ("K",),
        "Previous feed with unread",
        "Move",
        READING,
        "previous unread feed",
        beside="next_feed",
    ),
    # Read
    Action(
        "read",
        ("enter",),
        "Open in the reader",
        "Read",
        _at("list", "sidebar"),
        "open in the reader",
        hint="read",
        weight=100,
    ),
    Action(
        "open_original",
        ("o",),
        "Open the original",
        "Read",
        READING | _at("trail"),
        "original in the browser",
        about="in the browser",
        hint="original",
        weight=90,
    ),
    Action(
        "open_entry",
        ("O",),
        "Open the republisher’s page",
        "Read",
        READING | _at("trail"),
        "republisher’s page",
        about="in the browser",
        hint="republisher",
        weight=40,
    ),
    Action(
        "trail",
        ("t",),
        "Trail",
        "The source",
        READING,
        "the trail",
        about="every hop to the original",
        hint="trail",
        weight=80,
    ),
    Action(
        "faces",
        ("v",),
        "Feed text, original, copy",
        "Read",
        READING,
        "feed text, original, copy",
        about="the other faces of this entry",
        hint="faces",
        weight=30,
    ),
    Action(
        "links",
        ("u",),
        "Links of the article",
        "Read",
        READING,
        "links of the article",
        about="1–9 open one",
        hint="links",
        weight=25,
    ),
    Action(
        "lead_image",
        ("i",),
        "Image of the article",
        "Read",
        READING,
        "image of the article",
        about="in the browser",
    ),
    Action(
        "zen",
        ("=",),
        "Zen",
        "Read",
        READING,
        "zen",
        about="nothing but the text",
        hint="zen",
        weight=20,
    ),
    # The source
    Action(
        "copy_original",
        ("y",),
        "Copy the original’s link",
        "The source",
        READING | _at("trail", "links"),
        "copy link: original",
        about="to the clipboard",
        hint="copy original",
        weight=10,
    ),
    Action(
        "copy_entry",
        ("Y",),
        "Copy the entry’s link",
        "The source",
        READING | _at("trail"),
        "entry",
        beside="copy_original",
        about="to the clipboard",
    ),
    Action(
        "copy_trail",
        (),
        "Trail: copy as text",
        "The source",
        READING | _at("trail"),
        "copy the trail as text",
    ),
    # Keep
    Action(
        "star",
        ("s",),
        "Star",
        "Keep",
        READING,
        "star",
        hint="star",
        weight=70,
    ),
    Action(
        "toggle_read",
        ("N",),
        "Read or unread",
        "Keep",
        READING,
        "read or unread",
        hint="unread",
        weight=15,
    ),
    Action(
        "mark_feed_read",
        ("A",),
        "Mark this list read",
        "Keep",
        READING,
        "mark feed",
        about="asks first",
    ),
    Action(
        "mark_all_read",
        ("C",),
        "Mark everything read",
        "Keep",
        READING,
        "all read",
        beside="mark_feed_read",
        about="asks first",
    ),
    Action(
        "read_above",
        ("<",),
        "Mark read above",
        "Keep",
        READING,
        "mark above",
        about="asks over 50",
    ),
    Action(
        "read_below",
        (">",),
        "Mark read below",
        "Keep",
        READING,
        "below read",
        beside="read_above",
        about="asks over 50",
    ),
    Action("undo", ("z",), "Undo", "Keep", READING, "undo", about="the last marks"),
    Action("redo", ("Z",), "Redo", "Keep", READING, "redo", beside="undo"),
    # Feeds
    Action(
        "refresh_feed",
        ("r",),
        "Refresh this feed",
        "Feeds",
        READING | _at("health"),
        "refresh feed",
        about="and show what is new",
        hint="refresh",
        weight=12,
    ),
    Action(
        "refresh_all",
        ("R",),
        "Refresh all feeds",
        "Feeds",
        READING | _at("health"),
        "all",
        beside="refresh_feed",
    ),
    Action(
        "add_feed",
        ("a",),
        "Add a feed",
        "Feeds",
        READING | _at("first-run"),
        "add",
        about="by the address of a feed or a page",
    ),
    Action(
        "remove_feed",
        ("D",),
        "Remove this feed",
        "Feeds",
        READING | _at("health"),
        "remove",
        about="z undoes",
    ),
    Action(
        "health",
        ("H",),
        "Feed health",
        "Feeds",
        READING,
        "feed health",
        about="what fails, and since when",
    ),
    # Find
    Action(
        "search",
        ("/",),
        "Search",
        "Find",
        READING,
        "search",
        about="in the article: find there",
        hint="search",
        weight=60,
    ),
    Action(
        "hide_read",
        (".",),
        "Hide read",
        "Find",
        READING,
        "hide read",
        about="and show them again",
    ),
    Action(
        "palette",
        (":", "ctrl+p"),
        "Palette",
        "Find",
        READING | CHOICES,
        "palette",
        hidden=True,
    ),
    Action("help", ("?",), "Keys", "Find", READING | CHOICES, "this page", hint="help"),
    Action("back", ("q",), "Back", "Find", READING | CHOICES, "back", hint="back"),
    Action("escape", ("escape",), "Back", "", _ALL, hint="back", hidden=True),
    Action("quit", ("Q",), "Quit", "Find", READING | CHOICES, "quit", beside="back"),
    # What a screen of its own offers
    Action(
        "choose",
        ("enter",),
        "Choose",
        "",
        CHOICES | TYPING,
        hint="open",
        weight=100,
        hidden=True,
    ),
    Action("lower", ("down", "ctrl+n"), "Lower", "", TYPING, hidden=True),
    Action("upper", ("up",), "Upper", "", TYPING, hidden=True),
    Action("narrow", ("/",), "Narrow", "", _at("help"), hint="narrow", hidden=True),
)

BY_NAME = {action.name: action for action in ACTIONS}


def at(place: Place) -> tuple[Action, ...]:
    """The actions that apply somewhere, in the table's order."""
    return tuple(action for action in ACTIONS if place in action.places)


def grouped(actions: Iterable[Action] = ACTIONS) -> dict[str, tuple[Action, ...]]:
    """Actions by the heads of the help screen, those without one left out."""
    groups: dict[str, tuple[Action, ...]] = {}
    for action in actions:
        if action.group:
            groups[action.group] = (*groups.get(action.group, ()), action)
    return groups
