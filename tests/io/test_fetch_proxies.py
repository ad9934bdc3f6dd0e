"""Proxies: which one by the environment, and what still holds behind one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

from reader.errors import FetchError
from reader.fetch import Web
from reader.fetch.proxies import Proxies
from reader.model import Request
from reader.urls import Address, Policy
from tests.io.conftest import LOOPBACK, Asked, Serve, said
from tests.io.test_fetch_tls import server_side


class TestChoice:
    @pytest.mark.parametrize(
        ("environ", "url", "proxy"),
        [
            ({}, "http://a.example/", None),
            ({"HTTP_PROXY": "http://p:1"}, "http://a.example/", "http://p:1"),
            ({"HTTP_PROXY": "http://p:1"}, "https://a.example/", None),
            ({"https_proxy": "http://p:1"}, "https://a.example/", "http://p:1"),
            ({"ALL_PROXY": "p:1"}, "https://a.example/", "http://p:1"),
            (
                {"ALL_PROXY": "http://p:1", "HTTPS_PROXY": "http://q:2"},
                "https://a.example/",
                "http://q:2",
            ),
            (
                {"http_proxy": "http://p:1", "HTTP_PROXY": "http://q:2"},
                "http://a.example/",
                "http://p:1",
            ),
            (
                {"http_proxy": "", "HTTP_PROXY": "http://q:2"},
                "http://a.example/",
                None,
            ),
            (
                {"HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"},
                "http://a.example/",
                None,
            ),
        ],
        ids=[
            "none",
            "http",
            "http-only",
            "lower",
            "all",
            "own-first",
            "lower-first",
            "empty-is-none",
            "httpoxy",
        ],
    )
    def test_follows_the_environment(
        self, environ: dict[str, str], url: str, proxy: str | None
    ) -> None:
        """The scheme's own variable, else ALL_PROXY; lower case before upper."""
        assert Proxies.of(environ).of_url(url) == proxy

    @pytest.mark.parametrize(
        ("rule", "url", "straight"),
        [
            ("*", "http://a.example/", True),
            ("a.example", "http://a.example/", True),
            ("a.example", "http://www.A.example./", True),
            (".a.example", "http://www.a.example/", True),
            ("*.a.example", "http://www.a.example/", True),
            ("a.example", "http://aa.example/", False),
            ("a.example:8080", "http://a.example:8080/", True),
            ("a.example:8080", "http://a.example/", False),
            ("a.example:443", "https://a.example/", True),
            ("other, a.example", "http://a.example/", True),
            ("other a.example", "http://a.example/", True),
            ("10.0.0.0/8", "http://10.9.8.7/", True),
            ("10.0.0.0/8", "http://11.9.8.7/", False),
            ("10.9.8.7", "http://10.9.8.7:81/", True),
            ("10.9.8.7", "http://10.9.8.78/", False),
            ("::1", "http://[::1]:81/", True),
            ("[::1]:81", "http://[::1]:81/", True),
            ("[::1]:80", "http://[::1]:81/", False),
            ("fe80::/10", "http://[fe80::2]/", True),
            ("10.0.0.0/8", "http://[::1]/", False),
            ("", "http://a.example/", False),
            (",. ,", "http://a.example/", False),
        ],
    )
    def test_leaves_out_no_proxy(self, rule: str, url: str, straight: bool) -> None:
        """NO_PROXY holds names and what is below them, ports, addresses, networks."""
        proxies = Proxies.of({"ALL_PROXY": "http://p:1", "NO_PROXY": rule})

        assert (proxies.of_url(url) is None) is straight


async def nobody(name: str, port: int) -> tuple[Address, ...]:
    """A name server that must not be asked."""
    raise AssertionError(f"{name} was looked up")


