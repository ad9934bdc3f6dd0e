"""Element names as feedparser calls them, from the namespaces a feed declares.

Never guesses: where feedparser's answer depends on more than the name, the feed is
unusual, and left to it.
"""

from collections.abc import Iterable, Mapping

from reader.feeds.bounds import NAMESPACES

ATOM = "http://www.w3.org/2005/atom"
XML = "http://www.w3.org/xml/1998/namespace"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XHTML = "{http://www.w3.org/1999/xhtml}"

# Those of feedparser's namespaces (its mixin.py has the list, a test compares) that
# are met in RSS 2.0 and Atom; lower case, as it compares them.
PREFIXES: Mapping[str, str] = {
    "": "",
    ATOM: "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    XML: "xml",
    RDF: "rdf",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://podlove.org/simple-chapters": "psc",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://webns.net/mvcb/": "admin",
    "http://www.georss.org/georss": "georss",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.opengis.net/gml": "gml",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://xmlns.com/foaf/0.1/": "foaf",
}
# Its other prefixes, and addresses by which it tells other dialects.
_RARE = {
    *(
        "ag",
        "annotate",
        "audio",
        "blogchannel",
        "co",
        "cp",
        "email",
        "ev",
        "fm",
        "icbm",
    ),
    *("image", "l", "pingback", "prism", "rdfs", "ref", "reqv", "search", "soap", "ss"),
    *("str", "sub", "szf", "taxo", "ti", "trackback", "wiki", "xlink"),
}
_TELLING = (
    *(
        "http://my.netscape.com/rdf/",
        "http://purl.org/atom/ns#",
        "http://purl.org/net/",
    ),
    *("http://example.com/", "http://purl.org/echo/", "http://purl.org/pie/"),
    *("uri/of/echo/", "http://purl.org/rss/1.0/", "http://www.w3.org/1999/xlink"),
)
_OURS = frozenset(PREFIXES.values()) - {""} | _RARE
_USERLAND = "backend.userland.com/rss"


class UnusualError(Exception):
    """A feed that is left to feedparser."""


def prefix_of(uri: str) -> str | None:
    """feedparser's prefix for a namespace; None for one that it does not know."""
    uri = uri.lower()
    return "" if _USERLAND in uri else PREFIXES.get(uri)


def declared(namespaces: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The prefix of each namespace that feedparser does not know, as declared."""
    uris: dict[str, str] = {}
    for prefix, uri in namespaces:
        if uri and prefix_of(uri) is None:
            _check_unknown(prefix, uri)
        key = prefix.lower()
        known = prefix_of(uri)
        if key and uris.setdefault(key, uri) != uri:
            raise UnusualError("a prefix of two meanings")
        if key in _OURS and known != key:
            raise UnusualError("a prefix with another meaning than the usual")
        if len(uris) > NAMESPACES:
            raise UnusualError("hundreds of namespaces")
    unknown = ((uri, prefix) for prefix, uri in uris.items() if prefix_of(uri) is None)
    found: dict[str, str] = {}
    for uri, prefix in unknown:
        found.setdefault(uri, prefix)
    return found


def _check_unknown(prefix: str, uri: str) -> None:
    if not prefix or uri.lower().startswith(_TELLING) or len(uri.split()) != 1:
        raise UnusualError("another dialect, or markup of another kind")


def key(tag: str, unknown: Mapping[str, str]) -> str:
    """What feedparser calls an element: "title", "dc_creator", "gd_image"."""
    if tag[0] != "{":
        return tag.lower()
    uri, _, name = tag[1:].rpartition("}")
    prefix = prefix_of(uri)
    if prefix is None:
        prefix = unknown[uri]
    return f"{prefix}_{name}".lower() if prefix else name.lower()
