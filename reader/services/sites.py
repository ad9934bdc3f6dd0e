"""What visits to publishers' sites found, remembered for a while; never fetches."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Brings the parsers along, which the start of the reader can do without.
    from reader.resolve import Candidate

KEPT = timedelta(minutes=10)
"""How long a site is not asked again; its feed may have news after that."""
MOST = 20
"""Sites that are remembered: some list thousands of articles."""


@dataclass(slots=True)
class Site:
    """One site: what was found there, and what is still to be read.

    `fed` when its feeds were read; `maps` are the sitemaps that wait, None before they
    were looked for, `read` how many were. One visit at a time holds `visited`.
    """

    home: str
    at: datetime
    found: "list[Candidate]" = field(default_factory=list)
    fed: bool = False
    maps: list[str] | None = None
    read: int = 0
    visited: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class Sites:
    """The sites that were visited lately, by their front pages."""

    _by_home: dict[str, Site] = field(default_factory=dict)

    def of(self, home: str, now: datetime) -> Site:
        """A site as it is known; a new one when the last visit is too long ago."""
        fresh = {at: s for at, s in self._by_home.items() if now - s.at < KEPT}
        known = fresh.pop(home, None) or Site(home, now)
        others = list(fresh.items())[-(MOST - 1) :]
        self._by_home = {**dict(others), home: known}
        return known
