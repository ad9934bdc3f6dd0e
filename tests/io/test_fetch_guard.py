"""Whom we do not knock at: addresses, names, and names that change their answer."""

import asyncio
import socket
from ipaddress import ip_address

import pytest

from reader.errors import FetchError
from reader.fetch import Web
from reader.fetch.names import look_up
from reader.model import Request
from reader.urls import Address, Policy
from tests.io.conftest import LOOPBACK, Serve, names, said

pytestmark = pytest.mark.anyio


class Changing:
    """A name server that gives another answer each time it is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    async def __call__(self, name: str, port: int) -> tuple[Address, ...]:
        """The next answer."""
        return (ip_address(self.answers.pop(0)),)


class TestRefusal:
    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.0.0.1.",
            "127。0。0。1",
            "１２７.０.０.１",
            "%31%32%37.0.0.1",
            "0.0.0.0",  # noqa: S104  an address not to be reached
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::1]",
            "[::]",
            "[fe80::1]",
            "[fc00::1]",
            "[::ffff:127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:0:0:0:0:80ff:fffe]",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "metadata.google.internal",
        ],
    )
    @pytest.mark.parametrize("port", ["", ":8080"])
    async def test_covers_every_spelling(self, web: Web, host: str, port: str) -> None:
        """No spelling of an address that is not public is connected to."""
        async with Web(Policy(), environ={}, look_up=names()) as strict:
            with pytest.raises(FetchError) as caught:
                await strict(Request(f"http://user@{host}{port}/"))

        assert caught.value.kind == "refused"

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "a", ""])
    async def test_covers_other_schemes(self, web: Web, url: str) -> None:
        """Only http and https go out."""
        with pytest.raises(FetchError) as caught:
            await web(Request(url))

        assert caught.value.kind == "refused"

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.0.0.1", "::1", "::ffff:10.0.0.1", "169.254.169.254"],
    )
    async def test_covers_names(self, address: str) -> None:
        """A name that resolves to such an address is refused, whatever it is called."""
        at_home = names(www_example=address)
        async with Web(Policy(), environ={}, look_up=at_home) as web:
            with pytest.raises(FetchError, match="is not a public address") as caught:
                await web(Request("http://www.example/"))

        assert caught.value.kind == "refused"

    async def test_before_anything_is_loaded(self) -> None:
        """What may not be asked costs nothing: no client is made for it."""
        async with Web(Policy(), environ={}) as web:
            with pytest.raises(FetchError):
                await web(Request("http://10.0.0.1/"))

            assert web._clients is None

    @pytest.mark.parametrize("host", ["ⓛocalhost", "mｅtadata.google.internal"])
    async def test_asks_of_what_goes_over_the_wire(self, host: str) -> None:
        """Letters that the wire takes for others spell no name of this machine."""
        async with Web(Policy(), environ={}, look_up=names()) as web:
            with pytest.raises(FetchError, match="a name for this machine"):
                await web(Request(f"http://{host}/"))

    async def test_a_redirect_there_is_only_a_page(
        self, serve: Serve, web: Web
    ) -> None:
        """A redirect to a private address comes back, and is not followed."""
        moved = said(status="302 Found", headers=("Location: http://10.0.0.1/",))
        server = await serve({"/": moved})
        page = await web(Request(server.url + "/"))

        assert page.header("location") == "http://10.0.0.1/"


class TestRebinding:
    async def test_has_no_gap(self, serve: Serve) -> None:
        """The address that was judged is the one connected to: no second look-up."""
        good = await serve({"/": said(b"good")}, host="127.0.0.2")
        port = int(good.url.rpartition(":")[2])
        bad = await serve({"/": said(b"bad")}, host="127.0.0.1", port=port)
        changing = Changing("127.0.0.2", "127.0.0.1")
        only = Policy.of(["127.0.0.2"])
        async with Web(only, environ={}, look_up=changing) as web:
            page = await web(Request(f"http://www.example:{port}/"))

        assert page.body == b"good"
        assert changing.answers == ["127.0.0.1"]
        assert bad.connections == 0

    async def test_the_next_answer_is_judged_again(self, serve: Serve) -> None:
        """A name that was fine before is refused once it resolves elsewhere."""

        server = await serve(
            {"/": said(b"good", headers=("Connection: close",))}, host="127.0.0.2"
        )
        port = server.url.rpartition(":")[2]
        changing = Changing("127.0.0.2", "127.0.0.1")
        only = Policy.of(["127.0.0.2"])
        async with Web(only, environ={}, spacing=0, look_up=changing) as web:
            await web(Request(f"http://www.example:{port}/"))
            with pytest.raises(FetchError) as caught:
                await web(Request(f"http://www.example:{port}/"))

        assert caught.value.kind == "refused"

    async def test_every_address_is_judged(self, serve: Serve) -> None:
        """Of several addresses only those that may be reached are tried."""
        good = await serve({"/": said(b"good")}, host="127.0.0.2")
        port = int(good.url.rpartition(":")[2])
        bad = await serve({"/": said(b"bad")}, host="127.0.0.1", port=port)
        mixed = names(www_example="127.0.0.1 127.0.0.2")
        only = Policy.of(["127.0.0.2"])
        async with Web(only, environ={}, look_up=mixed) as web:
            page = await web(Request(f"http://www.example:{port}/"))

        assert page.body == b"good"
        assert bad.connections == 0


class TestAllowed:
    async def test_a_network(self, serve: Serve, web: Web) -> None:
        """An allowed network is reached by address."""
        server = await serve({"/": said(b"here")})

        assert (await web(Request(server.url + "/"))).body == b"here"

    async def test_a_name_wherever_it_resolves(self, serve: Serve) -> None:
        """A host allowed by name is reached although its address is not public."""
        server = await serve({"/": said(b"here")})
        port = server.url.rpartition(":")[2]
        at_home = names(nas_local="127.0.0.1")
        async with Web(Policy.of(["nas.local"]), environ={}, look_up=at_home) as web:
            page = await web(Request(f"http://NAS.local:{port}/"))
            with pytest.raises(FetchError):
                await web(Request(server.url + "/"))

        assert page.body == b"here"


class TestNames:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            (socket.EAI_NONAME, "the name nowhere.example is not known"),
            (socket.EAI_AGAIN, "the name nowhere.example could not be looked up"),
        ],
        ids=["unknown", "no-server"],
    )
    async def test_trouble_is_told(self, code: int, words: str) -> None:
        """A look-up that fails is of kind dns, and names the name."""

        async def fails(name: str, port: int) -> tuple[Address, ...]:
            raise socket.gaierror(code, "as the library says")

        async with Web(Policy(), environ={}, look_up=fails) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request("https://nowhere.example/feed"))

        assert (caught.value.kind, caught.value.reason) == ("dns", words)
        assert caught.value.subject == "https://nowhere.example/feed"

    async def test_no_address_is_told(self) -> None:
        """A name without an address is of kind dns as well."""
        async with Web(Policy(), environ={}, look_up=names(a_example="")) as web:
            with pytest.raises(FetchError, match="has no address") as caught:
                await web(Request("http://a.example/"))

        assert caught.value.kind == "dns"

    async def test_what_can_be_no_name_is_told(self) -> None:
        """A label over 63 characters is trouble with the name, not a bug."""
        async with Web(Policy(), environ={}) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(f"http://{'a' * 64}.example/"))

        assert caught.value.kind == "dns"

    async def test_the_systems_look_up_gives_addresses(self) -> None:
        """Addresses come once each, as values."""
        assert await look_up("127.0.0.1", 80) == (ip_address("127.0.0.1"),)

    async def test_the_systems_look_up_fails_as_the_system_does(self) -> None:
        """What the C library cannot look up is raised where it was asked for."""
        with pytest.raises(UnicodeError):
            await look_up("a" * 64, 80)

    async def test_a_cut_off_look_up_leaves_nothing(self) -> None:
        """A look-up outlives its deadline without harm, and the deadline holds."""

        async def never(name: str, port: int) -> tuple[Address, ...]:
            await asyncio.sleep(20)
            return ()

        async with Web(Policy(), environ={}, look_up=never) as web:
            with pytest.raises(FetchError, match=r"no answer within 0\.1 s"):
                await web(Request("http://a.example/", timeout=0.1))


class TestConnecting:
    async def test_the_next_address_is_tried(self, serve: Serve) -> None:
        """Where the first address refuses, the second is connected to."""
        server = await serve({"/": said(b"here")}, host="127.0.0.3")
        port = server.url.rpartition(":")[2]
        both = names(www_example="127.0.0.2 127.0.0.3")
        async with Web(LOOPBACK, environ={}, look_up=both) as web:
            page = await web(Request(f"http://www.example:{port}/"))

        assert page.body == b"here"

    async def test_nobody_there_is_told(self, serve: Serve) -> None:
        """Where all refuse, the connection was refused."""
        server = await serve({}, host="127.0.0.3")
        port = server.url.rpartition(":")[2]
        both = names(www_example="127.0.0.1 127.0.0.2")
        async with Web(LOOPBACK, environ={}, look_up=both) as web:
            with pytest.raises(FetchError, match="connection was refused") as caught:
                await web(Request(f"http://www.example:{port}/"))

        assert caught.value.kind == "connect"
