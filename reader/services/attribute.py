"""One entry followed to its original: the walk driven, the article made, both kept.

The driver only does what `walk.want` says; what an answer means is decided in
`resolve`, what a page says in `extract`.
"""

import asyncio
from dataclasses import dataclass, replace

from reader import extract, resolve
from reader.errors import FetchError
from reader.model import Article, Attribution, Entry, FeedRef, Page, Request
from reader.resolve import Answer, Ask, Done, Failed, Fetch
from reader.services.candidates import candidates
from reader.services.core import Services
from reader.services.guard import guard


@dataclass(frozen=True, slots=True)
class Found:
    """What following an entry brought: the verdict, the text, and the republisher's."""

    attribution: Attribution
    article: Article | None = None
    copy: Article | None = None
    problem: str | None = None


async def attribute(services: Services, entry_id: int, urgent: bool = False) -> Found:
    """Follow a stored entry to its original and keep what was found.

    `urgent` when somebody waits for this very entry. A fault of our own is kept as the
    entry's problem, so that it is met once and not at every refresh.
    """
    stored = services.store.stored(entry_id)
    work = find(services, stored.entry, stored.row.feed, urgent)
    found = await guard(services, stored.row.title or stored.row.url, work)
    if not isinstance(found, Found):
        found = Found(stored.row.attribution, problem=str(found.reason))
    await services.write(
        services.store.save_reading,
        entry_id,
        found.attribution,
        found.article,
        found.copy,
        found.problem,
        _searchable(found),
        services.now(),
    )
    return found


async def find(
    services: Services, entry: Entry, feed: FeedRef | None, urgent: bool = False
) -> Found:
    """Follow an entry to its original; nothing is stored."""
    done = await walk(services, entry, feed, urgent)
    return await asyncio.to_thread(_read, services, entry, done)


async def walk(
    services: Services, entry: Entry, feed: FeedRef | None, urgent: bool
) -> Done:
    """Drive the walk from an entry until it is done."""
    at = resolve.begin(entry, feed, services.rules, services.policy, services.now())
    while True:
        answer: Answer
        match at.want:
            case Fetch(request):
                answer = await _answer(services, request, urgent)
            case Ask() as ask:
                answer = await candidates(services, ask, urgent)
            case Done() as done:
                return done
        # A page of 2 MiB takes a while to parse; keys are answered meanwhile.
        at = await asyncio.to_thread(resolve.step, at, answer)


async def _answer(services: Services, request: Request, urgent: bool) -> Page | Failed:
    try:
        return await services.fetch(replace(request, urgent=urgent))
    except FetchError as error:
        return Failed(request.url, error.reason, error.kind, error.elapsed)


def _read(services: Services, entry: Entry, done: Done) -> Found:
    """The articles of the pages that a walk ended with."""
    verdict = done.attribution
    article = _article(services, done.original, entry)
    copy = None
    if verdict.status != "original" and done.entry_page is not done.original:
        copy = _article(services, done.entry_page, entry)
    return Found(verdict, article, copy, _problem(verdict, article))


def _article(services: Services, page: Page | None, entry: Entry) -> Article | None:
    if page is None or page.status >= 400:
        return None
    return extract.article(page, services.rules, entry)


def _problem(verdict: Attribution, article: Article | None) -> str | None:
    """Why the original's text is not there, in one sentence; None when it is."""
    if article is not None or verdict.status not in ("original", "resolved"):
        return None
    if verdict.problem:
        return f"The original {verdict.problem}."
    return "No article could be made out on the original’s page."


def _searchable(found: Found) -> str:
    return extract.plain(found.article.markdown) if found.article else ""
