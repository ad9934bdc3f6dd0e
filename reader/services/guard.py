"""Around one feed, entry or page: trouble becomes a value, and the rest goes on.

The only place in the program that catches what nobody expected.
"""

from collections.abc import Awaitable
from typing import TypeVar

from reader.errors import ReaderError
from reader.services.core import Services
from reader.services.faults import report

T = TypeVar("T")


class FaultError(ReaderError):
    """A fault of our own, met while at work on `subject`."""


async def guard(
    services: Services, subject: str, work: Awaitable[T]
) -> T | ReaderError:
    """The result of `work`, or the trouble it met; a fault leaves a crash report."""
    try:
        return await work
    except ReaderError as error:
        return error
    except Exception as fault:  # noqa: BLE001  one broken page must not stop the others
        return FaultError(subject, f"a fault in Firsthand; {_told(services, fault)}")


async def guarded(services: Services, subject: str, work: Awaitable[T]) -> T:
    """The same, where somebody waits for the result: the trouble is raised."""
    result = await guard(services, subject, work)
    if isinstance(result, ReaderError):
        raise result
    return result


def _told(services: Services, fault: Exception) -> str:
    return report(services.paths, services.now(), fault)
