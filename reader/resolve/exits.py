"""The ways out of a page, each found by one small function.

An `Exit` says where to, how, and what shows it; whether it is taken is the walk's
business. Targets that may not be followed come back as refusals, never as exits.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlencode

from lxml.html import HtmlElement

from reader import urls
from reader.html import Document, linked, parse_refresh
from reader.html.document import path_of
from reader.model import Page, Refusal
from reader.resolve import scripts
from reader.resolve.announced import announced, home_of_name
from reader.resolve.declared import declared, names_itself
from reader.resolve.elements import readable
from reader.resolve.match import likeness
from reader.resolve.outlook import SHORT, Outlook, View, is_out, owned, way
from reader.resolve.pointers import (
    articlelike,
    is_door,
    is_staged,
    of_build,
    same_path,
)
from reader.resolve.publisher import names_host
from reader.resolve.timers import LONG
from reader.resolve.values import Evidence, Exit
from reader.resolve.wrappers import carries_none, stands_for_another, unwrap
from reader.rules import quoted

_MOVES = frozenset(("refresh-header", "meta-refresh", "script", "form"))
_SCRIPTS_MAX = 240_000
"""Characters of a page's scripts that are read."""
_STATE_MAX = 8_000
"""Characters of a script from which others may take an address."""
_FORMS_MAX = 4
_FRAMES_MAX = 12
_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;[^,]{0,200}?rel=\"?canonical", re.I)


def look(document: Document, page: Page | None, view: View) -> Outlook:
    """All that a page, or a feed's copy, says about where its text comes from."""
    found = announced(document, view)
    raw = [*found.exits]
    if page is not None:
        for finder in _FINDERS:
            raw += finder(document, page, view)
    exits, refused = _judged(raw, document, view)
    exits = _declared(exits, document)
    return replace(
        found,
        exits=_agreeing(exits, found),
        refused=(*found.refused, *refused),
        home=found.home or home_of_name(found.named, document, view),
        short=page is not None and document.prose < SHORT,
        maybe=_same_words(document, view),
    )


def _same_words(document: Document, view: View) -> str | None:
    """A link out whose words are the headline that is sought: a guess, no more."""
    for anchor in document.links():
        alike = any(likeness(anchor.text, title) >= 0.95 for title in view.titles)
        if alike and is_out(anchor.url, document, view):
            return anchor.url
    return None


# --- what the page does by itself -------------------------------------------


def _header(document: Document, page: Page, view: View) -> Iterator[Exit]:
    found = parse_refresh(page.header("refresh") or "")
    if found and found.target and found.delay <= LONG:
        quote = f"Refresh: {found.delay}; {found.target}"
        target = _absolute(document, found.target)
        yield way(target, "refresh-header", "refresh", quote, True)


def _meta(document: Document, page: Page, view: View) -> Iterator[Exit]:
    found = document.refresh
    if found and found.target and found.delay <= LONG:
        quote = (
            f'<meta http-equiv="refresh" content="{found.delay};url={found.target}">'
        )
        target = _absolute(document, found.target)
        if (
            document.prose > 0
            and _is_plainer(document)
            and owned(target, document, view)
        ):
            return  # its form for readers without scripts
        yield way(target, "meta-refresh", "refresh", quote, True)


def _is_plainer(document: Document) -> bool:
    """Whether the page's refresh is only for readers whose browser runs no scripts."""
    nodes = (node for node in document.tree.iter("meta") if node.get("http-equiv"))
    refreshing = (n for n in nodes if n.get("http-equiv").strip().lower() == "refresh")
    first = next(refreshing, None)
    return first is not None and any(a.tag == "noscript" for a in first.iterancestors())


def _script(document: Document, page: Page, view: View) -> Iterator[Exit]:
    texts = tuple(_scripts(document, *scripts.MOVING))
    held = scripts.held(_states(document), readable(document.tree)) if texts else {}
    for text in texts:
        for target in scripts.targets(text, held):
            absolute = _absolute(document, target)
            yield way(absolute, "script", "script", f"location = “{target}”", True)


def _scripts(document: Document, *words: str) -> Iterator[str]:
    """The page's own scripts that hold a word, as far as anybody would read them."""
    body = next(document.tree.iter("body"), None)
    onload = (body.get("onload") or "") if body is not None else ""
    own = (node.text or "" for node in document.tree.iter("script") if _runs(node))
    left = _SCRIPTS_MAX
    for text in (onload, *own):
        if any(word in text for word in words) and len(text) <= left:
            left -= len(text)
            yield text


