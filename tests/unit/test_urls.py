"""URLs as values: joined, compared, made canonical, and judged."""

from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import SettingsError
from reader.urls import (
    Policy,
    Tracking,
    canonical,
    host,
    is_home,
    is_public,
    is_web,
    join,
    literal_address,
    page_key,
    same_page,
    same_site,
    shown,
    site,
    split,
)

TRACKING = Tracking(
    names=frozenset({"fbclid"}),
    prefixes=("utm_",),
    by_site={"relay.example": frozenset({"ref"})},
)

PART = st.text(
    st.sampled_from("aZ09-._~%2F/?#&=;:@+ \t\u3000é語‍[]|\\'\"utm_fbclid"), max_size=12
)


@st.composite
def web_urls(draw: st.DrawFn) -> str:
    """URLs as the web has them, and somewhat worse."""
    scheme = draw(st.sampled_from(["http", "HTTPS", "https", "Http"]))
    name = draw(
        st.sampled_from(
            ["a.example", "A.Example.", "münchen.example", "127.0.0.1", "[::1]", "."]
        )
        | PART
    )
    port = draw(st.sampled_from(["", ":80", ":443", ":8080", ":", ":0"]))
    names = st.sampled_from(["utm_source", "UTM_x", "fbclid", "ref", "q", ""]) | PART
    pairs = draw(st.lists(st.tuples(names, PART), max_size=4))
    query = "&".join(f"{key}={value}" for key, value in pairs)
    mark = draw(st.sampled_from(["", "?"])) if not query else "?"
    return f"{scheme}://{name}{port}/{draw(PART)}{mark}{query}#{draw(PART)}"


class TestSplit:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "a",
            "/a",
            "//a.example/",
            "mailto:a@a.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://a.example/",
            "http://",
            "http:///a",
            "http://a.example:port/",
            "http://a.example:99999/",
            "http://[::1/",
            "http://[nonsense]/",
        ],
    )
    def test_knows_what_is_no_web_address(self, url: str) -> None:
        """Other schemes, relative and broken URLs have no parts, and raise nothing."""
        assert split(url) is None
        assert not is_web(url)
        assert host(url) == site(url) == ""

    def test_host_is_as_names_compare(self) -> None:
        """Lower case, no port, no login, no final dot."""
        assert host("https://me:pw@WWW.A.Example.:8443/x") == "www.a.example"

    @settings(deadline=None)
    @given(
        st.sampled_from(["http://", "https://", "HTTPS://", "ftp://", ""]),
        st.sampled_from(
            [
                *("a.example", "www.a.example", "www.example", "www.", "A.example."),
                *("a..example", "127.0.0.1:80", "a.example:65536", "a.example:0", ""),
                *("u@a.example", "[::1]", "a_b.example", "www.www.example:59999"),
            ]
        ),
        st.text("/ab.;@#%41&=:[] é|~^'\\\t", max_size=6),
    )
    def test_plain_ones_are_read_like_others(
        self, scheme: str, name: str, path: str
    ) -> None:
        """What an address needs no taking apart for is what taking it apart gives."""
        url = f"{scheme}{name}{path}".strip()
        empty_query = url if "#" in url else f"{url}?"

        if split(url):
            assert page_key(url) == page_key(empty_query)
            assert is_home(url) is is_home(empty_query)

    @settings(deadline=None)
    @given(st.text())
    def test_raises_nothing(self, url: str) -> None:
        """Whatever a feed holds for a URL, looking at it is safe."""
        host(url), shown(url), is_home(url), same_page(url, url)
        Policy().refusal(url)
        join("https://a.example/", url)


class TestJoin:
    @pytest.mark.parametrize(
        ("link", "joined"),
        [
            ("b", "https://a.example/x/b"),
            ("/b", "https://a.example/b"),
            ("//b.example/c", "https://b.example/c"),
            ("?q=1", "https://a.example/x/y?q=1"),
            ("../b", "https://a.example/b"),
            ("http://b.example", "http://b.example"),
            (" b\n ", "https://a.example/x/b"),
            ("mailto:a@a.example", None),
            ("javascript:void(0)", None),
            ("http://[::1", None),
        ],
    )
    def test_sees_a_link_from_its_page(self, link: str, joined: str | None) -> None:
        """Relative links are joined; what leads off the web is None."""
        assert join("https://a.example/x/y", link) == joined


