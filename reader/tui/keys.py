"""From keys to actions: remapping by name, counts and sequences, as pure values.

Nothing here knows of a terminal: a key is its written form ("j", "g g", "ctrl+f").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.tui.actions import ACTIONS, BY_NAME
from reader.tui.places import COUNTED, Action, Place
from reader.tui.presets import OWN, PRESETS

Keys = tuple[str, ...]
"""A sequence of key presses that means one action."""

NAMED = frozenset(
    (
        *("space", "enter", "escape", "tab", "backspace", "delete", "insert"),
        *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    )
)
SHOWN = {
    "enter": "Enter",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
}
COUNT_MAX = 100_000
PRESET = "preset"
"""The name under which a preset stands among a person's keys."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys mean which action where; `problems` are sentences for the reader."""

    by_place: Mapping[Place, Mapping[Keys, str]]
    by_action: Mapping[str, tuple[Keys, ...]]
    problems: tuple[str, ...] = ()
    preset: str = OWN

    def shown(self, name: str) -> str:
        """The first key of an action as people write it, "" where it has none."""
        keys = self.by_action.get(name, ())
        return show(keys[0]) if keys else ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed so far and means nothing yet."""

    count: int = 0
    keys: Keys = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """An action, and how often; 0 when no count was typed."""

    name: str
    count: int = 0


def parse(text: str) -> Keys:
    """A key as written in a table or a setting: "j", "gg", "g g", "ctrl+f"."""
    keys: list[str] = []
    for word in text.split() or [text]:
        alone = len(word) == 1 or word in NAMED or is_chord(word)
        keys.extend([word] if alone else word)
    return tuple(keys)


def is_chord(word: str) -> bool:
    """Whether a word is one key with a modifier, or a function key."""
    modifier, plus, key = word.rpartition("+")
    function = word[:1] == "f" and word[1:].isdigit()
    return function or bool(plus and key and modifier)


def show(keys: Keys) -> str:
    """Keys as people write them: `gg`, `^p`, `Enter`, `space`."""
    return "".join(
        SHOWN.get(key, f"^{key[5:]}" if key.startswith("ctrl+") else key)
        for key in keys
    )


def keymap(remapped: Mapping[str, Sequence[str]] | None = None) -> Keymap:
    """The table's keys, a preset's over them, a person's own over both.

    Theirs win, and clashes are named.
    """
    remapped = dict(remapped or {})
    preset = next(iter(remapped.pop(PRESET, ())), OWN)
    problems = [
        f"keys: no action is called {name}" for name in remapped if name not in BY_NAME
    ]
    if preset not in PRESETS:
        known = ", ".join(sorted(PRESETS))
        problems.append(f"keys: no preset is called {preset}; there are {known}")
    chosen = {**PRESETS.get(preset, {}), **remapped}
    by_action = {
        action.name: tuple(map(parse, chosen.get(action.name, action.keys)))
        for action in ACTIONS
    }
    by_place: dict[Place, dict[Keys, str]] = {}
    ordered = sorted(ACTIONS, key=lambda action: action.name in remapped)
    for action in ordered:
        problems.extend(_bind(by_place, action, by_action[action.name]))
    problems.extend(_hidden(by_place))
    known_preset = preset if preset in PRESETS else OWN
    return Keymap(by_place, by_action, tuple(dict.fromkeys(problems)), known_preset)


def _bind(
    by_place: dict[Place, dict[Keys, str]], action: Action, keys: tuple[Keys, ...]
) -> list[str]:
    problems = []
    for place in sorted(action.places):
        bound = by_place.setdefault(place, {})
        for sequence in keys:
            other = bound.get(sequence, action.name)
            if other != action.name:
                problems.append(
                    f"keys: {show(sequence)} is {action.name} and no longer {other}"
                )
            bound[sequence] = action.name
    return problems


def _hidden(by_place: Mapping[Place, Mapping[Keys, str]]) -> list[str]:
    """Sequences that are never reached, since they begin with another action's key."""
    return [
        f"keys: {show(keys)} for {name} is not reached, {show(begun)} is {bound[begun]}"
        for bound in by_place.values()
        for keys, name in bound.items()
        for end in range(1, len(keys))
        if (begun := keys[:end]) in bound
    ]


def press(
    typed: Typed, key: str, place: Place, keys: Keymap
) -> tuple[Typed, Pressed | None]:
    """What a key means after what was typed before it."""
    if place in COUNTED and not typed.keys and key.isdecimal() and key.isascii():
        count = typed.count * 10 + int(key)
        if count:
            return Typed(min(count, COUNT_MAX)), None
    bound = keys.by_place.get(place, {})
    sequence = (*typed.keys, key)
    if sequence in bound:
        return Typed(), Pressed(bound[sequence], typed.count)
    if any(other[: len(sequence)] == sequence for other in bound):
        return Typed(typed.count, sequence), None
    if typed.keys:
        return press(Typed(typed.count), key, place, keys)
    return Typed(), None
