"""Well-formed RSS and Atom read at expat's own pace; all else is left to feedparser.

Gives what `guarded.read` gives, field for field: feedparser is the judge. Never sees
a DTD, and so no entity but XML's own five.
"""

from collections.abc import Iterable
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from reader.feeds.bounds import ATTRIBUTES, BASE, ELEMENTS
from reader.feeds.quicknames import ATOM, NAMESPACE_END, UnusualError, declared, key
from reader.feeds.quickrules import RULES
from reader.feeds.quickwalk import ABSOLUTE, Walk, start
from reader.feeds.values import Found

_BUFFER = 65_536
_XML_BASE = "http://www.w3.org/XML/1998/namespace}base"
_ATOM = "http://www.w3.org/2005/Atom}"
# Where a base is of no account: links in texts are resolved when they are shown.
_BASE_ON = {f"{_ATOM}{name}" for name in ("feed", "title", "summary", "content")}


def read(text: str, url: str) -> Found | None:
    """The feed whose root begins `text`; None when feedparser has to read it."""
    try:
        body = text.encode("utf-8")
        if body.count(b"<") > 2 * ELEMENTS:
            return None
        root, namespaces = _tree(body)
        return _found(root, namespaces, url)
    except (expat.ExpatError, UnicodeEncodeError, UnusualError):
        return None


def _tree(body: bytes) -> tuple[Element, Iterable[tuple[str, str]]]:
    """The tree of a document, names as "namespace}name", and its namespaces."""
    namespaces: dict[tuple[str, str], None] = {}
    tree = TreeBuilder()
    parser = expat.ParserCreate("utf-8", NAMESPACE_END)
    parser.buffer_text = True
    parser.buffer_size = _BUFFER
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.data
    parser.StartNamespaceDeclHandler = lambda prefix, uri: namespaces.setdefault(
        (prefix or "", uri or "")
    )
    parser.Parse(body, True)
    return tree.close(), namespaces


def _found(root: Element, namespaces: Iterable[tuple[str, str]], url: str) -> Found:
    unknown = declared(namespaces)
    name = key(root.tag, unknown)
    atom = root.tag.rpartition("}")[0].lower() == ATOM
    if name != ("feed" if atom else "rss"):
        raise UnusualError("neither RSS nor Atom")
    for count, element in enumerate(root.iter(), 1):
        if count > ELEMENTS:
            raise UnusualError("more elements than are read")
        names = element.keys()
        if len(names) > ATTRIBUTES:
            raise UnusualError("an element with hundreds of attributes")
        for name in names:
            if name[-4:].lower() == "base":
                _check_base(name, atom and element.tag in _BASE_ON)
    base = _base(url, root.get(_XML_BASE, "")) if atom else ""
    walk = Walk(base=base, atom=atom, unknown=unknown, named=RULES)
    start(walk, root)
    return Found(walk.feed, walk.entries, "atom10" if atom else "rss")


def _check_base(name: str, may_be: bool) -> None:
    if name.lower() == "base" or (name == _XML_BASE and not may_be):
        raise UnusualError("links that are relative to something else")


def _base(url: str, base: str) -> str:
    """What a feed's links are relative to: its own address, or what its root says."""
    if base and (len(base) > BASE // 2 or not ABSOLUTE.fullmatch(base)):
        raise UnusualError("a base of an unusual kind")
    try:
        return urljoin(url, base or url)
    except ValueError:
        return url
