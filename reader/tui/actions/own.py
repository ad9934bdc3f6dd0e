"""What a screen of its own offers; the help lists none of them."""

from reader.tui.places import CHOICES, MOVING, TYPING, Action, at

ACTIONS: tuple[Action, ...] = (
    Action(
        "escape", ("escape",), "Back", "", MOVING | TYPING, hint="back", hidden=True
    ),
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
    Action("next_change", ("n",), "Next change", "", at("changes"), hidden=True),
    Action(
        "previous_change", ("p",), "Previous change", "", at("changes"), hidden=True
    ),
    Action("narrow", ("/",), "Narrow", "", at("help"), hint="narrow", hidden=True),
)
