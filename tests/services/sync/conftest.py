"""A played server with subscriptions, and homes that have an account at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.greader import Greader, as_fetch
from tests.services.synced import Home, world


@pytest.fixture
def mind() -> Greader:
    """The server."""
    return world()


@pytest.fixture
def home(home: Path, mind: Greader) -> Iterator[Home]:
    """A home at this server, within the test's own."""
    made = Home.at(home / "one", as_fetch(mind))
    yield made
    made.built.close()


@pytest.fixture
def other(tmp_path: Path, mind: Greader) -> Iterator[Home]:
    """Another home at the same server."""
    made = Home.at(tmp_path / "two", as_fetch(mind))
    yield made
    made.built.close()
