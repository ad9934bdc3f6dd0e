"""Marks compared: what a server's lists say of each entry, and what they do not."""

import pytest

from reader.services.hearing import reconcile
from reader.store import Known

READ, UNREAD, STARRED = (
    Known(1, True, False),
    Known(1, False, False),
    Known(1, False, True),
)


class TestReconcile:
    @pytest.mark.parametrize(
        ("here", "lists", "wanted"),
        [
            (UNREAD, "u", {}),
            (READ, "p", {}),
            (UNREAD, "p", {("read", True)}),
            (READ, "u", {("read", False)}),
            (READ, "s", {("starred", True)}),
            (UNREAD, "us", {("starred", True)}),
            (UNREAD, "s", {("read", True), ("starred", True)}),
            (STARRED, "p", {("read", True), ("starred", False)}),
            (STARRED, "u", {("starred", False)}),
            (STARRED, "us", {}),
            (READ, "", {}),
        ],
    )
    def test_marks(
        self, here: Known, lists: str, wanted: set[tuple[str, bool]]
    ) -> None:
        """
        An entry becomes what the lists say: u unread, s starred, p only present.
        """
        named = {letter: {"a"} if letter in lists else set() for letter in "usp"}
        found = reconcile({"a": here}, named["u"], named["s"], named["p"], ())

        assert {(mark, value) for mark, value, _ in found.changes} == set(wanted)
        assert found.doubtful == frozenset()

    @pytest.mark.parametrize("here", [UNREAD, STARRED])
    def test_in_no_list(self, here: Known) -> None:
        """
        What is in no list is doubtful, and keeps its marks.
        """
        found = reconcile({"a": here}, set(), set(), set(), ())

        assert found.changes == ()
        assert found.doubtful == {"a"}

    def test_known_to_be_forgotten(self) -> None:
        """
        What the server is known to have forgotten is no longer doubtful.
        """
        gone = Known(1, False, False, forgotten=True)

        assert reconcile({"a": gone}, set(), set(), set(), ()).doubtful == frozenset()
        assert reconcile({"a": gone}, {"a"}, set(), set(), ()).remembered == (1,)

    def test_a_wish_is_left_alone(self) -> None:
        """
        What is still to be told is not compared, its other mark is.
        """
        found = reconcile({"a": READ}, {"a"}, {"a"}, set(), {("read", "a")})

        assert found.changes == (("starred", True, (1,)),)
