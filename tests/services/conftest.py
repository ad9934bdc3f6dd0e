"""Services over a real store and a played web, on a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader import services, settings
from reader.services import Services
from tests.services.played import NOW, PlayedWeb


@pytest.fixture
def web() -> PlayedWeb:
    """A web that holds nothing yet."""
    return PlayedWeb()


@pytest.fixture
def built(tmp_path: Path, web: PlayedWeb) -> Iterator[Services]:
    """Services over the played web."""
    paths = settings.Paths.under(tmp_path / "firsthand")
    chosen, _ = settings.load(paths)
    rules = settings.load_rules(paths)
    made = services.build(web.fetch, paths, chosen, rules, clock, UTC)
    yield made
    made.close()


def clock() -> datetime:
    """The clock of these tests."""
    return NOW
