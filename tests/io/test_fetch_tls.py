"""Certificates: whom we trust, and what is said about those we do not."""

import asyncio
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import trustme

from reader.errors import FetchError
from reader.fetch import Web, tls
from reader.model import Request
from reader.urls import Policy
from tests.io.conftest import LOOPBACK, Serve, names, said

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """Somebody who vouches for servers."""
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> Mapping[str, str]:
    """An environment that trusts the authority."""
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return {"SSL_CERT_FILE": str(file)}


def server_side(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """The context of a server that shows this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


class TestTrusted:
    async def test_a_named_file_is_trusted(
        self, serve: Serve, authority: trustme.CA, trusted: Mapping[str, str]
    ) -> None:
        """With SSL_CERT_FILE a server it vouches for is reached."""
        context = server_side(authority.issue_cert("127.0.0.1"))
        server = await serve({"/": said(b"safe")}, tls=context)
        async with Web(LOOPBACK, environ=trusted) as web:
            page = await web(Request(server.url + "/"))

        assert page.body == b"safe"

    async def test_the_name_is_checked_not_the_address(
        self, serve: Serve, authority: trustme.CA, trusted: Mapping[str, str]
    ) -> None:
        """Although we connect to an address, the certificate must be the name's."""
        context = server_side(authority.issue_cert("www.example"))
        server = await serve({"/": said(b"safe")}, tls=context)
        port = server.url.rpartition(":")[2]
        here = names(www_example="127.0.0.1")
        async with Web(LOOPBACK, environ=trusted, look_up=here) as web:
            page = await web(Request(f"https://www.example:{port}/"))

        assert page.body == b"safe"

    async def test_one_context_serves_all_hosts(
        self,
        serve: Serve,
        authority: trustme.CA,
        trusted: Mapping[str, str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Certificates are read once, even when two hosts are met at once."""
        made = []
        make = tls.context

        def counted(environ: Mapping[str, str]) -> ssl.SSLContext:
            made.append(environ)
            return make(environ)

        monkeypatch.setattr(tls, "context", counted)
        context = server_side(authority.issue_cert("127.0.0.1", "127.0.0.2"))
        one = await serve({"/": said()}, tls=context)
        other = await serve({"/": said()}, host="127.0.0.2", tls=context)
        async with Web(LOOPBACK, environ=trusted) as web:
            urls = (one.url + "/", other.url + "/", one.url + "/")
            await asyncio.gather(*(web(Request(url, urgent=True)) for url in urls))

        assert len(made) == 1


class TestUntrusted:
    async def told(
        self, serve: Serve, certificate: trustme.LeafCert, environ: Mapping[str, str]
    ) -> str:
        """What is said about a server with this certificate."""
        server = await serve({"/": said()}, tls=server_side(certificate))
        async with Web(LOOPBACK, environ=environ) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(server.url + "/"))

        assert caught.value.kind == "tls"
        return caught.value.reason

    async def test_a_stranger(self, serve: Serve, authority: trustme.CA) -> None:
        """A certificate by somebody unknown is not trusted."""
        reason = await self.told(serve, authority.issue_cert("127.0.0.1"), {})

        assert reason.startswith("the certificate is not trusted: who issued it is not")

    async def test_another_address(
        self, serve: Serve, authority: trustme.CA, trusted: Mapping[str, str]
    ) -> None:
        """A certificate for another host is not trusted."""
        reason = await self.told(serve, authority.issue_cert("127.0.0.9"), trusted)

        assert reason == "the certificate is not trusted: it is for another address"

    async def test_an_expired_one(
        self, serve: Serve, authority: trustme.CA, trusted: Mapping[str, str]
    ) -> None:
        """A certificate of the past is not trusted."""
        past = datetime.now() - timedelta(days=2)  # noqa: DTZ005  trustme wants it naive
        old = authority.issue_cert("127.0.0.1", not_after=past)
        reason = await self.told(serve, old, trusted)

        assert reason == "the certificate is not trusted: it has expired"


class TestTrouble:
    async def test_no_tls_there(self, trusted: Mapping[str, str]) -> None:
        """A server that does not speak TLS is told apart from an untrusted one."""

        async def plain(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await reader.read(10)
            writer.write(b"HTTP/1.1 400 Speak plainly\r\n\r\n")
            await reader.read()
            writer.close()

        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Web(LOOPBACK, environ=trusted) as web:
            with pytest.raises(FetchError, match="no secure connection") as caught:
                await web(Request(f"https://127.0.0.1:{port}/"))

        assert caught.value.kind == "tls"

    async def test_silence_in_the_handshake(self, trusted: Mapping[str, str]) -> None:
        """A deadline in the middle of the handshake leaves no connection open."""
        closed = asyncio.Event()

        async def mute(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            while await reader.read(1_000):
                pass
            writer.close()
            closed.set()

        server = await asyncio.start_server(mute, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Web(LOOPBACK, environ=trusted) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(f"https://127.0.0.1:{port}/", timeout=0.2))
            await asyncio.wait_for(closed.wait(), 5)

        assert caught.value.kind == "timeout"

    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
    async def test_what_cannot_be_read_is_named(
        self, serve: Serve, tmp_path: Path, name: str
    ) -> None:
        """A certificate file that is none is told by its variable and path."""
        file = tmp_path / "none.pem"
        if name == "SSL_CERT_DIR":
            file.write_text("not a certificate")
        environ = {"SSL_CERT_FILE": str(file), name: str(file)}
        async with Web(Policy(), environ=environ) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request("https://www.example/"))

        assert caught.value.kind == "tls"
        assert f"SSL_CERT_FILE={file}" in caught.value.reason

    async def test_a_server_that_hangs_up(self, trusted: Mapping[str, str]) -> None:
        """A connection closed within the handshake is trouble in words."""

        async def rude(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await reader.read(10)
            writer.close()

        server = await asyncio.start_server(rude, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Web(LOOPBACK, environ=trusted) as web:
            with pytest.raises(FetchError) as caught:
                await web(Request(f"https://127.0.0.1:{port}/"))

        assert caught.value.kind in ("tls", "connect")
