"""A small shelf of entries, one of each kind, put straight into the store.

Snapshots are taken of it: it changes only when the screen does.
"""

from datetime import UTC, datetime, timedelta

from reader.model import (
    Article,
    Attribution,
    Entry,
    Guess,
    Hop,
    Reason,
    Refusal,
)
from reader.services import Services
from reader.store import Poll, Polled

NOW = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)

RELAY = "https://daily-relay.example"
COURANT = "https://harbour-courant.example"

FERRY = Attribution(
    "resolved",
    url=f"{COURANT}/ferry",
    publisher="Harbour Courant",
    authors=("Marta Velde",),
    published=NOW - timedelta(minutes=25),
    confidence=0.97,
    reachable=True,
    http_status=200,
    trail=(
        Hop(f"{RELAY}/p/1", "https://hop.example/r/1", "stub-link", "named", 200, 0.4),
        Hop("https://hop.example/r/1", f"{COURANT}/ferry", "http-301", "", 301, 0.1),
    ),
    reasons=(Reason("named in the stub"), Reason("dated earlier")),
    refused=(Refusal(COURANT, "the front page, not an article"),),
    pages=3,
    checked_at=NOW,
)
EELS = Attribution(
    "unresolved",
    guess=Guess(
        "https://estuary-post.example/eels",
        "Estuary Post",
        0.41,
        (Reason("same headline"), Reason("nothing on the way names it", False)),
    ),
    trail=(Hop(f"{RELAY}/p/2", "https://login.example/", "http-302", "", 302, 0.2),),
    ended="a login page",
    pages=3,
    checked_at=NOW,
)
TEXT = """The car ferry has not moved since the spring tide of last year, and last week
it changed hands twice. On Monday a salvage firm paid for it [in full](https://a.example/).

Both sales were entered in the port register, four pages apart, in the same hand.

> One keeps a register, or one does not.

| Day | Price |
| --- | ---: |
| Monday | 40 |
| Thursday | 55 |
"""


def fill(services: Services) -> None:
    """Two feeds in two folders, five entries, one of them followed to its original."""
    store = services.store
    relay = store.add_feed(f"{RELAY}/feed", "Daily Relay", RELAY, "Coast", NOW)
    other = store.add_feed(
        "https://minato.example/feed", "港町新報", None, "Towns", NOW
    )
    stubs = (
        _entry(1, "Ferry that never left port was sold twice", 5, FERRY),
        _entry(2, "Glass eel prices halve as the rivers warm", 70, EELS),
        _entry(3, "Cable car halts for an [eagle]", 130, Attribution("unchecked")),
    )
    own, mine = (
        Attribution("original", url=f"https://minato.example/{n}") for n in (4, 5)
    )
    stories = (
        _entry(4, "港の古い時計、六十年ぶりに時を刻む", 200, own),
        _entry(5, "مدينة ساحلية تعيد فتح مكتبتها", 1_800, mine),
    )
    saved = store.save_poll(Poll(relay.id, NOW, NOW + timedelta(minutes=9), new=stubs))
    store.save_poll(Poll(other.id, NOW, NOW + timedelta(minutes=9), new=stories))
    text = Article(
        TEXT, f"{COURANT}/ferry", "Ferry that never left port was sold twice"
    )
    store.save_reading(saved.new_ids[0], FERRY, text, None, None, TEXT, NOW)
    store.mark(saved.new_ids[2:], starred=True, by="reader", now=NOW)


def _entry(number: int, title: str, minutes: int, verdict: Attribution) -> Polled:
    entry = Entry(
        f"{RELAY}/p/{number}",
        title,
        guid=str(number),
        published=NOW - timedelta(minutes=minutes),
        content=f"<p>This post was originally published elsewhere, {number}.</p>",
    )
    return Polled(entry, "x", verdict, title)
