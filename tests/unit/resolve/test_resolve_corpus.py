"""Every case of the corpus, walked: the verdict, the trail, and what was fetched."""

from functools import cache
from itertools import pairwise

import pytest

from reader import resolve, urls
from reader.model import Attribution, FeedRef
from tests.cases import Case, load, load_rules, walked

RULES = load_rules()
CASES = load()


@cache
def came_of(case: Case) -> tuple[Attribution, tuple[str, ...]]:
    """What a case comes to, and what was fetched for it; walked once for all tests."""
    done, fetched = walked(case, RULES)
    return done.attribution, tuple(fetched)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_verdict(case: Case) -> None:
    """
    Status, URL and whatever else a case expects come out as it says.
    """
    if case.open:
        pytest.xfail("known, and counted by the bench")
    got, _ = came_of(case)
    want = case.expect

    assert (got.status, got.url) == (want.status, want.url or got.url), got
    assert want.publisher in (None, got.publisher)
    assert want.via in (None, tuple(hop.via for hop in got.trail))
    assert want.reachable in (None, got.reachable)
    assert want.problem in (None, got.problem)
    assert want.ended in (None, got.ended)
    assert want.refused in (None, tuple(r.url for r in got.refused))


class TestEveryCase:
    """What holds whatever a case is about; in one go, for there are very many."""

    def test_trails_join(self) -> None:
        """
        Hops join head to tail.
        """
        torn = [
            (case.name, one.target, other.url)
            for case in CASES
            for one, other in pairwise(came_of(case)[0].trail)
            if one.target != other.url
        ]

        assert not torn

    def test_only_what_the_verdict_allows_has_a_url(self) -> None:
        """
        Unresolved has none; resolved is sure enough, and its URL is canonical.
        """
        for case in CASES:
            got, _ = came_of(case)
            assert (got.url is None) == (got.status == "unresolved"), case.name
            if got.status == "resolved":
                assert got.confidence is not None, case.name
                assert got.confidence >= resolve.THRESHOLD, case.name
                whole = urls.canonical(got.url or "", RULES.tracking)
                assert got.url == whole, case.name

    def test_nothing_refused_is_fetched(self) -> None:
        """
        What the policy refuses is neither fetched, nor offered, nor guessed.
        """
        policy = urls.Policy()
        touched = [
            (case.name, url)
            for case in CASES
            for got, fetched in (came_of(case),)
            for url in (*fetched, got.url, got.guess and got.guess.url)
            if url and policy.refusal(url)
        ]

        assert not touched

    def test_first_look(self) -> None:
        """
        Before any fetch an entry is original or unchecked, never more.
        """
        for case in CASES:
            feed = case.feed or FeedRef(0, "", case.entry.url)
            got = resolve.first_look(case.entry, feed, RULES)

            assert got.checked_at is None, case.name
            assert got.status in ("original", "unchecked"), case.name
            assert case.expect.first in (None, got.status), case.name


class TestCorpus:
    def test_size(self) -> None:
        """
        The corpus holds many cases, a good part of them traps, in many languages.
        """
        traps = [case for case in CASES if case.family == "trap"]
        languages = {c.name for c in CASES if c.family == "language"}

        assert len(CASES) >= 150
        assert len(traps) >= 50
        assert len(languages) >= 12
        assert all(case.seen for case in CASES)
