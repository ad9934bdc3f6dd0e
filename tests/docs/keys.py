"""The keys: from the one table of actions, and the presets over it."""

from reader.tui.actions import ACTIONS
from reader.tui.keys import keymap, parse, show
from reader.tui.places import COUNTED, MOVING, READING, TYPING, Action
from reader.tui.presets import OWN, PRESETS
from tests.docs.tables import code, table

_WIDE = ((MOVING, "everywhere but where you type"), (READING, "lists and article"))


def actions() -> str:
    """Every action by purpose: its keys, what it does, its name in the settings."""
    groups = dict.fromkeys(action.group for action in ACTIONS if action.group)
    parts = [
        f"### {group}\n\n"
        + table(
            ("keys", "does", "name", "where"),
            (_row(action) for action in ACTIONS if action.group == group),
        )
        for group in groups
    ]
    return "\n\n".join(parts)


def _row(action: Action) -> tuple[str, ...]:
    about = f": {action.about}" if action.about else ""
    return (
        written(action.keys),
        f"{action.title}{about}",
        code(action.name),
        where(action),
    )


def written(keys: tuple[str, ...]) -> str:
    """Keys as people write them; a dash where there are none."""
    return " ".join(code(show(parse(key))) for key in keys) or "–"


def where(action: Action) -> str:
    """The places of an action in words: all of them, or a few named."""
    left, words = action.places, []
    for wide, word in _WIDE:
        if wide <= left:
            words.append(word)
            left -= wide
    return ", ".join((*words, *sorted(left)))


def presets() -> str:
    """What the presets change."""
    names = [name for name in PRESETS if name != OWN]
    changed = {name for preset in names for name in PRESETS[preset]}
    maps = {name: keymap({"preset": (name,)}) for name in (OWN, *names)}
    rows = [
        (
            code(action.name),
            *(
                " ".join(code(show(k)) for k in maps[name].by_action[action.name])
                or "–"
                for name in (OWN, *names)
            ),
        )
        for action in ACTIONS
        if action.name in changed
    ]
    return table(("action", OWN, *names), rows)


def places() -> str:
    """Where digits are a count, and where letters are typed."""
    counted, typing = (", ".join(sorted(places)) for places in (COUNTED, TYPING))
    return (
        f"Digits are a count in: {counted}. Elsewhere they open a link or a choice.\n\n"
        f"Letters are typed, and no keys, in: {typing}."
    )
