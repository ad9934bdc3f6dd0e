"""How much of one feed is read, by whichever parser; nothing here counts."""

ATTRIBUTES = 100
"""Attributes of one element: feedparser is quadratic in them."""
NAMESPACES = 256
"""Namespaces of one feed: each element of an unknown one walks through all."""
ENTRIES = 20_000
"""Entries read of one feed, in the order they stand in it."""
TAGS = 64
"""Categories of one entry: each is compared with all before it."""
ELEMENTS = 300_000
"""Elements read of one feed: what 20,000 entries need, and some."""
DAMAGED = 3 * 1024 * 1024
"""Characters read of a feed that is not well-formed, ten times as slowly."""
BASE = 2_000
"""Characters of an `xml:base`, which nested ones add to."""
SHORT = 200
"""Characters of a date or a name; patterns are tried on them."""

ITEMS_OWN = frozenset(
    {
        *("title", "link", "id", "guid", "description", "summary", "content"),
        *("pubdate", "published", "updated"),
    }
)
"""What is an item's own where it stands directly in it, and only there."""
SHORT_ONES = frozenset(
    {"author", "name", "email", "published", "updated", "created", "expired"}
)
"""The fields of which no more than SHORT is read."""
