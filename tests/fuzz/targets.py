"""What is fuzzed: each takes bytes and raises nothing but our own ReaderError.

What comes out is looked at, too: clean text, web links, and the same words again.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from reader import extract, feeds, html, query, rules, urls
from reader.errors import ReaderError
from reader.model import Entry, FeedRef, Page
from reader.resolve import first_look, scripts
from reader.rules import Rules

Target = Callable[[bytes], None]

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)
URL = "https://harbour.example/a/feed?x=1"
UNCLEAN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


class FoundError(AssertionError):
    """What came out is not what it should be."""


def sure(holds: bool, what: object) -> None:
    """Something that must hold of what came out."""
    if not holds:
        raise FoundError(repr(what)[:200])


@cache
def bundled() -> Rules:
    """The bundled rules."""
    text = (files("reader.rules") / "rules.toml").read_text(encoding="utf-8")
    return rules.parse(text)


def _clean(*texts: str | None) -> None:
    for text in texts:
        sure(not UNCLEAN.search(text or ""), text)


def _web(*links: str | None) -> None:
    for link in links:
        sure(not link or urls.is_web(link), link)


def parse(data: bytes) -> None:
    """A feed, or a FeedError; its entries clean and each once."""
    kind = ("application/feed+json", None, "text/xml; charset=utf-16")[len(data) % 3]
    found = feeds.parse(data, URL, kind)
    guids = [entry.guid for entry in found.entries]
    sure(len(set(guids)) == len(guids) and all(guids), guids)
    for entry in found.entries[:20]:
        _clean(entry.title, entry.content, entry.summary, *entry.authors)
        _web(entry.url)
        feeds.fingerprint(entry)
        _read(entry)


def _read(entry: Entry) -> None:
    """A first look at an entry, and its own text as it is shown."""
    ref = FeedRef(1, "Harbour", URL)
    with suppress(ReaderError):
        first_look(entry, ref, bundled())
    shown = extract.feed_text(entry, bundled())
    _clean(shown.markdown, extract.plain(shown.markdown), extract.feed_words(entry))


def discover(data: bytes) -> None:
    """The feeds of a page: web addresses all."""
    _web(*(one.url for one in feeds.discover(Page(URL, 200, (), data))))


def opml(data: bytes) -> None:
    """A list of subscriptions, or an OpmlError; written, it is read again."""
    found = feeds.read_opml(data)
    _web(*(one.url for one in found))
    again = feeds.read_opml(feeds.write_opml(found, "t", NOW).encode()) if found else ()
    sure({one.url for one in again} == {one.url for one in found}, found)


def newsboat(data: bytes) -> None:
    """newsboat's list, or an OpmlError."""
    _web(*(one.url for one in feeds.newsboat_list(data).feeds))


def page(data: bytes) -> None:
    """A page: what it declares, what kind it is, its article, clean HTML of that."""
    answer = Page(URL, 200, (("content-type", "text/html"),), data)
    document = html.parse(answer)
    html.kind(document, answer, bundled())
    found = extract.article(answer, bundled())
    if found:
        _clean(found.title, found.markdown, found.publisher)
        _safe(extract.html_of(found.markdown))


def script(data: bytes) -> None:
    """Where a script leads, read as text; never run."""
    text = data.decode("utf-8", "replace")
    scripts.targets(text, {"location.href": URL})
    scripts.submits(text)


def address(data: bytes) -> None:
    """URLs: joined, judged, made plain; twice is as once, private stays private."""
    text = data.decode("utf-8", "surrogateescape")
    policy = urls.Policy()
    for url in (text, f"http://{text}/", f"https://a.example/{text}"):
        joined = urls.join(URL, url)
        _web(joined)
        policy.refusal(url)
        urls.site(url)
        plain = urls.canonical(url, bundled().tracking)
        sure(urls.canonical(plain, bundled().tracking) == plain, url)
        if policy.refusal(url) and urls.is_web(url):
            sure(policy.refusal(plain) is not None, url)


def typed(data: bytes) -> None:
    """A query: a tree or a QueryError."""
    query.parse(data.decode("utf-8", "surrogateescape"), NOW, UTC)


def sanitised(data: bytes) -> None:
    """HTML with nothing left that runs."""
    _safe(extract.sanitise(data.decode("utf-8", "replace"), URL))


def _safe(safe: str) -> None:
    """HTML in which nothing runs."""
    lower = safe.lower()
    sure(not re.search(r"<(?:script|style|iframe|object|form)\b", lower), safe)
    sure(not re.search(r"<[^>]*\son\w+\s*=", lower), safe)
    sure(not re.search(r"""(?:href|src)=["']?\s*(?:java|vb|data)""", lower), safe)


def ruled(data: bytes) -> None:
    """A rules file of a stranger's: rules, or a SettingsError."""
    rules.parse(data.decode("utf-8", "replace"))


TARGETS: dict[str, Target] = {
    "parse": parse,
    "discover": discover,
    "opml": opml,
    "newsboat": newsboat,
    "page": page,
    "script": script,
    "address": address,
    "query": typed,
    "sanitise": sanitised,
    "rules": ruled,
}
"""Everything that is fuzzed, by its name."""
