"""The `[article]` table of the rules."""

import pytest

from reader.rules.article import ArticleRules, parse_article


class TestParse:
    def test_lower_case_and_folded(self) -> None:
        """Phrases are compared in lower case, white space folded."""
        found = parse_article({"teasers": ["Read  More"], "boxes": ["share"]})

        assert found == ArticleRules(teasers=("read more",), boxes=("share",))

    @pytest.mark.parametrize(
        ("table", "words"),
        [
            ({"teaser": []}, "teaser"),
            ({"boxes": "share"}, "boxes"),
            ({"boxes": [1]}, "boxes"),
        ],
    )
    def test_wrong_tables(self, table: dict[str, object], words: str) -> None:
        """A key that is not known or no list of texts is named."""
        with pytest.raises(ValueError, match=words):
            parse_article(table)
