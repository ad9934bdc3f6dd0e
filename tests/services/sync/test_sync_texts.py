"""Texts that are corrected at a server: seen, and stored as a poll's changes are."""

import pytest

from reader import query
from reader.services import marks
from reader.sync.servers import SERVERS
from tests.greader import Greader
from tests.services.synced import Home

pytestmark = pytest.mark.anyio
LATER = "<p>Said otherwise, with barnacles.</p>"


class TestCorrections:
    async def test_soon_after(self, home: Home, mind: Greader) -> None:
        """
        A text that is corrected soon is another here, with the marks that it had.
        """
        await home.begin()
        await home.mark("Item 2", read=True, starred=True)
        await home.tag("Item 2", "Mine")
        await home.sync()
        _, second, _ = mind.items.values()
        second.html, second.title = LATER, "Item 2, corrected"
        done = await home.sync()
        row = home.rows()["Item 2, corrected"]

        assert (done.new, done.changed) == (0, 1)
        assert "barnacles" in home.built.store.entry(row.id).summary
        assert (row.read, row.starred, row.tags) == (True, True, ("Mine",))

    async def test_it_is_found(self, home: Home, mind: Greader) -> None:
        """
        A corrected text is found by its new words, and not by its old ones.
        """
        await home.begin()
        _, second, _ = mind.items.values()
        second.html = LATER
        await home.sync()

        def found(words: str) -> int:
            asked = query.parse(words, home.time, home.built.zone)
            return len(home.built.store.search(asked))

        assert (found("barnacles"), found("text")) == (1, 2)

    async def test_long_after(self, home: Home, mind: Greader) -> None:
        """
        What is corrected long after it came is seen when everything is compared.
        """
        await home.begin()
        mind.clock += 86_400
        await home.sync()
        next(iter(mind.items.values())).html = LATER
        soon = await home.sync()
        whole = await home.sync(whole=True)

        assert (soon.changed, whole.changed) == (0, 1)

    async def test_unread_again(self, home: Home, mind: Greader) -> None:
        """
        What a server makes unread again may be corrected, and is looked at at once.
        """
        first = next(iter(mind.items.values()))
        first.read = True
        await home.begin()
        mind.clock += 86_400
        await home.sync()
        first.html, first.read = LATER, False
        done = await home.sync()

        assert (done.changed, done.marked) == (1, 1)
        assert home.states()["Item 1"] == (False, False)

    async def test_nothing_is_changed(self, home: Home, mind: Greader) -> None:
        """
        What is the same is written nowhere.
        """
        await home.begin()
        done = [await home.sync(whole=whole) for whole in (False, True)]

        assert [one.changed for one in done] == [0, 0]

    async def test_what_has_expired(self, home: Home, mind: Greader) -> None:
        """
        A text that has expired here does not come back for a correction.
        """
        await home.begin()
        ids = [row.id for row in home.rows().values()]
        await marks.mark(home.built, ids, read=True)
        await home.sync()
        home.later(days=1)
        home.built.store.expire(home.time, 0, None)
        for item in mind.items.values():
            item.html = LATER
        done = await home.sync(whole=True)

        assert (done.status, done.changed) == ("ok", 0)
        assert home.rows() == {}

    async def test_few_requests(
        self, home: Home, mind: Greader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A server that allows few requests a day is asked for texts again once a day.
        """
        (sparing,) = [s for s in SERVERS if s.name == "inoreader"]
        monkeypatch.setattr("reader.services.accounts.server_named", lambda _: sparing)
        await home.begin()
        mind.asked.clear()
        await home.sync()
        asked = [path for path, _ in mind.asked if path.endswith("/contents")]
        await home.sync(whole=True)

        assert asked == []
        assert any(path.endswith("/contents") for path, _ in mind.asked)
