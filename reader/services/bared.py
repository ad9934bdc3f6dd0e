"""Feeds that are asked for over https and answer over http: noted, and told.

Nothing is refused for it: the feed's own server chose so. Anybody on the way can read
and change what comes.
"""

from reader.model import Feed
from reader.services.core import Services

TOLD = "leads from https to http, where anybody on the way can change it"


def _key(feed: Feed) -> str:
    return f"bared/{feed.id}"


def is_bared(services: Services, feed: Feed) -> bool:
    """Whether the last answer of a feed came so, where the feed is now."""
    return services.store.get_setting(_key(feed)) == feed.url


async def note(services: Services, feed: Feed, came_so: bool) -> None:
    """Remember how a feed's answer came, if it came otherwise than before."""
    if came_so != is_bared(services, feed):
        # The address is kept with it: at another one the feed may answer well.
        value = feed.url if came_so else ""
        await services.write(services.store.set_setting, _key(feed), value)
