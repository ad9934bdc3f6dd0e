"""An account and its server on bad days: marks are kept, one line, reading goes on."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import FetchError, FetchKind, SettingsError
from reader.extract import feed_words
from reader.model import Entry, Page, Request
from reader.query import ALL
from reader.services import accounts, doctor, marks
from reader.services.secrets import Secrets
from reader.services.sync import WAITS, sync_due
from tests.greader import LARGEST, UNAUTHORIZED, Form, Greader, Said, as_fetch
from tests.services.synced import RELAY, Home, states, world

pytestmark = pytest.mark.anyio


async def synced(home: Home) -> None:
    """A home that has synced, and marked something since."""
    await home.begin()
    await home.mark("Item 1", read=True)
    await home.mark("Item 2", starred=True)


async def held(home: Home, mind: Greader, words: str) -> None:
    """What must hold after a sync that failed, and after the next that does not."""
    told = home.account.error or ""

    assert words in told
    assert "\n" not in told
    assert "sesame" not in told
    assert home.account.waiting == 2
    assert home.states()["Item 1"] == (True, False)
    mind.faults.clear()
    mind.on = True
    assert (await home.sync()).status == "ok"
    assert home.states() == states(mind)
    assert home.account.waiting == 0
    assert home.account.error is None
    assert len(mind.turned) == 2


def on(path: str, said: Said) -> Callable[[str, Form], Said | None]:
    """A fault of one call."""
    return lambda asked, _: said if asked.endswith(path) else None


CALLS = ["/subscription/list", "/stream/items/ids", "/token", "/edit-tag"]


class TestServerFails:
    @pytest.mark.parametrize("path", CALLS)
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            (Said(b"", 500), "fails (HTTP 500)"),
            (Said(b"<html>Bad gateway", 502), "fails (HTTP 502)"),
            (Said(b"", 429), "less often"),
            (UNAUTHORIZED, "login was refused"),
            (Said(b"{", 200, cut=True), "broke off"),
            (Said(b"x" * (LARGEST + 1)), "bigger than 10 MiB"),
        ],
        ids=["500", "502", "429", "401", "half", "50 MB"],
    )
    async def test_one_call(
        self, home: Home, mind: Greader, path: str, said: Said, words: str
    ) -> None:
        """
        Whichever call fails, and however: nothing is lost, nothing is told twice.
        """
        await synced(home)
        mind.token = "T2"  # noqa: S105  so that it is asked for, and no password
        mind.faults.append(on(path, said))
        await home.sync()

        await held(home, mind, words)

    async def test_off(self, home: Home, mind: Greader) -> None:
        """
        An API that was switched off is told, with where to switch it on.
        """
        await synced(home)
        mind.on = False
        await home.sync()

        await held(home, mind, "API access in FreshRSS")

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("tls", "the certificate is not trusted"),
            ("connect", "the connection was refused"),
            ("timeout", "no answer in time"),
            ("dns", "the name is not known"),
        ],
    )
    async def test_out_of_reach(
        self, home: Home, mind: Greader, kind: FetchKind, words: str
    ) -> None:
        """
        A server that is away, or whose certificate changed, is told in a line.
        """
        await synced(home)

        async def away(request: Request) -> Page:
            raise FetchError(request.url, words, kind)

        await home.sync(away)

        await held(home, mind, words)

    async def test_half_a_list(self, home: Home, mind: Greader) -> None:
        """
        Half of a list of unread items marks nothing read.
        """
        await synced(home)
        mind.faults.append(on("/stream/items/ids", Said(b'{"itemRefs":[{"id":"1"')))
        await home.sync()

        await held(home, mind, "only half of it came")

    async def test_the_password_changed(self, home: Home, mind: Greader) -> None:
        """
        With a new password at the server nothing is told until it is given here.
        """
        await synced(home)
        mind.password, mind.auth = "another", "alice/fedcba"
        await home.sync()

        assert "login was refused" in (home.account.error or "")
        assert home.account.waiting == 2
        secret = "another"  # noqa: S105
        await accounts.login(home.built, "https://rss.example", "alice", secret)
        await home.sync()
        assert home.states() == states(mind)

    async def test_the_login_ran_out(self, home: Home, mind: Greader) -> None:
        """
        A login that has run out is made anew by itself, and kept for the next time.
        """
        await synced(home)
        mind.auth = "alice/fedcba"
        assert (await home.sync()).status == "ok"
        mind.asked.clear()
        assert (await home.sync()).status == "ok"

        assert not any("ClientLogin" in path for path, _ in mind.asked)


class TestDoctor:
    async def test_tells_of_accounts(self, home: Home, mind: Greader) -> None:
        """
        The doctor names an account that fails, why, what is kept, and what to do.
        """
        await synced(home)
        mind.on = False
        await home.sync()
        (found,) = [c for c in doctor.check(home.built) if c.name.startswith("account")]

        assert not found.ok
        assert "API access" in found.message
        assert "2 to tell, all kept" in found.message
        assert "firsthand sync login" in (found.fix or "")


class TestBackOff:
    async def test_later_and_later(self, home: Home, mind: Greader) -> None:
        """
        A server that fails is left alone, each time longer, and asked when it is due.
        """
        await synced(home)
        mind.faults.append(on("/subscription/list", Said(b"", 500)))
        home.later(hours=1)
        pauses = []
        for _ in range(7):
            (done,) = [done async for done in sync_due(home.built)]
            assert done.status == "failed"
            assert [d async for d in sync_due(home.built)] == []
            pause = (home.account.retry_at or home.time) - home.time
            pauses.append(pause)
            home.time += pause

        assert pauses == [*WAITS, WAITS[-1], WAITS[-1]]

    async def test_as_long_as_it_asks(self, home: Home, mind: Greader) -> None:
        """
        A server that says how long it wants to be left alone, is.
        """
        await synced(home)
        said = Said(b"", 429, (("Retry-After", "7200"),))
        mind.faults.append(on("/subscription/list", said))
        await home.sync()

        assert home.account.retry_at == home.time + timedelta(hours=2)


class TestKilled:
    async def test_in_the_middle_of_telling(self, tmp_path: Path) -> None:
        """
        Killed after the server heard and before we knew, nothing is told twice.
        """
        mind = world(600)
        server = as_fetch(mind)
        first = Home.at(tmp_path / "one", server)
        await first.login()
        await first.sync()
        await marks.mark(first.built, first.built.store.ids(ALL), read=True)

        async def killed(request: Request) -> Page:
            page = await server(request)
            if len(mind.edits()) == 2:
                raise asyncio.CancelledError
            return page

        with pytest.raises(asyncio.CancelledError):
            await first.sync(killed)
        assert len(mind.turned) == 500
        first.built.close()

        second = Home.at(tmp_path / "one", server)
        second.later(minutes=3)
        done = await second.sync()
        state, waiting = second.states(), second.account.waiting
        second.built.close()

        assert done.status == "ok"
        assert len(mind.turned) == len(set(mind.turned)) == 600
        assert waiting == 0
        assert state == states(mind)

    async def test_in_the_middle_of_hearing(self, tmp_path: Path) -> None:
        """
        Killed while items come, the rest comes the next time, each once.
        """
        mind = world(350)
        server = as_fetch(mind)
        first = Home.at(tmp_path / "one", server)
        await first.login()
        asked = 0

        async def killed(request: Request) -> Page:
            nonlocal asked
            asked += "contents" in request.url
            if asked == 3:
                raise asyncio.CancelledError
            return await server(request)

        with pytest.raises(asyncio.CancelledError):
            await first.sync(killed)
        assert len(first.rows()) == 200
        first.built.close()
        second = Home.at(tmp_path / "one", server)
        second.later(minutes=3)
        done = await second.sync()
        count = len(second.rows())
        second.built.close()

        assert (done.new, count) == (150, 350)


class TestWhatIsGone:
    async def test_ids_that_no_longer_exist(self, home: Home, mind: Greader) -> None:
        """
        A server that refuses a batch for one item hears of the others.
        """
        await synced(home)
        await home.mark("Item 2", "Item 3", read=True)
        gone = min(mind.items)

        def refuses(path: str, form: Form) -> Said | None:
            hit = any(one.endswith(f"{gone:x}") for one in form.get("i", ()))
            return Said(b"", 404) if path.endswith("/edit-tag") and hit else None

        mind.faults.append(refuses)
        done = await home.sync()

        assert done.status == "ok"
        assert len(done.notes) == 1
        assert home.account.waiting == 0
        assert {i.title: i.read for i in mind.items.values()} == {
            "Item 1": False,
            "Item 2": True,
            "Item 3": True,
        }

    async def test_a_server_that_forgets_items(self, home: Home, mind: Greader) -> None:
        """
        What a server no longer holds keeps here the marks that it has.
        """
        await synced(home)
        await home.sync()
        mind.items = {}
        for whole in (False, True, False):
            assert (await home.sync(whole=whole)).status == "ok"

        assert home.states() == {
            "Item 1": (True, False),
            "Item 2": (False, True),
            "Item 3": (False, False),
        }

    async def test_is_not_looked_for_again(self, home: Home, mind: Greader) -> None:
        """
        An item that proved to be gone is not looked for at every sync.
        """
        await synced(home)
        await home.sync()
        mind.items = {}
        await home.sync()
        mind.asked.clear()
        await home.sync()
        lists = [form for path, form in mind.asked if path.endswith("/ids")]

        assert not [
            f for f in lists if not {"xt", "ot"} & f.keys() and "read" in f["s"]
        ]
        assert len(lists) == 3

    async def test_items_that_come_back(self, home: Home, mind: Greader) -> None:
        """
        A server that remembers again has its say again.
        """
        await synced(home)
        await home.sync()
        kept = dict(mind.items)
        mind.items = {}
        await home.sync()
        mind.items = kept
        next(iter(kept.values())).read = False
        await home.sync(whole=True)

        assert home.states() == states(mind)

    async def test_a_server_that_forgets_everything(
        self, home: Home, mind: Greader
    ) -> None:
        """
        A server that lists no subscription at all takes nothing from here.
        """
        for number in range(3):
            mind.feed(f"https://more.example/{number}", f"More {number}")
        await synced(home)
        feeds, items = dict(mind.feeds), dict(mind.items)
        mind.feeds, mind.items = {}, {}
        done = await home.sync()

        assert done.status == "failed"
        assert len(home.built.store.feeds()) == 5
        assert len(home.rows()) == 3
        mind.feeds, mind.items = feeds, items
        await held(home, mind, "nothing is removed here")

    async def test_read_elsewhere_is_no_doubt(self, home: Home, mind: Greader) -> None:
        """
        What was read elsewhere long after it came is found, and read here, too.
        """
        await home.login()
        await home.sync()
        mind.clock += 86_400 * 10
        await home.sync()
        for one in mind.items.values():
            one.read = True
        await home.sync()

        assert all(read for read, _ in home.states().values())


class TestOddServers:
    @pytest.mark.parametrize("hours", [-1, 1, -30])
    async def test_a_clock_that_is_off(
        self, home: Home, mind: Greader, hours: int
    ) -> None:
        """
        Whatever our clock says, what came since is asked for by the server's.
        """
        await synced(home)
        home.later(hours=hours)
        await home.sync()
        late = mind.item(mind.feeds[1], "Late", "https://relay.example/late")
        late.read = True
        await home.sync()

        assert home.states() == states(mind)

    async def test_items_too_large_together(self, tmp_path: Path) -> None:
        """
        Items that are too large for one answer are asked for by halves.
        """
        mind = world(40)

        def large(path: str, form: Form) -> Said | None:
            many = path.endswith("/contents") and len(form["i"]) > 10
            return Said(b"x" * (LARGEST + 1)) if many else None

        mind.faults.append(large)
        home = Home.at(tmp_path / "one", as_fetch(mind))
        await home.login()
        done = await home.sync()
        home.built.close()

        assert (done.status, done.new) == ("ok", 40)

    async def test_one_item_too_large(self, home: Home, mind: Greader) -> None:
        """
        An item that is too large by itself is left there, told once, the others come.
        """
        huge = max(mind.items)

        def large(path: str, form: Form) -> Said | None:
            hit = any(one.endswith(f"{huge:x}") for one in form.get("i", ()))
            much = path.endswith("/contents") and hit
            return Said(b"x" * (LARGEST + 1)) if much else None

        mind.faults.append(large)
        await home.login()
        first = await home.sync()
        second = await home.sync()

        assert (first.new, len(first.notes)) == (2, 1)
        assert "too large" in first.notes[0]
        assert second.notes == ()

    async def test_items_of_feeds_not_subscribed(
        self, home: Home, mind: Greader
    ) -> None:
        """
        Starred items of a feed that is gone are left there, and not asked for again.
        """
        orphan = mind.item(mind.feeds[2], "Orphan", "https://other.example/1")
        orphan.starred = True
        feed = mind.feeds[2]

        def hides(path: str, _: Form) -> Said | None:
            if not path.endswith("/subscription/list"):
                return None
            del mind.feeds[feed.id]
            said = mind._subscriptions({})
            mind.feeds[feed.id] = feed
            return said

        mind.faults.append(hides)
        await home.login()
        await home.sync()
        mind.asked.clear()
        await home.sync()

        assert "Orphan" not in home.rows()
        asked = [one for path, form in mind.asked for one in form.get("i", ())]
        assert not [one for one in asked if one.endswith(f"{orphan.id:x}")]

    async def test_a_subscription_that_fails(self, home: Home, mind: Greader) -> None:
        """
        An address that the server cannot subscribe to holds nothing else up.
        """
        await synced(home)
        values = [("https://none.example/feed", "\n")]
        store = home.built.store.accounts
        store.tell(home.account, "subscribe", values, home.time)
        done = await home.sync()

        assert done.status == "ok"
        assert done.notes == (
            "https://none.example/feed: https://none.example/feed is no feed",
        )
        assert home.states() == states(mind)
        assert home.account.waiting == 0

    async def test_a_subscription_that_breaks_the_server(
        self, home: Home, mind: Greader
    ) -> None:
        """
        One at which the server fails is tried a few times, and then given up.
        """
        await synced(home)
        store = home.built.store.accounts
        values = [("https://none.example/feed", "\n")]
        store.tell(home.account, "subscribe", values, home.time)
        mind.faults.append(on("/subscription/quickadd", Said(b"", 500)))
        notes = [(await home.sync()).notes for _ in range(6)]

        assert [len(told) for told in notes] == [1, 1, 1, 1, 1, 0]
        assert "tried again" in notes[0][0]
        assert home.account.waiting == 0
        assert home.states() == states(mind)

    async def test_what_breaks_our_first_look(
        self, home: Home, mind: Greader, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        An entry that breaks us is kept without a look; the others are looked at.
        """

        def broken(entry: Entry) -> str:
            if entry.title == "Item 2":
                raise ZeroDivisionError
            return feed_words(entry)

        monkeypatch.setattr("reader.extract.feed_words", broken)
        await home.login()
        await home.sync()
        verdicts = {t: row.attribution.status for t, row in home.rows().items()}

        assert verdicts == {
            "Item 1": "original",
            "Item 2": "unchecked",
            "Item 3": "original",
        }


