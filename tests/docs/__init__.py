"""The parts of the manual that are made from the program's own tables.

`python -m tests.docs` writes them; a test holds what is committed against them. What a
page says besides stands between the parts and is written by hand.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.docs import commands, keys, manual, objects, queries, rules, settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs"
MANUAL = FOLDER / "firsthand.1"

Part = Callable[[], str]

PAGES: Mapping[str, Mapping[str, Part]] = {
    "keys.md": {
        "actions": keys.actions,
        "presets": keys.presets,
        "places": keys.places,
    },
    "configuration.md": {
        "settings": settings.sections,
        "filters": settings.filters,
        "themes": settings.themes,
        "files": settings.files,
    },
    "queries.md": {"words": queries.words, "values": queries.values},
    "resolving.md": {
        "ways": rules.ways,
        "sections": rules.sections,
        "languages": rules.languages,
    },
    "scripting.md": {"commands": commands.listed, "objects": objects.listed},
}
"""The pages, and what is made for the marked parts of each."""

_PART = re.compile(
    r"(?s)(<!-- made by `python -m tests\.docs`: (\w+) -->\n).*?(<!-- end -->)"
)


def made(text: str, parts: Mapping[str, Part]) -> str:
    """A page with its marked parts as the program's tables have them now."""
    return _PART.sub(
        lambda found: f"{found[1]}\n{parts[found[2]]()}\n\n{found[3]}", text
    )


def marked(text: str) -> list[str]:
    """The names of a page's marked parts."""
    return [found[2] for found in _PART.finditer(text)]


def current() -> Iterator[tuple[Path, str]]:
    """Every file of the manual, and what should stand in it."""
    for name, parts in PAGES.items():
        file = FOLDER / name
        yield file, made(file.read_text("utf-8"), parts)
    yield MANUAL, manual.page()
