"""What one feed's host is told, and nobody else: no list, no error, no other host."""

import stat
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from keyring.errors import KeyringLocked

from reader.errors import FeedError, FetchError, ReaderError, SettingsError
from reader.model import Feed
from reader.services import Services, credentials, doctor, lists, poll, subscribe
from reader.services.credentials import Credentials
from reader.services.health import health
from reader.services.retrieve import retrieve
from reader.services.secrets import Secrets
from reader.tui import entrusted
from tests.services.played import NOW, PlayedWeb, item

pytestmark = pytest.mark.anyio

URL = "https://closed.example/feed"
ANN = Credentials("ann", "pass:wörd", "Special/1", (("X-Key", "k"),))
BASIC = ("Authorization", "Basic YW5uOnBhc3M6d8O2cmQ=")


def subscribed(built: Services, url: str = URL) -> Feed:
    """A subscription, made without asking anybody."""
    return built.store.add_feed(url, "Closed", None, None, NOW)


async def polled(built: Services) -> list[poll.FeedPolled]:
    """What came of a poll of everything."""
    steps = [s async for s in poll.refresh(built, force=True, resolve="none")]
    return [s.last for s in steps if isinstance(s.last, poll.FeedPolled)]


class Locked:
    """A keyring that nobody has unlocked."""

    def get_password(self, service: str, name: str, /) -> str | None:
        """Refused."""
        raise KeyringLocked

    def set_password(self, service: str, name: str, secret: str, /) -> None:
        """Refused."""
        raise KeyringLocked

    def delete_password(self, service: str, name: str, /) -> None:
        """Refused."""
        raise KeyringLocked


def moved(web: PlayedWeb, url: str, target: str, status: int = 302) -> None:
    web.put(url, status=status, headers=(("location", target),))


def leaving(built: Services) -> list[bool]:
    """Whether the doctor, and health, say that https is left."""
    checks = doctor.check(built)
    return [
        any(check.name == "http" and URL in check.message for check in checks),
        "from https to http" in health(built)[0].state,
    ]


