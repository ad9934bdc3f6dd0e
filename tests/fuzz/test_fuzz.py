"""A fixed number of inputs for every target, the same each time."""

import pytest

from tests.fuzz.running import HungError, fed, once
from tests.fuzz.targets import TARGETS

COUNTS = {"page": 40, "parse": 80}
"""How many inputs; others are quick, and get more."""


class TestFuzz:
    @pytest.mark.parametrize("name", TARGETS)
    def test_nothing_is_found(self, name: str) -> None:
        """
        Whatever bytes come, the answer is a value or an error of ours.
        """
        outcome = fed(name, COUNTS.get(name, 150), start=15)

        assert outcome.found == ""
        assert outcome.tried >= COUNTS.get(name, 150) // 2

    def test_a_fault_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        A target that breaks is told with the input that breaks it.
        """

        def broken(data: bytes) -> None:
            if b"<" in data:
                raise KeyError(data)

        monkeypatch.setitem(TARGETS, "broken", broken)

        assert "b'<'" in fed("broken", 200, start=1).found

    def test_what_hangs_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        An input that never ends is a find as well.
        """

        def endless(data: bytes) -> None:
            while True:
                pass

        monkeypatch.setattr("tests.fuzz.running.SLOW", 0.05)

        with pytest.raises(HungError):
            once(endless, b"")
