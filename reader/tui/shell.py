"""What the application is to its screens and widgets: what they share and ask for.

It knows no screen: which of them are shown, and when, is `app`'s part.
"""

import asyncio
import locale
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, ParamSpec, TypeVar

from textual import on
from textual.binding import Binding
from textual.timer import Timer

from reader.errors import ReaderError
from reader.model import Feed
from reader.services import Services
from reader.services.browser import Opening, open_link
from reader.store import Account
from reader.tui import messages, polling, remembered, themes, views, work
from reader.tui.inorder import InOrder
from reader.tui.keys import keymap
from reader.tui.paint.dates import until
from reader.tui.paint.glyphs import choose
from reader.tui.places import Place
from reader.tui.polling import Polling
from reader.tui.views import View
from reader.urls import is_web, shown

SAID_FOR = 6.0
"""Seconds that the status line tells what an action did."""
DRAWN_EVERY = 0.5
"""Seconds between two looks of the progress."""

POLL = "poll"
"""The worker that asks feeds for news."""

OFFERED = ("trail", "open_entry", "open_original", "faces", "enclosures")
"""Actions whose keys stand below a text."""

OpenUrl = Callable[[str], None]
Chosen = Callable[[str | None], None]
"""What is done with the name of an action that was chosen elsewhere."""


P = ParamSpec("P")
Answer = TypeVar("Answer")


