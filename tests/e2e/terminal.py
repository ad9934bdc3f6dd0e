"""A real terminal for the real program: tmux, on a socket of the test's own."""

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

DEADLINE = 30.0
"""Seconds until a text that does not show up fails the test."""

SIZE = ("COLUMNS", "LINES")
ENDED = "The program ended with"

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed (apt-get install tmux)"
)


class Terminal:
    """A tmux session that runs one program; left, it is killed with its server."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        self._tmux = ("tmux", "-S", str(folder / "t"), "-f", "/dev/null")
        self._size = ("-x", str(columns), "-y", str(rows))

    def start(self, command: tuple[str, ...], environ: Mapping[str, str]) -> None:
        """Run a command in the terminal, with this environment and no other.

        The size of whatever terminal the tests run in is none of the program's.
        """
        pairs = [f"{k}={v}" for k, v in environ.items() if k not in SIZE]
        line = shlex.join(["env", "-i", *pairs, "TERM=tmux-256color", *command])
        # The shell stays, so that the screen can be read after the program's end.
        self._run("new-session", "-d", *self._size, f"{line}; echo {ENDED} $?; cat")

    def keys(self, *names: str) -> None:
        """Press keys, by tmux's names."""
        self._run("send-keys", *names)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._run("send-keys", "-l", text)

    def screen(self) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-p")

    def wait_for(self, *texts: str) -> str:
        """The screen once it holds every text."""
        return self._wait(lambda screen: all(text in screen for text in texts), texts)

    def wait_for_match(self, pattern: str) -> str:
        """The screen once a pattern matches somewhere in it."""
        found = re.compile(pattern)
        return self._wait(lambda screen: bool(found.search(screen)), (pattern,))

    def wait_without_match(self, pattern: str) -> str:
        """The screen once a pattern matches nowhere in it."""
        found = re.compile(pattern)
        return self._wait(lambda screen: not found.search(screen), (f"no {pattern}",))

    def wait_without(self, text: str) -> str:
        """The screen once it does not hold a text any more."""
        return self._wait(lambda screen: text not in screen, (f"no {text}",))

    def wait_for_end(self) -> int:
        """The exit status of the program once it has ended."""
        screen = self.wait_for(ENDED)
        return int(screen.partition(ENDED)[2].split()[0])

    def _wait(self, holds: Callable[[str], bool], texts: Iterable[str]) -> str:
        end = time.monotonic() + DEADLINE
        pause = 0.02
        while time.monotonic() < end:
            # The first look may have met a paint that is half done.
            if holds(self.screen()) and holds(screen := self.screen()):
                return screen
            time.sleep(pause)
            # Most of what is waited for comes with the next frame or two.
            pause = min(2 * pause, 0.05)
        size = self._run("display-message", "-p", "#{pane_width}x#{pane_height}")
        waited = f"waited for {list(texts)} at {size.strip()}"
        raise AssertionError(f"{waited}:\n{self.screen()}")

    def _run(self, *args: str) -> str:
        done = subprocess.run(
            [*self._tmux, *args], capture_output=True, text=True, check=True
        )
        return done.stdout

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)
