"""A server that speaks the Google Reader API as the recorded one does, with a memory.

It plays FreshRSS: ids are the microseconds of arrival, pages go on from the last id, a
refusal is 401 with `Google-Bad-Token`. `Greader` is the server's mind, and answers a
path and a form; `as_fetch` and `Served` let it be reached; `faults` go wrong.
"""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from reader.errors import FetchError
from reader.model import Fetch, Page, Request

BASE = "/api/greader.php"
READ = "user/-/state/com.google/read"
STARRED = "user/-/state/com.google/starred"
READING_LIST = "user/-/state/com.google/reading-list"
LABEL = "user/-/label/"
LONG = "tag:google.com,2005:reader/item/"
DEFAULT_FOLDER = "Uncategorized"
FIRST = 1_770_000_000_000_000
"""When the first item arrives, in microseconds since 1970."""

Form = Mapping[str, list[str]]


@dataclass
class Stored:
    """An item of the server's."""

    id: int
    feed: int
    title: str
    url: str
    html: str
    read: bool = False
    starred: bool = False
    labels: set[str] = field(default_factory=set)


@dataclass
class Subscribed:
    """A subscription of the server's."""

    id: int
    url: str
    title: str
    folder: str = DEFAULT_FOLDER


@dataclass(frozen=True)
class Said:
    """What the server answers."""

    body: bytes = b"OK"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    """Whether the connection breaks off in the middle of it."""


Fault = Callable[[str, Form], Said | None]
"""What goes wrong with a path and a form; None: nothing."""


