"""What a desktop is told, and the sequences by which a terminal hears it."""

from pathlib import Path

import pytest

from reader.services import notices
from reader.services.notices import Notice
from reader.settings import Settings, UiSettings


def settings(notify: str) -> Settings:
    return Settings(ui=UiSettings(notify=notify))  # type: ignore[arg-type]


class TestNotice:
    @pytest.mark.parametrize(
        ("new", "titles", "body"),
        [
            (1, ("A ferry",), "1 new entry: A ferry"),
            (1200, (), "1,200 new entries"),
            (5, ("A", "", "B", "C", "D"), "5 new entries: A · B"),
            (2, ("\x1b]0;x\x07Ferry\n", "B"), "2 new entries: Ferry · B"),
        ],
        ids=["one", "many", "some-titles", "controls"],
    )
    def test_text(self, new: int, titles: tuple[str, ...], body: str) -> None:
        """
        It counts what came and names the first of it, without controls.
        """
        assert notices.notice(new, titles) == Notice("Firsthand", body)

    def test_nothing(self) -> None:
        """
        Where nothing came nobody is told.
        """
        assert notices.notice(0) is None

    def test_length(self) -> None:
        """
        It is as long as desktops show.
        """
        told = notices.notice(3, ["x" * 500])

        assert told is not None
        assert len(told.body) == notices.LONGEST


class TestSequence:
    @pytest.mark.parametrize(
        ("notify", "sent"),
        [
            ("off", None),
            ("notify-send", None),
            ("osc9", "\x1b]9;A; b: body\x07"),
            ("osc777", "\x1b]777;notify;A, b;body\x07"),
        ],
    )
    def test_as_asked(self, notify: str, sent: str | None) -> None:
        """
        A terminal is sent what it knows, and nothing unless that is wanted.
        """
        assert notices.sequence(settings(notify), Notice("A; b", "bo\x07dy")) == sent


class TestSend:
    def test_one_argument_each(self, tmp_path: Path) -> None:
        """
        `notify-send` gets title and text as they are, behind the end of options.
        """
        program, said = tmp_path / "notify-send", tmp_path / "said"
        program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {said}\n')
        program.chmod(0o755)
        environ = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
        told = Notice("Firsthand", "--body $(id)")

        assert notices.send(settings("notify-send"), told, environ)
        assert said.read_text() == "--app-name=Firsthand|--|Firsthand|--body $(id)|"

    def test_not_there(self, tmp_path: Path) -> None:
        """
        Where the program is missing that is said; where it is not wanted, all is well.
        """
        environ = {"PATH": str(tmp_path)}
        told = Notice("Firsthand", "x")

        assert not notices.send(settings("notify-send"), told, environ)
        assert notices.send(settings("off"), told, environ)
