"""Recorded answers of a real server, and a Fetch that replays them."""

from pathlib import Path

import pytest

from reader.model import Page, Request
from reader.sync import Client, Login, server_named

RECORDED = Path(__file__).parent / "recorded"
BASE = "https://rss.example/api/greader.php"
ANSWERS = {
    "/accounts/ClientLogin": "ClientLogin.txt",
    "/reader/api/0/user-info": "user-info.json",
    "/reader/api/0/subscription/list": "subscription-list.json",
    "/reader/api/0/subscription/quickadd": "subscription-quickadd.json",
    "/reader/api/0/subscription/edit": "subscription-edit.txt",
    "/reader/api/0/tag/list": "tag-list.json",
    "/reader/api/0/unread-count": "unread-count.json",
    "/reader/api/0/stream/items/contents": "stream-items-contents.json",
    "/reader/api/0/edit-tag": "edit-tag.txt",
}


def recorded(name: str) -> bytes:
    """A recorded answer."""
    return (RECORDED / name).read_bytes()


class Replay:
    """A server of recorded answers, which remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.answers = {path: recorded(name) for path, name in ANSWERS.items()}
        self.answers["/reader/api/0/token"] = b"token-of-57-letters\n"

    async def fetch(self, request: Request) -> Page:
        """Replay the answer for a request."""
        self.asked.append(request)
        path = request.url.removeprefix(BASE).partition("?")[0]
        if path == "/reader/api/0/stream/items/ids":
            last = "c=" in request.url
            name = "stream-items-ids-unread.json" if "xt=" in request.url else ""
            body = b'{"itemRefs":[]}' if last else recorded(name or ID_FILE)
            return Page(request.url, 200, body=body)
        if path not in self.answers:
            return Page(request.url, 404)
        return Page(request.url, 200, body=self.answers[path])


ID_FILE = "stream-items-ids.json"


@pytest.fixture
def replay() -> Replay:
    """The recorded server."""
    return Replay()


@pytest.fixture
def client(replay: Replay) -> Client:
    """A client of the recorded server."""
    login = Login("alice", "open sesame")
    return Client(replay.fetch, BASE, server_named("freshrss"), login)
