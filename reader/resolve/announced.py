"""What a page announces, made into exits: the links of its announcements and names.

Homes, profiles and buttons are no exits; a home is kept for the publisher's own feed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from reader import urls
from reader.html import Anchor, Document
from reader.html.document import path_of
from reader.model import Refusal
from reader.resolve.match import likeness
from reader.resolve.notices import Notice, notices, of_name
from reader.resolve.outlook import SHORT, Outlook, View, is_namesake, is_out, owned, way
from reader.resolve.pointers import about, articlelike, is_door, offers
from reader.resolve.publisher import credits_one, names_host, same_name
from reader.resolve.values import Evidence, Exit, Sign
from reader.resolve.wrappers import stands_for_another, unwrap
from reader.rules.tables import listed

EXITS_MAX = 24
"""Announced targets of one page that are looked at; each is compared with each."""

_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-z]{2,24}", re.I)
_FIRM = frozenset(("published-on", "footer"))


# --- what the page announces ------------------------------------------------


def announced(document: Document, view: View) -> Outlook:
    """What a page announces: exits, refusals, the name, the publisher's home."""
    exits: list[Exit] = []
    refused: list[Refusal] = []
    credited = credits_one(document, view.own_names, view.rules)
    named, home, quote, moving, footer = "", None, "", "", False
    by_move = False
    for notice in notices(document, view.rules):
        said = notice.said
        own = _is_own(notice, document, view)
        if own and not (said.kind == "redirect" and document.prose < SHORT):
            continue
        if credited and said.kind in ("continue-reading", "source"):
            continue  # its own release, which a wire carries
        if said.kind == "redirect" and not moving:
            moving = notice.quote
        firm = said.kind in _FIRM and not said.mild
        name = _name(notice)
        if name and not named and not own and (firm or said.kind == "redirect"):
            named, quote = name, notice.quote
            by_move = said.kind == "redirect"
            footer = said.kind == "footer" and not notice.anchors
        quote = quote or notice.quote
        for anchor in notice.anchors:
            reason = _refusal(anchor, view)
            if reason:
                refused.append(Refusal(anchor.raw or anchor.url, reason))
                continue
            found = _linked(anchor, notice, document, view)
            exits += [found] if found else []
            if firm and not home and _is_home_of(anchor, document, view):
                home = anchor.url
                exits += _beside(notice, home, document, view)
        if urls.is_web(said.name) and not exits:
            exits.append(
                way(said.name, "stub-link", "announced-link", notice.quote, firm)
            )
    if urls.is_web(named):
        named = urls.site(named)
    if named:
        exits += _by_headline(named, quote, document, view)
    exits = [replace(e, quote=_together(e.quote, moving)) for e in _first(exits)]
    return Outlook(
        tuple(exits), tuple(refused), named, home, quote, bool(moving), footer, by_move
    )


def _name(notice: Notice) -> str:
    """Whom a notice names; "on their site": whom its link does."""
    said = notice.said
    if said.kind == "redirect" and said.name.islower() and "." not in said.name:
        return ""  # "you are leaving the harbour": nobody is called so
    if not said.theirs or not notice.anchors:
        return said.name
    return notice.anchors[0].text or urls.site(notice.anchors[0].url)


def _beside(
    notice: Notice, home: str, document: Document, view: View
) -> Iterator[Exit]:
    """Links beside an announcement that only names a publisher, to the same site."""
    for anchor in notice.beside:
        if not urls.same_site(anchor.url, home) or _refusal(anchor, view):
            continue
        found = _linked(anchor, notice, document, view)
        if found:
            hint = Evidence("hinted-link", notice.quote)
            named = Evidence("named", notice.quote)
            yield replace(found, evidence=(hint, named), firm=False)


def _first(exits: list[Exit]) -> list[Exit]:
    """Each target once, by the first that announces it; no more than are compared."""
    found: dict[str, Exit] = {}
    for exit_ in exits:
        found.setdefault(exit_.target, exit_)
    return list(found.values())[:EXITS_MAX]


def _together(quote: str, moving: str) -> str:
    """The announcement, and that one will be moved on, as they stand in the stub."""
    if not moving or moving in quote:
        return quote
    return f"{quote.rstrip('.')}. {moving}"


