"""Addresses that carry addresses: which are unwrapped, and which are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.resolve.wrappers import shortened, stands_for_another, unwrap
from reader.rules import parse
from tests.cases import load_rules

RULES = load_rules()
TARGET = "https://www.bore.example/news/4711?id=3"
QUOTED = "https%3A%2F%2Fwww.bore.example%2Fnews%2F4711%3Fid%3D3"


class TestUnwrap:
    @pytest.mark.parametrize(
        "url",
        [
            f"https://www.google.com/url?sa=t&url={QUOTED}",
            f"https://www.google.co.uk/url?q={QUOTED}",
            f"http://news.google.com/news/url?sa=t&url={QUOTED}",
            f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
            f"https://lm.facebook.com/l.php?u={QUOTED}",
            f"https://href.li/?{TARGET}",
            f"https://t.umblr.com/redirect?z={QUOTED}&t=x",
            f"https://nam04.safelinks.protection.outlook.com/?url={QUOTED}&data=05",
            f"https://www.youtube.com/redirect?event=video&q={QUOTED}",
            f"https://steamcommunity.com/linkfilter/?u={QUOTED}",
            f"https://vk.com/away.php?to={QUOTED}",
            f"https://slack-redir.net/link?url={QUOTED}",
            f"https://disq.us/url?url={QUOTED}%3AabCD",
            f"https://click.redditmail.com/CL0/{QUOTED}/1/abc",
            f"https://abc.r.us-east-1.awstrack.me/L0/{QUOTED}/1/x",
            f"https://streaklinks.com/Ax7/{QUOTED}",
            f"https://web.archive.org/web/2025/{TARGET}",
            f"https://archive.ph/2025.02.04-182000/{TARGET}",
            f"https://r.jina.ai/{TARGET}",
            f"https://go.skimresources.com/?id=1X2&url={QUOTED}",
            f"https://www.awin1.com/cread.php?awinmid=1&ued={QUOTED}",
            f"https://unknown.example/out?to={QUOTED}",
            f"https://unknown.example/r?url={QUOTED.replace('%', '%25')}",
            f"https://unknown.example/r?id=44&link={QUOTED}&utm_source=x",
        ],
    )
    def test_finds_the_target(self, url: str) -> None:
        """
        A known carrier, and an unknown one with a single meaning, give their target.
        """
        found = unwrap(url, RULES)

        assert found is not None
        assert found.target.startswith("https://www.bore.example/news/4711")

    @pytest.mark.parametrize(
        "url",
        [
            "https://www.bore.example/news/4711",
            "https://www.bore.example/news?id=4711&page=2",
            f"https://relay.example/login?next={QUOTED}",
            f"https://relay.example/signin?url={QUOTED}",
            f"https://relay.example/p?return_to={QUOTED}",
            f"https://www.facebook.com/sharer/sharer.php?u={QUOTED}",
            f"https://twitter.com/intent/tweet?url={QUOTED}",
            f"https://relay.example/share?url={QUOTED}",
            "https://img.example/resize?url=https%3A%2F%2Fbore.example%2Fa.jpg",
            f"https://relay.example/view?story=4711&back={QUOTED}",
            f"https://relay.example/view?article=a-second-boat&url={QUOTED}",
            "https://relay.example/view?url=https%3A%2F%2Frelay.example%2Fp%2F2",
            "https://relay.example/r?url=https%3A%2F%2Fwww.bore.example%2F",
            "https://www.google.com/search?q=second+boat",
            "https://web.archive.org/about/",
            "mailto:a@b.example",
            "",
        ],
    )
    def test_leaves_alone(self, url: str) -> None:
        """
        Logins, share buttons, image proxies and pages stand for themselves.
        """
        assert unwrap(url, RULES) is None

    def test_a_users_own_wrapper(self) -> None:
        """
        A user adds a wrapper without code.
        """
        mine = """
        [[wrapper]]
        hosts = ["door.example"]
        template = "/to/{url}"
        scheme = "https"
        """
        rules = parse("", mine)
        found = unwrap("https://door.example/to/www.bore.example/x", rules)

        assert found is not None
        assert found.target == "https://www.bore.example/x"

    @given(st.text(max_size=120))
    def test_any_text(self, text: str) -> None:
        """
        No text makes it raise, and what it finds is a web address.
        """
        for url in (
            text,
            f"https://www.google.com/url?url={text}",
            f"https://x.example/{text}",
        ):
            found = unwrap(url, RULES)

            assert found is None or found.target.startswith(("http://", "https://"))


class TestExits:
    @pytest.mark.parametrize(
        "url",
        [
            f"https://click.relay.example/c?cid=88&pos=4&story=boat&dest={QUOTED}",
            f"https://links3.relay.example/t/9f8e/{QUOTED}",
            f"https://relay.example/out.php?id=9&u={QUOTED}",
            f"https://relay.example/Redirect.aspx?cat=sea&dest={QUOTED}",
            f"https://go.relay.example/?u={QUOTED}&ref=https%3A%2F%2Frelay.example%2Fp",
            "https://relay.example/goto?url=www.bore.example%2Fnews%2F4711%3Fid%3D3",
            "https://go.relay.example/l/"
            "aHR0cHM6Ly93d3cuYm9yZS5leGFtcGxlL25ld3MvNDcxMT9pZD0z",
        ],
    )
    def test_lead_out_whatever_else_they_hold(self, url: str) -> None:
        """
        An exit by its host or path gives its target, as surely as a known wrapper.
        """
        found = unwrap(url, RULES)

        assert found is not None
        assert (found.target, found.known) == (TARGET, True)

    def test_back_to_the_own_site(self) -> None:
        """
        An exit counts its own site's readers as well; another page does not lead back.
        """
        own = "https%3A%2F%2Frelay.example%2F2025%2Fboat"
        found = unwrap(f"https://clicks.relay.example/r?f=1&u={own}", RULES)

        assert found is not None
        assert found.target == "https://relay.example/2025/boat"
        assert unwrap(f"https://www.relay.example/view?u={own}", RULES) is None

    @pytest.mark.parametrize("name", ["partner", "ref", "via", "share_to", "next"])
    def test_not_for_every_parameter(self, name: str) -> None:
        """
        Who sent a reader, and where to go back to, is no target, not even of an exit.
        """
        assert unwrap(f"https://relay.example/go/boat?{name}={QUOTED}", RULES) is None


class TestStandsForAnother:
    @pytest.mark.parametrize(
        "url",
        [
            "https://bit.ly/3gone",
            "https://lnkd.in/eGone",
            "https://l.facebook.com/l.php?h=AT0",
            "https://vk.com/away.php?post=1",
            "https://www.youtube.com/redirect?event=x",
        ],
    )
    def test_is_never_an_articles(self, url: str) -> None:
        """
        A short link or a wrapper is nobody's article, whether it can be opened or not.
        """
        assert stands_for_another(url, RULES)

    @pytest.mark.parametrize(
        "url", [TARGET, "https://bit.ly/", "https://vk.com/wall-1_2", "no address"]
    )
    def test_others_may_be(self, url: str) -> None:
        """
        Other pages of such hosts stand for themselves.
        """
        assert not stands_for_another(url, RULES)


class TestShortened:
    def test_only_with_a_path(self) -> None:
        """
        A shortener's home page stands for nothing.
        """
        assert shortened("https://bit.ly/3xyz", RULES)
        assert not shortened("https://bit.ly/", RULES)
        assert not shortened("https://rabbit.ly/3xyz", RULES)
