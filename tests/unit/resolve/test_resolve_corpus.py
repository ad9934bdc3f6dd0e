"""Every case of the corpus, walked: the verdict, the trail, and what was fetched."""

import pytest

from reader import resolve, urls
from reader.model import FeedRef
from tests.cases import Case, load, load_rules, walked

RULES = load_rules()
CASES = load()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
class TestCase:
    def test_verdict(self, case: Case) -> None:
        """
        Status, URL and whatever else a case expects come out as it says.
        """
        if case.open:
            pytest.xfail("known, and counted by the bench")
        got = walked(case, RULES)[0].attribution
        want = case.expect

        assert (got.status, got.url) == (want.status, want.url or got.url), got
        assert want.publisher in (None, got.publisher)
        assert want.via in (None, tuple(hop.via for hop in got.trail))
        assert want.reachable in (None, got.reachable)
        assert want.problem in (None, got.problem)
        assert want.ended in (None, got.ended)
        assert want.refused in (None, tuple(r.url for r in got.refused))

    def test_trail(self, case: Case) -> None:
        """
        Hops join head to tail, and only what the verdict allows has a URL.
        """
        got = walked(case, RULES)[0].attribution

        for one, other in zip(got.trail, got.trail[1:], strict=False):
            assert one.target == other.url
        assert (got.url is None) == (got.status == "unresolved")
        if got.status == "resolved":
            assert got.confidence is not None
            assert got.confidence >= resolve.THRESHOLD
            assert got.url == urls.canonical(got.url or "", RULES.tracking)

    def test_nothing_refused_is_fetched(self, case: Case) -> None:
        """
        What the policy refuses is neither fetched, nor offered, nor guessed.
        """
        done, fetched = walked(case, RULES)
        got, policy = done.attribution, urls.Policy()

        assert not [url for url in fetched if policy.refusal(url)]
        assert got.url is None or policy.refusal(got.url) is None
        assert got.guess is None or policy.refusal(got.guess.url) is None

    def test_first_look(self, case: Case) -> None:
        """
        Before any fetch an entry is original or unchecked, never more.
        """
        feed = case.feed or FeedRef(0, "", case.entry.url)
        got = resolve.first_look(case.entry, feed, RULES)

        assert got.checked_at is None
        assert got.status in ("original", "unchecked")
        assert case.expect.first in (None, got.status)


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
