"""Players of films and sound among a text: a line that links to what they play.

Until its Markdown is written a player goes as a picture, for it stands in a text as a
picture does. Loads nothing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from reader import urls
from reader.extract import escape
from reader.rules.article import ArticleRules

_PLAYED = "data-played"
_SOURCES = ("src", "data-src", "data-lazy-src", "data-url", "data-cfsrc")
_TITLE_MAX = 150


@lru_cache(maxsize=8)
def _players(rules: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each player's address as an expression, and the address of what it plays."""
    pairs = (rule.partition(" ")[::2] for rule in rules)
    return tuple(
        (re.compile(_expression(player), re.I), played.strip())
        for player, played in pairs
    )


def _expression(player: str) -> str:
    return re.escape(player).replace(r"\*", r"([\w.-]+)")


def settle(root: HtmlElement, base: str, rules: ArticleRules) -> HtmlElement:
    """The tree with a picture, marked as one, for each player that is known."""
    for element in list(root.iter("iframe", "embed", "video", "audio", "amp-youtube")):
        found = next(_addresses(element, base), None)
        url = found and _played(found, element, rules)
        if url and element.getparent() is not None:
            element.addprevious(_stand_in(element, url))
            element.drop_tree()
    return root


def _addresses(element: HtmlElement, base: str) -> Iterator[str]:
    if identity := element.get("data-videoid"):
        yield f"https://www.youtube.com/watch?v={identity}"
    for given in (element, *element.iter("source")):
        for name in _SOURCES:
            url = urls.join(base, given.get(name) or "") if given.get(name) else None
            if url:
                yield url


def _played(url: str, element: HtmlElement, rules: ArticleRules) -> str | None:
    """What a player plays: the file it has, or by the rules for what others embed."""
    if element.tag in ("video", "audio", "amp-youtube"):
        return (
            None if "autoplay" in element.attrib and "loop" in element.attrib else url
        )
    bare = url.partition("://")[2].removeprefix("www.")
    for player, played in _players(rules.players):
        if found := player.match(bare):
            return "https://" + played.replace("*", found[1]) if played else url
    return None


def _stand_in(element: HtmlElement, url: str) -> HtmlElement:
    title = " ".join((element.get("title") or element.get("aria-label") or "").split())
    image: HtmlElement = element.makeelement("img")
    image.set("src", url)
    image.set("alt", title[:_TITLE_MAX] or urls.host(url).removeprefix("www."))
    image.set(_PLAYED, url)
    return image


def written(top: HtmlElement) -> HtmlElement:
    """The tree with a link where a player's picture stood."""
    for image in list(top.iter("img")):
        if url := image.get(_PLAYED):
            for link in list(image.iterancestors("a")):
                link.drop_tag()
            image.tag, image.text = "a", escape.PLAYER + image.get("alt", "")
            image.attrib.clear()
            image.set("href", url)
    return top
