"""The words of the query language: from the parser's own table."""

from reader.query.words import KEYS, WORDS
from tests.docs.tables import code, table


def words() -> str:
    """The words that stand alone."""
    return table(
        ("word", "entries"), ((code(word), of.means) for word, of in WORDS.items())
    )


def values() -> str:
    """The words that want a value."""
    rows = (
        (code(word), of.wants, code(of.example), of.means) for word, of in KEYS.items()
    )
    return table(("word", "wants", "such as", "entries"), rows)
