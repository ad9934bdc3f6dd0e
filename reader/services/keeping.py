"""What is not kept for ever: entries that the settings let go.

It goes after a poll, so that what was just fetched counts; nothing is fetched here.
"""

from reader.services.core import Services


async def let_go(services: Services) -> int:
    """Delete what `[store]` says is too old or too much; how many entries it were.

    Starred and tagged ones stay for ever, and the room of the others is given back.
    """
    rules = services.settings.store
    if rules.keep_days is None and rules.keep_entries is None:
        return 0
    return await services.write(
        services.store.expire, services.now(), rules.keep_days, rules.keep_entries
    )
