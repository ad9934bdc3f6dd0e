"""The hostile web on loopback: it answers at 127.0.0.1, and counts who comes to .2.

What is allowed is 127.0.0.1 alone; every request that reaches another address of this
machine is one that should never have been made.
"""

import gzip
import json
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape, quoteattr

from tests.hostile.tricks import CONTROL, HTML, MARKUP, PRIVATE, SCRIPTS

Answer = Callable[[BaseHTTPRequestHandler], None]
MIB = 1024 * 1024


@dataclass
class Hostile:
    """The web while it is up: its address, its answers, and who was where."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Where it may be asked."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def feeds(self) -> tuple[str, ...]:
        """Every feed."""
        return tuple(self.base + path for path in self.answers if "/feed/" in path)

    def spelled(self, name: str) -> str:
        """The address that may not be asked, spelled this way."""
        return f"http://{PRIVATE[name]}:{self.port}/secret"


class _Handler(BaseHTTPRequestHandler):
    """Answers, or notes that it was asked at all."""

    web: Hostile

    def do_GET(self) -> None:
        """One request, at whichever address."""
        here = self.connection.getsockname()[0]
        if here != "127.0.0.1":
            self.web.forbidden.append(f"{here}{self.path}")
        self.web.asked.append(self.path)
        answer = self.web.answers.get(self.path)
        if answer is None:
            self.send_error(404)
        else:
            answer(self)

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up on a bomb is in the right."""


def body(data: bytes, kind: str = "application/rss+xml", *more: str) -> Answer:
    """An answer of these bytes; `more` are headers, each as a line."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        for line in more:
            name, _, value = line.partition(": ")
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def moved(target: str) -> Answer:
    """An answer that sends on, to whatever it is told."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def dripping(seconds: float) -> Answer:
    """An answer that comes a byte at a time, for so long."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def rss(items: str, title: str = "Feed", link: str = "https://a.example/") -> bytes:
    """A feed of these items, whatever they hold."""
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>{link}</link><description>d</description>{items}</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def item(title: str, link: str, text: str = "", author: str = "") -> str:
    """An RSS item."""
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f"<author>{escape(author)}</author><category>{escape(title)}</category>"
        f"<description>{escape(text)}</description></item>"
    )


def json_feed(base: str) -> bytes:
    """Every trick in every field, as JSON can hold any character."""
    tricks = {**CONTROL, **MARKUP}
    items = [
        {
            "id": f"{name}{trick}",
            "url": f"{base}/page/{name}?{trick}",
            "title": f"{name} {trick}",
            "content_html": f"<p>{trick}</p><a href='{base}/{trick}'>{trick}</a>",
            "summary": trick,
            "authors": [{"name": f"{trick} writer", "url": f"https://x/{trick}"}],
            "tags": [trick],
            "attachments": [{"url": f"{base}/{trick}.mp3", "mime_type": trick}],
        }
        for name, trick in tricks.items()
    ]
    everything = "".join(tricks.values())
    head = {"version": "https://jsonfeed.org/version/1.1", "title": everything}
    return json.dumps({**head, "home_page_url": base, "items": items}).encode()


def marked() -> str:
    """A text with every trick of HTML in it."""
    prose = "<p>The ferry was sold twice in one week, and nobody knows who owns it.</p>"
    return prose + "".join(f"{trick}{prose}" for trick in HTML.values())


def bombs() -> dict[str, Answer]:
    """Answers that grow as they are read."""
    import brotli
    import zstandard

    flat = b"<rss>" + b"\0" * (64 * MIB)
    packed = gzip.compress(flat)
    kind = "application/rss+xml"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    laughs = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{entities}]>'
    outside = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    attributes = " ".join(f'a{n}="{n}"' for n in range(50_000))
    return {
        "/feed/gzip": body(packed, kind, "Content-Encoding: gzip"),
        "/feed/twice": body(
            gzip.compress(packed), kind, "Content-Encoding: gzip, gzip"
        ),
        "/feed/br": body(brotli.compress(flat), kind, "Content-Encoding: br"),
        "/feed/zstd": body(zstandard.compress(flat), kind, "Content-Encoding: zstd"),
        "/feed/deflate": body(zlib.compress(flat), kind, "Content-Encoding: deflate"),
        "/feed/laughs": body(laughs.encode() + rss(item("&e9;", "https://a/"))[21:]),
        "/feed/entity": body(outside.encode() + rss("<item>&x;</item>")[21:]),
        "/feed/deep": body(rss("<a>" * 50_000)),
        "/feed/attributes": body(rss(f"<item {attributes}><title>t</title></item>")),
        "/feed/many": body(rss("<item/>" * 50_000)),
        "/feed/json-deep": body(b"[" * 100_000, "application/json"),
    }


def answers(web: Hostile) -> dict[str, Answer]:
    """All that this web does."""
    private = "".join(
        item(f"private {name}", web.spelled(name)) for name in PRIVATE
    ) + "".join(item(f"by way of {name}", f"{web.base}/go/{name}") for name in PRIVATE)
    scripts = "".join(
        item(f"script {name}", link, f"<a href={quoteattr(link)}>x</a>")
        for name, link in SCRIPTS.items()
    )
    html = (
        "<html><head><title>\x1b[31m{t}</title><meta http-equiv=refresh content='0;"
        "url={u}'></head><body><p>This post was originally published on "
        "<a href='{u}'>\x9bSomebody</a></p><script>location='{u}'</script></body>"
    )
    pages = {
        f"/stub/{name}": body(
            html.format(t=name, u=web.spelled(name)).encode(), "text/html"
        )
        for name in PRIVATE
    }
    stubs = "".join(item(f"stub {name}", f"{web.base}/stub/{name}") for name in PRIVATE)
    hops = {f"/go/{name}": moved(web.spelled(name)) for name in PRIVATE}
    feeds = {f"/feed/moved-{name}": moved(web.spelled(name)) for name in PRIVATE}
    return {
        "/feed/tricks": body(json_feed(web.base), "application/feed+json"),
        "/feed/private": body(rss(private)),
        "/feed/stubs": body(rss(stubs)),
        "/feed/scripts": body(rss(scripts)),
        "/feed/html": body(rss(item("every html", f"{web.base}/html", marked()))),
        "/html": body(marked().encode(), "text/html"),
        "/feed/drip": dripping(20.0),
        "/feed/header": body(b"<html>", "text/html\x1b[31m; charset=\x9b"),
        "/feed/circle": moved(f"{web.base}/feed/circle"),
        "/feed/nothing": body(b""),
        "/feed/bytes": body(bytes(range(256)) * 40),
        **bombs(),
        **pages,
        **hops,
        **feeds,
    }


@contextmanager
def hostile() -> Iterator[Hostile]:
    """The web, on every address of this machine, as long as this lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = Hostile(port)
    web.answers |= answers(web)
    handler = type("Handler", (_Handler,), {"web": web})
    with _Server(("0.0.0.0", port), handler) as server:  # noqa: S104  it counts
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
