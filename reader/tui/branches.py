"""The branches of the sidebar: folders of what is polled from here, then accounts.

Values only: which feeds stand together, and the lists that they can be opened as.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from reader import query
from reader.model import Feed
from reader.store import Counts
from reader.tui.views import View, of_folder


@dataclass(frozen=True, slots=True)
class Branch:
    """The feeds of a folder; `account` is empty for those polled from here.

    `alone`: there is no account, and so no other folder of this name.
    """

    account: str
    folder: str
    feeds: tuple[Feed, ...]
    alone: bool = True

    @property
    def key(self) -> str:
        """What tells it from others."""
        return folder_key(self.account, self.folder)

    @property
    def view(self) -> View:
        """The entries of its feeds."""
        whole = of_folder(self.folder, self.feeds)
        if self.alone:
            return whole
        wanted = query.all_of(
            query.of_folder(self.folder), query.of_account(self.account or None)
        )
        return View(self.key, self.folder, lambda now, zone: wanted, whole.feeds)


def folder_key(account: str, folder: str) -> str:
    """The key of a folder; those polled from here have the shorter ones."""
    return f"folder:{account}\n{folder}" if account else f"folder:{folder}"


def account_key(name: str) -> str:
    """The key of an account."""
    return f"account:{name}"


def branches(feeds: Iterable[Feed]) -> tuple[Branch, ...]:
    """Every folder with its feeds, in their order; accounts come after what is ours."""
    ordered = sorted(feeds, key=lambda feed: feed.account or "")
    alone = not any(feed.account for feed in ordered)
    return tuple(
        Branch(account, folder, tuple(group), alone)
        for (account, folder), group in groupby(
            ordered, lambda feed: (feed.account or "", feed.folder or "")
        )
    )


def unread(found: Iterable[Branch], counts: Counts) -> dict[str, int]:
    """How many unread stories each feed, folder and account has, by the key of each.

    A folder has those of the folders within it, too, as its list has.
    """
    groups: dict[str, list[int]] = {}
    held = tuple(found)
    folders = {(each.account, each.folder.casefold()): each.key for each in held}
    for branch in held:
        ids = [feed.id for feed in branch.feeds]
        groups |= {f"feed:{feed}": [feed] for feed in ids}
        above = accumulate(branch.folder.casefold().split("/"), "{}/{}".format)
        keys = [folders.get((branch.account, name)) for name in above]
        for key in (account_key(branch.account), *filter(None, keys)):
            groups.setdefault(key, []).extend(ids)
    return counts.together(groups)


def accounts(found: Iterable[Branch]) -> dict[str, tuple[Branch, ...]]:
    """The branches of each account, by its name; what is polled from here is ""."""
    return {
        name: tuple(group)
        for name, group in groupby(found, lambda branch: branch.account)
    }


def of_account(name: str, folders: Sequence[Branch]) -> View:
    """The entries of all feeds of an account."""
    ids = tuple(feed.id for branch in folders for feed in branch.feeds)
    wanted = query.of_account(name)
    return View(account_key(name), name, lambda now, zone: wanted, ids)
