"""What the status line says was done: marks made or taken back, an article fetched."""

from reader.model import Reading
from reader.store import Action

_DONE = {
    "read": "marked read",
    "unread": "marked unread",
    "starred": "starred",
    "unstarred": "no longer starred",
    "hidden": "hidden",
    "removed": "removed",
}
_BACK = {
    "read": "unread again",
    "unread": "read again",
    "starred": "no longer starred",
    "unstarred": "starred again",
    "hidden": "shown again",
    "shown again": "hidden again",
    "removed": "back among your feeds",
}
_FEEDS = ("removed",)
"""What is done to feeds; all else is done to entries."""
_TAGGED, _UNTAGGED = "tagged ", "no more tagged "


def done(action: Action) -> str:
    """What an action did: `38 marked read`."""
    return f"{action.count:,} {_DONE.get(action.what, action.what)}"


def undone(action: Action) -> str:
    """What is so again since an action was taken back: `38 entries unread again`."""
    return f"{_counted(action)} {_back(action.what)}"


def redone(action: Action) -> str:
    """What an action did once more: `38 entries marked read again`."""
    return f"{_counted(action)} {_DONE.get(action.what, action.what)} again"


def of_feeds(action: Action) -> bool:
    """Whether it was feeds that something was done to."""
    return action.what in _FEEDS


def fetched(before: Reading, after: Reading) -> str:
    """What came of an entry that was fetched anew, beside what was known of it."""
    if after.problem:
        return f"Fetched anew: {after.problem}"
    told = [f"Fetched anew: {_found(before, after)}"]
    if after.article:
        same = before.article and before.article.markdown == after.article.markdown
        count = len(after.article.markdown.split())
        words = "1 word" if count == 1 else f"{count:,} words"
        told.append(f"{words}, {'as before' if same else 'another text than before'}")
    return " · ".join(told)


def _found(before: Reading, after: Reading) -> str:
    was, now = before.attribution, after.attribution
    changed = (was.status, was.url) != (now.status, now.url)
    if not changed:
        return "nothing else was found" if now.url is None else "the same original"
    if now.status == "resolved":
        return f"first published by {now.publisher or 'somebody unnamed'}"
    return "published here first" if now.url else "no first publisher was found"


def _back(what: str) -> str:
    if " and " in what:
        return " and ".join(_back(part) for part in what.split(" and "))
    if what.startswith(_UNTAGGED):
        return f"tagged {what.removeprefix(_UNTAGGED)} again"
    if what.startswith(_TAGGED):
        return f"no longer {what}"
    return _BACK.get(what, f"no longer {what}")


def _counted(action: Action) -> str:
    noun = ("feed", "feeds") if of_feeds(action) else ("entry", "entries")
    return f"{action.count:,} {noun[action.count != 1]}"
