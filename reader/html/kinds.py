"""What kind of page came: an article, a front page, or something that stands before.

Decided by what the page declares and by the rules' marks; a bare 403 is only a 403.
"""

import re
from dataclasses import dataclass
from typing import Literal

from reader import urls
from reader.html.document import Document, path_of
from reader.model import Page
from reader.rules import Rules, Wall

Kind = Literal[
    "article", "home", "consent", "login", "paywall", "robot", "gone", "other"
]

_GONE = (404, 410)
_WALL_PROSE = 1_500
_ROBOT_PROSE = 500
_PAYWALL_PROSE = 2_500
_FALSE = ("false", "no", "0")
_CHARACTERS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind of page, and what of the page shows it, in one sentence or none."""

    kind: Kind
    evidence: str = ""


def kind(document: Document, page: Page, rules: Rules) -> Kind:
    """The kind of a page."""
    return judged(document, page, rules).kind


def judged(document: Document, page: Page, rules: Rules) -> Judged:
    """The kind of a page, and what shows that something stands before an article."""
    if page.status in _GONE:
        return Judged("gone", titled(document))
    for wall in rules.walls:
        # Whoever takes us for a robot may say so with any status.
        here = page.status == 200 or wall.kind == "robot"
        if here and (sign := _stands_before(wall, document)):
            return Judged(wall.kind, sign)
    if sign := _for_subscribers(document):
        return Judged("paywall", sign)
    if urls.is_home(document.url):
        return Judged("home")
    return Judged("article" if document.article_like else "other")


def is_gate(host: str, wall: Wall) -> bool:
    """Whether a host below a site is named after a wall: "consent.bore.example"."""
    return host.partition(".")[0] in wall.labels and host != urls.site_of(host)


def titled(document: Document) -> str:
    """What a page calls itself, as evidence."""
    title = document.head_title
    return f"Its page is titled “{title}”." if title else ""


def _stands_before(wall: Wall, document: Document) -> str:
    """What shows that a page is this wall; nothing where it is not.

    Its address does, or its title and text where there is little of it.
    """
    host, path = urls.host(document.url), path_of(document.url)
    if any(host == name or host.endswith("." + name) for name in wall.hosts):
        return f"It leads to {host}."
    robot = wall.kind == "robot"
    if document.prose > (_ROBOT_PROSE if robot else _WALL_PROSE):
        return ""
    if is_gate(host, wall):
        return f"It leads to {host}."
    if any(path == start or path.startswith(start + "/") for start in wall.paths):
        return f"It leads to {path} and holds {_length(document)}."
    titles = [document.head_title, *document.headlines]
    for title in titles:
        if any(_titled(title.lower(), mark, robot) for mark in wall.titles):
            counts = wall.kind != "login" or _asks_password(document)
            said = f"Its page is titled “{title}” and holds {_length(document)}."
            return said if counts else ""
    text = _says(document, wall.texts)
    return f"Its page says “{text}”." if text else ""


def _titled(title: str, mark: str, whole: bool) -> bool:
    """Whether a title begins with a mark; `whole`: and no word comes behind it."""
    rest = title.removeprefix(mark)
    after = rest.lstrip() if whole else rest
    return rest != title and not after[:1].isalnum()


def _asks_password(document: Document) -> bool:
    inputs = document.tree.iter("input")
    return any(
        (node.get("type") or "").lower() in ("password", "email") for node in inputs
    )


def _says(document: Document, texts: tuple[str, ...]) -> str:
    """The first of some phrases that a page says."""
    blocks = [block.text.lower() for block in document.blocks] if texts else []
    return next((text for text in texts if any(text in said for said in blocks)), "")


def _for_subscribers(document: Document) -> str:
    """What declares a paywall, where the page does not hold its text anyway."""
    if document.prose >= _PAYWALL_PROSE:
        return ""
    node = document.article_node or {}
    free = node.get("isAccessibleForFree", document.meta.get("isaccessibleforfree"))
    tier = document.meta.get("article:content_tier", "").lower()
    if str(free).lower() in _FALSE:
        return f"Its page says isAccessibleForFree: false and {_ends(document)}."
    if tier == "locked":
        return f"Its page says content_tier: locked and {_ends(document)}."
    return ""


def _ends(document: Document) -> str:
    return f"ends after {_length(document)}" if document.running else "holds no text"


def _length(document: Document) -> str:
    """How little text a page holds: `41 words`."""
    text = " ".join(document.running)
    characters = len(_CHARACTERS.findall(text))
    count, noun = len(text.split()), "word"
    if 2 * characters > len(text):
        count, noun = characters, "character"
    if not count:
        return "no text"
    return f"{count} {noun}{'' if count == 1 else 's'}"