class TestLogin:
    async def test_a_wrong_password_keeps_nothing(
        self, home: Home, mind: Greader
    ) -> None:
        """
        A login that is refused leaves no account and no secret behind.
        """
        mind.password = "another"  # noqa: S105
        with pytest.raises(Exception, match="API password"):
            await home.login()

        assert home.built.store.accounts.all() == ()
        assert not home.built.paths.secrets_file.exists()

    async def test_no_secret_in_the_database(self, home: Home) -> None:
        """
        Neither password nor login token is anywhere in the database.
        """
        await synced(home)
        await home.sync()
        paths = home.built.paths.database.parent.glob("firsthand.db*")
        data = b"".join(path.read_bytes() for path in paths)

        assert b"sesame" not in data
        assert b"0123456789abcdef" not in data

    async def test_a_password_that_is_gone(self, home: Home, mind: Greader) -> None:
        """
        Without its password an account says so, and is read on.
        """
        await synced(home)
        home.built.paths.secrets_file.unlink()
        await home.sync()

        assert "log in again" in (home.account.error or "")
        assert home.account.waiting == 2
        assert len(home.rows()) == 3

    async def test_a_keyring_that_drops_nothing(
        self, home: Home, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Logged out though a keyring is locked, one is told what it still holds.
        """
        account = await home.login()
        monkeypatch.setattr(Secrets, "delete", lambda self, name: False)

        with pytest.raises(SettingsError, match="still holds"):
            await accounts.logout(home.built, account)

        assert home.built.store.accounts.all() == ()

    @pytest.mark.parametrize("keep", [False, True])
    async def test_logout(self, home: Home, keep: bool) -> None:
        """
        An account's feeds go with it, or with `keep` are polled from here.
        """
        await synced(home)
        kept = await accounts.logout(home.built, home.account, keep=keep)
        feeds = home.built.store.feeds()

        assert kept == len(feeds) == (2 if keep else 0)
        assert len(home.rows()) == (3 if keep else 0)
        assert all(feed.account is None for feed in feeds)
        assert home.built.store.accounts.all() == ()
        assert "sesame" not in home.built.paths.secrets_file.read_text()

    async def test_in_again(self, home: Home) -> None:
        """
        After a logout the same account can be had again.
        """
        await synced(home)
        await accounts.logout(home.built, home.account)
        await home.login()

        assert (await home.sync()).new == 3
        assert home.built.store.find_feed(RELAY).account == "rss.example"
