"""What goes over the wire and what comes back, with httpx's transport played."""

import ssl
import subprocess
import sys
from collections.abc import AsyncIterator
from functools import partial

import httpcore
import httpx
import pytest
import respx

from reader.errors import FetchError, FetchKind
from reader.fetch import Web
from reader.fetch.trouble import trouble
from reader.model import Page, Request, Validators
from reader.urls import Policy

URL = "https://relay.example/story"

pytestmark = pytest.mark.anyio


@pytest.fixture
async def web(anyio_backend: str) -> AsyncIterator[Web]:
    """The client for public hosts, without spacing."""
    async with Web(Policy(), environ={}, spacing=0) as opened:
        yield opened


class TestRequest:
    async def test_says_who_we_are(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """The User-Agent names the program, its version and a contact."""
        route = respx_mock.get(URL).respond()
        await web(Request(URL))
        agent = route.calls.last.request.headers["user-agent"]

        assert agent.startswith("Firsthand/")
        assert "+https://firsthand.example/; terminal news reader" in agent

    @pytest.mark.parametrize(
        ("purpose", "first"),
        [("feed", "application/atom+xml"), ("page", "text/html"), ("sync", "*/*")],
    )
    async def test_accepts_what_it_is_for(
        self, web: Web, respx_mock: respx.MockRouter, purpose: str, first: str
    ) -> None:
        """Accept asks for feeds first, for pages first, or for anything."""
        route = respx_mock.get(URL).respond()
        await web(Request(URL, purpose=purpose))  # type: ignore[arg-type]
        headers = route.calls.last.request.headers

        assert headers["accept"].startswith(first)
        assert headers["accept-encoding"] == "gzip, deflate, br, zstd"

    async def test_sends_validators_back_as_given(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """Weak, oddly quoted and oddly dated validators go back byte for byte."""
        route = respx_mock.get(URL).respond(304)
        given = Validators('W/"a b"', "Tuesday, 3-Mar-26 10:00:00 GMT")
        page = await web(Request(URL, validators=given))
        headers = route.calls.last.request.headers

        assert page.status == 304
        assert headers["if-none-match"] == 'W/"a b"'
        assert headers["if-modified-since"] == "Tuesday, 3-Mar-26 10:00:00 GMT"

    async def test_own_headers_win(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """A header of the request replaces ours; beyond ASCII it goes as UTF-8."""
        route = respx_mock.get(URL).respond()
        own = (("accept", "text/plain"), ("Cookie", "a=ü"))
        await web(Request(URL, headers=own))
        raw = route.calls.last.request.headers.raw

        assert [value for name, value in raw if name.lower() == b"accept"] == [
            b"text/plain"
        ]
        assert (b"Cookie", "a=ü".encode()) in raw

    async def test_posts_a_body(self, web: Web, respx_mock: respx.MockRouter) -> None:
        """POST carries its body and the type given for it."""
        route = respx_mock.post(URL).respond()
        form = (("Content-Type", "application/x-www-form-urlencoded"),)
        request = Request(URL, "POST", form, b"a=1", purpose="sync")
        await web(request)

        assert route.calls.last.request.content == b"a=1"
        assert route.calls.last.request.headers["content-type"] == form[0][1]

    @pytest.mark.parametrize(
        ("url", "host", "path"),
        [
            ("https://Relay.example:443/a b?q=ü#x", "relay.example", "/a%20b?q=%C3%BC"),
            ("https://bücher.example/", "xn--bcher-kva.example", "/"),
            ("https://✪df.example/", "xn--df-oiy.example", "/"),
            ("https://xn--df-oiy.example/%zz", "xn--df-oiy.example", "/%zz"),
            (" https://relay.example/a\n", "relay.example", "/a"),
        ],
        ids=["plain", "idna", "emoji", "emoji-ascii", "space-around"],
    )
    async def test_writes_urls_as_the_wire_wants_them(
        self, web: Web, respx_mock: respx.MockRouter, url: str, host: str, path: str
    ) -> None:
        """Names go in ASCII, paths escaped; the page keeps the URL it was asked by."""
        route = respx_mock.route().respond()
        page = await web(Request(url))
        sent = route.calls.last.request

        assert sent.headers["host"] == host
        assert sent.url.raw_path.decode() == path
        assert page.url == url


class TestPage:
    async def test_is_what_came(self, web: Web, respx_mock: respx.MockRouter) -> None:
        """Status, every header in order with a lower case name, and the body."""
        headers = [(b"Set-Cookie", b"a=1"), (b"X", b"\xe9"), (b"Set-Cookie", b"b=2")]
        respx_mock.get(URL).mock(httpx.Response(404, headers=headers, content=b"gone"))
        page = await web(Request(URL))

        assert (page.url, page.status, page.body) == (URL, 404, b"gone")
        assert page.header_all("set-cookie") == ("a=1", "b=2")
        assert page.header("x") == "é"
        assert not page.truncated

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_a_redirect_is_a_page(
        self, web: Web, respx_mock: respx.MockRouter, status: int
    ) -> None:
        """A redirect comes back as the page it is; nothing else is asked for."""
        respx_mock.get(URL).respond(status, headers={"location": "/elsewhere"})
        page = await web(Request(URL))

        assert (page.status, page.header("location")) == (status, "/elsewhere")
        assert len(respx_mock.calls) == 1

    async def test_bytes_are_left_alone(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """No charset is read and no byte changed, whatever the header claims."""
        body = bytes(range(256))
        headers = {"content-type": "text/html; charset=shift_jis"}
        respx_mock.get(URL).respond(headers=headers, content=body)

        assert (await web(Request(URL))).body == body

    async def test_keeps_no_cookies(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """A cookie that was set is not sent with the next request."""
        route = respx_mock.get(URL).respond(headers={"set-cookie": "id=7; Path=/"})
        await web(Request(URL))
        await web(Request(URL))

        assert "cookie" not in route.calls.last.request.headers


def unverified(code: int) -> ssl.SSLCertVerificationError:
    """What Python's ssl raises for a certificate."""
    error = ssl.SSLCertVerificationError("verify failed")
    error.verify_code = code
    error.verify_message = "as OpenSSL says"
    return error


FAILURES: dict[str, tuple[Exception, FetchKind, str]] = {
    "ConnectError": (httpx.ConnectError("x"), "connect", "no connection"),
    "ConnectTimeout": (httpx.ConnectTimeout("x"), "timeout", "no answer in time"),
    "ReadTimeout": (httpx.ReadTimeout("x"), "timeout", "no answer in time"),
    "WriteTimeout": (httpx.WriteTimeout("x"), "timeout", "no answer in time"),
    "PoolTimeout": (httpx.PoolTimeout("x"), "timeout", "no answer in time"),
    "ReadError": (httpx.ReadError("x"), "connect", "cut off"),
    "WriteError": (httpx.WriteError("x"), "connect", "cut off"),
    "CloseError": (httpx.CloseError("x"), "connect", "cut off"),
    "ProxyError": (httpx.ProxyError("502 no"), "connect", "the proxy made no conn"),
    "ProxyLogin": (httpx.ProxyError("407 no"), "connect", "the proxy wants a login"),
    "UnsupportedProtocol": (httpx.UnsupportedProtocol("x"), "protocol", "neither"),
    "RemoteProtocolError": (
        httpx.RemoteProtocolError("x"),
        "protocol",
        "not proper HTTP",
    ),
    "LocalProtocolError": (httpx.LocalProtocolError("x"), "protocol", "not proper"),
    "DecodingError": (httpx.DecodingError("x"), "protocol", "damaged"),
    "TooManyRedirects": (httpx.TooManyRedirects("x"), "protocol", "not proper HTTP"),
    "InvalidURL": (httpx.InvalidURL("x"), "protocol", "not a valid one"),
    "StreamClosed": (httpx.StreamClosed(), "protocol", "not proper HTTP"),
    "httpcore.ReadError": (httpcore.ReadError("x"), "connect", "cut off"),
    "httpcore.ConnectTimeout": (httpcore.ConnectTimeout("x"), "timeout", "in time"),
    "OSError": (OSError(5, "x"), "connect", "no connection could be made"),
    "refused": (ConnectionRefusedError(111, "x"), "connect", "was refused"),
    "reset": (ConnectionResetError(104, "x"), "connect", "cut off"),
    "UnicodeError": (UnicodeError("x"), "protocol", "not a valid one"),
    "SSLError": (ssl.SSLError(1, "x"), "tls", "no secure connection"),
    "expired": (unverified(10), "tls", "not trusted: it has expired"),
    "self-signed": (unverified(18), "tls", "not trusted: it vouches for itself"),
    "other-name": (unverified(62), "tls", "not trusted: it is for another name"),
    "other-code": (unverified(99), "tls", "not trusted: as OpenSSL says"),
}


class TestFailure:
    @pytest.mark.parametrize("name", FAILURES)
    async def test_becomes_ours(
        self, web: Web, respx_mock: respx.MockRouter, name: str
    ) -> None:
        """Each failure is a FetchError of its kind, about the URL, in words."""
        failure, kind, words = FAILURES[name]
        respx_mock.get(URL).mock(side_effect=failure)
        with pytest.raises(FetchError) as caught:
            await web(Request(URL))

        assert caught.value.kind == kind
        assert caught.value.subject == URL
        assert words in caught.value.reason

    async def test_says_how_long_it_took(self, respx_mock: respx.MockRouter) -> None:
        """A failure knows the time of its request, as a page does."""
        times = iter(range(100))
        respx_mock.get(URL).mock(side_effect=httpx.ReadTimeout("x"))
        clock = partial(next, times)
        async with Web(Policy(), environ={}, spacing=0, clock=clock) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(URL))

        assert caught.value.elapsed > 0

    def test_a_cause_says_more(self) -> None:
        """What lies below httpx's exception decides: refused, not just failed."""
        error = httpx.ConnectError("All connection attempts failed")
        error.__cause__ = ExceptionGroup("all", [ConnectionRefusedError(111, "no")])

        assert trouble(URL, error).reason == "the connection was refused"

    def test_causes_in_a_circle_end(self) -> None:
        """Exceptions that name each other as their cause are each looked at once."""
        one, other = httpx.ConnectError("one"), OSError("other")
        one.__cause__, other.__cause__ = other, one

        assert trouble(URL, one).kind == "connect"

    async def test_a_bug_stays_a_bug(
        self, web: Web, respx_mock: respx.MockRouter
    ) -> None:
        """What nobody foresaw is not dressed up as trouble on the network."""
        respx_mock.get(URL).mock(side_effect=ZeroDivisionError)
        with pytest.raises(ZeroDivisionError):
            await web(Request(URL))


class TestStart:
    def test_imports_no_http_library(self) -> None:
        """A Web is made, and what is stored can be read, before httpx is imported."""
        code = (
            "import sys; from reader.fetch import Web; from reader.urls import Policy;"
            "Web(Policy(), environ={});"
            "print([m for m in ('httpx', 'httpcore', 'anyio', 'ssl') "
            "if m in sys.modules and m != 'ssl'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "[]"

    def test_imports_no_command_line(self) -> None:
        """httpx comes without the command line that it brings along."""
        code = (
            "import sys, reader.fetch.client;"
            "print([m for m in ('click', 'rich', 'pygments') if m in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )

        assert done.stdout.strip() == "[]"

    async def test_is_a_fetch(self, web: Web, respx_mock: respx.MockRouter) -> None:
        """It can be handed to whoever wants a `Fetch`."""
        from reader.model import Fetch

        fetch: Fetch = web
        respx_mock.get(URL).respond()

        assert isinstance(await fetch(Request(URL)), Page)
