"""What would run, or be fetched unasked, in HTML that we gave: read as a browser reads.

The list of what may stand there is written here anew, and not taken from the program.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

_TEXT = """
a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup data
dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i
img ins kbd li main mark ol p picture pre q rp rt ruby s samp section small span strike
strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
_PAGE = "html head meta title style body"
TAGS = frozenset(_TEXT.split())
PAGE = TAGS | frozenset(_PAGE.split())
_NAMES = """
align alt cite class colspan datetime dir height href lang reversed rowspan scope src
start title type value width charset name content
"""
ATTRIBUTES = frozenset(_NAMES.split())
LINKS = ("href", "src", "cite")
SCHEMES = ("http", "https", "mailto")


class _Reader(HTMLParser):
    def __init__(self, allowed: frozenset[str]) -> None:
        super().__init__()
        self.allowed = allowed
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            self.found.append(f"<{tag}>")
        self.found.extend(_amiss(tag, attrs))


def _amiss(tag: str, attrs: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attrs:
        if name not in ATTRIBUTES or (name == "content" and tag != "meta"):
            yield f"<{tag} {name}>"
        scheme = urlsplit((value or "").strip()).scheme if name in LINKS else "https"
        if scheme not in SCHEMES:
            yield f"{name}={value}"


def leaks(html: str, page: bool = False) -> list[str]:
    """Each tag, attribute and link that has no business there; `page`: a whole one."""
    reader = _Reader(PAGE if page else TAGS)
    reader.feed(html)
    reader.close()
    return reader.found
