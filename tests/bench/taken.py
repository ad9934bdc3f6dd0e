"""Saved pages taken as entries of their own site: none of them should be a stub.

`python -m tests.bench resolve CORPUS` reads `news/` (gzipped pages, their addresses in
`truth.json`) and `pages/` (folders with a `source.html`). A page without an address
gets a made-up host of its own; whatever it links to is out of reach.
"""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from reader import html, resolve, rules, urls
from reader.model import Attribution, Entry, FeedRef, Page
from reader.urls import Policy
from tests.cases import NOW

HTML = (("content-type", "text/html; charset=utf-8"),)


def pages(corpus: Path) -> Iterator[Page]:
    """Every saved page with its address."""
    truth = json.loads((corpus / "news" / "truth.json").read_text("utf-8"))
    for file in sorted((corpus / "news").glob("*.html.gz")):
        body = gzip.decompress(file.read_bytes())
        yield _page(truth[file.name.partition(".")[0]]["url"], file.name, body)
    for folder in sorted((corpus / "pages").iterdir()):
        if (source := folder / "source.html").exists():
            yield _page("", folder.name, source.read_bytes())


def _page(url: str, name: str, body: bytes) -> Page:
    """A page at its address: the one known, the one it gives, or a made-up one."""
    made = f"https://{name.partition('.')[0].lower()}.example/a"
    document = html.parse(Page(made, 200, HTML, body))
    own = (url, document.canonical or "", document.meta.get("og:url", ""))
    known = next((u for u in own if urls.is_web(u) and not urls.is_home(u)), made)
    return Page(known, 200, HTML, body)


def attributed(page: Page, facts: rules.Rules) -> Attribution:
    """What a page is taken for as an entry of its own site, all else out of reach."""
    title = html.parse(page).title
    home = f"https://{urls.host(page.url)}/"
    entry = Entry(url=page.url, title=title, guid=page.url)
    feed = FeedRef(1, urls.site(page.url), f"{home}feed", home)
    walk = resolve.begin(entry, feed, facts, Policy(), NOW)
    while True:
        match walk.want:
            case resolve.Done() as done:
                return done.attribution
            case resolve.Fetch(request):
                walk = resolve.step(walk, _answer(page, request.url))
            case resolve.Ask():
                walk = resolve.step(walk, resolve.Candidates())


def _answer(page: Page, url: str) -> Page | resolve.Failed:
    near = urls.same_page(url, page.url)
    return page if near else resolve.Failed(url, "no such host", "dns")


def report(corpus: Path, facts: rules.Rules) -> int:
    """Print every page that is taken for a stub; how many there are."""
    total, stubs = 0, 0
    for page in pages(corpus):
        got = attributed(page, facts)
        total += 1
        if got.status == "original" and urls.same_site(got.url or "", page.url):
            continue
        stubs += 1
        guess = got.guess.url if got.guess else ""
        print(f"  {got.status:<11}{page.url}\n{'':<13}{got.url or guess}")
    print(f"{total} saved pages, {stubs} taken for stubs")
    return stubs
