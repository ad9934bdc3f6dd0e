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
from reader.services.patience import next_try, passing


@dataclass(frozen=True, slots=True)
class Found:
    """What following an entry brought: the verdict, the text, and the republisher's.

    `failed`: the original's text is missing because a page did not answer just now.
    """

    attribution: Attribution
    article: Article | None = None
    copy: Article | None = None
    problem: str | None = None
    failed: bool = False


async def attribute(services: Services, entry_id: int, urgent: bool = False) -> Found:
    """Follow a stored entry to its original and keep what was found.

    `urgent` when somebody waits for this very entry. A fault of our own is kept as the
    entry's problem, so that it is met once and not at every refresh.
    """
    stored = services.store.stored(entry_id)
    # What it calls itself is evidence; what a reader calls it is none.
    work = find(services, stored.entry, stored.row.feed.itself, urgent)
    found = await guard(services, stored.row.title or stored.row.url, work)
    if not isinstance(found, Found):
        found = Found(stored.row.attribution, problem=str(found.reason), failed=True)
    tries = stored.tries + 1 if found.failed else 0
    await services.write(
        services.store.save_reading,
        entry_id,
        found.attribution,
        found.article,
        found.copy,
        found.problem,
        _searchable(found),
        services.now(),
        tries,
        next_try(tries, services.now()) if found.failed else None,
        services.filter_rules(),
    )
    return found


async def find(
    services: Services, entry: Entry, feed: FeedRef | None, urgent: bool = False
) -> Found:
    """Follow an entry to its original; nothing is stored."""
    done, failed = await walk(services, entry, feed, urgent)
    found = await asyncio.to_thread(_read, services, entry, done)
    return replace(found, failed=failed and found.article is None)


async def walk(
    services: Services, entry: Entry, feed: FeedRef | None, urgent: bool
) -> tuple[Done, bool]:
    """Drive the walk from an entry until it is done; say whether a page failed."""
    failed = False
    at = resolve.begin(entry, feed, services.rules, services.policy, services.now())
    while True:
        answer: Answer
        match at.want:
            case Fetch(request):
                answer = await _answer(services, request, urgent)
                failed = failed or _failed(answer)
            case Ask() as ask:
                answer = await candidates(services, ask, urgent)
            case Done() as done:
                return done, failed
        # A page of 2 MiB takes a while to parse; keys are answered meanwhile.
        at = await asyncio.to_thread(resolve.step, at, answer)


async def _answer(services: Services, request: Request, urgent: bool) -> Page | Failed:
    if request.method == "POST":
        # An id exchanged for an address: the endpoint counts who asks too fast.
        async with services.exchanges.turn():
            return await _fetched(services, request, urgent)
    return await _fetched(services, request, urgent)


async def _fetched(services: Services, request: Request, urgent: bool) -> Page | Failed:
    try:
        return await services.fetch(replace(request, urgent=urgent))
    except FetchError as error:
        return Failed(request.url, error.reason, error.kind, error.elapsed)


def _failed(answer: Page | Failed) -> bool:
    """Whether an answer may be another one soon."""
    if isinstance(answer, Failed):
        return answer.kind != "refused"
    return passing(answer.status)


def _read(services: Services, entry: Entry, done: Done) -> Found:
    """The articles of the pages that a walk ended with."""
    verdict = done.attribution
    article = _article(services, done.original, entry)
    copy = None
    if verdict.status != "original" and done.entry_page is not done.original:
        copy = _article(services, done.entry_page, entry)
    return Found(verdict, article, copy, _problem(verdict, article, done))


def _article(services: Services, page: Page | None, entry: Entry) -> Article | None:
    if page is None or page.status >= 400:
        return None
    return extract.article(page, services.rules, entry)


def _problem(verdict: Attribution, article: Article | None, done: Done) -> str | None:
    """Why the original's text is not there, in one sentence; None when it is."""
    if article is not None or verdict.status not in ("original", "resolved"):
        return None
    if verdict.problem:
        shown = verdict.problem_evidence
        return f"The original {verdict.problem}.{f' {shown}' if shown else ''}"
    if done.original is None:
        return "There is no page of it to be read."
    return "No article could be made out on the original’s page."


def _searchable(found: Found) -> str:
    return extract.plain(found.article.markdown) if found.article else ""
