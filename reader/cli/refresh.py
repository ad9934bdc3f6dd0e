"""`firsthand refresh`: a bar on a terminal, a line a failed feed, the sum at last."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from reader.cli import as_json, as_text
from reader.cli.progress import Bar
from reader.cli.session import complain, say
from reader.services.bared import TOLD
from reader.services.poll import EntryAttributed, FeedPolled, Progress
from reader.services.sync import Synced


async def tell(
    steps: AsyncGenerator[Progress, None],
    json: bool,
    asked: int = 0,
    idle: Callable[[], str | None] = lambda: None,
) -> bool:
    """Tell a refresh as it goes; False when all failed that were asked.

    `asked` is how many feeds were asked for in any case, due or not; `idle` says
    why nothing was polled.
    """
    tally = Tally()
    # Closed here, so that a reader of our pipe who leaves does not leave leases behind.
    async with aclosing(steps):
        with Bar() as bar:
            async for step in steps:
                if isinstance(step.last, FeedPolled):
                    bar.clear()
                    _tell(step.last, json)
                elif isinstance(step.last, Synced):
                    bar.clear()
                    _tell_account(step.last)
                tally.add(step)
                bar.show(step)
    if tally.polled + tally.held < asked:
        left = as_text.count(asked - tally.polled - tally.held, "feed")
        complain(f"{left} left to another Firsthand that is polling just now")
    if not json:
        say([tally.sentence()])
        if not (tally.polled or tally.held or tally.accounts) and (why := idle()):
            say([why])
    asked_of = tally.polled + tally.accounts
    return asked_of == 0 or tally.failed + tally.away < asked_of


class Tally:
    """What a refresh came to."""

    def __init__(self) -> None:
        self.polled = self.held = self.failed = self.new = self.followed = (
            self.resolved
        ) = 0
        self.accounts = self.away = 0

    def add(self, step: Progress) -> None:
        """Count one step."""
        self.new, self.failed = step.new, step.failed
        match step.last:
            case FeedPolled(status="held"):
                self.held += 1
            case FeedPolled():
                self.polled += 1
            case EntryAttributed(attribution=found):
                self.followed += 1
                self.resolved += found is not None and found.status == "resolved"
            case Synced(status=status):
                self.accounts += 1
                self.away += status == "failed"
            case None:
                pass

    def sentence(self) -> str:
        """The whole refresh in one line."""
        new = as_text.count(self.new, "new entry", "new entries")
        failed = f", {self.failed} failed" if self.failed else ""
        held = f", {self.held} left alone as its host asks" if self.held else ""
        polled = as_text.count(self.polled, "feed")
        followed = f"{self.followed} followed, {self.resolved} resolved"
        return f"{polled} polled{failed}{held} · {new} · {followed}"


def _tell_account(synced: Synced) -> None:
    name = synced.account.name
    for trouble in (*synced.notes, *([synced.error.reason] if synced.error else [])):
        complain(f"{name}: {trouble}")


def _tell(polled: FeedPolled, json: bool) -> None:
    if polled.error:
        complain(f"{polled.feed.title} ({polled.feed.url}): {polled.error.reason}")
    if polled.bared:
        complain(f"{polled.feed.title} ({polled.feed.url}): {TOLD}")
    if json:
        say([as_json.line(as_json.polled(polled))])
    elif polled.moved:
        say([f"{polled.feed.title}: {as_text.move(polled.moved)}"])