class TestSame:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("https://www.a.example/x", "http://blog.a.example/y", True),
            ("https://www.bbc.co.uk/", "https://news.bbc.co.uk/", True),
            ("https://a.co.uk/", "https://b.co.uk/", False),
            ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
            ("https://one.github.io/", "https://two.github.io/", False),
            ("http://127.0.0.1/", "http://127.0.0.1:8080/", True),
            ("http://127.0.0.1/", "http://127.0.0.2/", False),
            ("http://localhost/", "http://localhost/a", True),
            ("nonsense", "nonsense", False),
        ],
    )
    def test_site(self, one: str, other: str, same: bool) -> None:
        """Sites are told by the public suffix list, private suffixes included."""
        assert same_site(one, other) is same

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("https://www.a.example/x/", "http://a.example/x#top", True),
            ("https://a.example/%C3%A9", "https://a.example/é", True),
            ("https://a.example/x?a=1", "https://a.example/x?a=2", False),
            ("https://a.example/x", "https://a.example/y", False),
            ("https://a.example/", "https://b.example/", False),
        ],
    )
    def test_page(self, one: str, other: str, same: bool) -> None:
        """Scheme, `www.`, fragment and final slash make no other page."""
        assert same_page(one, other) is same

    @pytest.mark.parametrize(
        ("url", "home"),
        [
            ("https://a.example", True),
            ("https://a.example/#x", True),
            ("https://a.example/x", False),
            ("https://a.example/?p=7", False),
            ("nonsense", False),
        ],
    )
    def test_home(self, url: str, home: bool) -> None:
        """A front page has no path and no query."""
        assert is_home(url) is home


class TestCanonical:
    @pytest.mark.parametrize(
        ("url", "plain"),
        [
            ("HTTPS://A.Example:443", "https://a.example/"),
            ("http://a.example.:80/x#y", "http://a.example/x"),
            ("http://a.example:443/", "http://a.example:443/"),
            ("https://me:pw@a.example/x", "https://a.example/x"),
            ("https://a.example/X?b=2&a=1", "https://a.example/X?b=2&a=1"),
            ("https://a.example/?utm_source=x&q=1", "https://a.example/?q=1"),
            ("https://a.example/?UTM_Source=x", "https://a.example/"),
            ("https://a.example/?%75tm_source=x", "https://a.example/"),
            ("https://a.example/?fbclid=1&&q=", "https://a.example/?q="),
            ("https://a.example/?ref=x", "https://a.example/?ref=x"),
            (
                "https://www.relay.example/?ref=x&id=7",
                "https://www.relay.example/?id=7",
            ),
            (
                "https://a.example/?q=%7E&c=a+b%20c",
                "https://a.example/?q=%7E&c=a+b%20c",
            ),
            ("https://a.example/a b #x", "https://a.example/a%20b%20"),
            ("http://[::1]:80/", "http://[::1]/"),
            ("mailto:a@a.example", "mailto:a@a.example"),
            ("http://./", "http://./"),
        ],
    )
    def test_is_the_plainest_url_of_a_page(self, url: str, plain: str) -> None:
        """What does not select the page is off; the rest stays byte for byte."""
        assert canonical(url, TRACKING) == plain

    @settings(deadline=None)
    @given(web_urls())
    def test_again_changes_nothing(self, url: str) -> None:
        """A canonical URL is its own canonical URL."""
        once = canonical(url, TRACKING)

        assert canonical(once, TRACKING) == once

    def test_is_shown_without_scheme(self) -> None:
        """People read a URL without scheme and final slash."""
        assert shown("https://a.example/x/") == "a.example/x"


class TestLiteralAddress:
    @pytest.mark.parametrize(
        ("name", "address"),
        [
            ("127.0.0.1", "127.0.0.1"),
            ("127.0.0.1.", "127.0.0.1"),
            ("127.1", "127.0.0.1"),
            ("127.0.1", "127.0.0.1"),
            ("2130706433", "127.0.0.1"),
            ("0x7f.1", "127.0.0.1"),
            ("0X7F000001", "127.0.0.1"),
            ("0177.0.0.01", "127.0.0.1"),
            ("017700000001", "127.0.0.1"),
            ("0x", "0.0.0.0"),  # noqa: S104  as browsers read it
            ("%31%32%37.0.0.1", "127.0.0.1"),
            ("127。0。0。1", "127.0.0.1"),
            ("①②⑦.0.0.1", "127.0.0.1"),
            ("[::1]", "::1"),
            ("::ffff:7f00:1", "::ffff:127.0.0.1"),
            ("fe80::1%25eth0", "fe80::1"),
        ],
    )
    def test_in_any_spelling(self, name: str, address: str) -> None:
        """Every spelling that some client takes for an address is one."""
        assert literal_address(name) == ip_address(address)

    @pytest.mark.parametrize(
        "name",
        [
            "a.example",
            "1.2.3.4.5",
            "256.1.1.1",
            "1..2",
            "09.1.1.1",
            "1.2.3.x",
            "",
            "-1",
        ],
    )
    def test_names_are_none(self, name: str) -> None:
        """What only looks like an address is a name."""
        assert literal_address(name) is None


