"""`firsthand resolve --stored`: a line an entry whose verdict changed, then the sum."""

from reader.cli import as_json
from reader.cli.as_text import count
from reader.cli.session import say
from reader.services import Services
from reader.services.anew import Anew, look_anew


async def tell(services: Services, limit: int, json: bool) -> None:
    """Look anew at every stored entry, and say what came out otherwise."""
    seen = followed = changed = 0
    async for done in look_anew(services, limit):
        seen += 1
        followed += done.followed
        if done.changed:
            changed += 1
            say([as_json.line(_object(done)) if json else _line(done)])
    if not json:
        entries = count(seen, "entry", "entries")
        say([f"{entries} looked at, {followed} followed, {changed} changed"])


def _line(done: Anew) -> str:
    before, after = done.before, done.after
    status = f"{before.status} → {after.status}"
    url = after.url or before.url or ""
    return f"{done.entry_id:>6}  {status}  {done.title}  {url}".rstrip()


def _object(done: Anew) -> dict[str, as_json.Json]:
    return {
        "id": done.entry_id,
        "title": done.title,
        "before": {"status": done.before.status, "url": done.before.url},
        "after": as_json.attribution(done.after),
    }
