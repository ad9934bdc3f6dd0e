"""What the page at a path's end says about being the original, as evidence.

Compares it with the entry: headline, text, date, name. Follows nothing.
"""

from collections.abc import Iterator
from datetime import timedelta

from reader import html, urls
from reader.html import Document, Kind, linked
from reader.html.document import path_of
from reader.model import Hop, Page, Via
from reader.resolve import match
from reader.resolve.notices import notices
from reader.resolve.publisher import (
    authors_of,
    credits_one,
    name_of,
    names_host,
    published_of,
    same_name,
    same_publisher,
)
from reader.resolve.values import Evidence, Found, Lead, Sign
from reader.resolve.walk import Walk
from reader.resolve.wrappers import stands_for_another

_BY_DEFINITION: frozenset[Sign] = frozenset(
    ("orig-link", "wrapper", "http", "feed-link", "discussed", "carrier")
)
ROBOT = "stands behind a check for robots"
_WALLS: dict[Kind, str] = {
    "consent": "shows a consent page",
    "login": "asks for a login",
    "paywall": "is for subscribers",
    "robot": ROBOT,
}
_THING_TYPES = ("book", "product", "profile", "music", "video.movie", "event", "place")
_THINGS_TEXT = """
Book Product Movie MusicAlbum Event JobPosting Offer SoftwareApplication Person
"""
_THINGS = frozenset(_THINGS_TEXT.split())
_AROUND = frozenset(("nav", "header", "footer", "aside"))
OWN = _AROUND | {"blockquote"}
"""Places that hold nothing of a page's own text: what it quotes is another's."""
_LATER = timedelta(hours=36)
_OWN_TEXT = 700
_SAME, _OTHER = 0.8, 0.3
"""How alike two headlines are of one text, and from which on of two. Between them
stand those that an editor has reworded: they tell nothing."""
_UNTOLD = 0.5


def arrived(walk: Walk, lead: Lead, page: Page, document: Document) -> Found:
    """The end of a path at a page that came."""
    judged = html.judged(document, page, walk.rules)
    wall, found = _WALLS.get(judged.kind), judged.kind
    evidence = () if wall else tuple(_compared(walk, lead, document, found))
    medium = html.medium(page) or html.plays(document)
    problem = wall or (f"is {medium}" if medium else None)
    path, url = lead.path.knowing(*evidence), _final(lead, document, walk)
    plain = urls.canonical(lead.url, walk.rules.tracking)
    if document.canonical and lead.path.hops and not urls.same_page(url, plain):
        path = path.to(_own_address(lead.url, url, document, page))
    return Found(
        url=url,
        path=path,
        publisher=name_of(document, walk.named),
        authors=authors_of(document),
        published=published_of(document),
        page=None if problem else page,
        reachable=not wall,
        http_status=page.status,
        problem=problem,
        problem_evidence=judged.evidence if wall else None,
        firm=lead.firm,
    )


def out_of_reach(
    lead: Lead, problem: str, status: int | None = None, shown: str = ""
) -> Found:
    """The end of a path at a page that could not be had; `shown` is what shows it."""
    path = lead.path.knowing(Evidence("unseen", problem))
    return Found(
        lead.url,
        path,
        reachable=False,
        http_status=status,
        problem=problem,
        problem_evidence=shown or None,
        firm=lead.firm,
    )


def _compared(
    walk: Walk, lead: Lead, document: Document, kind: Kind
) -> Iterator[Evidence]:
    if not lead.path.hops:
        return
    defined = any(item.sign in _BY_DEFINITION for item in lead.path.evidence)
    if not defined and _points_back(walk, document):
        yield Evidence("points-back", document.url)
    titles = [t for t in walk.titles if not match.generic(t, walk.rules)]
    own, theirs = walk.own_language, language_of(document)
    # A translation has other words everywhere; that speaks neither for nor against.
    defined = defined or bool(own and theirs and own != theirs)
    alike = _alike(titles, document)
    if alike >= _SAME:
        yield Evidence("same-headline", document.title)
    elif alike < _OTHER and titles and not defined and kind != "other":
        yield Evidence("other-headline", document.title)
    shared = match.shares_text(walk.own_text, prose_of(document))
    if shared:
        yield Evidence("same-text")
    elif shared is False and len(walk.own_text) > _OWN_TEXT and not defined:
        yield Evidence("other-text")
    yield from _named(walk, document)
    yield from _dated(walk, document, defined)
    front = urls.is_home(document.url) or stands_for_another(document.url, walk.rules)
    if front or _is_thing(document):
        yield Evidence("no-article")
    elif kind == "other" and not defined:
        yield Evidence("thin")


