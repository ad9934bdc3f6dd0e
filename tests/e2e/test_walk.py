"""A walk through the reader in a real terminal: every key on every screen.

The keys come from the table of actions, so that a new one is walked as well. After a
key the walk waits for what it shows; keys that show nothing of their own are followed
by `?`, which is answered only when they have been. Three sizes in three themes, each
size in one of them; `FIRSTHAND_WALK=all` walks all nine.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.tui.actions import at
from reader.tui.keys import Keys, keymap
from reader.tui.places import MOVING, PANES, Place
from tests.e2e.program import PROGRAM, Program
from tests.e2e.terminal import Terminal, needs_tmux

pytestmark = needs_tmux

FERRY = "Ferry that never left port"
HELP = r"Keys +\d+ actions"
KEYMAP = keymap()
SIZES = ((80, 24), (120, 40), (200, 60))
THEMES = ("ink", "paper", "terminal-dark")
ALL = os.environ.get("FIRSTHAND_WALK") == "all"
WALKS = [
    (size, theme)
    for n, size in enumerate(SIZES)
    for m, theme in enumerate(THEMES)
    if ALL or n == m
]
NAMES = {
    "space": "Space",
    "enter": "Enter",
    "escape": "Escape",
    "tab": "Tab",
    "shift+tab": "BTab",
    "home": "Home",
    "end": "End",
    "pageup": "PageUp",
    "pagedown": "PageDown",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}


@dataclass(frozen=True, slots=True)
class Shows:
    """What a key shows; what is typed then, and shows; and the way back.

    The way back is taken where `opened` stands on the screen, if that is said.
    """

    pattern: str
    typed: tuple[str, ...] = ()
    then: str = ""
    back: tuple[str, ...] = ()
    opened: str = ""


ESCAPE = ("escape",)
ASKED = r"Mark .* read\?|Nothing unread|marked read"


def asked(where: str) -> str:
    """What is shown before marking: what was said of another place is no answer."""
    return rf"Mark .* read\?|Nothing unread {where}|marked read"


POLLED = "new|Asking|failed|following|feeds"
SHOWN = {
    "open_original": Shows(r"Opened http|First publisher not est|Looking for"),
    "open_entry": Shows("Opened http"),
    "copy_original": Shows("Copied|First publisher not est|Not looked at"),
    "copy_entry": Shows("Copied"),
    "copy_trail": Shows("Copied the trail"),
    "lead_image": Shows("no image|Opened"),
    "enclosures": Shows("No file comes"),
    "fetch_anew": Shows("Fetched anew|Nothing is open"),
    "source": Shows(r"among your feeds|Subscribe to .*\?|offers no feed|not establish"),
    "star": Shows("starred"),
    "toggle_read": Shows("marked (un)?read"),
    "pick": Shows(r"\d picked", back=ESCAPE),
    "pick_all": Shows(r"\d picked", back=ESCAPE),
    "mark_feed_read": Shows(asked("in this list")),
    "mark_all_read": Shows(asked("anywhere")),
    "read_above": Shows(asked("above this")),
    "read_below": Shows(asked("below this")),
    "undo": Shows("again|no longer|back|Nothing to undo"),
    "redo": Shows("again|Nothing to redo"),
    "refresh_feed": Shows(POLLED),
    "refresh_all": Shows(POLLED),
    "sort": Shows("(?i)first|by feed|by publisher|by name"),
    "hide_read": Shows("Read entries are"),
    "narrower": Shows("Panes of|no room"),
    "wider": Shows("Panes of|no room"),
    "panes_reset": Shows("Panes as they were"),
    "remove_feed": Shows(r"Choose a feed|Remove .*\?"),
    "trail": Shows(r"Trail +\d", back=("q",)),
    "links": Shows(r"Links +\d|no links", back=("q",), opened=r"Links +\d"),
    "copies": Shows(r"No other feed has|(?s: of [12]\b.*escape back)"),
    "tag": Shows("# ", ("w", "a", "l", "k"), "a new tag"),
    "filter": Shows("f +.* of ", ("f", "e", "r"), "Narrow this list"),
    "themes": Shows("Theme: contrast", ("down",), "Theme: dusk"),
    "palette": Shows("escape back"),
    "save": Shows("Save as|Nothing to save", back=ESCAPE, opened="Save as"),
    "pipe": Shows(r"^ *\|( |$)", (*"wc -c", "enter"), "exit 0", ("q",)),
    "add_feed": Shows("^ *Add", back=ESCAPE),
    "edit_feed": Shows("Interval", back=("q",)),
    "health": Shows(r"Feed health +\d", back=("q",)),
    "sources": Shows("Where it comes from", back=("q",)),
    "search": Shows("^ */", back=ESCAPE),
    "zen": Shows("zen|min left|%", back=("=",)),
    "faces": Shows("text|page|original|changed", back=("v",), opened="next face"),
}
"""What the keys of an action show, wherever one is."""

RETURNS = {
    ("list", "focus_left"): ("l",),
    ("list", "focus_right"): ("h",),
    ("list", "focus_next"): ("shift+tab",),
    ("list", "focus_previous"): ("tab",),
    ("list", "read"): ("h",),
    ("sidebar", "focus_right"): ("h",),
    ("sidebar", "focus_next"): ("shift+tab",),
    ("sidebar", "focus_previous"): ("tab",),
    ("sidebar", "read"): ("h",),
    ("article", "focus_left"): ("l",),
    ("article", "focus_next"): ("shift+tab",),
    ("article", "focus_previous"): ("tab",),
}
"""Keys that lead to another pane, and the way back."""
TO_TEXT = {"next_unread", "previous_unread"}
"""Actions that lead from the list to the text where one pane is all there is."""
ENDING = {"quit", "back", "escape", "help", "choose"}
"""Actions that are walked by themselves: what they do depends on where one is."""


class Walker:
    """Somebody who presses keys, and looks what they show."""

    def __init__(self, terminal: Terminal, columns: int) -> None:
        self.terminal = terminal
        self.alone = columns < 100
        self.places: set[Place] = set()

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            name = NAMES.get("space" if key == " " else key)
            if key.startswith("ctrl+"):
                name = f"C-{key.removeprefix('ctrl+')}"
            if name is None:
                self.terminal.type(key)
            else:
                self.terminal.keys(name)

    def leave(self, pattern: str) -> None:
        """Press escape, and go on when what it leaves has gone."""
        # A key that follows at once would be taken for Alt and that key.
        self.press("escape")
        self.terminal.wait_without_match(pattern)

    def settle(self) -> None:
        """Wait until all keys before have been answered."""
        self.press("?")
        self.terminal.wait_for_match(HELP)
        self.press("q")
        assert "Traceback" not in self.terminal.wait_without(" actions, ")

    def end(self) -> None:
        """The program has ended, and well."""
        status = self.terminal.wait_for_end()

        assert status == 0, self.terminal.screen()

    def place(self, place: Place, *but: str) -> None:
        """Press every key of a place, and be back in it each time."""
        self.places.add(place)
        for action in at(place):
            if action.name in ENDING or action.name in but:
                continue
            for keys in KEYMAP.by_action[action.name]:
                self.one(place, action.name, keys)
            if action.places != MOVING and action.name not in SHOWN:
                self.settle()
        self.settle()

    def one(self, place: Place, name: str, keys: Keys) -> None:
        """Press one key, wait for what it shows, and lead back."""
        self.press(*keys)
        shows = SHOWN.get(name)
        if shows is not None:
            self.look(shows)
        self.press(*RETURNS.get((place, name), ()))
        if self.alone and place in PANES - {"article"} and name in TO_TEXT:
            self.press("h")

    def look(self, shows: Shows) -> None:
        """Wait for what a key shows, and take the way back from there."""
        screen = self.terminal.wait_for_match(f"(?m){shows.pattern}")
        if shows.typed:
            self.press(*shows.typed)
            screen = self.terminal.wait_for_match(shows.then)
        if "y yes" in screen:
            self.press("n")
            # Seen a moment longer, it would be taken for the next key's question.
            self.terminal.wait_without("y yes")
        elif "escape back" in screen:
            self.leave("escape back")
        elif shows.back == ESCAPE:
            pattern = f"(?m){shows.opened or shows.pattern}"
            if re.search(pattern, screen):
                self.leave(pattern)
        elif shows.back and re.search(shows.opened or ".", screen):
            # A key that follows at once could still be meant for what is left.
            self.press(*shows.back)
            if shows.back == ("q",):
                pattern = shows.then or shows.opened or shows.pattern
                self.terminal.wait_without_match(f"(?m){pattern}")


@pytest.fixture(params=WALKS, ids=[f"{w}x{h}-{theme}" for (w, h), theme in WALKS])
def walker(
    request: pytest.FixtureRequest, tmp_path: Path, home: Path
) -> Iterator[Walker]:
    """Somebody before the demo, at a size and in a theme."""
    (columns, rows), theme = request.param
    config = home / "config" / "firsthand"
    config.mkdir(parents=True)
    text = f'[ui]\ntheme = "{theme}"\nmotion = "off"\n'
    (config / "config.toml").write_text(text)
    with Terminal(tmp_path, columns, rows) as terminal:
        terminal.start((*PROGRAM, "demo"), _environ(home))
        terminal.wait_for("Unread", FERRY)
        # The last row is as wide as it should be.
        terminal.wait_for_match(rf"(?m)^.{{{columns - 8}}}\? help")
        yield Walker(terminal, columns)


def _environ(home: Path) -> dict[str, str]:
    """In colour, here and not over SSH, with a browser that shows nothing.

    An escape is taken for one at once: no key comes in pieces here.
    """
    environ = Program(home, {"BROWSER": "true", "ESCDELAY": "20"}).environ
    return {
        name: value
        for name, value in environ.items()
        if name != "NO_COLOR" and not name.startswith("SSH")
    }


def test_panes(walker: Walker) -> None:
    """
    Each key of list, sidebar, text and zen shows what it is for, and leads back.
    """
    walker.place("list")
    walker.press("h")
    walker.place("sidebar")
    walker.press("l", "enter")
    walker.settle()
    walker.place("article")
    walker.press("=")
    walker.settle()
    walker.place("zen", "zen")
    walker.press("=", "Q")

    walker.end()


def test_screens_of_their_own(walker: Walker) -> None:
    """
    Each key of the trail, the changes, links, health, sources and the editor.
    """
    terminal = walker.terminal
    walker.press("t")
    terminal.wait_for_match(r"Trail +\d")
    walker.place("trail")
    walker.press("enter", "q")
    walker.settle()
    walker.press("enter")
    terminal.wait_for_match("First published by")
    walker.press("v")
    terminal.wait_for("feed’s own text")
    walker.press("v")
    terminal.wait_for("next face")
    walker.place("changes", "faces")
    walker.press("v")
    terminal.wait_without("next face")
    walker.press("u")
    terminal.wait_for_match(r"Links +\d")
    walker.place("links")
    walker.press("1")
    terminal.wait_for("Opened http")
    walker.press("q", "H")
    terminal.wait_for_match(r"Feed health +\d")
    walker.place("health")
    walker.press("enter")
    terminal.wait_for_match("Nothing nearby|Found nearby")
    walker.press("E")
    terminal.wait_for("Interval")
    walker.place("feed")
    walker.press("q", "q", "W")
    terminal.wait_for("Where it comes from")
    walker.place("sources")
    walker.press("enter")
    terminal.wait_without("Where it comes from")
    walker.press("|", *"wc -c", "enter")
    terminal.wait_for("exit 0")
    walker.place("output")
    walker.press("q", "Q")

    walker.end()


def test_places_to_type_into(walker: Walker) -> None:
    """
    The search, the palette, the views, a prompt and the help, by all their keys.
    """
    terminal = walker.terminal
    walker.press("/", *"ferry")
    terminal.wait_for("found")
    walker.press("down", "ctrl+n", "up", "enter")
    terminal.wait_without("escape back")
    walker.press("q")
    walker.settle()
    for begun in (":", "ctrl+p"):
        walker.press(begun, *"read above")
        terminal.wait_for("Mark read above")
        walker.press("ctrl+n", "up", "enter")
        terminal.wait_without("escape back")
        terminal.wait_for_match(ASKED)
    walker.settle()
    walker.press("f", *"starred")
    terminal.wait_for("Narrow this list")
    walker.press("down", "up", "enter")
    terminal.wait_without("escape back")
    walker.press("T", *"walked")
    terminal.wait_for("a new tag")
    walker.press("enter")
    terminal.wait_without("escape back")
    terminal.wait_for("tagged walked")
    walker.press("?")
    terminal.wait_for_match(HELP)
    walker.press("j", "k", "space", "b", "G", "g", "g", "/", *"zen")
    terminal.wait_for("/ zen")
    walker.press("enter")
    terminal.wait_for("zen")
    walker.press("=", "Q")

    walker.end()


def test_somebody_new(tmp_path: Path, home: Path) -> None:
    """
    Without feeds: the ways to begin, and the starter set to be thinned out.
    """
    with Terminal(tmp_path, 100, 30) as terminal:
        terminal.start(PROGRAM, _environ(home))
        terminal.wait_for("No feeds yet")
        walker = Walker(terminal, 100)
        walker.place("first-run")
        walker.press("1")
        terminal.wait_for("Starter set", "picked")
        walker.place("starters", "pick", "pick_all")
        walker.press("X")
        walker.press("g")
        walker.press("g")
        terminal.wait_for_match("0 of")
        walker.press("x")
        terminal.wait_for_match("1 of")
        walker.press("q")
        terminal.wait_for("No feeds yet")
        walker.press("Q")

        walker.end()
