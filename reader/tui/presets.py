"""Whole sets of keys that people have in their hands: a preset, and what it changes.

Each says what differs from the table of actions; what a person names by hand wins over
both. `keys = "newsboat"` in config.toml, or `preset = "newsboat"` under `[keys]`.
"""

from collections.abc import Mapping

Keys = Mapping[str, tuple[str, ...]]

OWN = "firsthand"

# Movement as in newsboat's own defaults (its doc/keycmds.dsv), where it has such a key.
_NEWSBOAT: Keys = {
    "next": ("j", "J", "down"),
    "previous": ("k", "K", "up"),
    "first": ("home",),
    "last": ("end",),
    "page_down": ("space", "pagedown", "ctrl+f"),
    "page_up": ("b", "pageup", "ctrl+b"),
    "half_page_up": (),
    "half_page_down": ("ctrl+d",),
    "focus_left": ("h", "left"),
    "focus_right": ("right",),
    "next_feed": ("ctrl+n",),
    "previous_feed": ("ctrl+p",),
    "palette": (":",),
    "hide_read": ("l", "."),
    "sort": ("g", "ctrl+s"),
    "star": ("ctrl+e",),
    "save": ("s",),
    "tag": ("t",),
    "trail": ("T",),
    "filter": ("F", "f"),
    "faces": ("ctrl+u", "v"),
    "fetch_anew": ("ctrl+r",),
    "copy_original": ("y", "B"),
}

# Movement is vim's in the table already; here actions are vim's as well.
_VIM: Keys = {
    "undo": ("u", "z"),
    "redo": ("ctrl+r",),
    "links": ("g l",),
    "open_original": ("g x", "o"),
    "copy_original": ("y y",),
    "copy_entry": ("y e", "Y"),
    "remove_feed": ("d d", "D"),
    "pick": ("x", "V"),
    "next_feed": ("J", "g t"),
    "previous_feed": ("K", "g T"),
    "quit": ("Z Q", "Z Z", "Q"),
}

PRESETS: Mapping[str, Keys] = {OWN: {}, "newsboat": _NEWSBOAT, "vim": _VIM}
