"""A text handed to a command: its input, what it says, and how it is ended."""

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.services import pipe
from reader.services.pipe import PipeError

pytestmark = pytest.mark.anyio

PYTHON = sys.executable


class TestPipe:
    async def test_the_text_is_its_input(self) -> None:
        """The command reads all of the text, and what it says is taken."""
        piped = await pipe.pipe(f"{PYTHON} -c 'print(input().upper())'", "grüße\n", {})

        assert (piped.code, piped.output) == (0, "GRÜSSE\n")

    async def test_no_shell_sees_it(self, tmp_path: Path) -> None:
        """Signs that a shell would act on are arguments as they stand."""
        witness = tmp_path / "made"
        command = f"{PYTHON} -c 'import sys; print(sys.argv[1:])' ; touch {witness}"
        piped = await pipe.pipe(command, "$(touch x)", {})

        assert piped.output == f"{[';', 'touch', str(witness)]}\n"
        assert not witness.exists()

    async def test_what_it_says_is_cleaned(self) -> None:
        """What a command says is words on our screen, and moves no cursor."""
        code = r"print('\x1b[2Jred\x00\u202e')"
        piped = await pipe.pipe(f'{PYTHON} -c "{code}"', "", {"PYTHONUTF8": "1"})

        assert piped.output == "red\n"

    async def test_trouble_is_told_with_what_was_said(self) -> None:
        """Its exit code and what it complained of come back."""
        code = "import sys; print('oh', file=sys.stderr); sys.exit(3)"
        piped = await pipe.pipe(f'{PYTHON} -c "{code}"', "", {})

        assert (piped.code, piped.output) == (3, "oh\n")

    async def test_it_need_not_read(self) -> None:
        """A command that ends before it has read a long text is no trouble."""
        piped = await pipe.pipe(f"{PYTHON} -c 'print(1)'", "x" * 5_000_000, {})

        assert (piped.code, piped.output) == (0, "1\n")

    async def test_one_that_says_too_much_is_stopped(self) -> None:
        """What comes without end is cut at the bound, and the command ended."""
        endless = "while True: print('y' * 60)"
        piped = await pipe.pipe(f'{PYTHON} -c "{endless}"', "", {})

        assert piped.cut
        assert len(piped.output) == pipe.OUTPUT_MOST

    async def test_given_up_it_ends(self, tmp_path: Path) -> None:
        """Whoever stops waiting leaves no command behind."""
        pid = tmp_path / "pid"
        code = f"import os, time; open('{pid}', 'w').write(str(os.getpid())); "
        job = asyncio.create_task(
            pipe.pipe(f'{PYTHON} -c "{code}time.sleep(600)"', "", {})
        )
        await _until(lambda: pid.exists() and bool(pid.read_text()))
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job

        await _until(lambda: not _runs(int(pid.read_text())))

    @pytest.mark.parametrize(
        ("command", "told"),
        [
            ("", "a command is wanted"),
            ("no-such-program-here", "could not be started"),
            ("say 'half", "no closing quotation"),
        ],
    )
    async def test_what_cannot_be_started(self, command: str, told: str) -> None:
        """A sentence says why."""
        with pytest.raises(PipeError, match=told):
            await pipe.pipe(command, "", {})


class TestInFront:
    def test_its_exit_code_comes_back(self) -> None:
        """A command that takes the terminal has the text as its input, too."""
        code = "import sys; sys.exit(len(input()))"

        assert pipe.run_in_front(f'{PYTHON} -c "{code}"', "seven..", {}) == 7

    def test_no_shell_sees_it(self, tmp_path: Path) -> None:
        """Signs that a shell would act on are arguments here, too."""
        witness = tmp_path / "made"
        code = "import sys; sys.exit(len(sys.argv))"

        assert pipe.run_in_front(f"{PYTHON} -c '{code}' ; touch {witness}", "", {}) == 4
        assert not witness.exists()


async def _until(holds: Callable[[], bool]) -> None:
    """Wait for something that comes by itself."""
    for _ in range(2_000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came")


def _runs(pid: int) -> bool:
    """Whether a process is there and no mere shadow."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class TestInterrupted:
    def test_is_for_the_command_alone(self, tmp_path: Path) -> None:
        """
        Ctrl+C in a command that has the terminal ends the command, never the reader.
        """
        script = tmp_path / "both.py"
        script.write_text(
            "import os, signal\n"
            "os.kill(os.getppid(), signal.SIGINT)\n"
            "os.kill(os.getpid(), signal.SIGINT)\n"
            "signal.pause()\n"
        )
        before = signal.getsignal(signal.SIGINT)
        code = pipe.run_in_front(f"{PYTHON} {script}", "", {})

        assert code != 0
        assert signal.getsignal(signal.SIGINT) is before
