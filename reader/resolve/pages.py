"""What a page means for a walk: on by HTTP, on by what it says, or the end of a path.

Returns the walk with the leads and ends that the page gave; never chooses among them.
"""

from dataclasses import replace

from reader import html, urls
from reader.html import Document
from reader.html.document import path_of
from reader.model import Hop, Page, Via
from reader.resolve import exchange, match, verdict
from reader.resolve.arrivals import (
    OWN,
    ROBOT,
    arrived,
    language_of,
    out_of_reach,
    prose_of,
)
from reader.resolve.exits import look
from reader.resolve.gates import returns
from reader.resolve.outlook import SHORT, Outlook, View
from reader.resolve.publisher import name_of, same_publisher
from reader.resolve.signals import unwrapped
from reader.resolve.values import Evidence, Exit, Found, Lead, Path
from reader.resolve.walk import Walk, with_cookies
from reader.rules import Wall

_REDIRECTS: dict[int, Via] = {
    301: "http-301",
    302: "http-302",
    303: "http-303",
    307: "http-307",
    308: "http-308",
}
_PROBLEMS = {
    401: "asks for a login",
    402: "is for subscribers",
    403: "refused us",
    404: "is gone",
    410: "is gone",
    429: "refused us",
    451: "may not be shown here",
}
_WALLS = {"consent": "shows a consent page", "login": "asks for a login"}
_ENDED = {
    "shows a consent page": "a consent page",
    "asks for a login": "a login page",
    ROBOT: "a check for robots",
}
_MARKUP = ("html", "xml")


def page_came(walk: Walk, page: Page) -> Walk:
    """The walk after a page."""
    lead = walk.lead
    if lead is None:
        return walk
    walk = replace(walk, spent=walk.spent + page.elapsed, pages=walk.pages + 1)
    walk = with_cookies(walk, page)
    if lead.exchange is not None:
        return _exchanged(walk, lead, page)
    via, location = _REDIRECTS.get(page.status), page.header("location")
    if via and location:
        return _redirected(walk, lead, page, via, location)
    if page.status >= 400 or via:
        return from_copy(walk, lead, _failed(walk, lead, page))
    return _read(walk, lead, page, _document(page))


def _failed(walk: Walk, lead: Lead, page: Page) -> Found:
    """The end of a path at a page that says it cannot be had."""
    document = _document(page)
    judged = html.judged(document, page, walk.rules)
    said = _PROBLEMS.get(page.status, "answered with an error")
    if judged.kind == "robot":
        said = ROBOT
    problem = f"{said} (HTTP {page.status})"
    shown = judged.evidence or html.titled(document)
    return out_of_reach(lead, problem, page.status, shown)


def _document(page: Page) -> Document:
    """The page's document; an empty one for what is no markup."""
    kind = (page.header("content-type") or "html").lower()
    markup = any(mark in kind for mark in _MARKUP) or not kind.strip()
    if not markup or html.medium(page):
        page = replace(page, body=b"")
    return html.parse(page)


# --- HTTP -------------------------------------------------------------------


def _redirected(walk: Walk, lead: Lead, page: Page, via: Via, location: str) -> Walk:
    target = urls.join(page.url, location) or location.strip()
    quote = f"Location: {location}"
    hop = Hop(lead.url, target, via, quote, page.status, page.elapsed)
    if problem := _no_way(walk, page.url, target):
        return _with_found(walk, out_of_reach(lead, problem, page.status))
    away = not same_publisher(page.url, target, walk.rules)
    evidence = (Evidence("http", quote),) if away and lead.path.transported else ()
    onto = unwrapped(Lead(target, lead.path.to(hop, *evidence), lead.firm), walk.rules)
    moved = walk.moved or (away and not walk.is_own(onto.url))
    return replace(walk, waiting=(onto, *walk.waiting), moved=moved, last=onto.path)


