"""A verdict told in words: what was asked, the way, the reasons, the refusals."""

from datetime import UTC, datetime

from reader.cli.explain import HOW, NEEDED, explained
from reader.model import Attribution, Guess, Hop, Reason, Refusal
from reader.resolve import THRESHOLD

STUB = "https://relay.example/p/1"
PAPER = "https://www.paper.example/ferry"
HOP = Hop(STUB, f"{PAPER}?x=1", "stub-link", "published on “The Paper”", 200, 0.25)
OWN = Hop(HOP.target, PAPER, "canonical", '<link rel="canonical">', 200, 0.1)
RESOLVED = Attribution(
    "resolved",
    PAPER,
    "The Paper",
    ("Ann Sollund",),
    datetime(2026, 2, 4, 18, 20, tzinfo=UTC),
    confidence=0.97,
    trail=(HOP, OWN),
    reasons=(Reason("the same text"), Reason("dated later", supports=False)),
    refused=(Refusal("http://127.0.0.1/", "127.0.0.1 is not a public address"),),
    pages=3,
)


def told(value: Attribution) -> str:
    """The whole of it as one text."""
    return "\n".join(explained(value, STUB, UTC))


class TestExplained:
    def test_resolved(self) -> None:
        """
        Answer first, then every hop with its words, then why, then what was refused.
        """
        assert told(RESOLVED) == (
            "First published by The Paper\n"
            f"{PAPER}\n"
            "Ann Sollund · 4 February 2026, 18:20\n"
            "0.97 sure · 2 hops · 3 pages looked at in 0.3 s\n"
            "\n"
            "The way\n"
            f"  1  {STUB}\n"
            "     The page says that it is a copy, and links to www.paper.example.\n"
            "     “published on ‘The Paper’”\n"
            "     stub-link · HTTP 200, 0.25 s\n"
            f"  2  {PAPER}?x=1\n"
            "     The page gives this as its own plain address.\n"
            '     “<link rel="canonical">”\n'
            "     canonical · HTTP 200, 0.10 s\n"
            f"  3  {PAPER}\n"
            "     This is the original: it points to nobody else.\n"
            "\n"
            "Why\n"
            "  + the same text\n"
            "  - dated later\n"
            "\n"
            "Looked at and not taken\n"
            "  http://127.0.0.1/\n"
            "    127.0.0.1 is not a public address"
        )

    def test_unresolved(self) -> None:
        """
        What the stub said, where the way ended, and the guess as one.
        """
        guess = Guess(PAPER, "The Paper", 0.41, (Reason("same headline"),))
        text = told(
            Attribution(
                "unresolved",
                guess=guess,
                ended="a login page",
                announced="First seen in The Paper",
                pages=1,
            )
        )

        assert text.startswith("First publisher not established\n1 page looked at\n")
        assert "It says of itself: “First seen in The Paper”" in text
        assert f"  1  {STUB}\n     Here the way ended: a login page." in text
        assert "A guess, kept apart: never opened, copied or counted\n" in text
        assert f"  The Paper, 0.41 sure where 0.80 is needed\n  {PAPER}\n" in text
        assert text.endswith("  + same headline")

    def test_original(self) -> None:
        """
        An original has no way and no reasons, only a sentence.
        """
        text = told(Attribution("original", STUB, "Relay", pages=1))

        assert text == (
            f"Published here first by Relay\n{STUB}\n1 page looked at\n\n"
            "Nothing on its page names another source."
        )

    def test_every_way_has_words(self) -> None:
        """
        No way on is told by its bare name.
        """
        for via, how in HOW.items():
            text = told(
                Attribution("resolved", PAPER, trail=(Hop(STUB, PAPER, via, "x"),))
            )

            assert how.format(there="www.paper.example") in text

    def test_the_threshold(self) -> None:
        """
        What is said to be needed is what the resolver asks for.
        """
        assert NEEDED == THRESHOLD
