"""The store: the only SQL. What is kept, found again, counted, marked and undone.

It never fetches, parses a feed or judges an entry.
"""

from reader.store.store import Store
from reader.store.values import (
    Action,
    Counts,
    Ids,
    Move,
    Order,
    Poll,
    Polled,
    Saved,
    StoredReading,
)

__all__ = [
    "Action",
    "Counts",
    "Ids",
    "Move",
    "Order",
    "Poll",
    "Polled",
    "Saved",
    "Store",
    "StoredReading",
]
