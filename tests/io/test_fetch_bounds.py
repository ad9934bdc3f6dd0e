"""How much of an answer is taken, and how long it may take, against real servers."""

import asyncio
import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from reader.errors import FetchError
from reader.fetch import Web
from reader.fetch.decoding import (
    PIECE,
    Body,
    DamagedError,
    Decoding,
    FullError,
)
from reader.model import Request
from tests.io.conftest import LOOPBACK, Asked, Serve, said

MIB = 1024 * 1024
TEXT = "Zwölf Boxkämpfer jagen Viktor. ".encode() * 4_000


def raw_deflate(data: bytes) -> bytes:
    """deflate without zlib's head, as some servers send it."""
    squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeeze.compress(data) + squeeze.flush()


def zstd_frames(data: bytes) -> bytes:
    """The two halves of data as a zstd frame each."""
    half = len(data) // 2
    squeeze = zstandard.ZstdCompressor().compress
    return squeeze(data[:half]) + squeeze(data[half:])


ENCODED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZIP", gzip.compress),
    "two-members": ("gzip", lambda d: gzip.compress(d[:99]) + gzip.compress(d[99:])),
    "padded-gzip": ("gzip", lambda d: gzip.compress(d) + b"\0" * 50),
    "deflate": ("deflate", zlib.compress),
    "raw-deflate": ("deflate", raw_deflate),
    "br": ("br", brotli.compress),
    "zstd": ("zstd", zstandard.compress),
    "zstd-frames": ("zstd", zstd_frames),
    "nested": ("gzip, br", lambda d: brotli.compress(gzip.compress(d))),
    "identity": ("identity", lambda d: d),
    "nonsense": ("utf-8", lambda d: d),
}


def decoded(name: str, data: bytes, step: int, bound: int = 100 * MIB) -> list[bytes]:
    """The pieces that come out when data goes in by steps."""
    pieces: list[bytes] = []
    decoding = Decoding((name,), pieces.append, bound)
    for start in range(0, len(data), step):
        decoding.write(data[start : start + step])
    decoding.finish()
    return pieces


class TestDecoding:
    @pytest.mark.parametrize("step", [1, 7, 100_000], ids=["bytes", "bits", "whole"])
    @pytest.mark.parametrize("case", ENCODED)
    def test_undoes_each_encoding(self, case: str, step: int) -> None:
        """Whatever the encoding, however it is cut on the way, the text comes out."""
        name, encode = ENCODED[case]
        text = TEXT[:2_000] if step == 1 else TEXT

        assert b"".join(decoded(name, encode(text), step)) == text

    @pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
    def test_a_bomb_comes_in_small_pieces(self, name: str) -> None:
        """From one piece of a bomb comes no piece much bigger than asked for."""
        bomb = ENCODED[name][1](bytes(12 * MIB))
        pieces = decoded(name, bomb, len(bomb))

        assert max(map(len, pieces)) <= 2 * PIECE
        assert sum(map(len, pieces)) == 12 * MIB

    @pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
    def test_a_full_body_stops_a_bomb(self, name: str) -> None:
        """Nothing is decoded beyond what the body has room for."""
        body = Body(MIB)
        decoding = Decoding((name,), body.write, 10 * MIB)
        with pytest.raises(FullError):
            decoding.write(ENCODED[name][1](bytes(12 * MIB)))

        assert len(body.bytes()) == MIB

    def test_a_bomb_inside_is_counted(self) -> None:
        """What decodes to nothing in the end is counted on the way there."""
        nothing = b"\x00\x00\x00\xff\xff" * MIB  # stored blocks of no bytes
        with pytest.raises(FullError):
            decoded("deflate, gzip", gzip.compress(nothing), PIECE, bound=MIB)

    def test_many_layers_are_refused(self) -> None:
        """Nobody needs four encodings in a row."""
        with pytest.raises(DamagedError):
            Decoding(("gzip, gzip", "gzip", "gzip"), print, MIB)

    def test_a_zstd_window_is_bounded(self) -> None:
        """A frame that asks for 128 MiB of memory does not get it."""
        wide = zstandard.ZstdCompressionParameters(window_log=27)
        frame = zstandard.ZstdCompressor(compression_params=wide).compressobj()
        data = frame.compress(TEXT) + frame.flush()
        with pytest.raises(DamagedError):
            decoded("zstd", data, len(data))

    @pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
    def test_damage_is_told(self, name: str) -> None:
        """Bytes that are not in the encoding are damage, not text."""
        with pytest.raises(DamagedError):
            decoded(name, b"<html>plain after all</html>" * 9, PIECE)

    def test_a_cut_stream_gives_what_came(self) -> None:
        """A gzip stream without its end gives its beginning, as in browsers."""
        cut = gzip.compress(TEXT)[:-8]

        assert b"".join(decoded("gzip", cut, PIECE)) == TEXT


