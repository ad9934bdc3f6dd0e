"""Whom a page itself declares as its publisher: microdata and JSON-LD.

A page that names another site's owner there, and a canonical address on that site, says
twice that it is a copy. Only reads what is declared; concludes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from reader import urls
from reader.cleaning import clean_line
from reader.html import Document, linked
from reader.resolve.publisher import names_host

_SAYS = frozenset(("publisher", "provider", "sourceorganization"))
_KEYS = ("publisher", "provider", "sourceOrganization")
_MOST = 8
"""Declarations of one page that are read."""
_WITHIN = 40
"""Elements of one declaration that are read."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The names and URLs of publishers that a page declares."""

    names: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    def owns(self, url: str) -> str | None:
        """What is declared of a URL's own site; None when nothing is."""
        named = (name for name in self.names if names_host(name, urls.host(url)))
        homes = (home for home in self.urls if urls.same_site(home, url))
        return next(named, None) or next(homes, None)


def declared(document: Document) -> Declared:
    """The publishers that a page declares for itself."""
    article = document.article_node or {}
    names = [name for key in _KEYS for name in linked.texts(article.get(key))]
    homes = [url for key in _KEYS for url in linked.addresses(article.get(key))]
    for node in islice(_marked(document), _MOST):
        for inner in islice(node.iter(), _WITHIN):
            homes.append(inner.get("href") or "")
            if "name" in (inner.get("itemprop") or "").split():
                names.append(inner.get("content") or inner.text or "")
    joined = (urls.join(document.base, home) for home in homes if home.strip())
    return Declared(
        tuple(dict.fromkeys(filter(None, map(clean_line, names)))),
        tuple(dict.fromkeys(filter(None, joined))),
    )


def names_itself(document: Document) -> bool:
    """Whether a page speaks of the site that it stands on as a site of its own.

    A page that only ever speaks of another site is that site's, on another host: an
    alias, a mirror, a test.
    """
    meta, host = document.meta, urls.host(document.url)
    own = meta.get("og:url", "")
    if urls.is_web(own) and urls.same_site(own, document.url):
        return True
    article = document.article_node or {}
    names = (meta.get("og:site_name", ""), *linked.texts(article.get("publisher")))
    return any(names_host(name, host) for name in names)


def _marked(document: Document) -> Iterator[HtmlElement]:
    """Elements that are the page's publisher by microdata."""
    for node in document.tree.iter():
        said = node.get("itemprop")
        if said and _SAYS.intersection(said.lower().split()):
            yield node
