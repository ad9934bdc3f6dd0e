"""SIGCONT is a return from Ctrl+Z only when there was one; other signals end."""

import asyncio
import os
import signal
from collections.abc import Iterator

import pytest

from reader.tui import signals

pytestmark = pytest.mark.anyio
KINDS = (signal.SIGTSTP, signal.SIGCONT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def kept() -> Iterator[None]:
    """The handlers that were there come back."""
    before = {number: signal.getsignal(number) for number in KINDS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def calls(kept: None) -> list[object]:
    """What a driver's handlers were told."""
    told: list[object] = []
    signal.signal(signal.SIGTSTP, lambda *_: told.append("stop"))
    signal.signal(signal.SIGCONT, lambda *_: told.append("go on"))
    return told


class TestWatch:
    async def test_a_hangup_is_no_return(self, calls: list[object]) -> None:
        """
        Nothing is resumed that was not suspended.
        """
        signals.watch(calls.append)
        os.kill(os.getpid(), signal.SIGCONT)

        assert calls == []

    async def test_there_and_back(self, calls: list[object]) -> None:
        """
        Each return is heard once, after its suspension.
        """
        signals.watch(calls.append)
        for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGCONT, signal.SIGTSTP):
            os.kill(os.getpid(), number)

        assert calls == ["stop", "go on", "stop"]

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
    async def test_the_end(self, calls: list[object], number: signal.Signals) -> None:
        """
        The first signal asks the reader to leave, a second one would not ask.
        """
        left = asyncio.get_running_loop().create_future()
        signals.watch(left.set_result)
        os.kill(os.getpid(), number)
        code = await asyncio.wait_for(left, 10)

        assert code == 128 + number
        assert signal.getsignal(number) == signal.SIG_DFL

    async def test_without_a_driver(self, kept: None) -> None:
        """
        Where no terminal is, the system's own behaviour stays.
        """
        signals.watch(lambda code: None)

        assert signal.getsignal(signal.SIGCONT) == signal.SIG_DFL