def _is_own(notice: Notice, document: Document, view: View) -> bool:
    """Whether an announcement names the very site it stands on."""
    name = notice.said.name
    if not name:
        return False
    owners = (document.url, *view.owners)
    if any(names_host(name, urls.host(owner)) for owner in owners):
        return True
    if any(same_name(own, name) for own in view.own_names):
        return True
    links = [anchor.url for anchor in notice.anchors if urls.is_web(anchor.url)]
    return bool(links) and all(
        owned(url, document, view)
        and (urls.is_home(url) or notice.said.kind == "footer")
        for url in links
    )


def _refusal(anchor: Anchor, view: View) -> str | None:
    raw = anchor.raw.strip()
    if raw.startswith("#") or not raw:
        return None
    return view.policy.refusal(anchor.url or raw)


def _linked(
    anchor: Anchor, notice: Notice, document: Document, view: View
) -> Exit | None:
    """The exit that a link in an announcement is; None for homes and buttons."""
    carried = unwrap(anchor.url, view.rules)
    url = carried.target if carried else anchor.url
    if not urls.is_web(url):
        return None
    firm = _is_firm(notice, document)
    if owned(url, document, view):
        named = bool(notice.said.name) and is_namesake(url, document, view)
        if not is_door(url, view.rules) and not (firm and named):
            return None
    elif _is_none(url, view) or _is_button(url, notice, view):
        return None
    sign: Sign = "announced-link" if firm else "hinted-link"
    evidence = [Evidence(sign, notice.quote)]
    if notice.said.name:
        evidence.append(Evidence("named", notice.quote))
    if articlelike(url, view.titles):
        evidence.append(Evidence("address", url))
    return Exit(anchor.url, "stub-link", tuple(evidence), firm, notice.quote)


def _is_none(url: str, view: View) -> bool:
    """Whether a URL is hardly an article's: a home, a profile, something to buy."""
    return urls.is_home(url) or _is_profile(url, view) or offers(url, view.rules)


def _is_firm(notice: Notice, document: Document) -> bool:
    """Whether a link in an announcement needs no second sign."""
    if notice.said.mild:
        return False
    if notice.said.kind == "redirect":
        return document.prose < SHORT
    return notice.said.kind in _FIRM


def _is_profile(url: str, view: View) -> bool:
    """Whether a URL is somebody's page on a platform rather than an article there."""
    path = path_of(url).strip("/")
    on_platform = listed(urls.host(url), view.rules.places.platforms)
    alone = "/" not in path and (on_platform or path.startswith("@"))
    return alone or about(url, view.rules)


def _is_button(url: str, notice: Notice, view: View) -> bool:
    host = urls.host(url)
    social = listed(host, view.rules.places.social)
    return social and not names_host(notice.said.name, host)


def _is_home_of(anchor: Anchor, document: Document, view: View) -> bool:
    home = urls.is_home(anchor.url) or _is_profile(anchor.url, view)
    home = home and not offers(anchor.url, view.rules)
    return home and is_out(anchor.url, document, view)


def _by_headline(
    name: str, quote: str, document: Document, view: View
) -> Iterator[Exit]:
    """Links of the named publisher whose words are the headline that is sought."""
    for anchor in of_name(name, document, view.rules):
        if any(likeness(anchor.text, title) >= 0.9 for title in view.titles if title):
            evidence = (Evidence("link-of-name", quote), Evidence("named", quote))
            yield Exit(anchor.url, "stub-link", evidence, True, quote)


def home_of_name(name: str, document: Document, view: View) -> str | None:
    """The home page of a named publisher, from any link out to it on the page."""
    if not name:
        return None
    links = [
        a
        for a in document.links()
        if is_out(a.url, document, view) and not offers(a.url, view.rules)
        if not stands_for_another(a.url, view.rules)
    ]
    by_host = [a for a in links if names_host(name, urls.host(a.url))]
    by_words = [a for a in links if f" {_spoken(name)} " in f" {_spoken(a.text)} "]
    for anchor in (*by_host, *by_words):
        parts = urls.split(anchor.url)
        if parts:
            return f"{parts.scheme}://{parts.netloc}/"
    return _spelt_out(name, document, view)


def _spoken(text: str) -> str:
    """Words as they are heard: a label may stand on a line of its own in a link."""
    return " ".join(text.casefold().split())


def _spelt_out(name: str, document: Document, view: View) -> str | None:
    """The home page of a publisher that is named by its address: "bore.example"."""
    home = f"https://{name.lower()}/"
    spelt = _HOST.fullmatch(name) is not None and is_out(home, document, view)
    return home if spelt else None
