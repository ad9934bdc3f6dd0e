"""One request and its answer: read, decoded, counted; a whole page or trouble.

Opens no connection and waits in no queue.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from time import perf_counter
from typing import cast

import httpx

from reader.errors import FetchError
from reader.fetch.client import Client
from reader.fetch.decoding import Body, Decoding, FullError
from reader.fetch.headers import headers_of
from reader.model import Page, Purpose, Request

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bound:
    """The most bytes of a body; a longer one is `cut`, or else refused."""

    size: int
    cut: bool = False


BOUNDS: dict[Purpose, Bound] = {
    "feed": Bound(10 * MIB),
    "sync": Bound(10 * MIB),
    "page": Bound(2 * MIB, cut=True),
}


def _raw(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    # It is a generator, and wants closing, whatever its annotation says.
    return cast("AsyncGenerator[bytes, None]", response.aiter_raw())


class Exchange:
    """One request on its way: what came of it so far."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._begun = False
        self.bound = BOUNDS[request.purpose]

    async def page(self, client: Client, url: httpx.URL) -> Page:
        """The whole page; FullError when it is too big and may not be cut."""
        started = perf_counter()
        body = Body(self.bound.size)
        async with client.answer(self._request, url) as response:
            self._begun = True
            headers = headers_of(response.headers.raw)
            whole = await self._read(response, headers, body)
        return Page(
            url=self._request.url,
            status=response.status_code,
            headers=headers,
            body=body.bytes(),
            elapsed=perf_counter() - started,
            truncated=not whole,
        )

    async def _read(
        self, response: httpx.Response, headers: tuple[tuple[str, str], ...], body: Body
    ) -> bool:
        """Read the body, decoded; False when it was cut."""
        encodings = tuple(
            value for name, value in headers if name == "content-encoding"
        )
        decoding = Decoding(encodings, body.write, self.bound.size)
        try:
            async with aclosing(_raw(response)) as pieces:
                async for piece in pieces:
                    decoding.write(piece)
            decoding.finish()
        except FullError:
            if not self.bound.cut:
                raise
            return False
        return True

    def late(self, timeout: float) -> FetchError:
        """The error of a deadline that has passed."""
        what = "only part of the answer came" if self._begun else "no answer"
        return FetchError(self._request.url, f"{what} within {timeout:g} s", "timeout")