def _no_way(walk: Walk, url: str, target: str) -> str | None:
    """What a redirect says when it leads to a wall or, from an article, to the home."""
    near = urls.same_site(url, target)
    for wall in walk.rules.walls:
        if _is_host(target, wall.hosts) or (near and _is_way_to(target, wall)):
            return _WALLS.get(wall.kind)
    if urls.is_home(target) and not urls.is_home(url) and near:
        return "is gone (it leads to the home page)"
    return None


def _is_host(url: str, hosts: tuple[str, ...]) -> bool:
    host = urls.host(url)
    return any(host == name or host.endswith("." + name) for name in hosts)


def _is_way_to(url: str, wall: Wall) -> bool:
    return _is_path(url, wall.paths) or html.is_gate(urls.host(url), wall)


def _is_path(url: str, paths: tuple[str, ...]) -> bool:
    path = path_of(url)
    return any(path == start or path.startswith(start + "/") for start in paths)


def _at_a_wall(walk: Walk, lead: Lead, found: Found) -> Walk:
    """The walk at a wall: before it stands the article, if its own site built it.

    So it does if the wall knows where the reader is to go back to. A wall that another
    site's redirect led to else hides what nobody has named.
    """
    hops = lead.path.hops
    ended = _ENDED.get(found.problem or "", walk.ended)
    last = hops[-1] if hops else None
    if last is None or not last.via.startswith("http-"):
        return _with_found(walk, found)
    back = returns(hops, walk.rules)
    if back is None and not urls.same_site(last.url, last.target):
        return replace(walk, ended=ended, stub=True, last=lead.path)
    kept = hops[: -1 if back is None else back]
    before = replace(lead.path, hops=kept)
    url = last.url if back is None else hops[back].url
    return _with_found(walk, replace(found, url=url, path=before))


def _is_gate(lead: Lead, found: Found, document: Document, walk: Walk) -> bool:
    """Whether a page is a wall: by itself, or as it means to send the reader back."""
    if found.problem in _ENDED:
        return True
    back = returns(lead.path.hops, walk.rules, plainly=True) is not None
    return back and document.prose < SHORT


def _with_found(walk: Walk, found: Found) -> Walk:
    return replace(walk, found=(*walk.found, found), last=found.path)


def _exchanged(walk: Walk, lead: Lead, page: Page) -> Walk:
    """The walk after an endpoint's answer: on to the address that it names, if any."""
    target = exchange.answered(page) if page.status == 200 else None
    if target is None:
        return replace(walk, ended=walk.ended or "an id that was not given an address")
    quote = f"{urls.host(lead.url)} gives it for the id"
    hop = Hop(lead.url, target, "wrapper", quote, page.status, page.elapsed)
    evidence = (Evidence("wrapper", quote),) if lead.path.transported else ()
    onto = Lead(target, lead.path.to(hop, *evidence), lead.firm)
    return replace(walk, waiting=(onto, *walk.waiting), moved=True, last=onto.path)


# --- a page's text ----------------------------------------------------------


def _read(walk: Walk, lead: Lead, page: Page, document: Document) -> Walk:
    own = walk.is_own(lead.url)
    first = walk.entry_page is None and own
    if first:
        names = (walk.feed.title if walk.feed else "", name_of(document) or "")
        headlines = [match.unsigned(t, names) for t in document.headlines[:3] if t]
        titles = tuple(dict.fromkeys((*walk.titles, *headlines)))
        walk = replace(
            walk,
            entry_page=page,
            titles=titles,
            own_text=prose_of(document, OWN),
            own_language=language_of(document),
            own_name=document.meta.get("og:site_name", ""),
        )
    found = arrived(walk, lead, page, document)
    if walk.began.comment:
        return _with_found(walk, found)
    if _is_gate(lead, found, document, walk):
        said = found.problem or _WALLS["login"]
        found = replace(found, problem=said, page=None, reachable=False)
        return _at_a_wall(walk, lead, found)
    if request := exchange.asked(document, walk.rules):
        ask = Lead(lead.url, lead.path, lead.firm, request)
        return replace(walk, waiting=(ask, *walk.waiting), found=(*walk.found, found))
    outlook = look(document, page, _view(walk))
    if first:
        outlook = _together(outlook, look(walk.copy, None, _view(walk)))
    return _offered(walk, lead, page, outlook, found, first)


