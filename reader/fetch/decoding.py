"""Content-Encoding undone piece by piece, so that no small answer becomes a big one.

Each decoder hands on pieces of bounded size as they come; whoever takes them may stop
the whole chain by raising. Nothing is kept here but the decoders' own windows.
"""

import zlib
from collections.abc import Callable
from typing import IO, Protocol, cast

PIECE = 64 * 1024
"""Bytes that a decoder makes before it hands them on."""
WINDOW = 8 * 1024 * 1024
"""The most memory that zstd may ask for (RFC 9659)."""
NESTED = 3
"""Encodings of one answer; more are nobody's but an attacker's."""

Sink = Callable[[bytes], object]


class DamagedError(Exception):
    """An answer is not in the encoding that it claims."""


class FullError(Exception):
    """An answer is bigger than its bound, decoded or on the way there."""


class Body:
    """The decoded bytes of an answer, as far as its bound; more raises FullError."""

    def __init__(self, bound: int) -> None:
        self._room = bound
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._pieces.append(piece[: self._room])
        if len(piece) > self._room:
            self._room = 0
            raise FullError
        self._room -= len(piece)

    def bytes(self) -> bytes:
        """Everything that was taken."""
        return b"".join(self._pieces)


class Decoder(Protocol):
    """Takes encoded bytes and hands decoded ones to its sink."""

    def write(self, data: bytes) -> None:
        """Take the next bytes."""

    def finish(self) -> None:
        """Hand on what is still held back."""


class _Gzip:
    """gzip, one member or several (RFC 1952, 2.2)."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._inner = self._fresh()
        self._members = 0
        self._over = False

    def _fresh(self) -> "zlib._Decompress":
        return zlib.decompressobj(zlib.MAX_WBITS | 16)

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        while data and not self._over:
            if self._inner.eof:
                self._members += 1
                self._inner = self._fresh()
            try:
                piece = self._inner.decompress(data, PIECE)
            except zlib.error as error:
                if not self._members:
                    raise DamagedError from error
                self._over = True  # padding after the last member
                return
            self._sink(piece)
            data = self._inner.unused_data or self._inner.unconsumed_tail

    def finish(self) -> None:
        """Hand on what is still held back."""
        self._sink(self._inner.flush())


class _Deflate:
    """deflate as it is met: with zlib's head (RFC 9110, 8.4.1.2) or without."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._head = b""
        self._inner: zlib._Decompress | None = None

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        if self._inner is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return
            whole = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inner = zlib.decompressobj(zlib.MAX_WBITS * (1 if whole else -1))
        try:
            while data:
                self._sink(self._inner.decompress(data, PIECE))
                data = self._inner.unconsumed_tail
        except zlib.error as error:
            raise DamagedError from error

    def finish(self) -> None:
        """Hand on what is still held back."""
        if self._inner:
            self._sink(self._inner.flush())


class _Brotli:
    """br (RFC 7932)."""

    def __init__(self, sink: Sink) -> None:
        import brotli

        self._error = brotli.error
        self._sink = sink
        self._inner = brotli.Decompressor()

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        while not self._inner.is_finished():
            try:
                piece = self._inner.process(data, output_buffer_limit=PIECE)
            except self._error as error:
                raise DamagedError from error
            self._sink(piece)
            data = b""
            # A full piece may have left more behind, even with all input taken.
            if self._inner.can_accept_more_data() and len(piece) < PIECE:
                return

    def finish(self) -> None:
        """Nothing is held back."""


class _Zstd:
    """zstd (RFC 8878), its window bounded."""

    def __init__(self, sink: Sink) -> None:
        import zstandard

        self._error = zstandard.ZstdError
        inner = zstandard.ZstdDecompressor(max_window_size=WINDOW)
        self._writer = inner.stream_writer(cast(IO[bytes], _File(sink)), PIECE)

    def write(self, data: bytes) -> None:
        """Take the next bytes."""
        try:
            self._writer.write(data)
        except self._error as error:
            raise DamagedError from error

    def finish(self) -> None:
        """Nothing is held back."""


class _File:
    """As much of a file as zstandard writes to."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        """Hand a piece on."""
        self._sink(bytes(data))
        return len(data)


_DECODERS: dict[str, Callable[[Sink], Decoder]] = {
    "br": _Brotli,
    "deflate": _Deflate,
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "zstd": _Zstd,
}

ACCEPTED = "gzip, deflate, br, zstd"
"""What we ask for, as the value of Accept-Encoding."""


def _counted(sink: Sink, bound: int) -> Sink:
    """A sink that takes so many bytes at most."""
    room = bound

    def write(data: bytes) -> None:
        nonlocal room
        room -= len(data)
        if room < 0:
            raise FullError
        sink(data)

    return write


class Decoding:
    """The decoders of one answer in a row, the outermost encoding first.

    `encodings` are the values of Content-Encoding; names that mean nothing to us are
    passed over, as browsers do ("identity", "none", "utf-8"). No stage makes more than
    `bound` bytes, so that an answer cannot keep us busy with what comes to nothing.
    """

    def __init__(self, encodings: tuple[str, ...], sink: Sink, bound: int) -> None:
        names = ",".join(encodings).lower().replace(" ", "").split(",")
        known = [_DECODERS[name] for name in names if name in _DECODERS]
        if len(known) > NESTED:
            raise DamagedError
        self._decoders: list[Decoder] = []
        self.write: Sink = sink
        for make in known:
            decoder = make(self.write)
            self._decoders.append(decoder)
            self.write = _counted(decoder.write, bound)

    def finish(self) -> None:
        """Hand on what is still held back, from the outermost inwards."""
        for decoder in reversed(self._decoders):
            decoder.finish()
