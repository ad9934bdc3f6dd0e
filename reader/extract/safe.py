"""Strangers' HTML through our own allow-list: what is left can be shown and exported.

Never judges what belongs to an article; it only takes away what could do harm.
"""

import re
from functools import partial

import nh3

from reader import urls
from reader.extract.tree import shallow

_ALIGNED = {"align", "colspan", "rowspan", "scope"}
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"dir", "lang"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "code": {"class"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "img": {"alt", "height", "src", "title", "width"},
    "ins": {"cite", "datetime"},
    "ol": {"reversed", "start", "type"},
    "pre": {"class"},
    "q": {"cite"},
    "td": _ALIGNED,
    "th": _ALIGNED,
    "time": {"datetime"},
}
_TAGS_NAMES = (
    "a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup"
    " data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6"
    " header hr i img ins kbd li main mark ol p picture pre q rp rt ruby s samp section"
    " small span strike strong sub summary sup table tbody td tfoot th thead time tr tt"
    " u ul var wbr"
)
TAGS = frozenset(_TAGS_NAMES.split())
# Their text is no text: it goes with them.
_SILENT_NAMES = (
    "applet audio button canvas embed form frame frameset iframe input math noframes"
    " noscript object option script select source style svg template textarea title"
    " track video xml"
)
SILENT = frozenset(_SILENT_NAMES.split())
_LONG = re.compile(r"(?:^|(?<=>))[^<>]{20001,}")
_PART = re.compile(r".{20000}[^&;]{0,99}?(?=[^&;#A-Za-z0-9])", re.DOTALL)
SCHEMES = frozenset(("http", "https", "mailto"))


def sanitised(html: str, base: str) -> str:
    """HTML with nothing left but text, structure, pictures and absolute web links.

    `base` is what relative links are seen from; one that is no web URL leaves them out.
    """
    return nh3.clean(
        _LONG.sub(_in_parts, shallow(html)),
        tags=set(TAGS),
        clean_content_tags=set(SILENT),
        attributes=ATTRIBUTES,
        attribute_filter=partial(_attribute, base),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _in_parts(run: re.Match[str]) -> str:
    """A long text with comments in it, which part it for the parser and then go.

    Ammonia takes a time that is quadratic in the length of one text. No part ends
    where a character reference may go on.
    """
    return _PART.sub(r"\g<0><!---->", run[0])


def _attribute(base: str, tag: str, name: str, value: str) -> str | None:
    """Links absolute, and of classes only the language of code."""
    if name == "class":
        found = [c for c in value.split() if c.startswith(("language-", "lang-"))]
        return found[0] if found else None
    if name not in ("href", "src", "cite"):
        return value
    if name == "href" and value.strip().lower().startswith("mailto:"):
        return value.strip()
    return urls.join(base, value)