def _view(walk: Walk) -> View:
    names = (walk.feed.title,) if walk.feed and walk.feed.title else ()
    return View(walk.rules, walk.policy, walk.titles, walk.owners, names)


def _together(page: Outlook, copy: Outlook) -> Outlook:
    """What the page and the feed's copy offer, none twice, the page's first.

    What WordPress writes under the entries of its own feed names that site, by whatever
    name; under a text that was taken from another feed it stands on the page as well.
    """
    if copy.footer and not page.named:
        copy = replace(copy, named="", home=None, quote="")
    known = {exit_.target for exit_ in page.exits}
    more = tuple(exit_ for exit_ in copy.exits if exit_.target not in known)
    return replace(
        page,
        exits=(*page.exits, *more),
        refused=tuple(dict.fromkeys((*page.refused, *copy.refused))),
        named=page.named or copy.named,
        home=page.home or copy.home,
        quote=page.quote or copy.quote,
        moving=page.moving or copy.moving,
    )


def _offered(
    walk: Walk, lead: Lead, page: Page, outlook: Outlook, found: Found, first: bool
) -> Walk:
    """The walk with a page's ways on as leads, and the page itself as an end."""
    taken = [e for e in outlook.exits if first or _leads_on(e, outlook)]
    taken.sort(key=lambda exit_: -verdict.confidence(exit_.evidence))
    leads = tuple(_lead(lead, page, exit_, found, walk) for exit_ in taken)
    firm = any(exit_.firm for exit_ in taken)
    if firm:
        found = replace(found, path=found.path.knowing(Evidence("disagrees")))
    found = replace(found, passed=bool(leads))
    refused = tuple(r for r in outlook.refused if r not in walk.refused)
    names = bool(outlook.named) and (walk.by_feed or not walk.named)
    refused_moving = bool(refused) and outlook.moving
    claimed = firm or outlook.republished
    # What the reader is moved to, and what is said of later pages, is not refuted.
    settled = refused_moving or (claimed and (outlook.moving or not first))
    return replace(
        walk,
        waiting=(*leads, *walk.waiting),
        found=(*walk.found, found),
        refused=(*walk.refused, *refused),
        stub=walk.stub or settled,
        claimed=walk.claimed or claimed,
        named=outlook.named if names else walk.named,
        quote=outlook.quote if names else walk.quote or outlook.quote,
        home=outlook.home if names else walk.home,
        by_feed=walk.by_feed and not names,
        maybe=walk.maybe or outlook.maybe,
        naming=lead.path if names else walk.naming,
        last=lead.path,
    )


def _leads_on(exit_: Exit, outlook: Outlook) -> bool:
    """Whether a way on counts on a page that is not the entry's own.

    A page with hardly a text that names another is a stub like the first.
    """
    hinted = any(item.sign == "hinted-link" for item in exit_.evidence)
    return exit_.firm or exit_.via == "canonical" or (hinted and outlook.short)


def _lead(lead: Lead, page: Page, exit_: Exit, found: Found, walk: Walk) -> Lead:
    hop = Hop(lead.url, exit_.target, exit_.via, exit_.quote, page.status, page.elapsed)
    support = tuple(e for e in found.path.evidence if verdict.WEIGHTS[e.sign].supports)
    sure = verdict.confidence(support) if lead.path.hops else 1.0
    path: Path = lead.path.left(hop, sure, *exit_.evidence)
    return unwrapped(Lead(exit_.target, path, exit_.firm), walk.rules)


def from_copy(walk: Walk, lead: Lead, found: Found) -> Walk:
    """The walk after a page that could not be had: the feed's copy may name the way."""
    walk = _with_found(walk, found)
    if lead.path.hops and not walk.is_own(lead.url):
        return walk
    outlook = look(walk.copy, None, _view(walk))
    page = Page(lead.url, found.http_status or 0)
    ending = walk.found[-1]
    walk = replace(walk, found=walk.found[:-1])
    return _offered(walk, lead, page, outlook, ending, True)
