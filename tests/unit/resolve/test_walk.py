"""The walk as a value: it ends, it stays within its bounds, it keeps its cookies."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import resolve
from reader.model import Entry, FeedRef, Page
from reader.resolve import HOPS_MAX, SECONDS_MAX, Done, Failed, Fetch, Walk
from reader.urls import Policy
from tests.cases import load_rules

RULES = load_rules()
NOW = datetime(2025, 3, 1, tzinfo=UTC)
FEED = FeedRef(1, "Relay", "https://relay.example/feed", "https://relay.example/")
ENTRY = Entry("https://relay.example/p/1", "A second boat for the islands")
HOSTS = [f"https://{name}.example" for name in ("relay", "bore", "quay", "mole")]
TARGETS = st.sampled_from(
    [f"{host}/{path}" for host in HOSTS for path in ("a", "b", "")]
    + ["http://127.0.0.1/", "javascript:alert(1)", "http://10.0.0.8/x", "/a", "b?c=1"]
)


def page_of(kind: int, target: str, elapsed: float) -> tuple[int, str, str, float]:
    bodies = [
        "",
        f'<meta http-equiv="refresh" content="0;url={target}">',
        f"<script>location.href='{target}'</script>",
        "<h1>A second boat for the islands</h1><p>This post was originally published "
        f'on <a href="{target}">Bore</a></p>',
        f'<link rel="canonical" href="{target}"><p>text</p>',
        "<p>This post was originally published on Bore</p>",
    ]
    return (302 if kind == 0 else 200), bodies[kind], target, elapsed


WEBS = st.lists(
    st.builds(page_of, st.integers(0, 5), TARGETS, st.floats(0, 9)),
    min_size=1,
    max_size=9,
)


def begun(entry: Entry = ENTRY) -> Walk:
    return resolve.begin(entry, FEED, RULES, Policy(), NOW)


def wanted(walk: Walk) -> Fetch:
    want = walk.want
    assert isinstance(want, Fetch)
    return want


class TestEnds:
    @settings(max_examples=120, deadline=None)
    @given(WEBS)
    def test_for_any_web(self, web: list[tuple[int, str, str, float]]) -> None:
        """
        Whatever the pages say, the walk ends within its bounds, its hops join head to
        tail, and nothing that is refused is asked for.
        """
        walk, asked = begun(), 0
        while not isinstance(walk.want, Done):
            want = walk.want
            if isinstance(want, Fetch):
                assert Policy().refusal(want.request.url) is None
                status, body, target, elapsed = web[asked % len(web)]
                headers = (("location", target),) if status == 302 else ()
                answer = Page(want.request.url, status, headers, body.encode(), elapsed)
                walk = resolve.step(walk, answer)
            else:
                walk = resolve.step(walk, resolve.Candidates())
            asked += 1
            assert asked < 60
        got = walk.want.attribution

        assert len(got.trail) <= HOPS_MAX
        for one, other in zip(got.trail, got.trail[1:], strict=False):
            assert one.target == other.url

    def test_by_time(self) -> None:
        """
        Twenty seconds of requests end a walk; each request is given what is left.
        """
        walk = begun(Entry("https://short.example/0", ENTRY.title))
        timeouts, number = [], 0
        while isinstance(walk.want, Fetch):
            timeouts.append(walk.want.request.timeout)
            number += 1
            location = (("location", f"https://h{number}.example/x"),)
            page = Page(walk.want.request.url, 301, location, b"", 6.0)
            walk = resolve.step(walk, page)

        assert timeouts == [SECONDS_MAX, 14.0, 8.0, 2.0]
        assert isinstance(walk.want, Done)
        assert walk.want.attribution.ended == "20 s of requests"

    def test_the_partial_trail_is_kept(self) -> None:
        """
        A walk that ends short keeps the hops that it went.
        """
        walk = begun(Entry("https://short.example/0", ENTRY.title))
        location = (("location", "https://short.example/0"),)
        walk = resolve.step(walk, Page("https://short.example/0", 301, location))

        assert isinstance(walk.want, Done)
        assert walk.want.attribution.ended == "a loop"
        assert [hop.via for hop in walk.want.attribution.trail][-1] == "http-301"


class TestCookies:
    def test_are_sent_to_the_host_that_set_them(self) -> None:
        """
        A host gets its own cookies back, the later of two, and nobody else's.
        """
        set_cookies = (
            ("set-cookie", "a=1; Path=/"),
            ("set-cookie", "b=2"),
            ("set-cookie", "a=3"),
            ("location", "/p/1?again"),
        )
        walk = resolve.step(begun(), Page(ENTRY.url, 302, set_cookies))
        first = wanted(walk).request
        away = (("location", "https://bore.example/x"),)
        second = wanted(resolve.step(walk, Page(first.url, 302, away))).request

        assert first.headers == (("Cookie", "b=2; a=3"),)
        assert second.headers == ()


class TestFailures:
    @pytest.mark.parametrize(
        ("kind", "problem"),
        [
            ("timeout", "did not answer in 20 s"),
            ("dns", "cannot be found (no such host)"),
            ("tls", "could not be reached securely"),
            ("too-large", "is too large"),
        ],
    )
    def test_of_the_entrys_own_page(self, kind: str, problem: str) -> None:
        """
        An entry without a sign stays the feed's own when its page cannot be had.
        """
        failed = Failed(ENTRY.url, "no", kind)  # type: ignore[arg-type]
        want = resolve.step(begun(), failed).want

        assert isinstance(want, Done)
        assert want.attribution.status == "original"
        assert want.attribution.url == ENTRY.url
        assert want.attribution.problem == problem
        assert want.original is None

    def test_a_name_that_resolves_to_a_private_address(self) -> None:
        """
        What `fetch` refuses for its address is among the refused.
        """
        failed = Failed(ENTRY.url, "10.0.0.8 is not a public address", "refused")
        want = resolve.step(begun(), failed).want

        assert isinstance(want, Done)
        assert [r.url for r in want.attribution.refused] == [ENTRY.url]


class TestAllowedHosts:
    def test_a_host_allowed_by_the_policy_is_followed(self) -> None:
        """
        Addresses that the user allows are pages like any other.
        """
        policy = Policy.of(["127.0.0.0/8"])
        entry = Entry("http://127.0.0.1:8000/p", "A second boat for the islands")
        feed = FeedRef(
            1, "Relay", "http://127.0.0.1:8000/feed", "http://127.0.0.1:8000/"
        )
        walk = resolve.begin(entry, feed, RULES, policy, NOW)
        said = b"""<p>This post was originally published on
        <a href="http://127.0.0.2:8000/x">Bore</a></p>"""
        walk = resolve.step(walk, Page(entry.url, 200, body=said))

        assert wanted(walk).request.url == "http://127.0.0.2:8000/x"


class TestNoLink:
    @pytest.mark.parametrize(
        "url", ["", "tag:relay.example,2025:1", "javascript:alert(1)"]
    )
    def test_an_entry_without_a_web_address(self, url: str) -> None:
        """
        An entry that links nowhere is decided without a fetch, and offers no URL.
        """
        want = begun(Entry(url, "A second boat for the islands")).want

        assert isinstance(want, Done)
        assert want.attribution.url is None
