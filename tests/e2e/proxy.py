"""A forward proxy on loopback that plays the web: it answers for every host itself.

Plain HTTP is answered as asked of a proxy (RFC 9112, 3.2.2); a CONNECT gets a
certificate made for its host by an authority of the test's own.
"""

import ssl
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import trustme


@dataclass(frozen=True)
class Answer:
    """What a URL of the played web answers."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (
        ("content-type", "text/html; charset=utf-8"),
    )


@dataclass
class Web:
    """The played web: answers by URL, and what was asked of them."""

    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)
    peak: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hosts(self) -> set[str]:
        """Every host that answers."""
        return {urlsplit(url).hostname or "" for url in self.answers}

    def answer(self, url: str, headers: dict[str, str]) -> Answer:
        """The answer for a URL; a conditional request may get a 304."""
        host = urlsplit(url).hostname or ""
        with self.lock:
            self.asked.append((url, headers))
            self.at_once[host] += 1
            self.peak[host] = max(self.peak[host], self.at_once[host])
        found = self.answers.get(url)
        if found is None:
            status = 404 if host in self.hosts else 502
            return Answer(b"<h1>Not found</h1>", status)
        etag = dict(found.headers).get("etag")
        if etag and headers.get("if-none-match") == etag:
            return Answer(b"", 304, found.headers)
        return found

    def done(self, url: str) -> None:
        """A request is over."""
        with self.lock:
            self.at_once[urlsplit(url).hostname or ""] -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Proxy"
    authority = ""

    def do_CONNECT(self) -> None:
        host = self.path.rsplit(":", 1)[0]
        if host not in self.server.web.hosts:
            self.send_error(502, "no such host")
            return
        self.send_response(200)
        self.end_headers()
        self.authority = host
        self.connection = self.server.tls(host).wrap_socket(
            self.connection, server_side=True
        )
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_GET(self) -> None:
        url = f"https://{self.authority}{self.path}" if self.authority else self.path
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.web.answer(url, headers)
        try:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
        finally:
            self.server.web.done(url)

    def finish(self) -> None:
        super().finish()
        self.rfile.close()
        self.connection.close()  # the TLS one, which the server knows nothing of

    def log_message(self, *_: object) -> None:
        """Tests print nothing."""


class Proxy(ThreadingHTTPServer):
    """The proxy: `environ` is what a program needs to be taken in by it."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, web: Web, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.web = web
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self._file))
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def tls(self, host: str) -> ssl.SSLContext:
        """A context with a certificate for `host`."""
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._authority.issue_cert(host).configure_cert(context)
            self._contexts[host] = context
        return self._contexts[host]

    @property
    def environ(self) -> dict[str, str]:
        """The environment variables that send a program here."""
        url = f"http://127.0.0.1:{self.server_address[1]}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        return dict.fromkeys(names, url) | {
            "SSL_CERT_FILE": str(self._file),
            "NO_PROXY": "",
            "no_proxy": "",
        }

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no trouble of the test's."""

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
