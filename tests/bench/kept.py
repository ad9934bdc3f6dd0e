"""Stores of any size, filled with made-up entries in a home that is thrown away.

Nothing in them is due, so that a reader opened on one asks nobody. It measures nothing.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.model import Attribution, Entry
from reader.store import Poll, Polled, Store
from tests.bench import texts
from tests.bench.readers import settings_for_loopback

FEEDS = 1_000
A_FEED = 100
"""Entries of one feed."""

_TAG = re.compile("<[^>]*>")


def database(home: Path) -> Path:
    """Where the store of a home is."""
    return home / "data" / "firsthand" / "firsthand.db"


@contextmanager
def kept(entries: int) -> Iterator[Path]:
    """A home whose store holds so many entries, as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="firsthand-bench-") as folder:
        home = Path(folder)
        settings_for_loopback(home)
        store = Store(database(home))
        for number in range(-(-entries // A_FEED)):
            _fill(store, number, min(A_FEED, entries - number * A_FEED))
        while store.catch_up():
            pass
        store.close()
        yield home


def _fill(store: Store, number: int, count: int) -> None:
    now = datetime.now(UTC)
    site = f"https://harbour{number}.example"
    feed = store.add_feed(f"{site}/feed", f"Harbour {number}", site, None, now)
    found = tuple(map(_polled, texts.stories(site, number, count)))
    later = now + timedelta(days=30)
    store.save_poll(Poll(feed.id, now, later, new=found), index=False)


def _polled(story: texts.Story) -> Polled:
    entry = Entry(
        id=0,
        guid=story.url,
        url=story.url,
        title=story.title,
        authors=(story.author,),
        categories=(story.tag,),
        published=story.published,
        summary=story.summary,
        content=story.content,
    )
    text = _TAG.sub("", story.content)
    return Polled(entry, story.url, Attribution("original"), text)


def words_held(share: float, near: int = 2) -> tuple[str, ...]:
    """Words that about this share of all entries hold, of a sample of them."""
    sample = [s for seed in range(20) for s in texts.stories("https://x.example", seed)]
    held: Counter[str] = Counter()
    for story in sample:
        held.update(set(_TAG.sub("", story.content).replace(",", " ").split()))
    nearest = sorted(
        held, key=lambda word: (abs(held[word] / len(sample) - share), word)
    )
    return tuple(word for word in nearest if word.isalpha())[:near]
