"""The addresses of one entry, told apart."""

from dataclasses import replace

from reader.model import Attribution, Entry, Hop, Link
from reader.resolve.links import links
from tests.cases import load_rules

RULES = load_rules()
STUB = "https://relay.example/p/1?utm_source=rss"
PAPER = "https://paper.example/ferry"
HOP = Hop(STUB, f"{PAPER}?utm_medium=x", "stub-link")
RESOLVED = Attribution("resolved", PAPER, trail=(HOP,))


class TestLinks:
    def test_a_stub(self) -> None:
        """
        The feed's link, its plain form, where the trail led, and the original differ.
        """
        found = links(Entry(STUB), RESOLVED, RULES)

        assert found.entry == STUB
        assert found.canonical == "https://relay.example/p/1"
        assert found.reached == f"{PAPER}?utm_medium=x"
        assert found.original == PAPER
        assert found.discussion is None

    def test_a_page_that_names_its_own_address(self) -> None:
        """
        Reached is the page that was fetched, not the address that it gave.
        """
        own = Hop(HOP.target, PAPER, "canonical")
        found = links(Entry(STUB), replace(RESOLVED, trail=(HOP, own)), RULES)

        assert found.reached == HOP.target

    def test_an_original(self) -> None:
        """
        An entry of its own publisher is reached at its own link.
        """
        found = links(Entry(PAPER), Attribution("original", PAPER), RULES)

        assert (found.reached, found.original) == (PAPER, PAPER)

    def test_not_known_yet(self) -> None:
        """
        Nothing stands for an original that is not established.
        """
        found = links(Entry(STUB), Attribution("unresolved", trail=(HOP,)), RULES)

        assert (found.reached, found.original) == (None, None)

    def test_comments_named_by_the_feed(self) -> None:
        """
        The link to the comments is kept as the discussion.
        """
        comments = "https://news.ycombinator.com/item?id=1"
        entry = Entry(PAPER, links=(Link("comments", comments),))

        assert links(entry, RESOLVED, RULES).discussion == comments

    def test_an_entry_that_is_a_discussion(self) -> None:
        """
        On a discussion site the entry's own page is it, unless it is the work itself.
        """
        talk = "https://www.reddit.com/r/ferries/comments/1/sold/"
        own = Attribution("original", talk)

        assert links(Entry(talk), RESOLVED, RULES).discussion == talk
        assert links(Entry(talk), own, RULES).discussion is None