def tunnel_to(url: str) -> Callable[[Asked, asyncio.StreamWriter], object]:
    """What a proxy does at CONNECT: it passes bytes between client and server."""
    host, _, port = url.rpartition("//")[2].rpartition(":")

    async def connect(asked: Asked, writer: asyncio.StreamWriter) -> None:
        inner, outer = await asyncio.open_connection(host, int(port))
        writer.write(b"HTTP/1.1 200 Go on\r\n\r\n")
        reader: asyncio.StreamReader = vars(writer)["_reader"]
        tasks = (_pass(reader, outer), _pass(inner, writer))
        await asyncio.gather(*tasks)

    return connect


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.mark.anyio
class TestBehindOne:
    async def test_http_asks_the_proxy_for_the_whole_url(self, serve: Serve) -> None:
        """Plain HTTP is asked for by absolute URL; no name is looked up by us."""
        proxy = await serve({"http://www.example/a": said(b"by proxy")})
        environ = {"HTTP_PROXY": proxy.url}
        async with Web(Policy(), environ=environ, look_up=nobody) as web:
            page = await web(Request("http://www.example/a?b=1"))

        assert page.body == b"by proxy"
        assert proxy.asked[0].target == "http://www.example/a?b=1"
        assert proxy.asked[0].headers["host"] == "www.example"

    async def test_https_goes_through_a_tunnel(
        self, serve: Serve, tmp_path: Path
    ) -> None:
        """HTTPS is tunnelled, and the certificate is the far server's."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        context = server_side(authority.issue_cert("www.example"))
        far = await serve({"/": said(b"safe and far")}, tls=context)
        proxy = await serve({"www.example:443": tunnel_to(far.url)})
        environ = {
            "HTTPS_PROXY": proxy.url,
            "SSL_CERT_FILE": str(tmp_path / "ca.pem"),
        }
        async with Web(Policy(), environ=environ, look_up=nobody) as web:
            page = await web(Request("https://www.example/"))

        assert page.body == b"safe and far"
        assert proxy.asked[0].method == "CONNECT"

    @pytest.mark.parametrize(
        ("status", "words"),
        [
            ("502 no such host", "the proxy made no connection: 502 no such host"),
            ("407 Proxy Authentication Required", "the proxy wants a login"),
        ],
        ids=["502", "407"],
    )
    async def test_a_refused_tunnel_is_told(
        self, serve: Serve, status: str, words: str
    ) -> None:
        """What the proxy says to CONNECT is the reason."""
        proxy = await serve({"nowhere.example:443": said(status=status)})
        environ = {"HTTPS_PROXY": proxy.url}
        async with Web(Policy(), environ=environ) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request("https://nowhere.example/"))

        assert (caught.value.kind, caught.value.reason) == ("connect", words)

    async def test_sends_the_login_of_its_url(self, serve: Serve) -> None:
        """Name and password in the proxy's URL are sent to the proxy, unescaped."""
        proxy = await serve({"http://www.example/": said()})
        login = proxy.url.replace("http://", "http://me:a%40b@")
        async with Web(Policy(), environ={"ALL_PROXY": login}) as web:
            await web(Request("http://www.example/"))

        assert proxy.asked[0].headers["proxy-authorization"] == "Basic bWU6YUBi"

    @pytest.mark.parametrize(
        "host",
        ["127.0.0.1", "2130706433", "127。0。0。1", "[::1]", "localhost", "ⓛocalhost"],
    )
    async def test_still_judges_what_a_url_spells(
        self, serve: Serve, host: str
    ) -> None:
        """Literal addresses and names for this machine are refused without asking."""
        proxy = await serve({})
        environ = {"ALL_PROXY": proxy.url}
        async with Web(Policy(), environ=environ) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(f"http://{host}/"))

        assert caught.value.kind == "refused"
        assert proxy.connections == 0

    async def test_no_proxy_goes_straight_and_is_judged(self, serve: Serve) -> None:
        """What NO_PROXY names is reached without the proxy, under the policy."""
        server = await serve({"/": said(b"straight")})
        proxy = await serve({})
        environ = {"HTTP_PROXY": proxy.url, "NO_PROXY": "127.0.0.1"}
        async with Web(LOOPBACK, environ=environ) as web:
            page = await web(Request(server.url + "/"))

        assert page.body == b"straight"
        assert proxy.connections == 0

    async def test_a_dead_proxy_is_told(self, serve: Serve) -> None:
        """Where the proxy is not there, it is the proxy that is named."""
        environ = {"ALL_PROXY": "http://me:secret@127.0.0.1:9"}
        async with Web(Policy(), environ=environ) as web:
            with pytest.raises(FetchError, match="the proxy is out of reach") as caught:
                await web(Request("http://www.example/"))

        assert caught.value.kind == "connect"
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize(
        ("proxy", "words"),
        [
            ("socks5://127.0.0.1:1", "socks5 proxies cannot be used"),
            ("http://", "cannot be used"),
            ("http://p:x", "the proxy's address is not a valid one"),
        ],
        ids=["socks", "no-host", "no-url"],
    )
    async def test_another_kind_is_told(self, proxy: str, words: str) -> None:
        """A proxy that we cannot use is a reason, not a way round it."""
        async with Web(Policy(), environ={"ALL_PROXY": proxy}) as web:
            with pytest.raises(FetchError, match=words):
                await web(Request("http://www.example/"))
