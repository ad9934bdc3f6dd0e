"""Labels of a server's items and tags of entries: both ways, and none lost."""

import asyncio

import pytest

from reader.model import Page, Request
from reader.services import labelling, marks
from reader.sync.servers import SERVERS
from reader.sync.values import LABEL
from tests.greader import Form, Greader, Said, as_fetch
from tests.services.synced import Home

pytestmark = pytest.mark.anyio


def labels(mind: Greader) -> dict[str, tuple[str, ...]]:
    """The labels of the items that have any, by title."""
    found = {item.title: tuple(sorted(item.labels)) for item in mind.items.values()}
    return {title: names for title, names in found.items() if names}


def told(mind: Greader) -> list[tuple[str, bool]]:
    """Every label that the server was told of, in order."""
    return [(what, value) for what, _, value in mind.turned]


class TestFromTheServer:
    async def test_with_the_first_sync(self, home: Home, mind: Greader) -> None:
        """
        What has a label there comes with a tag, folders are none, nothing goes back.
        """
        first, *_ = mind.items.values()
        mind.label(first, "Later", "To do")
        await home.begin()

        assert home.tags() == {"Item 1": ("Later", "To do")}
        assert home.account.waiting == 0
        assert mind.turned == []

    async def test_later(self, home: Home, mind: Greader) -> None:
        """
        A label that an item gets there is a tag here, and goes when it is taken off.
        """
        await home.begin()
        first, second, _ = mind.items.values()
        mind.label(first, "Later")
        mind.label(second, "Later")
        done = await home.sync()
        assert done.marked == 2
        assert home.tags() == {"Item 1": ("Later",), "Item 2": ("Later",)}
        first.labels.clear()
        await home.sync()

        assert home.tags() == {"Item 2": ("Later",)}
        assert mind.turned == []

    async def test_a_label_that_is_deleted(self, home: Home, mind: Greader) -> None:
        """
        A label that is deleted at the server is taken off every entry.
        """
        for item in mind.items.values():
            mind.label(item, "Later")
        await home.begin()
        mind.unlabel("Later")
        await home.sync()

        assert home.tags() == {}

    async def test_deleted_while_it_is_listed(self, home: Home, mind: Greader) -> None:
        """
        A server that lists everything for a label it has no more tags nothing here.
        """
        first, *_ = mind.items.values()
        mind.label(first, "Later")
        await home.begin()

        def deletes(path: str, form: Form) -> None:
            if form.get("s") == [f"{LABEL}Later"]:
                mind.unlabel("Later")

        mind.faults.append(deletes)
        await home.sync()

        assert home.tags() == {}

    async def test_read_long_ago(
        self, home: Home, mind: Greader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        What was read before the first sync comes all the same if it has a label.
        """
        monkeypatch.setattr("reader.services.hearing.FIRST_READ", 1)
        for item in mind.items.values():
            item.read = True
        mind.label(mind.items[min(mind.items)], "Keep")
        await home.begin()

        assert home.tags() == {"Item 1": ("Keep",)}
        assert set(home.rows()) == {"Item 1", "Item 3"}

    async def test_an_item_that_is_gone(self, home: Home, mind: Greader) -> None:
        """
        What a server no longer holds keeps here the tags that it has.
        """
        first, second, _ = mind.items.values()
        mind.label(first, "Later")
        await home.begin()
        for one in (first, second):
            del mind.items[one.id]
        mind.unlabel("Later")
        for whole in (False, True):
            await home.sync(whole=whole)

        assert home.tags() == {"Item 1": ("Later",)}

    async def test_case_makes_no_other_tag(self, home: Home, mind: Greader) -> None:
        """
        Two labels that are one tag here: it stays until both are taken off.
        """
        first, *_ = mind.items.values()
        mind.label(first, "Later", "later")
        await home.begin()
        assert home.tags() == {"Item 1": ("Later",)}
        first.labels.discard("Later")
        await home.sync()
        assert home.tags() == {"Item 1": ("Later",)}
        first.labels.discard("later")
        await home.sync()

        assert home.tags() == {}

    async def test_without_kinds(self, home: Home, mind: Greader) -> None:
        """
        Where a server does not say what is a folder, those that feeds are in are.
        """
        first, *_ = mind.items.values()
        mind.label(first, "Later")

        def bare(path: str, _: Form) -> Said | None:
            if not path.endswith("/tag/list"):
                return None
            names = (b"News", b"Uncategorized", b"Later")
            ids = b",".join(b'{"id":"user/1/label/%s"}' % name for name in names)
            return Said(b'{"tags":[%s]}' % ids)

        mind.faults.append(bare)
        await home.begin()

        assert home.tags() == {"Item 1": ("Later",)}

    async def test_an_empty_folder(self, home: Home, mind: Greader) -> None:
        """
        What the server calls a folder is no label, though no feed is in it.
        """

        def empty(path: str, _: Form) -> Said | None:
            said = b'{"tags":[{"id":"user/-/label/Empty","type":"folder"}]}'
            return Said(said) if path.endswith("/tag/list") else None

        mind.faults.append(empty)
        await home.begin()

        assert home.tags() == {}

    async def test_a_server_that_lists_no_tags(self, home: Home, mind: Greader) -> None:
        """
        Where tags cannot be listed all else is synced, and tags stay.
        """
        await home.begin()
        await home.tag("Item 1", "Mine")
        mind.faults.append(
            lambda path, _: Said(b"", 404) if path.endswith("/tag/list") else None
        )
        done = await home.sync(whole=True)

        assert done.status == "ok"
        assert home.tags() == {"Item 1": ("Mine",)}


class TestFromHere:
    async def test_both_ways(self, home: Home, mind: Greader) -> None:
        """
        A tag that is set here is a label there, and goes when it is taken off here.
        """
        await home.begin()
        await home.tag("Item 1", "Later", "To do")
        await home.tag("Item 2", "Later")
        await home.sync()
        assert labels(mind) == {"Item 1": ("Later", "To do"), "Item 2": ("Later",)}
        await home.tag("Item 1", "Later", has=False)
        await home.sync()
        await home.sync()

        assert labels(mind) == {"Item 1": ("To do",), "Item 2": ("Later",)}
        assert home.tags() == labels(mind)
        assert home.account.waiting == 0

    async def test_in_batches(self, home: Home, mind: Greader) -> None:
        """
        Many entries that get one tag are told in batches, each item once.
        """
        for number in range(4, 601):
            mind.item(
                mind.feeds[1], f"Item {number}", f"https://relay.example/{number}"
            )
        await home.begin()
        ids = [row.id for row in home.rows().values()]
        await marks.tag(home.built, ids, add=["Later"])
        await home.sync()
        sizes = [len(form["i"]) for form in mind.edits()]

        assert sizes == [250, 250, 100]
        assert len({number for _, number, _ in mind.turned}) == 600

    async def test_offline(self, home: Home, mind: Greader) -> None:
        """
        With the server away tags wait, and the server's older word takes none off.
        """
        await home.begin()
        await home.tag("Item 1", "Later")
        mind.faults.append(
            lambda path, _: Said(b"", 500) if path.endswith("/edit-tag") else None
        )
        assert (await home.sync()).status == "failed"
        assert home.account.waiting == 1
        assert home.tags() == {"Item 1": ("Later",)}
        mind.faults.clear()
        await home.sync()

        assert labels(mind) == home.tags() == {"Item 1": ("Later",)}

    async def test_taken_off_while_syncing(self, home: Home, mind: Greader) -> None:
        """
        What is taken off in the middle of a sync stays off, and is told the next time.
        """
        await home.begin()
        server = as_fetch(mind)

        async def slow(request: Request) -> Page:
            page = await server(request)
            if "ot=" in request.url:
                await home.tag("Item 1", "Later")
                await home.tag("Item 1", "Later", has=False)
            return page

        mind.label(next(iter(mind.items.values())), "Later")
        await home.sync(slow)
        assert home.tags() == {}
        await home.sync()

        assert labels(mind) == home.tags() == {}

    async def test_killed(self, home: Home, mind: Greader) -> None:
        """
        Killed after the server heard and before we knew, a tag is told once.
        """
        await home.begin()
        await home.tag("Item 1", "Later")
        server = as_fetch(mind)

        async def killed(request: Request) -> Page:
            page = await server(request)
            if request.url.endswith("/edit-tag"):
                raise asyncio.CancelledError
            return page

        with pytest.raises(asyncio.CancelledError):
            await home.sync(killed)
        home.later(minutes=3)
        home.built.store.accounts.release(home.account)
        await home.sync()

        assert told(mind) == [("Later", True)]
        assert home.account.waiting == 0
        assert home.tags() == labels(mind)

    async def test_undone_in_time(self, home: Home, mind: Greader) -> None:
        """
        A tag that was undone before it was told is as if it had not been.
        """
        await home.begin()
        await home.tag("Item 1", "Later")
        await marks.undo(home.built)
        await home.sync()

        assert mind.turned == []
        assert home.tags() == {}

    async def test_undone_too_late(self, home: Home, mind: Greader) -> None:
        """
        A tag that was told and then undone goes from the server, too.
        """
        await home.begin()
        await home.tag("Item 1", "Later")
        await home.sync()
        await marks.undo(home.built)
        await home.sync()

        assert labels(mind) == {}
        assert home.tags() == {}

    async def test_the_label_that_is_there(self, home: Home, mind: Greader) -> None:
        """
        A tag is told by the name that its label has at the server.
        """
        first, *_ = mind.items.values()
        mind.label(first, "LATER")
        await home.begin()
        await home.tag("Item 2", "later")
        await home.sync()

        assert labels(mind) == {"Item 1": ("LATER",), "Item 2": ("LATER",)}

    async def test_a_folder_of_that_name(self, home: Home, mind: Greader) -> None:
        """
        A tag called as a folder is there stays here, which is said once.
        """
        await home.begin()
        await home.tag("Item 1", "news")
        notes = [(await home.sync()).notes for _ in range(2)]

        assert notes == [("news is a folder there, and stays a tag here",), ()]
        assert mind.turned == []
        assert home.tags() == {"Item 1": ("news",)}

    async def test_too_long(self, home: Home, mind: Greader) -> None:
        """
        A tag that the server would cut off stays here, which is said once.
        """
        await home.begin()
        await home.tag("Item 1", "x" * 64, "y" * 63)
        notes = [(await home.sync()).notes for _ in range(2)]

        assert [len(told) for told in notes] == [1, 0]
        assert "too long for a label" in notes[0][0]
        assert labels(mind) == {"Item 1": ("y" * 63,)}
        assert home.tags() == {"Item 1": ("x" * 64, "y" * 63)}

    async def test_a_server_without_labels(
        self, home: Home, mind: Greader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Where items have no labels tags stay here, and nothing waits for ever.
        """
        (without,) = [s for s in SERVERS if s.name == "miniflux"]
        monkeypatch.setattr("reader.services.accounts.server_named", lambda _: without)
        await home.begin()
        await home.tag("Item 1", "Later")
        done = await home.sync(whole=True)

        assert (done.status, done.notes) == ("ok", ())
        assert home.account.waiting == 0
        assert home.tags() == {"Item 1": ("Later",)}
        assert not [path for path, _ in mind.asked if path.endswith("/tag/list")]


class TestTwoHomes:
    async def test_converge(self, home: Home, other: Home, mind: Greader) -> None:
        """
        Two homes that tag the same items otherwise come to agree with the server.
        """
        await home.begin()
        await other.begin()
        await home.tag("Item 1", "Later", "Mine")
        await other.tag("Item 1", "Later")
        await other.tag("Item 3", "Theirs")
        for one in (home, other, home, other):
            await one.sync()
        await other.tag("Item 1", "Later", has=False)
        for one in (other, home, other):
            await one.sync()

        assert home.tags() == other.tags() == labels(mind)
        assert home.tags() == {"Item 1": ("Mine",), "Item 3": ("Theirs",)}


class TestSparing:
    @pytest.fixture
    def sparing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The server allows few requests a day."""
        (found,) = [s for s in SERVERS if s.name == "inoreader"]
        monkeypatch.setattr("reader.services.accounts.server_named", lambda _: found)

    @pytest.mark.usefixtures("sparing")
    async def test_new_items_bring_them(self, home: Home, mind: Greader) -> None:
        """
        Between whole comparisons only new items bring labels; older ones wait.
        """
        await home.begin()
        mind.label(next(iter(mind.items.values())), "Old")
        new = mind.item(mind.feeds[1], "Item 4", "https://relay.example/4")
        mind.label(new, "Fresh")
        mind.asked.clear()
        await home.sync()
        asked = [path for path, _ in mind.asked]
        assert home.tags() == {"Item 4": ("Fresh",)}
        assert not [path for path in asked if path.endswith("/tag/list")]
        await home.sync(whole=True)

        assert home.tags() == {"Item 1": ("Old",), "Item 4": ("Fresh",)}

    @pytest.mark.usefixtures("sparing")
    async def test_told_at_once(self, home: Home, mind: Greader) -> None:
        """
        Tags set and taken off here are told all the same.
        """
        await home.begin()
        await home.tag("Item 1", "Later")
        await home.sync()
        assert labels(mind) == {"Item 1": ("Later",)}
        await home.tag("Item 1", "Later", has=False)
        await home.sync()

        assert labels(mind) == {}
        assert home.account.waiting == 0

    async def test_very_many(self, home: Home, mind: Greader) -> None:
        """
        More labels than can be listed each time are listed with everything else.
        """
        first, *_ = mind.items.values()
        for number in range(labelling.FEW + 1):
            mind.label(first, f"Label {number}")
        await home.begin()
        mind.unlabel("Label 0")
        mind.unlabel("Label 1")
        mind.label(first, "Label 0", "More")
        mind.asked.clear()
        await home.sync()
        lists = [f for p, f in mind.asked if p.endswith("/ids") and LABEL in f["s"][0]]
        assert lists == []
        await home.sync(whole=True)

        assert {"More", "Label 0"} <= set(home.tags()["Item 1"])
        assert "Label 1" not in home.tags()["Item 1"]
