"""The application: what all screens share, and the refresh that runs behind them.

It shows no list and no article itself; that is the screens' part.
"""

import locale
from collections.abc import Callable, Mapping
from typing import Any

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.timer import Timer

from reader.errors import ReaderError
from reader.model import Feed
from reader.services import Services
from reader.services.browser import open_link
from reader.tui import messages, polling, themes, work
from reader.tui.keys import keymap
from reader.tui.library import Library
from reader.tui.paint.glyphs import choose
from reader.tui.polling import Polling
from reader.tui.screens.first_run import FirstRun
from reader.tui.screens.help import HelpScreen
from reader.tui.screens.keyed import Keyed
from reader.tui.screens.main import Main
from reader.tui.screens.palette import Palette
from reader.tui.views import VIEWS

SAID_FOR = 6.0
"""Seconds that the status line tells what an action did."""
DRAWN_EVERY = 0.5
"""Seconds between two looks of the progress."""
DUE_EVERY = 60.0
"""Seconds between two looks whether a feed is due."""

OFFERED = ("trail", "open_entry", "open_original", "faces")
"""Actions whose keys stand below a text."""

OpenUrl = Callable[[str], None]


class Firsthand(App[str]):
    """The reader on the screen; what it returns is what to open next, if anything."""

    CSS_PATH = "firsthand.tcss"
    TITLE = "Firsthand"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+c", "interrupt", show=False, priority=True)]  # noqa: RUF012

    def __init__(
        self,
        services: Services,
        environ: Mapping[str, str],
        *,
        open_url: OpenUrl | None = None,
        polls: bool = True,
    ) -> None:
        # Without colour only an ANSI theme, told here, leaves text visible: told
        # later, it would be black on black.
        self.plain = "NO_COLOR" in environ
        super().__init__(ansi_color=True if self.plain else None)
        self.services = services
        self.settings = services.settings
        self.environ = environ
        self.polls = polls
        self.keymap = keymap(self.settings.keys)
        encoding = locale.getpreferredencoding(False)
        self.glyphs = choose(self.settings.ui.glyphs, environ, encoding)
        self.polling = Polling()
        self.feeds: tuple[Feed, ...] = ()
        self.said = ""
        self.main = Main(Library(services))
        self._open_url = open_url
        self._silence: Timer | None = None
        self._drawing: Timer | None = None
        self._theme_names: tuple[str, ...] = ()
        self._problems = (*self.keymap.problems, *self._take_themes())

    # Beginning

    def on_mount(self) -> None:
        """Show the list, and look from time to time which feeds are due."""
        try:
            self.feeds = self.main.library.feeds()
        except ReaderError as error:
            self.exit(return_code=1, message=str(error))
            return
        self.push_screen(self.main)
        if not self.feeds:
            self.push_screen(FirstRun())
        if self._problems:
            more = len(self._problems) - 1
            self.say(self._problems[0] + (f" · and {more} more" if more else ""))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.polls:
            self.refresh_feeds(None)
            self.set_interval(DUE_EVERY, lambda: self.refresh_feeds(None))

    def _take_themes(self) -> tuple[str, ...]:
        """Register all themes and use the one that is set; sentences of what failed."""
        found = themes.load(self.services.paths.themes)
        for theme in found.themes.values():
            self.register_theme(theme)
        self._theme_names = tuple(sorted(found.themes))
        problems = tuple(map(str, found.failed))
        wanted = themes.NO_COLOR if self.plain else self.settings.ui.theme
        if wanted in found.themes:
            self.theme = wanted
            return problems
        self.theme = themes.DARK
        return (*problems, f"There is no theme called {wanted}.")

    # What screens ask for

    @property
    def offered_keys(self) -> dict[str, str]:
        """The keys that stand below a text."""
        return {name: self.keymap.shown(name) for name in OFFERED}

    def say(self, text: str) -> None:
        """Tell in the status line what was done, for a while."""
        self.said = text
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(SAID_FOR, self._hush)
        self.show_status()

    def _hush(self) -> None:
        self.said = ""
        self.show_status()

    def show_status(self) -> None:
        """Draw the status lines of all screens in sight anew."""
        for screen in self.screen_stack:
            if isinstance(screen, Keyed):
                screen.show_status()

    def browse(self, url: str) -> None:
        """Open a link in the browser."""
        try:
            if self._open_url is not None:
                self._open_url(url)
            else:
                open_link(url, self.settings.reading.browser, self.environ)
        except ReaderError as error:
            self.say(str(error))
        else:
            self.say(f"Opened {url}")

    def copy(self, text: str, what: str) -> None:
        """Copy to the clipboard, by the terminal (OSC 52)."""
        self.copy_to_clipboard(text)
        self.say(f"Copied {what}")

    def action_interrupt(self) -> None:
        """ctrl+c says how to leave, so that a slip of the hand costs nothing."""
        self.say(f"{self.keymap.shown('quit')} quits")

    def show_palette(self, screen: Keyed[Any]) -> None:
        """Every action of a screen by its name; the chosen one is done there."""
        self.push_screen(Palette(screen), screen.perform_if)

    def show_help(self, screen: Keyed[Any]) -> None:
        """Every key; an action chosen there is done on the screen."""
        self.push_screen(HelpScreen(), screen.perform_if)

    @property
    def offered_themes(self) -> tuple[str, ...]:
        """The themes that can be chosen; without colour there is no choice."""
        return () if self.plain else self._theme_names

    def open_view(self, key: str) -> None:
        """Open one of the named views."""
        view = next(view for view in VIEWS if view.key == key)
        self.main.open_view(view)
        self.main.focus_pane("list")

    def feeds_changed(self, message: messages.FeedsChanged) -> None:
        """Feeds were added on another screen than the main one."""
        self.main.post_message(message)
        self.refresh_feeds(None)

    # The refresh behind the screens

    def refresh_feeds(
        self, feed_ids: tuple[int, ...] | None, *, force: bool = False
    ) -> bool:
        """Ask feeds for news in the background; False while that is being done."""
        if self.polling.running:
            return False
        self.polling = polling.begun(self.polling, asked=force)
        self.run_worker(
            work.refresh(self, self.services, feed_ids, force), group="poll"
        )
        self._drawing = self.set_interval(DRAWN_EVERY, self.show_status)
        return True

    def refresh_all(self) -> None:
        """Ask every feed for news."""
        if not self.refresh_feeds(None, force=True):
            self.say("Already asking the feeds for news.")

    @on(messages.Polled)
    def _polled(self, message: messages.Polled) -> None:
        self.polling = polling.advanced(self.polling, message.progress)

    @on(messages.PollEnded)
    def _poll_ended(self, message: messages.PollEnded) -> None:
        self.polling = polling.ended(self.polling, self.services.now())
        if self._drawing is not None:
            self._drawing.stop()
        if message.reason:
            self.say(message.reason)
        elif self.polling.asked and not self.polling.new:
            self.say(polling.in_vain(self.polling))
        self.main.renew()

    def note_new(self, count: int) -> None:
        """So many new entries of the open list wait to be shown."""
        self.polling = polling.waiting(self.polling, count)
        self.show_status()

    def note_feeds(self, feeds: tuple[Feed, ...]) -> None:
        """These are the subscriptions now."""
        self.feeds = feeds