class Shell(InOrder):
    """Keys, glyphs, themes, the status line's words, and the refresh behind it all."""

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
        self.accounts: tuple[Account, ...] = ()
        self.own_views: tuple[View, ...] = ()
        self.said = ""
        self.piped_to = ""
        self.remembered = remembered.read(services)
        self._open_url = open_url
        self._silence: Timer | None = None
        self._drawing: Timer | None = None
        self._told_filters: frozenset[str] = frozenset()
        self._promised: set[asyncio.Task[Any]] = set()
        self._theme_names: tuple[str, ...] = ()
        self.problems = (*self.keymap.problems, *self._take_themes())

    def _take_themes(self) -> tuple[str, ...]:
        """Register all themes and use the one that is set; sentences of what failed."""
        found = themes.load(self.services.paths.themes)
        for theme in found.themes.values():
            self.register_theme(theme)
        self._theme_names = tuple(sorted(found.themes))
        problems = tuple(map(str, found.failed))
        wanted = themes.NO_COLOR if self.plain else self._wanted_theme(found.themes)
        if wanted in found.themes:
            self.theme = wanted
            return problems
        self.theme = themes.DARK
        known = ", ".join(self._theme_names)
        return (*problems, f"There is no theme called {wanted}; there are {known}.")

    def _wanted_theme(self, found: Mapping[str, object]) -> str:
        """The theme that was chosen here, unless the settings name another since."""
        here = self.remembered
        chosen = here.theme_set == self.settings.ui.theme and here.theme in found
        return here.theme if chosen else self.settings.ui.theme

    # The status line

    def say(self, text: str) -> None:
        """Tell in the status line what was done, for a while."""
        self.said = text
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(SAID_FOR, self.hush)
        self.show_status()

    def hush(self) -> None:
        """Tell no longer what was done."""
        if self.said:
            self.said = ""
            self.show_status()

    def show_status(self) -> None:
        """Draw the status lines of all screens in sight anew."""
        for screen in self.screen_stack:
            for line in screen.query("StatusLine"):
                line.refresh()

    # What is remembered

    def remember(self, **what: Any) -> None:
        """Keep something for the next time."""
        self.remembered = replace(self.remembered, **what)
        self.promise(self._remembered(what))

    async def _remembered(self, what: Mapping[str, Any]) -> None:
        try:
            await remembered.keep(self.services, what)
        except ReaderError as error:
            self.say(str(error))

    def keep_theme(self, name: str) -> None:
        """Put a theme on, and again the next time."""
        self.theme = name
        self.remember(theme=name, theme_set=self.settings.ui.theme)
        self.say(f"Theme: {name}")

    def trying(self, act: Callable[[], object]) -> None:
        """Do something; expected trouble becomes a sentence in the status line."""
        try:
            act()
        except ReaderError as error:
            self.say(str(error))

    # What screens ask for

    @property
    def offered_keys(self) -> dict[str, str]:
        """The keys that stand below a text."""
        return {name: self.keymap.shown(name) for name in OFFERED}

    @property
    def offered_themes(self) -> tuple[str, ...]:
        """The themes that can be chosen; without colour there is no choice."""
        return () if self.plain else self._theme_names

    def browse(self, url: str) -> None:
        """Open a link in the browser; over SSH, where none is near, copy it."""
        if self.is_web and is_web(url):
            # The person's own browser is where this is shown.
            self.open_url(url)
            self.say(f"Opened {url}")
            return
        if self.is_far:
            self.copy(url, f"{url}, to be opened where you are")
            return
        try:
            if self._open_url is not None:
                self._open_url(url)
                self.say(f"Opened {url}")
            else:
                browser = self.settings.reading.browser
                self.opened(url, open_link(url, browser, self.environ))
        except ReaderError as error:
            self.say(str(error))

    def opened(self, url: str, opening: Opening) -> None:
        """Say that a link is open; where its program fails at once, say that."""
        self.say(f"Opened {url}")

        async def watch() -> None:
            try:
                await opening.watch()
            except ReaderError as error:
                self.say(str(error))

        self.run_worker(watch())

    def is_confined(self) -> bool:
        """Whether nothing may leave but by the screen, and say so: in a web page."""
        if self.is_web:
            self.say("In a web page nothing is saved or sent to a command.")
        return self.is_web

    @property
    def is_far(self) -> bool:
        """Whether the reader sits elsewhere, and has named no browser that reaches."""
        return "SSH_CONNECTION" in self.environ and not self.settings.reading.browser

    def copy(self, text: str, what: str) -> None:
        """Copy to the clipboard, by the command set for it or the terminal (OSC 52)."""
        command = self.settings.reading.copy_command
        if command and not self.is_web:
            self.promise(self._copy_by(command, text, what))
            return
        self.copy_to_clipboard(text)
        self.say(f"Copied {what}")

    async def _copy_by(self, command: str, text: str, what: str) -> None:
        from reader.services import clipboard

        try:
            await clipboard.copy(command, text, self.environ)
        except ReaderError as error:
            self.say(str(error))
        else:
            self.say(f"Copied {what}")

    def action_interrupt(self) -> None:
        """ctrl+c says how to leave, so that a slip of the hand costs nothing."""
        self.say(f"{self.keymap.shown('quit')} quits")

    def show_palette(
        self, place: Place, then: Chosen, *, themes_only: bool = False
    ) -> None:
        """Every action of a place by its name; the chosen one is handed on."""
        raise NotImplementedError

    def show_help(self, then: Chosen) -> None:
        """Every key; an action chosen there is handed on."""
        raise NotImplementedError

    # What is kept though one leaves

    def promise(self, job: Coroutine[Any, Any, None]) -> None:
        """Do in the background what a person takes for done: leaving waits for it."""
        task = asyncio.create_task(job)
        self._keep(task)
        # The worker is cancelled with the screens, the task that it waits for is not.
        self.run_worker(asyncio.shield(task), group="promised")

    async def aside(
        self, call: Callable[P, Answer], /, *args: P.args, **kwargs: P.kwargs
    ) -> Answer:
        """Ask the store something slow in a thread; leaving waits for its end.

        No connection is closed while it is at work, whether or not the answer is
        still wanted.
        """
        task = asyncio.create_task(asyncio.to_thread(call, *args, **kwargs))
        self._keep(task)
        return await asyncio.shield(task)

    def _keep(self, task: "asyncio.Task[Any]") -> None:
        self._promised.add(task)
        task.add_done_callback(self._promised.discard)

    async def on_unmount(self) -> None:
        """Keep what was promised."""
        await asyncio.gather(*self._promised)

    # The refresh behind the screens

    def refresh_feeds(
        self, feed_ids: tuple[int, ...] | None, *, force: bool = False
    ) -> bool:
        """Ask feeds for news in the background; False while that is being done."""
        if self.polling.running:
            return False
        self.polling = polling.begun(self.polling, asked=force)
        job = work.refresh(self, self.services, feed_ids, force)
        self.run_worker(job, group=POLL)
        self._drawing = self.set_interval(DRAWN_EVERY, self.show_status)
        return True

    def stop_refresh(self) -> None:
        """Ask no feed any more; those that answered keep what came."""
        if self.polling.running:
            self.polling = polling.stopping(self.polling)
            self.say("Stopping …")
            self.workers.cancel_group(self, POLL)

    def refresh_now(self, feed_ids: tuple[int, ...] | None, said: str = "") -> None:
        """Ask feeds for news because a person wants it, and say so."""
        begun = self.refresh_feeds(feed_ids, force=True)
        text = said if begun else "Already asking the feeds for news."
        if text:
            self.say(text)

    @on(messages.Polled)
    def _polled(self, message: messages.Polled) -> None:
        self.polling = polling.advanced(self.polling, message.progress)
        moved = getattr(message.progress.last, "moved", None)
        if moved:
            self.say(f"A feed moved to {shown(moved.after)}")

    @on(messages.PollEnded)
    def _poll_ended(self, message: messages.PollEnded) -> None:
        pause = self.settings.poll.min_interval
        self.polling = polling.ended(self.polling, self.services.now(), pause)
        if self._drawing is not None:
            self._drawing.stop()
        self.renew()
        if message.reason:
            self.say(self._with_pause(message.reason))
        elif self.polling.asked and not self.polling.new_here:
            # What is new in the open list is told beside the key that shows it.
            self.say(polling.told(self.polling))
        elif told := self._passed_filters():
            self.say(told)
        if self.polling.new and self.settings.ui.notify != "off" and not self.is_web:
            self.promise(self._notify(self.polling.new))

    def _with_pause(self, reason: str) -> str:
        """Why a refresh ended, and when the next one is, if that was put off."""
        rests = self.polling.rests
        if rests is None:
            return reason
        soon = until(rests, self.services.now())
        return f"{reason.rstrip('.')} · the next one {soon}"

    def _passed_filters(self) -> str:
        """Which filters were passed over since that was last told; mostly none."""
        if not self.services.filters:
            return ""
        from reader.services import filters

        found = filters.passed_over(self.services)
        fresh = [title for title in found if title not in self._told_filters]
        self._told_filters = frozenset(found)
        more = f" and {len(fresh) - 1} more" if fresh[1:] else ""
        told = "not applied, too slow · firsthand doctor tells more"
        return f"Filter {fresh[0]}{more}: {told}" if fresh else ""

    async def _notify(self, new: int) -> None:
        """Tell the desktop, or the terminal, that entries have come."""
        from reader.services import notices

        told = notices.notice(new)
        if told is None:
            return
        sequence = notices.sequence(self.settings, told)
        if sequence and self._driver is not None:
            self._driver.write(sequence)
        elif not await asyncio.to_thread(
            notices.send, self.settings, told, self.environ
        ):
            self.say("notify-send could not tell of what came.")

    def renew(self) -> None:
        """Show what a refresh brought."""
        raise NotImplementedError

    def note_new(self, count: int) -> None:
        """So many new entries of the open list wait to be shown."""
        self.polling = polling.waiting(self.polling, count)
        self.show_status()

    def note_accounts(self, accounts: tuple[Account, ...]) -> frozenset[str]:
        """These are the accounts now; the names of those that are out of reach."""
        self.accounts = accounts
        return frozenset(account.name for account in accounts if account.error)

    def note_views(self, own: Mapping[str, str]) -> None:
        """These are the reader's own views now, by name."""
        self.own_views = tuple(views.of_text(name, text) for name, text in own.items())

    def note_feeds(self, feeds: tuple[Feed, ...]) -> None:
        """These are the subscriptions now."""
        self.feeds = feeds
