"""What resolving goes by: the kinds of hops, and the sections of the rules."""

from dataclasses import fields
from importlib.resources import files

from reader.rules import ArticleRules, Wall, Wrapper, parse
from reader.rules.compiled import KINDS, Language
from reader.rules.tables import Carriers, Exchange, Places, Titles
from reader.tui.paint.trail import HOW
from reader.urls import Tracking
from tests.docs.tables import code, one_line, table

_SECTIONS: tuple[tuple[str, type], ...] = (
    ("[tracking]", Tracking),
    ("[[wrapper]]", Wrapper),
    ("[carriers]", Carriers),
    ("[places]", Places),
    ("[titles]", Titles),
    ("[[wall]]", Wall),
    ("[[exchange]]", Exchange),
    ("[article]", ArticleRules),
)
_NO_WORDS = ("code", "phrases")


def ways() -> str:
    """Each kind of hop, and what it is."""
    return table(("`via`", "is"), ((code(via), means) for via, means in HOW.items()))


def sections() -> str:
    """The sections of `resolve.toml`, with what the rules say of their keys."""
    return "\n\n".join(_section(name, cls) for name, cls in _SECTIONS)


def _section(name: str, cls: type) -> str:
    paragraphs = [one_line(part) for part in (cls.__doc__ or "").split("\n\n")]
    keys = ", ".join(code(field.name) for field in fields(cls))
    return "\n\n".join((f"### `{name}`", *paragraphs, f"Keys: {keys}."))


def languages() -> str:
    """The languages whose announcements are known, and the keys of a language."""
    text = (files("reader") / "rules" / "rules.toml").read_text("utf-8")
    codes = sorted(each.code for each in parse(text).announcements)
    kinds = ", ".join(map(code, KINDS))
    words = [field.name for field in fields(Language)]
    others = ", ".join(code(name) for name in words if name not in _NO_WORDS)
    return (
        f"Languages: {', '.join(map(code, codes))}.\n\n"
        f"Kinds: {kinds}.\n\n"
        f"Words that decide what is none, and where a name ends: {others}."
    )
