"""The application: which screens there are, and how one leads to another.

What they share is in `shell`; no list and no article is shown here.
"""

import gc
import os
from collections.abc import Mapping
from functools import partial

from textual.worker import WorkerFailed

from reader.errors import ReaderError
from reader.services import Services
from reader.tui import messages, signals
from reader.tui.commands import COMMANDS
from reader.tui.library import Library
from reader.tui.places import Place
from reader.tui.polling import resting
from reader.tui.screens.main import Main
from reader.tui.shell import Chosen, OpenUrl, Shell
from reader.tui.views import VIEW, VIEWS

DUE_EVERY = 60.0
"""Seconds between two looks whether a feed is due."""
ALONE_EVERY = 2.0
"""Seconds between two looks whether whoever serves a web page is still there."""


class Firsthand(Shell):
    """The reader on the screen; what it returns is what to open next, if anything."""

    CSS_PATH = "firsthand.tcss"
    TITLE = "Firsthand"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        services: Services,
        environ: Mapping[str, str],
        *,
        open_url: OpenUrl | None = None,
        polls: bool = True,
    ) -> None:
        super().__init__(services, environ, open_url=open_url, polls=polls)
        self.main = Main(Library(services), COMMANDS)
        self.failure: ReaderError | None = None

    def on_mount(self) -> None:
        """Show the list, and look from time to time which feeds are due."""
        signals.watch(lambda code: self.exit(return_code=code))
        try:
            self.feeds = self.main.library.feeds()
        except ReaderError as error:
            self.failure = error
            self.exit(return_code=1)
            return
        self.push_screen(self.main)
        if self.is_web:
            server = os.getppid()
            self.set_interval(ALONE_EVERY, lambda: self._end_without(server))
        if not self.feeds:
            from reader.tui.screens.first_run import FirstRun

            self.push_screen(FirstRun(), self._feeds_came)
        if self.problems:
            more = len(self.problems) - 1
            self.say(self.problems[0] + (f" · and {more} more" if more else ""))
        self.call_after_refresh(self._begin)

    @property
    def fault(self) -> Exception | None:
        """A fault of ours that ended the reader, as it was met, in a worker or not."""
        found = self._exception
        if isinstance(found, WorkerFailed) and isinstance(found.error, Exception):
            return found.error
        return found

    def _fatal_error(self) -> None:
        """End without Textual's traceback, which shows what somebody reads.

        Whoever opened the reader tells the fault in a line.
        """
        self.bell()
        self._close_messages_no_wait()

    def _end_without(self, server: int) -> None:
        """Leave when the process that shows this is gone: nobody would ever see it."""
        if os.getppid() != server:
            self.exit()

    def _begin(self) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if self.polls:
            self.refresh_feeds(None)
            self.set_interval(DUE_EVERY, self.refresh_due)

    def refresh_due(self) -> None:
        """Ask the feeds that are due, unless somebody just stopped that."""
        if not resting(self.polling, self.services.now()):
            self.refresh_feeds(None)

    def _feeds_came(self, message: messages.FeedsChanged | None) -> None:
        """The first feeds are there: show them, and ask them for news."""
        if message is not None:
            self.main.post_message(message)
            self.refresh_feeds(None)

    def show_palette(
        self, place: Place, then: Chosen, *, themes_only: bool = False
    ) -> None:
        """Every action of a place by its name; the chosen one is handed on."""
        from reader.tui.screens.palette import Palette

        palette = Palette(place, themes_only=themes_only)
        self.push_screen(palette, partial(self._chosen, then))

    def _chosen(self, then: Chosen, act: str | None) -> None:
        """A view is opened wherever one is; actions are the asking screen's."""
        if act and act.startswith(VIEW):
            self.open_view(act.removeprefix(VIEW))
        else:
            then(act)

    def show_help(self, then: Chosen) -> None:
        """Every key; an action chosen there is handed on."""
        from reader.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(), then)

    def open_view(self, key: str) -> None:
        """Open one of the named views, and leave what stands over the lists."""
        while self.screen is not self.main and len(self.screen_stack) > 1:
            self.pop_screen()
        view = next(view for view in VIEWS if view.key == key)
        self.main.open_view(view)
        self.main.focus_pane("list")

    def renew(self) -> None:
        """Show what a refresh brought."""
        self.main.renew()
