"""The store: the only SQL. What is kept, found again, counted, marked and undone.

It never fetches, parses a feed or judges an entry.
"""

from reader.store.packing import pack
from reader.store.store import Store
from reader.store.values import (
    Account,
    Action,
    Counts,
    Ids,
    Known,
    Listed,
    Move,
    Order,
    Outgoing,
    Packed,
    Poll,
    Polled,
    Saved,
    StoredReading,
    Told,
)

__all__ = [
    "Account",
    "Action",
    "Counts",
    "Ids",
    "Known",
    "Listed",
    "Move",
    "Order",
    "Outgoing",
    "Packed",
    "Poll",
    "Polled",
    "Saved",
    "Store",
    "StoredReading",
    "Told",
    "pack",
]
