"""The ways out of a page, each found by one small function.

An `Exit` says where to, how, and what shows it; whether it is taken is the walk's
business. Targets that may not be followed come back as refusals, never as exits.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from lxml.html import HtmlElement

from reader import urls
from reader.html import Anchor, Document, linked, parse_refresh
from reader.html.document import path_of
from reader.model import Page, Refusal, Via
from reader.resolve import scripts
from reader.resolve.match import likeness
from reader.resolve.notices import Notice, notices, of_name
from reader.resolve.publisher import names_host, same_publisher
from reader.resolve.values import Evidence, Exit, Sign
from reader.resolve.wrappers import unwrap
from reader.rules import Rules
from reader.rules.tables import listed
from reader.urls import Policy

_FIRM = frozenset(("published-on", "footer"))
_SHORT = 900
"""Characters of prose under which a page has hardly a text of its own."""
_LONG_DELAY = 120


@dataclass(frozen=True, slots=True)
class View:
    """Where a page is looked at from: whose copy it is, and what is being sought."""

    rules: Rules
    policy: Policy
    titles: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a page offers: exits, refusals, names announced, the publisher's home."""

    exits: tuple[Exit, ...] = ()
    refused: tuple[Refusal, ...] = ()
    named: str = ""
    home: str | None = None
    quote: str = ""
    moving: bool = False


_Given = tuple[str, Exit]


def look(document: Document, page: Page | None, view: View) -> Outlook:
    """Everything that a page, or a feed's copy, says about where its text comes from."""
    found = _announced(document, view)
    raw = [*found.exits]
    if page is not None:
        for finder in _FINDERS:
            raw += finder(document, page, view)
    exits, refused = _judged(raw, document, view)
    return Outlook(
        _agreeing(exits, found),
        (*found.refused, *refused),
        found.named,
        found.home or _home_of_name(found.named, document, view),
        found.quote,
        found.moving,
    )


# --- what the page does by itself -------------------------------------------


def _exit(target: str, via: Via, sign: Sign, quote: str, firm: bool) -> Exit:
    return Exit(target, via, (Evidence(sign, quote),), firm, quote)


def _header(document: Document, page: Page, view: View) -> Iterator[Exit]:
    found = parse_refresh(page.header("refresh") or "")
    if found and found.target:
        quote = f"Refresh: {found.delay}; {found.target}"
        target = _absolute(document, found.target)
        yield _exit(target, "refresh-header", "refresh", quote, True)


def _meta(document: Document, page: Page, view: View) -> Iterator[Exit]:
    found = document.refresh
    if found and found.target:
        quote = f"refresh after {found.delay} s"
        target = _absolute(document, found.target)
        yield _exit(target, "meta-refresh", "refresh", quote, True)


def _script(document: Document, page: Page, view: View) -> Iterator[Exit]:
    body = next(document.tree.iter("body"), None)
    texts = [
        script.text or "" for script in document.tree.iter("script") if _runs(script)
    ]
    texts.append((body.get("onload") or "") if body is not None else "")
    for text in texts:
        for target in scripts.targets(text):
            absolute = _absolute(document, target)
            yield _exit(absolute, "script", "script", f"location = {target}", True)


def _runs(script: HtmlElement) -> bool:
    kind = (script.get("type") or "").lower()
    return not script.get("src") and (
        not kind or "javascript" in kind or kind == "module"
    )


