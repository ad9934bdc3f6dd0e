"""The corpus: recorded little webs, each with an entry and what must come out of it.

One folder per case under `corpus/`; `case.toml` lists the entry, its feed, the pages
and what is expected. Never reaches for a network: what is not in the case is not there.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from reader import feeds, resolve, rules
from reader.errors import FeedError, FetchError, FetchKind
from reader.model import (
    Attribution,
    Enclosure,
    Entry,
    FeedRef,
    Link,
    Page,
    Request,
)
from reader.urls import Policy

CORPUS = Path(__file__).parent / "corpus"
RULES = Path(rules.__file__).parent / "rules.toml"
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)

TEXT = (
    "The morning boat to the outer islands will run twice as often from April, the "
    "harbour board decided on Monday after a winter of full decks and long queues.",
    "Sollund, who has kept the timetable for eleven years, said the second boat had "
    "been laid up since the engine was rebuilt, and nobody had asked for it until now.",
    "The fare stays where it was. A book of ten crossings will cost less for those who "
    "live on the islands, and bicycles travel free on every boat but the last.",
    "Fishermen at the north pier were less pleased. The berth that the second boat "
    "needs is the one where they land their catch; the board says not where they go.",
    "A count in February found four hundred people a day on a boat built for two "
    "hundred and sixty. The coast guard wrote twice, the second time not politely.",
    "Work on the new berth begins as soon as the ice is out, and the board hopes to "
    "have it done before the summer guests arrive in the last week of June.",
)
"""The story that most cases are about, so that each shows only what is its own."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come out; None means that a case does not care."""

    status: str
    url: str | None = None
    publisher: str | None = None
    via: tuple[str, ...] | None = None
    reachable: bool | None = None
    problem: str | None = None
    refused: tuple[str, ...] | None = None
    ended: str | None = None
    first: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One little web, an entry in it, and what must come out.

    `open`: it does not come out so yet. The bench counts it as it is.
    """

    name: str
    family: str
    seen: str
    entry: Entry
    feed: FeedRef | None
    pages: Mapping[str, Page | FetchKind] = field(repr=False)
    expect: Expected = Expected("original")
    open: bool = False

    async def fetch(self, request: Request) -> Page:
        """A `Fetch` that knows only this case's pages."""
        return self.page(request)

    def page(self, request: Request) -> Page:
        """The page for a request; a host that is in no page does not resolve."""
        url = request.url.partition("#")[0]
        cookie = dict(request.headers).get("Cookie", "")
        found = self.pages.get(f"{url} [{cookie}]") if cookie else None
        found = found or self.pages.get(url)
        if isinstance(found, Page):
            return found
        hosts = {known.split("/")[2] for known in self.pages}
        if found is not None:
            raise FetchError(url, "told to fail", found)
        if url.split("/")[2] in hosts:
            return Page(url, 404, _HTML, b"<h1>Not found</h1>", 0.1)
        raise FetchError(url, "the name does not resolve", "dns")


_HTML = (("content-type", "text/html; charset=utf-8"),)


def load_rules() -> rules.Rules:
    """The bundled rules."""
    return rules.parse(RULES.read_text("utf-8"))


def load() -> tuple[Case, ...]:
    """Every case of the corpus, by name."""
    files = sorted(CORPUS.glob("*/case.toml"))
    return tuple(_case(file) for file in files)


def _case(file: Path) -> Case:
    table = tomllib.loads(file.read_text("utf-8"))
    rows = table.get("page", [])
    return Case(
        file.parent.name,
        table["family"],
        table.get("seen", ""),
        _entry(table["entry"]),
        _feed(table.get("feed")),
        dict(_page(row, file.parent) for row in rows),
        _expected(table["expect"]),
        table.get("open", False),
    )


def _entry(table: Mapping[str, Any]) -> Entry:
    links = tuple(
        Link(row["rel"], row["url"], row.get("title", ""))
        for row in table.get("links", [])
    )
    files = tuple(
        Enclosure(row["url"], row.get("type", ""))
        for row in table.get("enclosures", [])
    )
    return Entry(
        url=table["url"],
        title=table.get("title", ""),
        guid=table.get("guid", table["url"]),
        published=table.get("published"),
        summary=_filled(table.get("summary", "")),
        content=_filled(table.get("content", "")),
        links=links,
        enclosures=files,
    )


