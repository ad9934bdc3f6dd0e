"""Every setting there is, with its default, as frozen tables; no file is read here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Literal

from reader.settings.values import Within


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """`[fetch]`: how we behave on the network."""

    allow_hosts: tuple[str, ...] = ()
    """Names, addresses and networks that may be reached, public or not."""
    timeout: Annotated[float, Within(1, 300)] = 30.0
    """Seconds that one request may take in all."""
    spacing: Annotated[float, Within(0, 60)] = 0.5
    """Seconds between the starts of two pages from one host, unless somebody waits."""


@dataclass(frozen=True, slots=True)
class PollSettings:
    """`[poll]`: when feeds are asked for news."""

    min_interval: timedelta = timedelta(minutes=15)
    """No feed is asked more often than this."""
    max_interval: timedelta = timedelta(days=1)
    """No feed that works is asked less often than this."""
    workers: Annotated[int, Within(1, 500)] = 64
    """Feeds that are polled at the same time."""


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """`[store]`: how long entries are kept; those with a star or a tag are for ever."""

    keep_days: Annotated[int, Within(1, 36_500)] | None = None
    """Days after which an entry is deleted, read or not; else none is for its age."""
    keep_entries: Annotated[int, Within(1, 100_000)] | None = None
    """How many entries of each feed are kept, the newest; else all of them."""


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """`[reading]`: what counts as read, and where links open."""

    mark_read: timedelta | Literal["opened", "never"] = timedelta(seconds=2)
    """How long an entry is shown alone until it is read; `opened`: only when opened."""
    fetch_ahead: bool = False
    """Whether a refresh fetches the articles of all unread entries, to be read offline;
    feeds that are always followed have it so in any case."""
    next_ahead: Annotated[int, Within(0, 10)] = 2
    """Entries below the one that is opened, whose articles are fetched meanwhile."""
    browser: str | None = None
    """The command that opens a link, `%s` for the link; else $BROWSER is asked."""
    copy_command: str | None = None
    """The command that is given what is copied, such as `wl-copy`; else the terminal
    is asked to keep it (OSC 52)."""
    enclosure_command: str | None = None
    """The command that opens a file that comes with an entry, `%s` for its address;
    else it opens as a link does."""


@dataclass(frozen=True, slots=True)
class UiSettings:
    """`[ui]`: how the screen looks."""

    theme: str = "ink"
    """The name of a bundled theme, or of one in the `themes` folder of the settings."""
    glyphs: Literal["auto", "unicode", "ascii"] = "auto"
    """Which marks are drawn; `auto` asks the terminal and the locale."""
    density: Literal["auto", "calm", "dense"] = "auto"
    """Whether a blank row stands between entries; `auto`: from 36 rows up."""
    motion: Literal["on", "off"] = "on"
    """`off`: no blinking cursor, no progress bar."""
    notify: Literal["off", "osc9", "osc777", "notify-send"] = "off"
    """How new entries are told when they come: by the terminal (OSC 9 or 777), or by
    the desktop."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that people may set."""

    fetch: FetchSettings = FetchSettings()
    poll: PollSettings = PollSettings()
    store: StoreSettings = StoreSettings()
    reading: ReadingSettings = ReadingSettings()
    ui: UiSettings = UiSettings()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of actions, by the actions' names: `open_original = ["o", "ctrl+o"]`; or
    the name of a preset, `keys = "newsboat"`, which may also stand among them."""
    views: Mapping[str, str] = field(default_factory=dict)
    """`[views]`: lists of the reader's own, in this order: `Sea = "tag:sea unread"`."""