@dataclass
class Greader:
    """The server's mind: its subscriptions, its items, who may speak with it."""

    user: str = "alice"
    password: str = "open sesame"  # noqa: S105  nobody's
    auth: str = "alice/0123456789abcdef"
    token: str = "T1"  # noqa: S105  nobody's
    on: bool = True
    clock: float = FIRST / 1_000_000
    knows: dict[str, str] = field(default_factory=dict)
    """Addresses that can be subscribed to, with their titles."""
    feeds: dict[int, Subscribed] = field(default_factory=dict)
    items: dict[int, Stored] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    turned: list[tuple[str, int, bool]] = field(default_factory=list)
    """Every mark that was set, in order, also where it was so already."""
    _last: int = 0
    _streams: int = 0

    # --- what the test does to it

    def feed(self, url: str, title: str, folder: str = DEFAULT_FOLDER) -> Subscribed:
        """A subscription, made at the server."""
        self._streams += 1
        made = Subscribed(self._streams, url, title, folder)
        self.feeds[made.id] = made
        return made

    def item(
        self, feed: Subscribed, title: str, url: str, html: str = "<p>Text.</p>"
    ) -> Stored:
        """An item arrives."""
        self._last += 1
        made = Stored(FIRST + self._last, feed.id, title, url, html)
        self.items[made.id] = made
        return made

    def label(self, item: Stored, *names: str) -> None:
        """An item gets labels at the server."""
        self.labels.update(names)
        item.labels.update(names)

    def unlabel(self, name: str) -> None:
        """A label is deleted at the server."""
        self.labels.discard(name)
        for item in self.items.values():
            item.labels.discard(name)

    def drop(self, feed: Subscribed) -> None:
        """A subscription is dropped at the server, and its items with it."""
        del self.feeds[feed.id]
        self.items = {k: i for k, i in self.items.items() if i.feed != feed.id}

    def edits(self) -> list[dict[str, list[str]]]:
        """The forms of every edit of tags that came."""
        return [form for path, form in self.asked if path.endswith("/edit-tag")]

    # --- what it answers

    def answer(self, path: str, form: Form, authorization: str) -> Said:
        """The answer to a request, whose query and body are one form."""
        self.asked.append((path, dict(form)))
        for fault in list(self.faults):
            said = fault(path, form)
            if said:
                return said
        if not path.startswith(f"{BASE}/"):
            return Said(b"<html>Not here", 404)
        if not self.on:
            return Said(b"Service Unavailable!", 503)
        rest = path.removeprefix(BASE)
        if rest == "/accounts/ClientLogin":
            return self._login(form)
        if authorization != f"GoogleLogin auth={self.auth}":
            return UNAUTHORIZED
        answer = _ROUTES.get(rest.removeprefix("/reader/api/0"))
        return answer(self, form) if answer else Said(b"Bad Request!", 400)

    def _login(self, form: Form) -> Said:
        if [form.get("Email"), form.get("Passwd")] != [[self.user], [self.password]]:
            return UNAUTHORIZED
        return Said(f"SID={self.auth}\nLSID=null\nAuth={self.auth}\n".encode())

    def _token(self, _: Form) -> Said:
        return Said(f"{self.token}\n".encode())

    def _user(self, _: Form) -> Said:
        return _json(dict.fromkeys(("userId", "userName", "userProfileId"), self.user))

    def _subscriptions(self, _: Form) -> Said:
        return _json(
            {
                "subscriptions": [
                    {
                        "id": f"feed/{f.id}",
                        "title": f.title,
                        "categories": [{"id": LABEL + f.folder, "label": f.folder}],
                        "url": f.url,
                        "htmlUrl": f.url.rpartition("/")[0] + "/",
                    }
                    for f in self.feeds.values()
                ]
            }
        )

    def _tags(self, _: Form) -> Said:
        tags = [{"id": LABEL + n, "type": "folder"} for n in sorted(self._folders())]
        tags += [{"id": LABEL + n, "type": "tag"} for n in sorted(self.labels)]
        return _json({"tags": [{"id": STARRED}, *tags]})

    def _folders(self) -> set[str]:
        return {feed.folder for feed in self.feeds.values()}

    def _in(self, stream: str) -> list[Stored]:
        """The items of a stream, newest first; all of them where it is not known."""
        found = sorted(self.items.values(), key=lambda item: -item.id)
        name = stream.removeprefix(LABEL)
        if stream == STARRED:
            return [item for item in found if item.starred]
        if stream.startswith("feed/"):
            return [item for item in found if f"feed/{item.feed}" == stream]
        if name in self._folders():
            return [item for item in found if self.feeds[item.feed].folder == name]
        if name in self.labels:
            return [item for item in found if name in item.labels]
        return found

    def _counts(self, _: Form) -> Said:
        unread = [item for item in self.items.values() if not item.read]
        counts = [
            {"id": f"feed/{f}", "count": sum(item.feed == f for item in unread)}
            for f in self.feeds
        ]
        return _json({"max": len(unread), "unreadcounts": counts})

    def _ids(self, form: Form) -> Said:
        found = self._in(form["s"][0])
        if READ in form.get("xt", ()):
            found = [item for item in found if not item.read]
        if "ot" in form:
            since = int(form["ot"][0]) * 1_000_000
            found = [item for item in found if item.id >= since]
        if "c" in form:
            found = [item for item in found if item.id < int(form["c"][0])]
        page = found[: int(form.get("n", ["20"])[0])]
        more = {"continuation": str(page[-1].id)} if len(page) < len(found) else {}
        return _json({"itemRefs": [{"id": str(item.id)} for item in page], **more})

    def _contents(self, form: Form) -> Said:
        found = [self.items.get(number) for number in _numbers(form)]
        return _json(
            {
                "id": READING_LIST,
                "updated": int(self.clock),
                "items": [self._item(item) for item in found if item],
            }
        )

    def _item(self, item: Stored) -> dict[str, Any]:
        feed = self.feeds[item.feed]
        marks = [(READ, item.read), (STARRED, item.starred)]
        return {
            "id": f"{LONG}{item.id:016x}",
            "crawlTimeMsec": str(item.id // 1_000),
            "timestampUsec": str(item.id),
            "published": item.id // 1_000_000,
            "title": item.title,
            "canonical": [{"href": item.url}],
            "alternate": [{"href": item.url}],
            "categories": [
                READING_LIST,
                LABEL + feed.folder,
                *(mark for mark, has in marks if has),
                *(LABEL + label for label in sorted(item.labels)),
            ],
            "origin": {"streamId": f"feed/{feed.id}", "title": feed.title},
            "summary": {"content": item.html},
        }

    # --- what it is told

    def _edit_tags(self, form: Form) -> Said:
        if form.get("T") != [self.token]:
            return UNAUTHORIZED
        for number in _numbers(form):
            for stream, value in _wanted(form):
                self._turn(number, stream, value)
        return Said()

    def _turn(self, number: int, stream: str, value: bool) -> None:
        self.turned.append((stream.rpartition("/")[2], number, value))
        item = self.items.get(number)
        if item is None:
            return
        if stream == READ:
            item.read = value
        elif stream == STARRED:
            item.starred = value
        elif (name := stream.removeprefix(LABEL)) not in self._folders():
            self.labels |= {name} if value else set()
            (item.labels.add if value else item.labels.discard)(name)

    def _mark_all(self, form: Form) -> Said:
        if form.get("T") != [self.token]:
            return UNAUTHORIZED
        until = int(form["ts"][0])
        for item in self._in(form["s"][0]):
            item.read = item.read or item.id <= until
        return Said()

    def _quickadd(self, form: Form) -> Said:
        url = form["quickadd"][0]
        if url not in self.knows:
            return _json({"numResults": 0, "error": f"{url} is no feed"})
        made = self.feed(url, self.knows[url])
        return _json({"numResults": 1, "query": url, "streamId": f"feed/{made.id}"})

    def _edit_subscription(self, form: Form) -> Said:
        number = int(form["s"][0].removeprefix("feed/"))
        feed = self.feeds.get(number)
        if feed is None:
            return Said(b"Bad Request!", 400)
        if form["ac"] == ["unsubscribe"]:
            self.drop(feed)
            return Said()
        feed.title = form.get("t", [feed.title])[0]
        left = DEFAULT_FOLDER if "r" in form else feed.folder
        feed.folder = form.get("a", [LABEL + left])[0].removeprefix(LABEL)
        return Said()


_ROUTES: dict[str, Callable[[Greader, Form], Said]] = {
    "/token": Greader._token,
    "/user-info": Greader._user,
    "/subscription/list": Greader._subscriptions,
    "/subscription/quickadd": Greader._quickadd,
    "/subscription/edit": Greader._edit_subscription,
    "/tag/list": Greader._tags,
    "/unread-count": Greader._counts,
    "/stream/items/ids": Greader._ids,
    "/stream/items/contents": Greader._contents,
    "/edit-tag": Greader._edit_tags,
    "/mark-all-as-read": Greader._mark_all,
}
UNAUTHORIZED = Said(b"Unauthorized!", 401, (("Google-Bad-Token", "true"),))


def _json(value: object) -> Said:
    kind = ("Content-Type", "application/json; charset=UTF-8")
    return Said(json.dumps(value).encode(), 200, (kind,))


def _numbers(form: Form) -> list[int]:
    """The items of a form, whichever way they are spelled."""
    return [
        int(one.removeprefix(LONG), 16) if one.startswith(LONG) else int(one)
        for one in form.get("i", ())
    ]


def _wanted(form: Form) -> list[tuple[str, bool]]:
    added = [(stream, True) for stream in form.get("a", ())]
    return added + [(stream, False) for stream in form.get("r", ())]


class _Handler(BaseHTTPRequestHandler):
    server: "Served"

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self._answer(self.rfile.read(length).decode())

    def _answer(self, body: str) -> None:
        parts = urlsplit(self.path)
        form = parse_qs("&".join(filter(None, (parts.query, body))))
        mind = self.server.mind
        with self.server.lock:
            said = mind.answer(parts.path, form, self.headers.get("authorization", ""))
        self.send_response_only(said.status)
        self.send_header("Date", formatdate(mind.clock, usegmt=True))
        for name, value in said.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body[: len(said.body) // 2] if said.cut else said.body)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


class Served(ThreadingHTTPServer):
    """The server on loopback; `url` is what a person would be told."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, mind: Greader) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mind = mind
        self.lock = threading.Lock()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The address of the server, without the path of its API."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no trouble of the test's."""

    def __enter__(self) -> "Served":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


def as_fetch(mind: Greader, base: str = "https://rss.example") -> Fetch:
    """The server at `base` as a Fetch, without a socket; nobody else is there."""

    async def fetch(request: Request) -> Page:
        if not request.url.startswith(f"{base}/"):
            raise FetchError(request.url, "the name is not known", "dns")
        parts = urlsplit(request.url)
        body = (request.body or b"").decode()
        form = parse_qs("&".join(filter(None, (parts.query, body))))
        given = {name.lower(): value for name, value in request.headers}
        said = mind.answer(parts.path, form, given.get("authorization", ""))
        if said.cut:
            raise FetchError(request.url, "the answer broke off in the middle")
        if len(said.body) > LARGEST:
            raise FetchError(request.url, "bigger than 10 MiB", "too-large")
        date = ("date", formatdate(mind.clock, usegmt=True))
        told = tuple((name.lower(), value) for name, value in said.headers)
        return Page(request.url, said.status, (date, *told), said.body)

    return fetch


LARGEST = 10 * 1024 * 1024
"""What a sync answer may be at most."""
