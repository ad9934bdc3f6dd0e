"""A poll that is killed, and two at once: nothing lost, nothing twice."""

from pathlib import Path

import pytest

from tests.bench import crashes

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
