"""Bytes to feeds and back: parsing, discovery, lists, changes, when to poll next.

Pure: nothing here opens a file or a socket, or looks at a clock. The libraries that
cost are imported by who needs them, so that the reader starts without.
"""

from reader.feeds.changes import Changes, changes, fingerprint
from reader.feeds.discover import FoundFeed, discover, guesses
from reader.feeds.listed import FeedList, Subscription
from reader.feeds.moves import Moved, decide, shares, successor
from reader.feeds.newsboat import newsboat_list
from reader.feeds.opml import opml_list, read_opml, write_opml
from reader.feeds.parse import parse
from reader.feeds.schedule import (
    PollFacts,
    freshness,
    host_pause,
    next_poll,
    poll_facts,
)
from reader.feeds.values import Hints, ParsedFeed

__all__ = [
    "Changes",
    "FeedList",
    "FoundFeed",
    "Hints",
    "Moved",
    "ParsedFeed",
    "PollFacts",
    "Subscription",
    "changes",
    "decide",
    "discover",
    "fingerprint",
    "freshness",
    "guesses",
    "host_pause",
    "newsboat_list",
    "next_poll",
    "opml_list",
    "parse",
    "poll_facts",
    "read_opml",
    "shares",
    "successor",
    "write_opml",
]
