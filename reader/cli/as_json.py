"""Values as the contract's JSON: keys stable, unknown null, times ISO 8601 in UTC."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.cli.exact import Exact
from reader.model import (
    Article,
    Attribution,
    EntryRow,
    Feed,
    FeedRef,
    Guess,
    Hop,
    Links,
    Reading,
)

if TYPE_CHECKING:
    from reader.services.doctor import Check
    from reader.services.poll import FeedPolled
    from reader.services.sync import Synced
    from reader.store import Account

Json = str | int | float | bool | None | Mapping[str, "Json"] | Sequence["Json"]


def line(value: Mapping[str, Json]) -> Exact:
    """One object as one line of JSON Lines."""
    return Exact(json.dumps(value, ensure_ascii=False))


def time(value: datetime | None) -> str | None:
    """ISO 8601 in UTC, with Z."""
    if value is None:
        return None
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def names(authors: tuple[str, ...]) -> str | None:
    """Names joined by ", ", null where there are none."""
    return ", ".join(authors) or None


def feed(value: Feed) -> dict[str, Json]:
    """A subscription, for `feeds`."""
    return {
        "id": value.id,
        "title": value.title,
        "url": value.url,
        "site_url": value.site_url,
        "folder": value.folder,
        "account": value.account,
        "tags": list(value.tags),
        "unread": value.unread,
        "entries": value.entries,
        "stub_share": value.stub_share,
        "looked": value.looked,
        "resolve": value.follow,
        "every": value.every.total_seconds() if value.every else None,
        "last_success": time(value.last_success),
        "next_poll": time(value.next_poll),
        "error": value.error,
        "moving_to": value.moving.url if value.moving else None,
        "paused": time(value.paused),
    }


def account(value: "Account") -> dict[str, Json]:
    """An account at a server, for `sync status`."""
    return {
        "name": value.name,
        "url": value.url,
        "user": value.user,
        "server": value.server,
        "feeds": value.feeds,
        "waiting": value.waiting,
        "last_sync": time(value.last_sync),
        "next_try": time(value.retry_at),
        "error": value.error,
    }


def synced(value: "Synced") -> dict[str, Json]:
    """How the sync of an account went, for `sync now`."""
    return {
        "account": value.account.name,
        "status": value.status,
        "new": value.new,
        "changed": value.changed,
        "marked": value.marked,
        "sent": value.sent,
        "subscribed": value.came,
        "unsubscribed": value.went,
        "error": value.error.reason if value.error else None,
    }


def polled(value: "FeedPolled") -> dict[str, Json]:
    """How the poll of a feed went, for `refresh`."""
    return {
        "id": value.feed.id,
        "url": value.feed.url,
        "status": value.status,
        "new": value.new,
        "error": value.error.reason if value.error else None,
        "moved_to": value.moved.after if value.moved else None,
    }


def entry(row: EntryRow) -> dict[str, Json]:
    """An entry with its attribution, for `list`, `search` and `show`."""
    return {
        "id": row.id,
        "feed": _feed_ref(row.feed),
        "title": row.title,
        "url": row.url,
        "author": names(row.authors),
        "published": time(row.published),
        "read": row.read,
        "starred": row.starred,
        "hidden": row.hidden,
        "tags": list(row.tags),
        "stub": row.attribution.stub,
        "story": _story(row.story),
        "also_in": [
            {"id": copy.id, "feed": _feed_ref(copy.feed)} for copy in row.copies
        ],
        "enclosures": [
            {"url": file.url, "type": file.type or None, "length": file.length}
            for file in row.enclosures
        ],
        "attribution": attribution(row.attribution),
    }


def _feed_ref(value: FeedRef) -> dict[str, Json]:
    return {"id": value.id, "title": value.title, "url": value.url}


def _story(story: int | None) -> int | None:
    """The story's number within what every reader of JSON keeps exact (RFC 8259, 6)."""
    return None if story is None else story & (2**53 - 1)


def attribution(value: Attribution) -> dict[str, Json]:
    """The verdict about an entry."""
    return {
        "status": value.status,
        "url": value.url,
        "publisher": value.publisher,
        "author": names(value.authors),
        "published": time(value.published),
        "confidence": value.confidence,
        "reachable": value.reachable,
        "http_status": value.http_status,
        "checked_at": time(value.checked_at),
        "guess": _guess(value.guess),
        "trail": [_hop(hop) for hop in value.trail],
        "reasons": [
            {"text": reason.text, "supports": reason.supports}
            for reason in value.reasons
        ],
        "refused": [
            {"url": refusal.url, "reason": refusal.reason} for refusal in value.refused
        ],
        "ended": value.ended,
        "problem": value.problem,
        "problem_evidence": value.problem_evidence,
        "announced": value.announced,
        "pages": value.pages,
    }


def _hop(hop: Hop) -> dict[str, Json]:
    return {
        "from": hop.url,
        "to": hop.target,
        "via": hop.via,
        "evidence": hop.evidence,
        "status": hop.status,
        "elapsed": hop.elapsed,
    }


def _guess(guess: Guess | None) -> dict[str, Json] | None:
    if guess is None:
        return None
    return {
        "url": guess.url,
        "publisher": guess.publisher,
        "confidence": guess.confidence,
    }


def article(value: Article) -> dict[str, Json]:
    """An article, for `extract` and within `show`."""
    from reader.extract import plain  # what lists entries does without it

    return {
        "url": value.url,
        "title": value.title,
        "author": names(value.authors),
        "publisher": value.publisher,
        "published": time(value.published),
        "language": value.language,
        "lead_image": value.lead_image,
        "text": plain(value.markdown),
        "markdown": value.markdown,
    }


def reading(value: Reading) -> dict[str, Json]:
    """An entry, its attribution and its article; the feed's text where that is all."""
    shown = value.article or value.feed_text
    return {
        **entry(value.row),
        "article": article(shown),
        "article_from": "original" if value.article else "feed",
        "problem": value.problem,
        "links": links(value.links) if value.links else None,
    }


def links(value: Links) -> dict[str, Json]:
    """The addresses of an entry, side by side."""
    return {
        "entry": value.entry,
        "canonical": value.canonical,
        "reached": value.reached,
        "original": value.original,
        "discussion": value.discussion,
    }


def checks(found: "tuple[Check, ...]") -> dict[str, Json]:
    """What `doctor` found."""
    return {
        "ok": all(check.ok for check in found),
        "checks": [
            {
                "name": check.name,
                "ok": check.ok,
                "message": check.message,
                "fix": check.fix,
            }
            for check in found
        ],
    }
