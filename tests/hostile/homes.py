"""Services for the hostile tests: a home that is subscribed to one played feed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from reader import services, settings
from reader.services import Services, subscribe
from tests.services.played import PlayedWeb

NOW = datetime(2026, 2, 5, 12, tzinfo=UTC)


@asynccontextmanager
async def subscribed(folder: Path, web: PlayedWeb, url: str) -> AsyncIterator[Services]:
    """Services in a folder of their own, subscribed to a feed of this web."""
    paths = settings.Paths.under(folder / "own")
    chosen, rules = settings.Settings(), settings.load_rules(paths)
    made = services.build(web.fetch, paths, chosen, rules, lambda: NOW, UTC)
    try:
        await subscribe.add(made, url)
        yield made
    finally:
        made.close()
