"""A poll that is killed, and two at once: nothing lost, nothing twice."""

from pathlib import Path

import pytest

from tests.bench import crashes, fulldisk, soak

KILLS = 5


class TestKilled:
    @pytest.mark.parametrize("seed", [1, 2])
    def test_nothing_is_lost(self, tmp_path: Path, seed: int) -> None:
        """
        Killed at random moments and begun again, a poll ends with every feed, every
        entry once, and every mark that somebody was told is kept.
        """
        loss = crashes.killed(tmp_path, KILLS, seed)

        assert not loss.any, loss
        assert loss.kills == KILLS


class TestTogether:
    def test_nothing_is_lost(self, tmp_path: Path) -> None:
        """
        Two polls and somebody who marks, all at once, get in nobody's way.
        """
        loss = crashes.together(tmp_path)

        assert not loss.any, loss
        assert loss.marked > 0


class TestFullDisk:
    def test_nothing_is_lost(self, tmp_path: Path) -> None:
        """
        Polls on a disk that is full fail in words; with room again, all is there.
        """
        loss = fulldisk.full(tmp_path / "own")

        assert not loss.any, loss


class TestSoak:
    def test_nothing_leaks(self) -> None:
        """
        Polls of servers that fail, move and hang hold no descriptor, nor ever more
        memory.
        """
        done = soak.soaked(30)

        assert done.failed > 100
        assert done.files_after <= done.files_before + 2
        assert done.growth < 0.1
