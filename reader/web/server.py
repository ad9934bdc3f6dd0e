"""The server behind the page: textual-serve's, with a guard before it.

textual-serve looks at no Host and no Origin, and hands files out of the reader; here
every request is judged first, and nothing is handed out.
"""

import asyncio
import os
import secrets
import shlex
import sys
from collections.abc import Awaitable, Callable, Sequence

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.server import Server

from reader.errors import ReaderError
from reader.web.guard import HEADERS, LOOPBACK, TOKEN_BYTES, Knock, policy, refusal

ENDING = 2.0
"""Seconds that open pages are given to close."""
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
"""What the page is able to do, whatever the terminal is that it is served from."""

FOCUS = """<script>
const waits = setInterval(() => {
  const line = document.querySelector(".xterm-helper-textarea");
  if (line) { line.focus(); clearInterval(waits); }
}, 50);
</script></body>"""
"""Keys go to the reader as soon as it is there, without a click on it first."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def serve(
    arguments: Sequence[str], port: int, ready: Callable[[str], object]
) -> None:
    """Serve the reader until cancelled; `ready` is told the address.

    Port 0 is any free one. Raises ReaderError where the port is not to be had.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    served = Server(_command(arguments), host=LOOPBACK, title="Firsthand")
    runner = web.AppRunner(
        _guarded(served, token), access_log=None, shutdown_timeout=ENDING
    )
    await runner.setup()
    try:
        await _listen(runner, port)
        served.port = runner.addresses[0][1]
        served.public_url = f"http://{LOOPBACK}:{served.port}"
        ready(f"{served.public_url}/{token}/")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
    except OSError as error:
        reason = f"cannot be served on ({error.strerror}); leave --port out for another"
        raise ReaderError(f"port {port}", reason) from error


def _command(arguments: Sequence[str]) -> str:
    """The reader as a shell has it, which textual-serve starts it by.

    `exec` leaves no shell between us, `-P` takes no module from where we were started.
    """
    os.environ.update(TERMINAL)
    return f"exec {shlex.join([sys.executable, '-P', '-m', 'reader', *arguments])}"


def _guarded(served: Server, token: str) -> web.Application:
    """The page, its socket and its files below the token; nothing else."""
    inner = web.Application()
    loader = jinja2.FileSystemLoader(served.templates_path)
    aiohttp_jinja2.setup(inner, loader=loader)

    async def index(request: web.Request) -> web.StreamResponse:
        page = await served.handle_index(request)
        if isinstance(page, web.Response):
            page.text = (page.text or "").replace("</body>", FOCUS)
        return page

    inner.add_routes(
        [
            web.get("/", index, name="index"),
            web.get("/ws", served.handle_websocket, name="websocket"),
            web.static("/static", served.statics_path, name="static"),
        ]
    )

    @web.middleware
    async def judged(request: web.Request, handler: Handler) -> web.StreamResponse:
        if refusal(_knock(request), served.port, token):
            raise web.HTTPForbidden(text="Forbidden\n")
        return await handler(request)

    async def signed(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = policy(served.port)

    outer = web.Application(middlewares=[judged])
    outer.on_response_prepare.append(signed)
    outer.add_subapp(f"/{token}/", inner)
    return outer


def _knock(request: web.Request) -> Knock:
    return Knock(
        request.raw_path,
        request.headers.getall("Host", []),
        request.headers.getall("Origin", []),
        "Upgrade" in request.headers,
    )
