"""What the left of the status line says: the first of several things that is so.

It words and chooses; nothing is drawn or done here.
"""

from datetime import datetime

from reader.store import Account
from reader.tui.paint import status
from reader.tui.paint.dates import clock, until
from reader.tui.paint.span import Line
from reader.tui.paint.status import Hint
from reader.tui.shell import Shell

YES_NO = (Hint("y", "yes", "yes"), Hint("n", "no", "no"))


def left(app: Shell, question: str, place: Line, columns: int) -> Line:
    """A question, what was done, the refresh, being offline, or where one is."""
    if question:
        return status.question(question, YES_NO)
    if app.said:
        return status.said(app.said.split(" · "), app.glyphs)
    return refreshing(app, columns) or _offline(app) or place


def refreshing(app: Shell, columns: int) -> Line:
    """How far the refresh has come, or what it brought."""
    now = app.polling
    if now.running and now.attributing:
        return status.said(
            (f"following stubs {now.done}/{now.total}", *_new(now.new)), app.glyphs
        )
    if now.running and now.total:
        return status.progress(
            now.done,
            now.total,
            now.new,
            now.failed,
            columns,
            app.glyphs,
            bar=app.settings.ui.motion == "on",
        )
    if now.new_here:
        key = app.keymap.shown("refresh_feed")
        return status.said((f"{now.new_here} new", f"{key} shows"), app.glyphs)
    return ()


def _new(count: int) -> tuple[str, ...]:
    return (f"{count} new",) if count else ()


def _offline(app: Shell) -> Line:
    since = app.polling.offline
    if since is None:
        return ()
    when = clock(since, app.services.zone)
    return status.said((f"offline since {when}", "reading what is here"), app.glyphs)


def idle(app: Shell) -> Line:
    """How many feeds there are, and when they are asked again."""
    count = len(app.feeds)
    feeds = "1 feed" if count == 1 else f"{count} feeds"
    due, servers = next_poll(app), tuple(map(_account, app.accounts))
    if due is None or not app.polls:
        return status.said((feeds, *servers), app.glyphs)
    when = until(due, app.services.now())
    soon = "poll is due" if when == "now" else f"next poll {when}"
    return status.said((feeds, soon, *servers), app.glyphs)


def _account(account: Account) -> str:
    """An account that is well, or what is wrong, and what its server is to be told."""
    # What to do about it stands after the first words; a refresh says it.
    wrong = (account.error or "").partition("; ")[0]
    state = f": {wrong}" if wrong else " in step"
    waiting = f", {account.waiting} to tell" if account.waiting else ""
    return f"{account.name}{state}{waiting}"


def next_poll(app: Shell) -> datetime | None:
    """When the first feed is due; not while they rest, as a refresh was stopped."""
    due = min((feed.next_poll for feed in app.feeds if feed.next_poll), default=None)
    rests = app.polling.rests
    return max(due, rests) if due and rests else due
