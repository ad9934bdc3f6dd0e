"""The query language: what a person types, as a small tree of values.

    unread title:ferry "sold twice" ~feed:relay newer:"1 week" /pier \\d+/
    (publisher:rt or via:stub-link) -today

Pure: a query says what is wanted, the store says how it is found. Words beside each
other are joined by "and", which binds closer than `or`; clock and zone are arguments.

    tree       the values, and the queries that are ready made
    words      the table of words, with what each wants and means
    times      "2d", "1 week", "2025-02-01"
    patterns   which /patterns/ are taken
    parse      text to tree
"""

from reader.query.parse import MOST_TERMS, left_open, parse, tokens
from reader.query.times import midnight
from reader.query.tree import (
    ALL,
    HIDDEN,
    STARRED,
    STUBS,
    UNREAD,
    UNRESOLVED,
    Either,
    Has,
    Is,
    Leaf,
    Not,
    Query,
    State,
    Term,
    Words,
    all_of,
    of_account,
    of_feed,
    of_folder,
    of_publisher,
    of_tag,
    today,
)

__all__ = [
    "ALL",
    "HIDDEN",
    "MOST_TERMS",
    "STARRED",
    "STUBS",
    "UNREAD",
    "UNRESOLVED",
    "Either",
    "Has",
    "Is",
    "Leaf",
    "Not",
    "Query",
    "State",
    "Term",
    "Words",
    "all_of",
    "left_open",
    "midnight",
    "of_account",
    "of_feed",
    "of_folder",
    "of_publisher",
    "of_tag",
    "parse",
    "today",
    "tokens",
]