def _feed(table: Mapping[str, Any] | None) -> FeedRef | None:
    if table is None:
        return None
    return FeedRef(1, table.get("title", ""), table["url"], table.get("site"))


def _expected(table: Mapping[str, Any]) -> Expected:
    lists = {key: tuple(table[key]) for key in ("via", "refused") if key in table}
    return Expected(**{**table, **lists})


def _page(row: Mapping[str, Any], folder: Path) -> tuple[str, Page | FetchKind]:
    url = row["url"]
    if kind := row.get("fails"):
        return url, kind
    body = _article(row) if "article" in row else _filled(row.get("body", ""))
    data = (folder / row["file"]).read_bytes() if "file" in row else body.encode()
    headers = tuple((k.lower(), v) for k, v in row.get("headers", {}).items())
    if "content-type" not in dict(headers):
        headers = (*headers, *_HTML)
    cookies = tuple(("set-cookie", value) for value in row.get("cookies", []))
    key = f"{url} [{row['with_cookie']}]" if "with_cookie" in row else url
    page = Page(
        url, row.get("status", 200), headers + cookies, data, row.get("elapsed", 0.1)
    )
    return key, page


def _filled(text: str) -> str:
    """A body with `{{text}}`, `{{text:2}}` (so many paragraphs) written out."""
    for count in range(1, len(TEXT) + 1):
        text = text.replace(f"{{{{text:{count}}}}}", _paragraphs(count))
    return text.replace("{{text}}", _paragraphs(len(TEXT)))


def _paragraphs(count: int) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in TEXT[:count])


def _article(row: Mapping[str, Any]) -> str:
    """A publisher's page as publishers write them."""
    title, site = escape(row["article"]), escape(row.get("site", ""))
    when = row.get("published", "2025-02-04T18:20:00+00:00")
    text = _filled(row.get("text", "{{text}}"))
    return (
        f'<!doctype html><html lang="en"><head><title>{title} – {site}</title>'
        f'<link rel="canonical" href="{escape(row.get("canonical", row["url"]))}">'
        f'<meta property="og:site_name" content="{site}">'
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{when}">'
        f'<meta name="author" content="Ann Sollund">{row.get("head", "")}</head>'
        f'<body><nav><a href="/">{site}</a></nav><article><h1>{title}</h1>{text}'
        f"</article><footer>© {site}</footer></body></html>"
    )


# --- a driver without a loop of its own --------------------------------------


def run(case: Case, facts: rules.Rules, policy: Policy | None = None) -> Attribution:
    """The attribution of a case's entry."""
    return walked(case, facts, policy)[0].attribution


def walked(
    case: Case, facts: rules.Rules, policy: Policy | None = None
) -> tuple[resolve.Done, tuple[str, ...]]:
    """The end of a case's walk, and the URLs that were fetched for it, in order."""
    walk = resolve.begin(case.entry, case.feed, facts, policy or Policy(), NOW)
    fetched: list[str] = []
    while True:
        match walk.want:
            case resolve.Done() as done:
                return done, tuple(fetched)
            case resolve.Fetch(request):
                fetched.append(request.url)
                walk = resolve.step(walk, _answer(case, request))
            case resolve.Ask() as ask:
                walk = resolve.step(walk, _candidates(case, ask))


def _answer(case: Case, request: Request) -> Page | resolve.Failed:
    try:
        return case.page(request)
    except FetchError as error:
        return resolve.Failed(request.url, error.reason, error.kind)


def _candidates(case: Case, ask: resolve.Ask) -> resolve.Candidates:
    """What the publisher's own feed holds, found from its home page."""
    found: list[resolve.Candidate] = []
    pages = 0
    home = _answer(case, Request(ask.home)) if ask.home else None
    offered = feeds.discover(home) if isinstance(home, Page) else ()
    for feed in offered[:2]:
        page = _answer(case, Request(feed.url))
        pages += 1
        if not isinstance(page, Page):
            continue
        try:
            parsed = feeds.parse(page.body, page.url, page.header("content-type"))
        except FeedError:
            continue
        found += [
            resolve.Candidate(e.url, e.title, e.published, parsed.title)
            for e in parsed.entries
        ]
    return resolve.Candidates(tuple(found), pages + bool(offered), 0.1)
