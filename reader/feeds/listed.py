"""What a list of subscriptions holds, whichever program wrote it."""

from dataclasses import dataclass

PASSED = 200
"""Sentences about a list that are told; one that is all broken needs no more."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed in a list. `folder` holds the names of nested folders, joined by "/"."""

    url: str
    title: str = ""
    site_url: str | None = None
    folder: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedList:
    """The feeds of a list, each address once, in their order.

    `views` are queries with a name, `passed` says in a sentence each what was meant as
    a feed and is none for us.
    """

    feeds: tuple[Subscription, ...] = ()
    views: tuple[tuple[str, str], ...] = ()
    passed: tuple[str, ...] = ()
