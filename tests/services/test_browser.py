"""Programs that are started for links: what failed at once is told, nothing waits."""

import os
import signal
from pathlib import Path

import pytest

from reader.services.browser import (
    BrowserError,
    Opening,
    command_for,
    open_enclosure,
    open_link,
)

LINK = "https://relay.example/1"
AGES = 60.0
"""Longer than any test waits."""


def opening(browser: str) -> Opening:
    return open_link(LINK, browser, os.environ)


class TestCheck:
    def test_one_that_fails(self) -> None:
        """
        A program that ends with a code is named with it, and with its settings.
        """
        with pytest.raises(BrowserError) as caught:
            opening("sh -c 'exit 3'").check(AGES)

        assert caught.value.subject == LINK
        assert caught.value.reason.startswith("sh failed to open it (exit code 3); ")
        assert "$BROWSER" in caught.value.reason

    def test_one_that_is_done(self) -> None:
        """
        A program that hands the link on and ends has opened it.
        """
        opening("true").check(AGES)

    def test_one_that_goes_on(self) -> None:
        """
        A program that stays has opened it; nobody waits for its end.
        """
        started = opening(f"sh -c 'tail -f /dev/null --pid={os.getpid()}'")
        try:
            started.check(0)

            assert started.process.poll() is None
        finally:
            os.killpg(started.process.pid, signal.SIGKILL)
            started.process.wait()

    def test_a_file(self) -> None:
        """
        The command for files is judged likewise.
        """
        command = "sh -c 'exit 4'"
        with pytest.raises(BrowserError, match="exit code 4"):
            open_enclosure(LINK, command, None, os.environ).check(AGES)


class TestLinks:
    def test_only_those_of_the_web(self) -> None:
        """
        Nothing but http and https is opened, as a link or as a file.
        """
        for url in ("javascript:alert(1)", "file:///etc/passwd", "--help", "data:,x"):
            with pytest.raises(BrowserError, match="only http and https links"):
                open_link(url, "true", os.environ)
            with pytest.raises(BrowserError, match="only http and https files"):
                open_enclosure(url, "true", None, os.environ)

    @pytest.mark.parametrize("browser", ["env -i", "env -i %s", "env -i x=%s y"])
    def test_is_one_argument(self, browser: str) -> None:
        """
        A link is one argument, whatever signs stand in it.
        """
        link = "https://a.example/?a=1&b='\" $(id);`id` --help"
        filled = [word.replace("%s", link) for word in browser.split()]
        wanted = filled if "%s" in browser else [*filled, link]

        assert command_for(link, browser) == wanted

    def test_no_shell_sees_it(self, tmp_path: Path) -> None:
        """
        What a shell would run in a link is run by nobody.
        """
        witness = tmp_path / "made"
        started = open_link(f"{LINK};touch {witness}", "true", os.environ)
        started.process.wait(AGES)

        assert not witness.exists()


@pytest.mark.anyio
class TestWatch:
    async def test_one_that_fails(self) -> None:
        """
        What `check` tells is told without holding up others.
        """
        with pytest.raises(BrowserError, match="exit code 3"):
            await opening("sh -c 'exit 3'").watch(AGES)

    async def test_one_that_is_done(self) -> None:
        """
        Nothing is told where it went well.
        """
        await opening("true").watch(AGES)