class TestSent:
    async def test_to_its_host(self, built: Services, web: PlayedWeb) -> None:
        """A poll sends what is kept for a feed, and nothing to other feeds."""
        feed = subscribed(built)
        subscribed(built, "https://open.example/feed")
        await credentials.keep(built, feed, ANN)

        await polled(built)
        told = {request.url: request.headers for request in web.asked}

        assert set(told[URL]) == {BASIC, ("User-Agent", "Special/1"), ("X-Key", "k")}
        assert told["https://open.example/feed"] == ()

    @pytest.mark.parametrize(
        ("target", "told"),
        [
            ("https://closed.example/other", True),
            ("https://evil.example/feed", False),
            ("https://sub.closed.example/feed", False),
            ("https://closed.example:8443/feed", False),
            ("http://closed.example/feed", False),
        ],
    )
    async def test_where_a_redirect_leads(
        self, built: Services, web: PlayedWeb, target: str, told: bool
    ) -> None:
        """A redirect takes it to no other host or port, nor to http."""
        await credentials.keep(built, subscribed(built), ANN)
        moved(web, URL, target)

        await polled(built)

        assert web.urls()[-1] == target
        assert bool(web.asked[-1].headers) is told

    async def test_not_back_again(self, built: Services, web: PlayedWeb) -> None:
        """What was left out once is not put in again on the same way."""
        moved(web, URL, "https://evil.example/x")
        moved(web, "https://evil.example/x", "https://closed.example/back")

        with suppress(FetchError):
            await retrieve(built, URL, headers=ANN.sent())

        assert [bool(asked.headers) for asked in web.asked] == [True, False, False]

    async def test_to_https(self, built: Services, web: PlayedWeb) -> None:
        """The same host over https is told what it is told over http."""
        plain = "http://closed.example/feed"
        moved(web, plain, URL)

        with suppress(FetchError):
            await retrieve(built, plain, headers=ANN.sent())

        assert [bool(asked.headers) for asked in web.asked] == [True, True]

    async def test_not_after_a_move(self, built: Services, web: PlayedWeb) -> None:
        """A feed that has another host by now takes its password nowhere."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        elsewhere = Feed(feed.id, "https://evil.example/feed", "Closed")

        assert await credentials.of(built, elsewhere) == ()

    async def test_leaving_https_is_told(self, built: Services, web: PlayedWeb) -> None:
        """A poll that was led from https to http says so."""
        subscribed(built)
        moved(web, URL, "http://closed.example/feed")
        web.feed("http://closed.example/feed", item("a", "https://a.example/"))

        (found,) = await polled(built)

        assert found.bared
        assert found.feed.url == URL

    async def test_leaving_https_is_remembered(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """Doctor and health say so, too, until an answer comes over https."""
        subscribed(built)
        moved(web, URL, "http://closed.example/feed")
        web.feed("http://closed.example/feed", item("a", "https://a.example/"))
        await polled(built)

        assert leaving(built) == [True, True]

        web.feed(URL, item("a", "https://a.example/"))
        await polled(built)

        assert leaving(built) == [False, False]


class TestInAddresses:
    LOGIN = "https://ann:pass%3Aw%C3%B6rd@closed.example/feed"

    async def test_added(self, built: Services, web: PlayedWeb) -> None:
        """A user and password in an address are kept apart from it, and used."""
        web.feed(URL, item("a", "https://closed.example/a"))

        made = await subscribe.add(built, self.LOGIN)
        await polled(built)

        assert made.feed.url == URL
        assert [asked.headers for asked in web.asked] == [(BASIC,), (BASIC,)]
        assert "pass" not in lists.export_opml(built)

    async def test_imported(self, built: Services) -> None:
        """Those in a list are kept apart from it as well."""
        outline = f'<opml><body><outline xmlUrl="{self.LOGIN}"/></body></opml>'

        (feed,) = (await lists.import_list(built, outline.encode())).added

        assert feed.url == URL
        assert await credentials.of(built, feed) == (BASIC,)

    async def test_exported(self, built: Services) -> None:
        """A list that is given away holds none, not even of an older store."""
        subscribed(built, self.LOGIN)

        assert "pass" not in lists.export_opml(built)

    @pytest.mark.parametrize(
        "said", [LOGIN, f"x {LOGIN} y", "http://a:b@c@d.example/", "ftp://t@h/"]
    )
    def test_no_error_holds_them(self, said: str) -> None:
        """Whatever is said of an address, its user and password are not."""
        told = ReaderError(said, f"led to {said}")

        assert "@" not in f"{told} {told!r} {told.args}"


class TestKept:
    async def test_by_its_owner_alone(self, built: Services) -> None:
        """Without a keyring it is in a file that only its owner may read."""
        where = await credentials.keep(built, subscribed(built), ANN)
        file = built.paths.secrets_file

        assert where == "file"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"YW5u" not in built.paths.database.read_bytes()

    async def test_forgotten(self, built: Services) -> None:
        """What is forgotten is nowhere any more, and nothing is sent."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)

        await credentials.forget(built, (feed.id,))

        assert await credentials.of(built, feed) == ()
        assert "ann" not in built.paths.secrets_file.read_text()

    async def test_removed_for_good(self, built: Services) -> None:
        """A removed feed keeps it as long as it may come back, and no longer."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        await subscribe.remove(built, (feed.id,))
        await polled(built)
        built.store.undo(NOW)

        assert (await credentials.of(built, built.store.feed(feed.id)))[-1] == BASIC

        await subscribe.remove(built, (feed.id,))
        await polled(replace(built, now=lambda: NOW + timedelta(days=8)))

        assert "ann" not in built.paths.secrets_file.read_text()
        assert built.store.get_setting(credentials.KEY) == "[]"

    async def test_a_locked_keyring(
        self, built: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What a keyring would not drop is told, and asked for again later."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        locked = Secrets(built.paths.secrets_file, Locked())
        monkeypatch.setattr(credentials, "secrets_of", lambda paths: locked)

        with pytest.raises(SettingsError, match="unlock"):
            await credentials.forget(built, (feed.id,))

        assert built.store.get_setting(credentials.KEY) == f"[{feed.id}]"

    async def test_one_thing_while_it_is_locked(
        self, built: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What cannot be read is not replaced by what leaves the rest of it out."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        file = built.paths.secrets_file
        file.unlink()
        locked = Secrets(file, Locked())
        monkeypatch.setattr(credentials, "secrets_of", lambda paths: locked)

        with pytest.raises(ReaderError, match="unlock the keyring"):
            await entrusted.change(built, feed, "agent", "Other/2")

        assert not file.exists()

    async def test_lost(self, built: Services) -> None:
        """A secret that is gone is told in words, and by no empty password."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        built.paths.secrets_file.unlink()

        with pytest.raises(FeedError, match="firsthand credentials"):
            await credentials.of(built, feed)

    async def test_damaged(self, built: Services) -> None:
        """What cannot be read is not quoted."""
        feed = subscribed(built)
        await credentials.keep(built, feed, ANN)
        file = built.paths.secrets_file
        file.write_text('{"feed/1": "{sesame"}')

        with pytest.raises(FeedError) as caught:
            await credentials.of(built, feed)

        assert "sesame" not in f"{caught.value!r} {caught.value.__cause__!r}"

    def test_no_repr_tells_it(self) -> None:
        """Not even a traceback with values would hold it."""
        assert "pass" not in repr(ANN)


class TestHeader:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "a",
            ": b",
            "a b: c",
            "ä: b",
            "a: b\r\nc: d",
            "a: \x00",
            "Host: x",
            "TE: y",
        ],
    )
    def test_refused(self, text: str) -> None:
        """What is no header, or not a reader's to set, is refused."""
        with pytest.raises(FeedError):
            credentials.header(text)

    def test_taken(self) -> None:
        """A header is a name and a value."""
        assert credentials.header(" X-Key : a:b ") == ("X-Key", "a:b")
