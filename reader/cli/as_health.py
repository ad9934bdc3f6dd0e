"""How feeds fare, as lines of text and as JSON."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.cli import as_json, as_text
from reader.cli.as_json import Json

if TYPE_CHECKING:
    from reader.services.health import Health
    from reader.services.replacement import Looked

BARS = "▁▂▃▄▅▆▇█"
HANG = 8
"""Columns further in that a line goes on where it is too long for a terminal."""
WIDE = 120
"""Columns from which a terminal has room for every day."""
FEW = 10
"""Days that a narrower one shows."""
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def as_object(value: "Health") -> dict[str, Json]:
    """A feed with its health, for `feeds --health`."""
    return {
        **as_json.feed(value.feed),
        "state": value.state,
        "well": value.well,
        "error_class": value.feed.kind if value.feed.error else None,
        "failures": value.feed.failures,
        "newest": as_json.time(value.newest),
        "daily": list(value.daily),
    }


def line(value: "Health", now: datetime, width: int | None = None) -> str:
    """A feed's health in one line; a narrow terminal has the last days only."""
    feed = value.feed
    days = len(value.daily) if width is None or width >= WIDE else FEW
    mark = " " if value.well else "!"
    share = "    –" if feed.stub_share is None else f"{feed.stub_share:>4.0%} "
    success = f"ok {_ago(feed.last_success, now)}" if feed.last_success else "never ok"
    due = feed.next_poll
    next_try = "paused" if feed.paused else f"next {_until(due, now)}"
    times = f"{success:<14} {next_try:<14}"
    counts = f"{feed.id:>5} {mark} {spark(value.daily[-days:])} {share}"
    return f"{counts} {times} {feed.title}: {value.state}"


def looked(value: "Looked") -> Iterator[str]:
    """What a feed's address answers now, and where its entries may be found."""
    if value.reason:
        yield f"! {value.reason}"
    if sample := value.sample:
        yield f"it answers HTTP {sample.status}, {sample.type}, {sample.size:,} bytes:"
        yield f"  {sample.text[:300]}"
    if found := value.nearby:
        entries = as_text.count(found.entries, "entry", "entries")
        yield f"a feed was found near it: {found.title}  {found.url}"
        yield f"  {entries}, {found.known} of them known from this feed"
        yield f"  `firsthand feed {value.feed_id} --move {found.url}` takes it"


def spark(counts: tuple[int, ...]) -> str:
    """Numbers as bars; a blank for none."""
    most = max(counts, default=0)
    last = len(BARS) - 1
    return "".join(BARS[-(-n * last // most)] if n else " " for n in counts)


def _ago(moment: datetime, now: datetime) -> str:
    return f"{length(now - moment)} ago"


def _until(moment: datetime | None, now: datetime) -> str:
    if moment is None or moment <= now:
        return "now"
    return f"in {length(moment - now)}"


def length(span: timedelta) -> str:
    """A span of time in its largest unit: `14 min`."""
    seconds = max(int(span.total_seconds()), 0)
    for unit, name in UNITS:
        if seconds >= unit:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"