def _states(document: Document) -> Iterator[str]:
    """Scripts that only keep what others of the page read: short ones, and JSON."""
    for node in document.tree.iter("script"):
        text, kind = node.text or "", (node.get("type") or "").lower()
        keeps = _runs(node) or (kind.endswith("json") and "ld+json" not in kind)
        moves = any(word in text for word in scripts.MOVING)
        if keeps and not moves and "http" in text and len(text) <= _STATE_MAX:
            yield text


def _runs(script: HtmlElement) -> bool:
    kind = (script.get("type") or "").lower()
    return not script.get("src") and (
        not kind or "javascript" in kind or kind == "module"
    )


def _form(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """A form that a script submits, read as the GET that it amounts to."""
    if document.prose >= SHORT:
        return
    if not any(map(scripts.submits, _scripts(document, "submit"))):
        return
    for form in islice(document.tree.iter("form"), _FORMS_MAX):
        action = _action(form, document)
        yield way(action, "form", "form", "a form that submits itself", True)


def _action(form: HtmlElement, document: Document) -> str:
    """Where a form leads, with its fields where they are part of the address."""
    fields = [
        (field.get("name") or "", field.get("value") or "")
        for field in form.iter("input")
        if field.get("name")
    ]
    action = _absolute(document, form.get("action") or "")
    gets = (form.get("method") or "get").lower() == "get"
    if gets and fields:
        return action.partition("?")[0] + "?" + urlencode(fields)
    return action


def _carried(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """What the address of a page carries that shows nothing itself."""
    found = unwrap(document.url, view.rules)
    if found and not found.known and document.prose == 0:
        yield way(found.target, "wrapper", "carrier", found.quote, True)


# --- what the page says about itself ----------------------------------------


def _canonical(document: Document, page: Page, view: View) -> Iterator[Exit]:
    og = document.meta.get("og:url", "")
    canonical = document.canonical
    if canonical:
        quote = f'<link rel="canonical" href="{canonical}">'
        yield way(canonical, "canonical", "canonical", quote, False)
    for header in page.header_all("link"):
        if found := _LINK_HEADER.search(header):
            target = _absolute(document, found[1])
            yield way(target, "canonical", "canonical", "Link: rel=canonical", False)
    if og and urls.is_web(og):
        yield way(og, "canonical", "og-url", "og:url", False)


def _based_on(document: Document, page: Page, view: View) -> Iterator[Exit]:
    node = document.article_node or {}
    for key in ("isBasedOn", "isBasedOnUrl", "sameAs", "mainEntityOfPage"):
        for url in linked.addresses(node.get(key)):
            if urls.is_web(url):
                yield way(url, "canonical", "based-on", key, False)
    for name in view.rules.carriers.source_metas:
        if urls.is_web(url := document.meta.get(name, "")):
            yield way(url, "canonical", "based-on", name, False)


def _only(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """The one link out of a page that has hardly a text."""
    if document.prose >= SHORT or urls.is_home(document.url):
        return
    outside = frozenset(("nav", "header", "footer", "aside", "hidden"))
    found = {
        anchor.url: anchor
        for block in document.blocks
        if not block.places & outside
        for anchor in block.anchors
        if is_out(anchor.url, document, view) and not urls.is_home(anchor.url)
        if not quoted(block.text, anchor.at)
    }
    if len(found) == 1:
        url, anchor = next(iter(found.items()))
        found_way = way(url, "only-link", "only-link", anchor.text, False)
        if said := _said_to_lead_away(document, view):
            led = (*found_way.evidence, Evidence("exit-page", said))
            found_way = replace(found_way, evidence=led, firm=True)
        elif document.prose == 0 and not _shows(document):
            bare = (*found_way.evidence, Evidence("bare", anchor.text))
            found_way = replace(found_way, evidence=bare)
        yield found_way


_EXIT_PROSE = 300
"""Characters of prose that a page may have which only leads away."""


def _said_to_lead_away(document: Document, view: View) -> str:
    """What says that a page is nothing but an exit: its address, or its title."""
    if document.prose > _EXIT_PROSE:
        return ""
    if stands_for_another(document.url, view.rules):
        return urls.host(document.url)
    begins = view.rules.places.exit_titles
    titles = (document.head_title, *document.headlines)
    return next((t for t in titles if t.lower().startswith(begins)), "")


_SHOWN = ("img", "picture", "video", "audio", "iframe", "embed", "object", "canvas")
_FRAME = frozenset(("nav", "header", "footer", "aside"))


def _shows(document: Document) -> bool:
    """Whether a page shows something of its own: a picture is a work without words."""
    return any(
        not any(above.tag in _FRAME for above in node.iterancestors())
        for node in document.tree.iter(*_SHOWN)
    )


def _framed(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """The one page that another, without a text of its own, shows in a frame."""
    if document.prose > 0:
        return
    frames = islice(document.tree.iter("iframe", "frame"), _FRAMES_MAX)
    found = {_absolute(document, node.get("src") or "") for node in frames}
    shown = [
        url
        for url in found
        if urls.is_web(url) and is_out(url, document, view)
        if articlelike(url, view.titles) and not carries_none(url, view.rules)
    ]
    if len(shown) == 1:
        framed = way(shown[0], "stub-link", "only-link", "the page in its frame", False)
        bare = (*framed.evidence, Evidence("bare", framed.quote))
        yield replace(framed, evidence=bare)


_FINDERS: tuple[Callable[[Document, Page, View], Iterator[Exit]], ...] = (
    _header,
    _meta,
    _script,
    _form,
    _carried,
    _canonical,
    _based_on,
    _only,
    _framed,
)


def _absolute(document: Document, target: str) -> str:
    return urls.join(document.base, target) or target.strip()


# --- judged together --------------------------------------------------------


def _judged(
    raw: list[Exit], document: Document, view: View
) -> tuple[tuple[Exit, ...], tuple[Refusal, ...]]:
    """Exits that lead somewhere else and may be followed; the others' refusals."""
    exits: list[Exit] = []
    refused: list[Refusal] = []
    for exit_ in raw:
        reason = view.policy.refusal(exit_.target)
        if reason:
            refused.append(Refusal(exit_.target, reason))
        elif _leads_on(exit_, document, view):
            exits.append(exit_)
    return tuple(exits), tuple(refused)


def _leads_on(exit_: Exit, document: Document, view: View) -> bool:
    if urls.same_page(exit_.target, document.url):
        return False
    if exit_.via in _MOVES and document.prose >= SHORT and _walled(exit_.target, view):
        return False  # a page with a text lets its readers log in, and moves nobody
    carried = unwrap(exit_.target, view.rules)
    own = owned(carried.target if carried else exit_.target, document, view)
    match exit_.via:
        case "canonical":
            built = _is_built(exit_, document, view)
            return not own and not urls.is_home(exit_.target) and not built
        case via if via in _MOVES and own:
            # Within one site only an empty page's refresh, or a door, is a way on.
            away = document.prose < SHORT or is_door(exit_.target, view.rules)
            return away and not urls.is_home(exit_.target)
        case _:
            return True


def _declared(exits: tuple[Exit, ...], document: Document) -> tuple[Exit, ...]:
    """Exits by metadata, knowing whether the page declares their target's owner."""
    if all(exit_.via != "canonical" for exit_ in exits) or not names_itself(document):
        return exits
    publishers = declared(document)
    return tuple(
        replace(e, evidence=(*e.evidence, Evidence("declared", owner)))
        if e.via == "canonical" and (owner := publishers.owns(e.target))
        else e
        for e in exits
    )


def _walled(url: str, view: View) -> bool:
    """Whether a URL is a login's or a consent page's."""
    path = path_of(url)
    return any(
        path == start or path.startswith(f"{start}/")
        for wall in view.rules.walls
        if wall.kind in ("login", "consent")
        for start in wall.paths
    )


def _is_built(exit_: Exit, document: Document, view: View) -> bool:
    """Whether a target is the page itself where its site is built or tried."""
    if is_staged(exit_.target, view.rules):
        return True
    return of_build(exit_.target, view.rules) and same_path(exit_.target, document.url)


def _agreeing(exits: tuple[Exit, ...], found: Outlook) -> tuple[Exit, ...]:
    """Each exit knowing what the page's other signs say about its target."""
    made = []
    for exit_ in exits:
        extra: list[Evidence] = []
        for other in exits:
            if other.via == exit_.via and other.target == exit_.target:
                if other is not exit_:
                    extra += other.evidence
            elif urls.same_page(other.target, exit_.target):
                extra += other.evidence
            elif urls.same_site(other.target, exit_.target):
                extra += [e for e in other.evidence if e.sign in ("named", "moving")]
            elif other.firm and exit_.firm and not urls.is_home(other.target):
                extra.append(Evidence("disagrees", other.target))
        if found.moving:
            extra.append(Evidence("moving", found.quote))
        if found.named and names_host(found.named, urls.host(exit_.target)):
            extra.append(Evidence("named", found.quote))
        # A page that announces something has said where to go, or not.
        own = [e for e in exit_.evidence if e.sign != "bare" or not found.quote]
        evidence = tuple(dict.fromkeys((*own, *extra)))
        made.append(Exit(exit_.target, exit_.via, evidence, exit_.firm, exit_.quote))
    return tuple(made)
