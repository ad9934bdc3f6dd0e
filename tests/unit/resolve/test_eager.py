"""How eagerly a feed's new entries are looked at."""

import pytest

from reader.model import Feed, Follow
from reader.resolve.eager import LEAST, SHARE, prior, republishes


def feed(share: float | None, looked: int, follow: Follow = "auto") -> Feed:
    """A feed by what was found out about it."""
    return Feed(1, "https://a.example/", "A", None, None, 0, 9, share, looked, follow)


class TestEagerness:
    @pytest.mark.parametrize(
        ("share", "looked", "follow", "eager"),
        [
            (None, 0, "auto", False),
            (1.0, LEAST - 1, "auto", False),
            (1.0, LEAST, "auto", True),
            (SHARE, 40, "always", True),
            (SHARE - 0.01, 40, "auto", False),
            (1.0, 40, "never", False),
        ],
        ids=["unknown", "too few", "all stubs", "half", "less than half", "never"],
    )
    def test_a_feed(
        self, share: float | None, looked: int, follow: Follow, eager: bool
    ) -> None:
        """
        A feed whose entries mostly proved to be stubs is looked at whole.
        """
        assert republishes(prior(feed(share, looked, follow))) is eager