def _form(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """A form that a script submits, read as the GET that it amounts to."""
    body = next(document.tree.iter("body"), None)
    texts = [
        script.text or "" for script in document.tree.iter("script") if _runs(script)
    ]
    texts.append((body.get("onload") or "") if body is not None else "")
    if not any(map(scripts.submits, texts)):
        return
    for form in document.tree.iter("form"):
        fields = [
            (field.get("name") or "", field.get("value") or "")
            for field in form.iter("input")
            if field.get("name")
        ]
        action = _absolute(document, form.get("action") or "")
        gets = (form.get("method") or "get").lower() == "get"
        if gets and fields:
            action = action.partition("?")[0] + "?" + urlencode(fields)
        yield _exit(action, "form", "form", "a form that submits itself", True)


# --- what the page says about itself ----------------------------------------


def _canonical(document: Document, page: Page, view: View) -> Iterator[Exit]:
    og = document.meta.get("og:url", "")
    canonical = document.canonical
    if canonical:
        yield _exit(canonical, "canonical", "canonical", "rel=canonical", False)
    if og and urls.is_web(og):
        yield _exit(og, "canonical", "og-url", "og:url", False)


def _based_on(document: Document, page: Page, view: View) -> Iterator[Exit]:
    node = document.article_node or {}
    for key in ("isBasedOn", "isBasedOnUrl", "sameAs", "mainEntityOfPage"):
        for url in linked.addresses(node.get(key)):
            if urls.is_web(url):
                yield _exit(url, "canonical", "based-on", key, False)


def _only(document: Document, page: Page, view: View) -> Iterator[Exit]:
    """The one link out of a page that has hardly a text."""
    if document.prose >= _SHORT or urls.is_home(document.url):
        return
    outside = frozenset(("nav", "header", "footer", "aside"))
    found = {
        anchor.url: anchor
        for block in document.blocks
        if not block.places & outside
        for anchor in block.anchors
        if _is_out(anchor.url, document, view) and not urls.is_home(anchor.url)
    }
    if len(found) == 1:
        url, anchor = next(iter(found.items()))
        yield _exit(url, "only-link", "only-link", anchor.text, False)


_FINDERS: tuple[Callable[[Document, Page, View], Iterator[Exit]], ...] = (
    _header,
    _meta,
    _script,
    _form,
    _canonical,
    _based_on,
    _only,
)


def _absolute(document: Document, target: str) -> str:
    return urls.join(document.base, target) or target.strip()


def _is_out(url: str, document: Document, view: View) -> bool:
    """Whether a URL is somebody else's page, and not merely a button's."""
    return (
        urls.is_web(url)
        and not _owned(url, document, view)
        and not listed(urls.host(url), view.rules.places.social)
    )


def _owned(url: str, document: Document, view: View) -> bool:
    owners = (document.url, *view.owners)
    return any(same_publisher(url, owner, view.rules) for owner in owners)


# --- what the page announces ------------------------------------------------


def _announced(document: Document, view: View) -> Outlook:
    exits: list[Exit] = []
    refused: list[Refusal] = []
    named, home, quote, moving = "", None, "", False
    for notice in notices(document, view.rules):
        said = notice.said
        if _is_own(notice, document, view):
            continue
        moving = moving or said.kind == "redirect"
        firm = said.kind in _FIRM
        if said.name and not named and (firm or said.kind == "redirect"):
            named, quote = said.name, notice.quote
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
        if urls.is_web(said.name) and not exits:
            exits.append(
                _exit(said.name, "stub-link", "announced-link", notice.quote, firm)
            )
    if urls.is_web(named):
        named = urls.site(named)
    if named:
        exits += _by_headline(named, quote, document, view)
    return Outlook(tuple(exits), tuple(refused), named, home, quote, moving)


def _is_own(notice: Notice, document: Document, view: View) -> bool:
    """Whether an announcement names the very site it stands on."""
    name = notice.said.name
    if not name:
        return False
    owners = (document.url, *view.owners)
    if any(names_host(name, urls.host(owner)) for owner in owners):
        return True
    if any(_includes(own, name) for own in view.own_names):
        return True
    links = [anchor.url for anchor in notice.anchors if urls.is_web(anchor.url)]
    return (
        bool(links)
        and all(
            urls.is_home(url) or notice.said.kind == "footer"
            for url in links
            if _owned(url, document, view)
        )
        and all(_owned(url, document, view) for url in links)
    )


def _includes(own: str, name: str) -> bool:
    from reader.resolve.publisher import words

    first, second = words(own), words(name)
    return bool(second) and (first == second or "".join(first) == "".join(second))


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
    firm = notice.said.kind in _FIRM
    if _owned(url, document, view):
        if not (firm and _moves_on(url)):
            return None
    elif urls.is_home(url) or _is_profile(url, view) or _is_button(url, notice, view):
        return None
    sign: Sign = "announced-link" if firm else "hinted-link"
    evidence = [Evidence(sign, notice.quote)]
    if notice.said.name:
        evidence.append(Evidence("named", notice.quote))
    return Exit(anchor.url, "stub-link", tuple(evidence), firm, notice.quote)


def _moves_on(url: str) -> bool:
    """Whether a page of the own site looks like a door to elsewhere."""
    doors = (
        "/go/",
        "/out/",
        "/redirect",
        "/link/",
        "/exit",
        "/visit",
        "/external",
        "/away",
    )
    path = path_of(url) + "/"
    return any(door in path for door in doors)


def _is_profile(url: str, view: View) -> bool:
    """Whether a URL is somebody's page on a platform rather than an article there."""
    path = path_of(url).strip("/")
    on_platform = listed(urls.host(url), view.rules.places.platforms)
    return (
        (on_platform and path.count("/") == 0)
        or path.startswith("@")
        and "/" not in path
    )


def _is_button(url: str, notice: Notice, view: View) -> bool:
    host = urls.host(url)
    social = listed(host, view.rules.places.social)
    return social and not names_host(notice.said.name, host)


def _is_home_of(anchor: Anchor, document: Document, view: View) -> bool:
    home = urls.is_home(anchor.url) or _is_profile(anchor.url, view)
    return home and _is_out(anchor.url, document, view)


def _by_headline(
    name: str, quote: str, document: Document, view: View
) -> Iterator[Exit]:
    """Links of the named publisher whose words are the headline that is sought."""
    for anchor in of_name(name, document, view.rules):
        if any(likeness(anchor.text, title) >= 0.9 for title in view.titles if title):
            evidence = (Evidence("link-of-name", quote), Evidence("named", quote))
            yield Exit(anchor.url, "stub-link", evidence, True, quote)


def _home_of_name(name: str, document: Document, view: View) -> str | None:
    """The home page of a named publisher, from any link out to it on the page."""
    if not name:
        return None
    links = [a for a in document.links() if _is_out(a.url, document, view)]
    by_host = [a for a in links if names_host(name, urls.host(a.url))]
    spoken = f" {name.casefold()} "
    by_words = [a for a in links if spoken in f" {a.text.casefold()} "]
    for anchor in (*by_host, *by_words):
        parts = urls.split(anchor.url)
        if parts:
            return f"{parts.scheme}://{parts.netloc}/"
    return None


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
    own = _owned(exit_.target, document, view)
    match exit_.via:
        case "canonical":
            return (
                not own and not urls.is_home(exit_.target) and not _staging(exit_, view)
            )
        case "refresh-header" | "meta-refresh" | "script" | "form" if own:
            # Within one site only an empty page's refresh is a way on.
            quick = document.refresh is None or document.refresh.delay <= _LONG_DELAY
            return document.prose < _SHORT and quick and not urls.is_home(exit_.target)
        case _:
            return True


def _staging(exit_: Exit, view: View) -> bool:
    return urls.host(exit_.target).startswith(view.rules.places.staging)


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
        evidence = tuple(dict.fromkeys((*exit_.evidence, *extra)))
        made.append(Exit(exit_.target, exit_.via, evidence, exit_.firm, exit_.quote))
    return tuple(made)
