"""What a republisher changed: which texts are compared, and the verdict in words."""

from dataclasses import replace

import pytest

from reader.extract.compare import compared
from reader.model import Article, Attribution, Reading
from reader.services.changes import changes, missing, sentence
from tests.tui.painted import RESOLVED, reading

STORY = (
    "One baker took the oven. Another took the flour.\n\nNobody took the cat. It slept."
)
WHOLE = Article(STORY, title="Ovens", authors=("Ines Falk",))


def _with(copy: Article | None, feed_text: str = "", title: str = "Ovens") -> Reading:
    found = reading(RESOLVED, text=STORY, feed_text=feed_text, title=title)
    return replace(found, article=WHOLE, copy=copy)


class TestChanges:
    def test_the_copy(self) -> None:
        """
        The republisher's own page is what the original is compared with.
        """
        copy = Article("One baker took the oven.", title="Ovens")
        found = changes(_with(copy, feed_text=STORY))

        assert found is not None
        assert found.copy is copy
        assert found.comparison.verdict == "shortened"

    def test_the_feeds_text(self) -> None:
        """
        Without such a page the feed's text is the copy, under the entry's headline.
        """
        found = changes(_with(None, feed_text=STORY, title="Ovens swapped"))

        assert found is not None
        assert found.copy.title == "Ovens swapped"

    def test_an_announcement(self) -> None:
        """
        A feed's text that has little of the original is no copy of it.
        """
        entry = _with(None, feed_text="This post was originally published elsewhere.")

        assert changes(entry) is None
        assert missing(entry) == "Evening Digest has no copy of its own to compare."

    @pytest.mark.parametrize(
        ("attribution", "said"),
        [
            (Attribution("original"), "The feed’s own publisher wrote it"),
            (Attribution("unresolved"), "There is no text of the original"),
        ],
    )
    def test_no_original(self, attribution: Attribution, said: str) -> None:
        """
        Without two texts by two publishers there is nothing to compare.
        """
        article = WHOLE if attribution.status == "original" else None
        entry = replace(reading(attribution), article=article, copy=WHOLE)

        assert changes(entry) is None
        assert missing(entry).startswith(said)


class TestSentence:
    @pytest.mark.parametrize(
        ("copy", "said"),
        [
            (WHOLE, "Daily Relay changed nothing but the address."),
            (
                replace(WHOLE, markdown=STORY.split("\n")[0], authors=()),
                "Shortened to 60 %: 9 of 15 words kept,"
                " no byline, one passage left out.",
            ),
            (
                replace(WHOLE, title="Bread", authors=("A. Bot",)),
                "Altered in two places: new headline, another byline.",
            ),
            (
                replace(WHOLE, markdown=f"{STORY}\n\nRead on!"),
                "Altered in one place: one sentence added.",
            ),
            (
                replace(WHOLE, markdown=STORY.replace("the cat", "a dog")),
                "Altered in one place, 13 of 15 words kept: one passage reworded.",
            ),
            (
                Article("Herring. " * 20, title="Ovens", authors=("Ines Falk",)),
                "Another text: 0 of 15 words kept.",
            ),
        ],
        ids=["identical", "shortened", "heads", "added", "reworded", "another"],
    )
    def test_verdict(self, copy: Article, said: str) -> None:
        """
        One line says how much is left, and what differs.
        """
        assert sentence(compared(WHOLE, copy), "Daily Relay") == said