def _is_thing(document: Document) -> bool:
    """Whether a page says that it is of something to buy or to see, and no article."""
    said = document.meta.get("og:type", "").lower()
    kinds = {kind for node in document.json_ld for kind in linked.types(node)}
    return document.article_node is None and (
        said.startswith(_THING_TYPES) or bool(kinds & _THINGS)
    )


def _points_back(walk: Walk, document: Document) -> bool:
    """Whether a page declares or announces the entry's own page as its original."""
    own = walk.entry.url
    if urls.same_page(document.url, own):
        return False
    title = walk.feed.title if walk.feed else ""
    if credits_one(document, (title,), walk.rules):
        return True
    announced = (a.url for n in notices(document, walk.rules) for a in n.anchors)
    targets = (document.canonical or "", *announced)
    return any(target and urls.same_page(target, own) for target in targets)


def _alike(titles: list[str], document: Document) -> float:
    """How alike the best of a page's headlines is to what is sought."""
    return max(
        (match.likeness(t, h) for t in titles for h in document.headlines),
        default=0.0 if document.headlines else _UNTOLD,
    )


def _named(walk: Walk, document: Document) -> Iterator[Evidence]:
    name = name_of(document) or ""
    if walk.named and (
        same_name(walk.named, name) or names_host(walk.named, urls.host(document.url))
    ):
        yield Evidence("same-name", name or walk.named)


def _dated(walk: Walk, document: Document, defined: bool) -> Iterator[Evidence]:
    mine, theirs = walk.entry.published, published_of(document)
    if mine and theirs and theirs <= mine:
        yield Evidence("earlier", theirs.isoformat())
    elif mine and theirs and theirs > mine + _LATER and not defined:
        yield Evidence("later", theirs.isoformat())


def language_of(document: Document) -> str:
    """The language of a page without its region, lower case; "" where it says none."""
    return (document.language or "").lower().replace("_", "-").partition("-")[0]


def prose_of(document: Document, outside: frozenset[str] = _AROUND) -> str:
    """The running text of a page; `outside` names places that are left out."""
    return "\n".join(
        block.text
        for block in document.blocks
        if len(block.text) >= 40 and not block.places & outside
    )


def _final(lead: Lead, document: Document, walk: Walk) -> str:
    """The page's own canonical URL where it is the same article's, else the URL."""
    declared, url = document.canonical, lead.url
    if declared and _is_same_article(declared, lead, document, walk):
        url = declared if _is_safe(declared, url) else url
    return urls.canonical(url, walk.rules.tracking)


def _is_safe(declared: str, url: str) -> bool:
    """Whether a page's own address is not just its plain form where it has a secure."""
    downgraded = url.startswith("https:") and declared.startswith("http:")
    return not (downgraded and urls.same_page(declared, url))


def _own_address(url: str, declared: str, document: Document, page: Page) -> Hop:
    """The hop from where a page was found to what it gives as its own address."""
    via: Via = "amp" if is_amp(document) else "canonical"
    quote = f'<link rel="canonical" href="{document.canonical}">'
    return Hop(url, declared, via, quote, page.status, page.elapsed)


def _is_same_article(declared: str, lead: Lead, document: Document, walk: Walk) -> bool:
    """Whether a page's own address is the same article's as the one it is found at."""
    url = lead.url
    if urls.is_home(declared):
        return False
    if not urls.same_site(declared, url):
        # The host of another country, to which the publisher's own sent the reader.
        came = any(urls.same_page(declared, hop.url) for hop in lead.path.hops)
        return came and same_publisher(declared, url, walk.rules)
    og = document.meta.get("og:url", "")
    return (
        path_of(declared) == path_of(url)
        or is_amp(document)
        or (bool(og) and urls.same_page(og, declared))
    )


def is_amp(document: Document) -> bool:
    """Whether a page is the AMP form of another one."""
    root = document.tree.getroottree().getroot()
    return any(name in root.attrib for name in ("amp", "⚡"))
