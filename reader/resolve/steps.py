"""What an answer means for a walk: `begin`, and `step` until it is done.

Pure: an answer goes in, the next walk comes out. Whoever drives it fetches.
"""

from dataclasses import replace
from datetime import datetime

from reader import urls
from reader.errors import FetchKind
from reader.model import Entry, FeedRef, Hop, Page, Refusal
from reader.resolve import match
from reader.resolve.arrivals import out_of_reach
from reader.resolve.ends import concluded, convincing
from reader.resolve.pages import from_copy, page_came
from reader.resolve.signals import named_by_feed, start
from reader.resolve.values import Answer, Ask, Candidates, Evidence, Failed, Lead
from reader.resolve.walk import (
    HOPS_MAX,
    PAGES_MAX,
    SECONDS_MAX,
    Walk,
    cookies_for,
    is_own,
)
from reader.rules import Rules
from reader.urls import Policy

_PROBLEMS: dict[FetchKind, str] = {
    "refused": "may not be followed",
    "dns": "cannot be found (no such host)",
    "connect": "could not be reached",
    "tls": "could not be reached securely",
    "too-large": "is too large",
    "protocol": "did not answer with a page",
}


def begin(
    entry: Entry, feed: FeedRef | None, rules: Rules, policy: Policy, now: datetime
) -> Walk:
    """The walk of an entry before its first page."""
    began = start(entry, feed, rules)
    name, home = named_by_feed(entry, feed, began.owner)
    lead = began.lead
    if began.comment:
        name, home = "", None
    walk = Walk(
        entry,
        feed,
        rules,
        policy,
        now,
        began,
        waiting=(lead, *began.hints),
        titles=(entry.title,) if entry.title else (),
        named=name,
        home=home,
        quote=f"source: {name}" if name else "",
        by_feed=bool(name),
        moved=bool(lead.path.hops) and not is_own(lead.url, began, entry, rules),
    )
    return onward(walk)


def step(walk: Walk, answer: Answer) -> Walk:
    """The walk after an answer to what it wanted."""
    match answer:
        case Page():
            return onward(page_came(walk, answer))
        case Failed():
            return onward(_failed(walk, answer))
        case Candidates():
            return onward(_answered(walk, answer))


def onward(walk: Walk) -> Walk:
    """The walk with its next lead, its question, or its verdict."""
    walk = replace(walk, lead=None) if walk.lead else walk
    while walk.waiting and not convincing(walk):
        if walk.spent >= SECONDS_MAX or walk.pages >= PAGES_MAX:
            bound = f"{SECONDS_MAX:.0f} s of requests"
            return concluded(replace(walk, ended=walk.ended or bound))
        lead, rest = walk.waiting[0], walk.waiting[1:]
        key = (lead.url, cookies_for(lead.url, walk.cookies))
        if reason := walk.policy.refusal(lead.url):
            walk = _refused(replace(walk, waiting=rest), lead, reason)
        elif lead.exchange is not None:
            return replace(walk, lead=lead, waiting=rest)
        elif key in walk.seen:
            ended = walk.ended or "a loop"
            walk = replace(walk, waiting=rest, ended=ended, last=lead.path)
        elif len(lead.path.hops) > HOPS_MAX:
            path = replace(lead.path, hops=lead.path.hops[:HOPS_MAX])
            ended = f"more than {HOPS_MAX} hops"
            walk = replace(walk, waiting=rest, ended=ended, last=path)
        else:
            seen = walk.seen | {key}
            return replace(walk, lead=lead, waiting=rest, seen=seen)
    if _may_ask(walk):
        return replace(walk, ask=_question(walk), asked=True)
    return concluded(walk)


def _refused(walk: Walk, lead: Lead, reason: str) -> Walk:
    refusal = Refusal(lead.url, reason)
    refused = walk.refused if refusal in walk.refused else (*walk.refused, refusal)
    return replace(
        walk,
        refused=refused,
        stub=walk.stub or bool(lead.url),
        ended=walk.ended or "an address that may not be followed",
        last=lead.path,
    )


# --- no page came -----------------------------------------------------------


def _failed(walk: Walk, failed: Failed) -> Walk:
    if walk.lead is None:
        return walk
    lead, left = walk.lead, SECONDS_MAX - walk.spent
    took = failed.elapsed or (left if failed.kind == "timeout" else 0.0)
    walk = replace(walk, spent=walk.spent + took, pages=walk.pages + 1)
    if failed.kind == "refused":  # for the address that the name resolved to
        return _refused(walk, lead, failed.reason)
    if failed.kind == "timeout":
        problem = f"did not answer in {round(took) or 1} s"
    else:
        problem = _PROBLEMS[failed.kind]
    return from_copy(walk, lead, out_of_reach(lead, problem))


# --- the publisher's own feed -----------------------------------------------


def _may_ask(walk: Walk) -> bool:
    return (
        not walk.asked
        and bool(walk.named or walk.home)
        and walk.spent < SECONDS_MAX
        and not convincing(walk)
        and any(not match.generic(title, walk.rules) for title in walk.titles)
    )


def _question(walk: Walk) -> Ask:
    telling = (title for title in walk.titles if not match.generic(title, walk.rules))
    name = walk.named or urls.site(walk.home or "")
    home = walk.home if walk.home and not walk.policy.refusal(walk.home) else None
    return Ask(name, home, next(telling, ""), walk.entry.published)


def _answered(walk: Walk, answer: Candidates) -> Walk:
    ask = walk.ask
    walk = replace(
        walk,
        ask=None,
        spent=walk.spent + answer.elapsed,
        pages=walk.pages + answer.pages,
    )
    best = match.best(ask, walk.titles, answer.found, walk.rules) if ask else None
    if best is None or walk.is_own(best[0].url):
        return walk
    candidate, likeness = best
    evidence = [
        Evidence(
            "feed-headline" if likeness >= 0.95 else "feed-headline-nearly",
            candidate.title,
        )
    ]
    if walk.named:
        evidence.append(Evidence("feed-hint" if walk.by_feed else "named", walk.quote))
    mine, theirs = walk.entry.published, candidate.published
    if mine and theirs and theirs <= mine:
        evidence.append(Evidence("earlier", theirs.isoformat()))
    hops = walk.naming.hops
    here = hops[-1].target if hops else walk.entry.url
    quote = f"“{candidate.title}” in its own feed"
    path = walk.naming.to(Hop(here, candidate.url, "publisher-feed", quote), *evidence)
    return replace(walk, waiting=(Lead(candidate.url, path, True), *walk.waiting))