class TestIsPublic:
    @pytest.mark.parametrize(
        "address",
        [
            "8.8.8.8",
            "93.184.216.34",
            "2606:2800:220:1::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ],
    )
    def test_holds_for_the_internet(self, address: str) -> None:
        """Addresses of the internet are public, carried ones too."""
        assert is_public(ip_address(address))

    @pytest.mark.parametrize(
        "address",
        [
            "0.0.0.0",  # noqa: S104
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.0.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.251",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::1",
            "2002:a00:1::1",
            "2001:0:7f00:1::80ff:fffe",
            "2001:db8::1",
            "fc00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ],
    )
    def test_holds_for_nothing_else(self, address: str) -> None:
        """Loopback, private, link-local, reserved, multicast: not even when carried."""
        assert not is_public(ip_address(address))


class TestPolicy:
    def test_refuses_in_words(self) -> None:
        """The reason is a phrase for people."""
        policy = Policy()

        assert policy.refusal("https://a.example/") is None
        assert policy.refusal("https://8.8.8.8/") is None
        assert policy.refusal("http://10.0.0.1/") == "10.0.0.1 is not a public address"
        assert policy.refusal("ftp://a.example/") == "ftp: is not http or https"
        assert policy.refusal("a") == "no web address"

    @pytest.mark.parametrize(
        "name",
        [
            "localhost",
            "LocalHost.",
            "a.b.localhost",
            "localhost.localdomain",
            "ip6-loopback",
            "metadata.google.internal",
            "instance-data",
        ],
    )
    def test_refuses_names_for_this_machine(self, name: str) -> None:
        """Names that mean this machine or its cloud are refused unresolved."""
        assert Policy().refusal(f"http://{name}/") is not None

    @pytest.mark.parametrize("name", ["notlocalhost", "localhost.example", "a.local"])
    def test_other_names_are_left_to_what_they_resolve_to(self, name: str) -> None:
        """A name that merely resembles them is judged by its address."""
        assert Policy().refusal(f"http://{name}/") is None

    @pytest.mark.parametrize(
        ("allowed", "url"),
        [
            ("127.0.0.0/8", "http://127.9.9.9/"),
            ("127.0.0.0/8", "http://0x7f.1/"),
            ("10.0.0.7", "http://10.0.0.7:81/"),
            ("10.0.0.7/8", "http://10.9.9.9/"),
            ("::1", "http://[::1]/"),
            ("[fd00::]/8", "http://[fd00::1]/"),
            ("LOCALHOST", "http://localhost:8080/"),
            ("nas.local.", "http://NAS.local/"),
        ],
    )
    def test_allows_what_the_user_named(self, allowed: str, url: str) -> None:
        """Names, addresses and networks of `allow_hosts` may be reached."""
        assert Policy.of([allowed]).refusal(url) is None

    def test_allows_nothing_beside_it(self) -> None:
        """What is allowed opens no other door."""
        policy = Policy.of(["10.0.0.7", "nas.local"])

        assert policy.refusal("http://10.0.0.8/")
        assert policy.refusal("http://localhost/")
        assert policy.refusal("http://[::ffff:10.0.0.7]/")
        assert policy.address_refusal("evil.example", ip_address("10.0.0.8"))

    def test_a_name_is_allowed_wherever_it_resolves(self) -> None:
        """A host allowed by name is not judged by its address."""
        policy = Policy.of(["nas.local"])

        assert policy.address_refusal("nas.local", ip_address("192.168.1.5")) is None
        assert policy.address_refusal("b.example", ip_address("192.168.1.5"))

    @pytest.mark.parametrize(
        "allowed", ["", "http://a.example", "a b", "a.example:80", "[::1]:80", "*.a"]
    )
    def test_what_is_no_host_is_told(self, allowed: str) -> None:
        """An entry that names no host, address or network is an error, by its text."""
        with pytest.raises(SettingsError, match="allow_hosts"):
            Policy.of([allowed])


class TestShown:
    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("https://apple.com/x/", "apple.com/x"),
            ("https://\u0430pple.com/x/", "\u0430pple.com (xn--pple-43d.com)/x"),
            (
                "https://\u0430\u0440\u0440\u04cf\u0435.com/",
                "\u0430\u0440\u0440\u04cf\u0435.com (xn--80ak6aa92e.com)",
            ),
            ("https://pay\u03c1al.com/", "pay\u03c1al.com (xn--payal-5ce.com)"),
            ("https://\u0410pple.com/x/", "\u0410pple.com (xn--pple-43d.com)/x"),
            ("https://xn--pple-43d.com/", "xn--pple-43d.com"),
            ("https://bücher.example/ä", "bücher.example/ä"),
            ("https://пример.рф/", "пример.рф"),
            ("https://例え.jp/テスト", "例え.jp/テスト"),
            ("https://απόδειξη.gr/", "απόδειξη.gr"),
            ("https://a.example/\u0430pple", "a.example/\u0430pple"),
        ],
        ids=[
            *("plain", "cyrillic a", "all cyrillic", "greek rho"),
            *("in capitals", "on the wire"),
            *("umlaut", "russian", "japanese", "greek", "path"),
        ],
    )
    def test_a_host_that_looks_like_another(self, url: str, told: str) -> None:
        """
        A name that mixes scripts, or is spelled to be taken for another, is shown with
        what goes over the wire; honest names are shown as they are.
        """
        assert shown(url) == told