@pytest.mark.anyio
class TestSize:
    @pytest.mark.parametrize("case", ENCODED)
    async def test_decodes_what_came(self, serve: Serve, web: Web, case: str) -> None:
        """Every encoding that we accept is undone on the way in."""
        name, encode = ENCODED[case]
        header = (f"Content-Encoding: {name}",)
        server = await serve({"/": said(encode(TEXT), headers=header)})
        page = await web(Request(server.url + "/"))

        assert page.body == TEXT
        assert page.header("content-encoding") == name

    async def test_a_page_is_cut(self, serve: Serve, web: Web) -> None:
        """A page ends at 2 MiB, and says that it was cut."""
        server = await serve({"/": said(b"x" * (2 * MIB + 1))})
        page = await web(Request(server.url + "/"))

        assert (len(page.body), page.truncated) == (2 * MIB, True)

    async def test_a_page_that_just_fits_is_whole(self, serve: Serve, web: Web) -> None:
        """2 MiB are not yet too much."""
        server = await serve({"/": said(b"x" * (2 * MIB))})
        page = await web(Request(server.url + "/"))

        assert (len(page.body), page.truncated) == (2 * MIB, False)

    @pytest.mark.parametrize("purpose", ["feed", "sync"])
    async def test_a_feed_is_refused(
        self, serve: Serve, web: Web, purpose: str
    ) -> None:
        """A feed or a sync answer over 10 MiB is refused whole."""
        server = await serve({"/": said(b"x" * (10 * MIB + 1))})
        with pytest.raises(FetchError, match="bigger than 10 MiB") as caught:
            await web(Request(server.url + "/", purpose=purpose))  # type: ignore[arg-type]

        assert caught.value.kind == "too-large"

    @pytest.mark.parametrize("case", ["gzip", "deflate", "br", "zstd", "nested"])
    async def test_a_bomb_is_counted_decoded(
        self, serve: Serve, web: Web, case: str
    ) -> None:
        """What counts is the size after decoding, not what came over the wire."""
        name, encode = ENCODED[case]
        bomb = encode(bytes(16 * MIB))
        header = (f"Content-Encoding: {name}",)
        server = await serve({"/": said(bomb, headers=header)})
        with pytest.raises(FetchError) as caught:
            await web(Request(server.url + "/", purpose="feed"))
        page = await web(Request(server.url + "/"))

        assert len(bomb) < MIB
        assert caught.value.kind == "too-large"
        assert (len(page.body), page.truncated) == (2 * MIB, True)

    async def test_damage_is_trouble(self, serve: Serve, web: Web) -> None:
        """An answer that is not in the encoding it claims is a FetchError."""
        header = ("Content-Encoding: gzip",)
        server = await serve({"/": said(b"<p>plain</p>", headers=header)})
        with pytest.raises(FetchError, match="damaged") as caught:
            await web(Request(server.url + "/"))

        assert caught.value.kind == "protocol"

    async def test_an_endless_head_is_trouble(self, serve: Serve, web: Web) -> None:
        """Headers without end are given up."""
        head = b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000
        server = await serve({"/": head})
        with pytest.raises(FetchError, match="the head of the answer is too long"):
            await web(Request(server.url + "/"))


@pytest.mark.anyio
class TestTime:
    async def test_silence_is_given_up(self, serve: Serve, web: Web) -> None:
        """A server that says nothing gets no more than the request's time."""

        async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(20)

        server = await serve({"/": silent})
        with pytest.raises(FetchError, match=r"no answer within 0\.1 s") as caught:
            await web(Request(server.url + "/", timeout=0.1))

        assert caught.value.kind == "timeout"

    async def test_a_drip_is_given_up(self, serve: Serve, web: Web) -> None:
        """A byte now and then does not keep us: the deadline is for the whole."""

        async def drip(asked: Asked, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                writer.write(b".")
                await writer.drain()
                await asyncio.sleep(0.02)

        server = await serve({"/": drip})
        with pytest.raises(FetchError, match="only part of the answer") as caught:
            await web(Request(server.url + "/", timeout=0.3))

        assert caught.value.kind == "timeout"

    async def test_the_least_time_counts(self, serve: Serve) -> None:
        """The client's own time-out bounds what a request asks for."""

        async def silent(asked: Asked, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(20)

        server = await serve({"/": silent})
        async with Web(LOOPBACK, environ={}, timeout=0.1) as web:
            with pytest.raises(FetchError, match=r"within 0\.1 s"):
                await web(Request(server.url + "/", timeout=30))


@pytest.mark.anyio
class TestBrokenServer:
    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            (b"", "the server hung up without an answer"),
            (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "the answer is not proper HTTP"),
            (
                b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort",
                "the answer broke off in the middle",
            ),
            (
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "the answer broke off in the middle",
            ),
        ],
        ids=["empty", "ssh", "short", "chunk"],
    )
    async def test_is_trouble_in_words(
        self, serve: Serve, web: Web, answer: bytes, reason: str
    ) -> None:
        """What is no whole HTTP answer is told plainly."""

        async def hang_up(asked: Asked, writer: asyncio.StreamWriter) -> None:
            writer.write(answer)
            writer.close()

        server = await serve({"/": hang_up})
        with pytest.raises(FetchError) as caught:
            await web(Request(server.url + "/"))

        assert (caught.value.kind, caught.value.reason) == ("protocol", reason)

    async def test_an_answer_until_the_end_is_whole(
        self, serve: Serve, web: Web
    ) -> None:
        """An answer without a length ends where the connection does."""

        async def old(asked: Asked, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.0 200 OK\r\n\r\nall of it")
            writer.close()

        server = await serve({"/": old})

        assert (await web(Request(server.url + "/"))).body == b"all of it"
