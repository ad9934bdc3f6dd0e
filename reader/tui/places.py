"""Where the keys go, and what an action is; the actions themselves are elsewhere."""

from dataclasses import dataclass
from typing import Literal

Place = Literal[
    "sidebar",
    "list",
    "article",
    "zen",
    "trail",
    "changes",
    "links",
    "health",
    "sources",
    "feed",
    "output",
    "starters",
    "first-run",
    "search",
    "prompt",
    "palette",
    "picker",
    "help",
]
"""Where the keys go: a pane of the main screen, or a screen of its own."""

Group = Literal["Move", "Read", "The source", "Keep", "Feeds", "Find", ""]
"""The heads of the help screen, in its order; "" is not listed there."""

PANES: frozenset[Place] = frozenset({"sidebar", "list", "article"})
TEXT: frozenset[Place] = frozenset({"article", "zen"})
READING: frozenset[Place] = PANES | TEXT
LISTED: frozenset[Place] = frozenset({"sidebar", "list"})
CHOICES: frozenset[Place] = frozenset(
    (
        *("trail", "changes", "links", "health", "sources"),
        *("feed", "output", "starters", "first-run", "help"),
    )
)
MOVING: frozenset[Place] = READING | CHOICES
TYPING: frozenset[Place] = frozenset({"search", "prompt", "palette", "picker"})
COUNTED: frozenset[Place] = frozenset(
    (*LISTED, "trail", "changes", "health", "sources", "output")
)
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


def at(*places: Place) -> frozenset[Place]:
    """Some places by their names."""
    return frozenset(places)
