"""The readers that are measured, ours and others, and how each is told to poll.

A reader is there when its program is; nothing is installed. It measures nothing.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_LEMON24 = """import sys
from reader import make_reader
reader = make_reader("cache.sqlite")
for url in open("urls").read().split():
    reader.add_feed(url, exist_ok=True)
reader.update_feeds(workers=20)
reader.close()
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: how its home is made, how it polls, and where it keeps things."""

    name: str
    prepare: Callable[[Path, Sequence[str]], None]
    command: tuple[str, ...]
    store: str
    most_feeds: int = 5_000
    rounds: int = 5


def environ(home: Path) -> dict[str, str]:
    """An environment in which only this home is known."""
    folders = ("CONFIG", "DATA", "CACHE", "STATE")
    xdg = {f"XDG_{name}_HOME": str(home / name.lower()) for name in folders}
    kept: Mapping[str, str] = {
        name: value for name in ("PATH", "LANG") if (value := os.environ.get(name))
    }
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "TERM": "xterm-256color"}
    return {**kept, **xdg, **ours, "HOME": str(home), "COLORTERM": "truecolor"}


def firsthand(*arguments: str) -> tuple[str, ...]:
    """Our own command."""
    return (sys.executable, "-m", "reader", *arguments)


def prepare(home: Path, urls: Sequence[str]) -> None:
    """A home with these subscriptions, never polled."""
    from datetime import UTC, datetime

    from reader.store import Store

    settings_for_loopback(home)
    store = Store(home / "data" / "firsthand" / "firsthand.db")
    for url in urls:
        store.add_feed(url, url, None, None, datetime.now(UTC))
    store.close()


def settings_for_loopback(home: Path) -> None:
    """Settings under which the machine itself may be asked."""
    config = home / "config" / "firsthand" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[fetch]\nallow_hosts = ["127.0.0.0/8"]\n', encoding="utf-8")


def _list_of_urls(home: Path, urls: Sequence[str]) -> None:
    (home / "urls").write_text("\n".join(urls) + "\n", encoding="utf-8")
    (home / "config").write_text("reload-threads 50\n", encoding="utf-8")
    (home / "lemon24.py").write_text(_LEMON24, encoding="utf-8")


def _newsraft_home(home: Path, urls: Sequence[str]) -> None:
    _list_of_urls(home, urls)
    (home / "config").write_text("", encoding="utf-8")


def present() -> tuple[Reader, ...]:
    """Ours, and the others that are on this machine."""
    ours = firsthand("refresh", "--force", "--json")
    readers = [Reader("firsthand", prepare, ours, "data/firsthand/firsthand.db")]
    if newsraft := os.environ.get("NEWSRAFT"):
        files = ("-f", "urls", "-c", "config", "-d", "cache.sqlite")
        reload = (newsraft, *files, "-e", "reload-all")
        readers.append(Reader("newsraft", _newsraft_home, reload, "cache.sqlite"))
    if newsboat := shutil.which("newsboat"):
        files = ("-u", "urls", "-C", "config", "-c", "cache.sqlite")
        reload = (newsboat, *files, "-x", "reload")
        readers.append(
            Reader("newsboat", _list_of_urls, reload, "cache.sqlite", 1_000, 1)
        )
    if lemon24 := os.environ.get("LEMON24"):
        script = (lemon24, "lemon24.py")
        readers.append(
            Reader("lemon24", _list_of_urls, script, "cache.sqlite", 1_000, 1)
        )
    return tuple(readers)
