"""Names to addresses, off the event loop; which of them may be reached is not asked."""

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

from reader.urls import Address

LookUp = Callable[[str, int], Awaitable[tuple[Address, ...]]]
"""The addresses of a name, best first; OSError or UnicodeError when it has none."""


async def look_up(name: str, port: int) -> tuple[Address, ...]:
    """The addresses that the system knows for a name, in the system's order.

    Each look-up has a daemon thread, since the C library's cannot be interrupted, and
    quitting must not wait for a dead name server.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[Address, ...]] = loop.create_future()

    def settle(report: Callable[[], None]) -> None:
        if not answer.done():
            report()

    def tell(report: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has been closed meanwhile
            loop.call_soon_threadsafe(settle, report)

    def work() -> None:
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            tell(lambda error=error: answer.set_exception(error))  # type: ignore[misc]
        else:
            addresses = dict.fromkeys(ip_address(item[4][0]) for item in found)
            tell(lambda: answer.set_result(tuple(addresses)))

    threading.Thread(target=work, name=f"look-up {name}", daemon=True).start()
    return await answer
