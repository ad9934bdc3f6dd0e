"""What the status line says of marks that were made, taken back, or made again."""

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
