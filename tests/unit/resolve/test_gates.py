"""Gates: addresses that carry the way back to the page they stand before."""

from urllib.parse import quote

import pytest

from reader.model import Hop
from reader.resolve.gates import returns
from tests.cases import load_rules

RULES = load_rules()
STORY = "https://www.bore.example/sea/second-boat"
DONE = "https://keys.example/done?next="
GATE = "https://id.keys.example/enter"


def led_to(url: str, via: str = "http-302") -> tuple[Hop, ...]:
    """A trail from a stub over the story to a gate."""
    return (
        Hop("https://relay.example/p/1", STORY, "stub-link", "x"),
        Hop(STORY, url, via, "x"),  # type: ignore[arg-type]
    )


class TestReturns:
    @pytest.mark.parametrize(
        "query",
        [
            f"return={quote(STORY, '')}",
            f"client=bore&redirect_uri={quote(STORY, '')}",
            f"continue={quote(DONE + quote(STORY, ''), '')}",
        ],
        ids=["plain", "beside others", "in another"],
    )
    def test_way_back(self, query: str) -> None:
        """
        The hop that left the page which a gate returns to is found, however deep.
        """
        assert returns(led_to(f"{GATE}?{query}"), RULES, plainly=True) == 1

    @pytest.mark.parametrize("key", ["ref", "from", "referrer", "utm_source"])
    def test_where_the_reader_came_from(self, key: str) -> None:
        """
        A parameter that only says where the reader came from is no way back.
        """
        url = f"{GATE}?{key}={quote(STORY, '')}"

        assert returns(led_to(url), RULES, plainly=True) is None
        assert returns(led_to(url), RULES) == 1

    def test_not_by_http(self) -> None:
        """
        A link that carries an address on was not put before it.
        """
        url = f"{GATE}?return={quote(STORY, '')}"

        assert returns(led_to(url, "stub-link"), RULES) is None
        assert returns((), RULES) is None
