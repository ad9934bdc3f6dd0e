"""Text and markup of a feed's tree, as feedparser has them; never parses HTML."""

import re
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from reader.feeds.quicknames import NAMESPACE_END, XHTML, UnusualError

_DEEPEST = 100
_C1 = re.compile("[\x80-\x9f]")
# Elements of HTML whose ends feedparser takes for those of a feed's own.
_TELLING = {"body", "svg", "math"}
_LANG = "http://www.w3.org/XML/1998/namespace}lang"
_QUOTE = {'"': "&quot;"}


def repaired(text: str) -> str:
    """`text` trimmed, and read again where it is UTF-8 or Windows-1252 misread."""
    text = text.strip()
    if text.isascii():
        return text
    text = _as_utf8(text)
    # Their first byte in UTF-8 is found ten times as fast as they are.
    if b"\xc2" not in text.encode("utf-8"):
        return text
    return _C1.sub(_as_windows_1252, text)


def _as_utf8(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _as_windows_1252(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("cp1252")
    except UnicodeError:
        return found[0]


def leaf(element: Element) -> str:
    """The text of an element that holds nothing else."""
    if len(element):
        raise UnusualError("an element in a text")
    return element.text or ""


def markup(element: Element, unwrap: bool) -> str:
    """What is in an element of `type="xhtml"`; `unwrap` takes off the div around it.

    `<br></br>` for `<br/>` is feedparser's way: wrong in HTML, but nothing is lost.
    """
    alone = len(element) == 1 and not _blank(element.text) + _blank(element[0].tail)
    if unwrap and alone and _name(element[0]) == "div":
        element = element[0]
    pieces: list[str] = []
    _write(element, pieces, 0)
    return "".join(pieces)


def _blank(text: str | None) -> str:
    return (text or "").strip()


def _write(element: Element, pieces: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise UnusualError("markup nested deeply")
    if element.text:
        pieces.append(escape(element.text))
    for child in element:
        name = _name(child)
        pieces.append(f"<{name}{_attributes(child)}>")
        _write(child, pieces, depth + 1)
        pieces.append(f"</{name}>")
        if child.tail:
            pieces.append(escape(child.tail))


def _name(element: Element) -> str:
    """The name of an element of XHTML; others' may be taken for a feed's own."""
    name = element.tag.removeprefix(XHTML).lower()
    if not element.tag.startswith(XHTML) or name in _TELLING:
        raise UnusualError("markup that is not all XHTML")
    return name


def _attributes(element: Element) -> str:
    if not element.keys():
        return ""
    given = {}
    for name, value in element.items():
        name = "xml:lang" if name == _LANG else name.lower()
        if NAMESPACE_END in name:
            raise UnusualError("an attribute of another namespace in markup")
        given[name] = value.lower() if name in ("rel", "type") else value
    return "".join(f' {name}="{escape(v, _QUOTE)}"' for name, v in given.items())
