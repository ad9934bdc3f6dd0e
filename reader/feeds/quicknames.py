"""Element names as feedparser calls them, from the namespaces a feed declares.

Never guesses: where feedparser's answer depends on more than the name, the feed is
unusual, and left to it.
"""

from collections.abc import Iterable, Mapping

from reader.feeds.bounds import NAMESPACES

ATOM = "http://www.w3.org/2005/atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACE_END = "}"
"""What stands between a namespace and a name in the names of a tree."""
XHTML = "http://www.w3.org/1999/xhtml}"

# feedparser's namespaces (a test holds it against its list), but for those below; lower
# case, as it compares them.
PREFIXES: Mapping[str, str] = {
    "": "",
    "http://backend.userland.com/rss": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    ATOM: "",
    "http://webns.net/mvcb/": "admin",
    "http://purl.org/rss/1.0/modules/aggregation/": "ag",
    "http://purl.org/rss/1.0/modules/annotate/": "annotate",
    "http://media.tangent.org/rss/1.0/": "audio",
    "http://backend.userland.com/blogchannelmodule": "blogchannel",
    "http://creativecommons.org/ns#license": "cc",
    "http://web.resource.org/cc/": "cc",
    "http://purl.org/rss/1.0/modules/company": "co",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://my.theinfo.org/changed/1.0/rss/": "cp",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/email/": "email",
    "http://purl.org/rss/1.0/modules/event/": "ev",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://freshmeat.net/rss/fm/": "fm",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://postneo.com/icbm/": "icbm",
    "http://purl.org/rss/1.0/modules/image/": "image",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/rss/1.0/modules/link/": "l",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://madskills.com/public/xml/rss/module/pingback/": "pingback",
    "http://prismstandard.org/namespaces/1.2/basic/": "prism",
    "http://podlove.org/simple-chapters": "psc",
    RDF: "rdf",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs",
    "http://purl.org/rss/1.0/modules/reference/": "ref",
    "http://purl.org/rss/1.0/modules/richequiv/": "reqv",
    "http://purl.org/rss/1.0/modules/search/": "search",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://schemas.xmlsoap.org/soap/envelope/": "soap",
    "http://purl.org/rss/1.0/modules/servicestatus/": "ss",
    "http://hacks.benhammersley.com/rss/streaming/": "str",
    "http://purl.org/rss/1.0/modules/subscription/": "sub",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://schemas.pocketsoap.com/rss/mydescmodule/": "szf",
    "http://purl.org/rss/1.0/modules/taxonomy/": "taxo",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://purl.org/rss/1.0/modules/textinput/": "ti",
    "http://madskills.com/public/xml/rss/module/trackback/": "trackback",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/wiki/": "wiki",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
# Those by which it tells other dialects, and one that it makes an attribute of.
TELLING = (
    *("http://my.netscape.com/rdf/", "http://purl.org/atom/ns#"),
    *("http://example.com/newformat#", "http://example.com/necho"),
    *("http://purl.org/echo/", "http://purl.org/pie/", "http://purl.org/rss/1.0/"),
    *("uri/of/echo/namespace#", "http://www.w3.org/1999/xlink"),
)
_USERLAND = "backend.userland.com/rss"


class UnusualError(Exception):
    """A feed that is left to feedparser."""


def prefix_of(uri: str) -> str | None:
    """feedparser's prefix for a namespace; None for one that it does not know."""
    uri = uri.lower()
    return "" if _USERLAND in uri else PREFIXES.get(uri)


def declared(namespaces: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The prefix of each namespace that feedparser does not know, as declared."""
    meanings: dict[str, str] = {}
    unknown: dict[str, str] = {}
    known = set()
    for prefix, uri in namespaces:
        meaning = prefix_of(uri)
        known.add(meaning)
        if uri and meaning is None:
            _check_unknown(prefix, uri)
            unknown.setdefault(uri, prefix)
        if prefix and meanings.setdefault(prefix.lower(), uri) != uri:
            raise UnusualError("a prefix of two meanings")
    if len(meanings) > NAMESPACES:
        raise UnusualError("hundreds of namespaces")
    if any(p in known and prefix_of(uri) != p for p, uri in meanings.items()):
        raise UnusualError("a usual prefix for something else")
    return unknown


def _check_unknown(prefix: str, uri: str) -> None:
    if not prefix or uri.lower().startswith(TELLING) or len(uri.split()) != 1:
        raise UnusualError("another dialect, or markup of another kind")


def key(tag: str, unknown: Mapping[str, str]) -> str:
    """What feedparser calls an element: "title", "dc_creator", "gd_image"."""
    uri, end, name = tag.rpartition(NAMESPACE_END)
    if not end:
        return tag.lower()
    prefix = prefix_of(uri)
    if prefix is None:
        prefix = unknown[uri]
    return f"{prefix}_{name}".lower() if prefix else name.lower()
