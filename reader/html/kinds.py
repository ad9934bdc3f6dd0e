"""What kind of page came: an article, a front page, or something that stands before.

Decided by what the page declares and by the rules' marks; a bare 403 is only a 403.
"""

from typing import Literal

from reader import urls
from reader.html.document import Document, path_of
from reader.model import Page
from reader.rules import Rules, Wall

Kind = Literal["article", "home", "consent", "login", "paywall", "gone", "other"]

_GONE = (404, 410)
_WALL_PROSE = 1_500
_PAYWALL_PROSE = 2_500
_FALSE = ("false", "no", "0")


def kind(document: Document, page: Page, rules: Rules) -> Kind:
    """The kind of a page."""
    if page.status in _GONE:
        return "gone"
    if page.status == 200:
        for wall in rules.walls:
            if _stands_before(wall, document):
                return wall.kind
    if _for_subscribers(document):
        return "paywall"
    if urls.is_home(document.url):
        return "home"
    return "article" if document.article_like else "other"


def _stands_before(wall: Wall, document: Document) -> bool:
    """Whether a page is this wall: by its address, or by its title and little text."""
    host, path = urls.host(document.url), path_of(document.url)
    if any(host == name or host.endswith("." + name) for name in wall.hosts):
        return True
    if document.prose > _WALL_PROSE:
        return False
    if any(path == start or path.startswith(start + "/") for start in wall.paths):
        return True
    titles = [document.head_title.lower(), *map(str.lower, document.headlines)]
    if any(_titled(title, mark) for title in titles for mark in wall.titles):
        return wall.kind != "login" or _asks_password(document)
    return _says(document, wall.texts)


def _titled(title: str, mark: str) -> bool:
    rest = title.removeprefix(mark)
    return rest != title and not rest[:1].isalnum()


def _asks_password(document: Document) -> bool:
    inputs = document.tree.iter("input")
    return any(
        (node.get("type") or "").lower() in ("password", "email") for node in inputs
    )


def _says(document: Document, texts: tuple[str, ...]) -> bool:
    return bool(texts) and any(
        text in block.text.lower() for block in document.blocks for text in texts
    )


def _for_subscribers(document: Document) -> bool:
    """Whether the page declares a paywall and does not hold its text anyway."""
    node = document.article_node or {}
    free = node.get("isAccessibleForFree", document.meta.get("isaccessibleforfree"))
    tier = document.meta.get("article:content_tier", "").lower()
    declared = str(free).lower() in _FALSE or tier == "locked"
    return declared and document.prose < _PAYWALL_PROSE
