"""The client against recorded answers, and against what servers do besides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from reader.errors import FetchError, SyncError
from reader.model import Page, Request
from reader.sync import Client, Login, server_named
from reader.sync.values import READ, READING_LIST, STARRED, Tag
from tests.greader import Greader, as_fetch

if TYPE_CHECKING:
    from tests.unit.sync.conftest import Replay

pytestmark = pytest.mark.anyio
AUTH = "alice/b494d0d58c4947d8ad1d4b6e7a993433ca62058d"
NEWEST = "00066103ad15c0fd"


def form(request: Request) -> list[tuple[str, str]]:
    """What a request said, in query and body."""
    query = parse_qsl(urlsplit(request.url).query)
    return [*query, *parse_qsl((request.body or b"").decode())]


class TestRecorded:
    async def test_login(self, client: Client, replay: "Replay") -> None:
        """
        The login goes in the body, and its answer is what later requests carry.
        """
        await client.user()
        login, user = replay.asked

        assert ("Passwd", "open sesame") in form(login)
        assert "sesame" not in login.url
        assert user.headers == (("Authorization", f"GoogleLogin auth={AUTH}"),)
        assert {request.purpose for request in replay.asked} == {"sync"}

    async def test_user(self, client: Client) -> None:
        """
        The server says whose account it is.
        """
        assert (await client.user()).name == "alice"

    async def test_subscriptions(self, client: Client) -> None:
        """
        Each subscription has its stream, address, site and folder.
        """
        first, second = await client.subscriptions()

        assert (first.stream, first.url) == ("feed/2", "https://feeds.example/f/1.xml")
        assert first.site_url == "https://site1.example/"
        assert (second.title, second.folder) == ("FreshRSS releases", "Uncategorized")

    async def test_ids_and_contents_agree(self, client: Client) -> None:
        """
        Decimal ids of the list and long ones of the contents are the same items.
        """
        pages = [page async for page in client.ids(READING_LIST)]
        (item,) = await client.contents([NEWEST])

        assert pages[0].items[0] == item.id == NEWEST
        assert [len(page.items) for page in pages] == [5, 0]

    async def test_contents(self, client: Client) -> None:
        """
        An item is an entry with its link, author, time, text and marks.
        """
        (item,) = await client.contents([NEWEST])
        entry = item.entry

        assert (item.stream, item.read, item.starred) == ("feed/2", True, False)
        assert item.labels == ("Uncategorized",)
        assert entry.url == "https://site1.example/a/27"
        assert entry.authors == ("Ann 27",)
        assert entry.published == datetime(2025, 2, 28, 10, tzinfo=UTC)
        assert entry.summary.startswith("<p>Field people island")
        assert entry.categories == ()

    async def test_tags_and_counts(self, client: Client) -> None:
        """
        Tags are streams, and unread items are counted by stream.
        """
        tags = await client.tags()

        assert Tag(STARRED) in tags
        assert [(t.name, t.kind) for t in tags if t.name] == [
            ("Uncategorized", "folder")
        ]
        assert (await client.unread_counts())["feed/2"] == 30

    async def test_quickadd(self, client: Client, replay: "Replay") -> None:
        """
        Subscribing sends the address both ways servers look for it.
        """
        added = await client.quickadd("https://feeds.example/f/5.xml")

        assert added.stream == "feed/3"
        sent = form(replay.asked[-1])
        assert sent.count(("quickadd", "https://feeds.example/f/5.xml")) == 2

    async def test_edit_tags(self, client: Client, replay: "Replay") -> None:
        """
        Marks go with the token, their items in the long spelling.
        """
        await client.edit_tags([NEWEST], add=READ)

        assert form(replay.asked[-1]) == [
            ("i", f"tag:google.com,2005:reader/item/{NEWEST}"),
            ("a", READ),
            ("T", "token-of-57-letters"),
        ]

    async def test_edit_subscription(self, client: Client, replay: "Replay") -> None:
        """
        A subscription is renamed, filed and dropped by its stream.
        """
        await client.edit_subscription("feed/2", title="A", folder="B", leave="C")
        edit = form(replay.asked[-1])
        await client.unsubscribe("feed/2")

        assert ("t", "A") in edit
        assert ("a", "user/-/label/B") in edit
        assert ("r", "user/-/label/C") in edit
        assert ("ac", "unsubscribe") in form(replay.asked[-1])

    async def test_one_token(self, client: Client, replay: "Replay") -> None:
        """
        The token for changes is asked for once.
        """
        for _ in range(3):
            await client.unsubscribe("feed/2")

        assert sum("/token" in request.url for request in replay.asked) == 1

    async def test_the_recorded_refusal(self, replay: "Replay") -> None:
        """
        The refusal that was recorded is told as what it is, and what to do.
        """

        async def refuse(request: Request) -> Page:
            return Page(request.url, 401, body=b"Unauthorized!")

        login = Login("alice", "wrong")
        client = Client(refuse, "https://x.example", server_named("freshrss"), login)
        with pytest.raises(SyncError, match="API password") as caught:
            await client.user()

        assert caught.value.kind == "password"
        assert "wrong" not in str(caught.value)


Answer = Callable[[Request, int], Page | None]


class TestTrouble:
    def broken(self, replay: "Replay", answer: Answer) -> Client:
        """A client of a server that answers some requests otherwise."""

        async def fetch(request: Request) -> Page:
            good = await replay.fetch(request)
            return answer(request, len(replay.asked)) or good

        login = Login("alice", "open sesame", auth="old")
        return Client(
            fetch, "https://rss.example/api/greader.php", server_named("x"), login
        )

    async def test_the_login_ran_out(self, replay: "Replay") -> None:
        """
        A login that is refused in the middle is made anew, once, unseen.
        """

        def answer(request: Request, _: int) -> Page | None:
            old = ("Authorization", "GoogleLogin auth=old") in request.headers
            return Page(request.url, 401) if old else None

        client = self.broken(replay, answer)

        assert (await client.user()).name == "alice"
        assert client.auth == AUTH

    @pytest.mark.parametrize(
        ("status", "header"),
        [(401, "google-bad-token"), (400, "x-reader-google-bad-token")],
        ids=["FreshRSS", "as Google had it"],
    )
    async def test_the_token_ran_out(
        self, replay: "Replay", status: int, header: str
    ) -> None:
        """
        A token that has run out is fetched again, and the change is sent again.
        """
        edits: list[Request] = []

        def answer(request: Request, _: int) -> Page | None:
            if "edit-tag" in request.url:
                edits.append(request)
                if len(edits) == 1:
                    return Page(request.url, status, ((header, "true"),))
            return None

        await self.broken(replay, answer).edit_tags([NEWEST], add=READ)

        assert len(edits) == 2
        assert not any("ClientLogin" in request.url for request in replay.asked)

    async def test_refused_for_good(self, replay: "Replay") -> None:
        """
        A server that refuses every login is not asked for ever.
        """
        client = self.broken(
            replay,
            lambda request, _: (
                None if "ClientLogin" in request.url else Page(request.url, 401)
            ),
        )
        with pytest.raises(SyncError) as caught:
            await client.edit_tags([NEWEST], add=READ)

        assert caught.value.kind == "password"
        assert len(replay.asked) < 8

    @pytest.mark.parametrize(
        ("status", "kind", "words"),
        [
            (500, "away", "fails"),
            (502, "away", "fails"),
            (503, "off", "switched off"),
            (429, "busy", "less often"),
            (403, "refused", "403"),
            (302, "answer", "elsewhere"),
        ],
    )
    async def test_statuses(
        self, replay: "Replay", status: int, kind: str, words: str
    ) -> None:
        """
        Each status is one kind of trouble in plain words.
        """
        client = self.broken(replay, lambda r, _: Page(r.url, status))
        with pytest.raises(SyncError, match=words) as caught:
            await client.subscriptions()

        assert caught.value.kind == kind

    async def test_how_long_to_wait(self, replay: "Replay") -> None:
        """
        A server that asks for a pause is given it.
        """
        headers = (("retry-after", "120"),)
        client = self.broken(replay, lambda r, _: Page(r.url, 429, headers))
        with pytest.raises(SyncError) as caught:
            await client.subscriptions()

        assert caught.value.wait == 120

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b'{"subscriptions": [{"id": "feed/1"',
            b"[]",
            b"{}",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"subscriptions": 5}',
            b'{"subscriptions": ' + b"9" * 5_000 + b"}",
        ],
        ids=[
            *("nothing", "half", "a list", "without", "no UTF-8", "deep", "a number"),
            "a long number",
        ],
    )
    async def test_half_an_answer(self, replay: "Replay", body: bytes) -> None:
        """
        An answer that is not whole is trouble, and never taken for an empty list.
        """
        client = self.broken(replay, lambda r, _: Page(r.url, 200, body=body))
        with pytest.raises(SyncError) as caught:
            await client.subscriptions()

        assert caught.value.kind == "answer"

    async def test_no_network(self, replay: "Replay") -> None:
        """
        What the network says is told, with the server's address and no query.
        """

        async def fetch(request: Request) -> Page:
            raise FetchError(request.url, "the certificate is not trusted", "tls")

        client = Client(
            fetch, "https://x.example", server_named("x"), Login("a", "secret")
        )
        with pytest.raises(SyncError) as caught:
            await client.user()

        assert str(caught.value) == "https://x.example: the certificate is not trusted"

    async def test_a_circle_of_pages(self, replay: "Replay") -> None:
        """
        A server whose pages go round in a circle is left, once nothing is new.
        """
        body = b'{"itemRefs":[{"id":"1"}],"continuation":"%d"}'
        client = self.broken(replay, lambda r, n: Page(r.url, 200, body=body % n))
        pages = [page async for page in client.ids(READING_LIST)]

        assert [page.items for page in pages] == [("0000000000000001",), ()]

    async def test_nothing_but_gone_ones(self, replay: "Replay") -> None:
        """
        A server that calls it a mistake to ask for what is gone means: none.
        """
        client = self.broken(
            replay, lambda r, _: Page(r.url, 400) if "contents" in r.url else None
        )

        assert await client.contents([NEWEST]) == ()

    async def test_headers_that_a_server_wants(self, replay: "Replay") -> None:
        """
        A server that wants an application's id and key is given them every time.
        """
        login = Login("alice", "open sesame", "id", "key")
        base = "https://rss.example/api/greader.php"
        client = Client(replay.fetch, base, server_named("inoreader"), login)
        await client.user()

        wanted = {("AppId", "id"), ("AppKey", "key")}
        assert all(wanted <= set(request.headers) for request in replay.asked)

    def test_a_login_hides_its_secrets(self) -> None:
        """
        A login that is printed says who, and not how.
        """
        login = replace(Login("alice", "open sesame"), auth="token", app_key="key")

        shown = f"{login} {login!r}"
        assert "alice" in shown
        assert not any(word in shown for word in ("sesame", "token", "key"))


class TestChanges:
    """Against the server that remembers."""

    def client(self, mind: Greader) -> Client:
        """A client of a played server."""
        login = Login(mind.user, mind.password)
        base = "https://rss.example/api/greader.php"
        return Client(as_fetch(mind), base, server_named("freshrss"), login)

    async def test_labels(self) -> None:
        """
        Items are given labels and lose them as they are marked.
        """
        mind = Greader()
        item = mind.item(mind.feed("https://a.example/feed", "A"), "One", "https://a/1")
        client = self.client(mind)
        await client.edit_tags([f"{item.id:016x}"], add="user/-/label/Later")
        (labelled,) = await client.contents([f"{item.id:016x}"])
        await client.edit_tags([f"{item.id:016x}"], remove="user/-/label/Later")

        assert "Later" in labelled.labels
        assert item.labels == set()

    async def test_all_of_a_stream(self) -> None:
        """
        All of a stream is marked read up to a moment, and nothing that came later.
        """
        mind = Greader()
        feed, other = (mind.feed(f"https://{n}.example/feed", n) for n in "ab")
        old, new = (mind.item(feed, n, f"https://a.example/{n}") for n in "12")
        away = mind.item(other, "3", "https://b.example/3")
        until = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=old.id)
        await self.client(mind).mark_all_as_read(f"feed/{feed.id}", until)

        assert (old.read, new.read, away.read) == (True, False, False)

    async def test_ids_by_marks_and_time(self) -> None:
        """
        Ids are listed without those of another stream, since a moment, page by page.
        """
        mind = Greader()
        feed = mind.feed("https://a.example/feed", "A")
        many = [mind.item(feed, f"{n}", f"https://a.example/{n}") for n in range(25)]
        many[0].read = True
        client = self.client(mind)
        client.server = replace(client.server, ids=10)
        pages = [page async for page in client.ids(READING_LIST, without=READ)]
        late = datetime.fromtimestamp(many[0].id / 1_000_000 + 60, UTC)
        none = [page async for page in client.ids(READING_LIST, newer=late)]

        assert [len(page.items) for page in pages] == [10, 10, 4]
        assert [page.items for page in none] == [()]

    async def test_an_error_in_place_of_a_login(self) -> None:
        """
        A server that answers a wrong password with a friendly 200 is understood.
        """

        async def fetch(request: Request) -> Page:
            return Page(request.url, 200, body=b"Error=BadAuthentication\n")

        login = Login("a", "b")
        client = Client(fetch, "https://bazqux.com", server_named("bazqux"), login)
        with pytest.raises(SyncError) as caught:
            await client.login()

        assert caught.value.kind == "password"


class TestStrangeItems:
    @pytest.mark.parametrize(
        "item",
        [
            {},
            {"id": "5"},
            {"id": "5", "origin": []},
            {"id": [], "origin": {"streamId": "feed/1"}},
            {"id": "5", "origin": {"streamId": 7}, "categories": [1, None, "x"]},
            {
                "id": "5",
                "origin": {"streamId": "feed/1"},
                "published": -1,
                "crawlTimeMsec": "9" * 30,
                "canonical": [{"href": "javascript:alert(1)"}, 3],
                "alternate": [{"href": "/relative"}],
                "summary": "text",
                "content": {"content": 5},
                "enclosure": [{"href": "file:///etc/passwd"}, {"length": {}}],
                "title": {"a": 1},
                "author": None,
                "updated": True,
            },
        ],
    )
    async def test_are_read_as_far_as_they_go(
        self, client: Client, replay: "Replay", item: dict[str, Any]
    ) -> None:
        """
        What a server says wrong costs that word, or that item, and nothing else.
        """
        import json

        good = {"id": "6", "origin": {"streamId": "feed/1"}, "title": "Good"}
        path = "/reader/api/0/stream/items/contents"
        replay.answers[path] = json.dumps({"items": [item, good]}).encode()
        found = await client.contents(["5", "6"])

        assert found[-1].entry.title == "Good"
        assert all(not entry.entry.url for entry in found)
