"""What each action of the table does on the main screen, by its name.

Every command takes the screen and a count; none is called but through this table.
"""

from collections.abc import Mapping
from importlib import import_module

from reader.tui.commands import feeds, marking, moving
from reader.tui.screens.main import Command, Main


class Late:
    """A command whose module is imported when it is first called."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, main: Main, count: int) -> None:
        self.command(main, count)

    @property
    def command(self) -> Command:
        """The command itself."""
        module = import_module(f"{__name__}.{self._module}")
        found: Command = getattr(module, self._name)
        return found


def _later(module: str, name: str) -> Command:
    return Late(module, name)


class _Later:
    """A module of such commands."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Command:
        return Late(self._module, name)


# They bring along the screens that they open, which the first list does not wait for.
going, reading = _Later("going"), _Later("reading")
files, finding = _Later("files"), _Later("finding")
saving, tagging = _Later("saving"), _Later("tagging")


COMMANDS: Mapping[str, Command] = {
    "next": moving.down,
    "previous": moving.up,
    "first": moving.first,
    "last": moving.last,
    "page_down": moving.page_down,
    "page_up": moving.page_up,
    "half_page_down": moving.half_page_down,
    "half_page_up": moving.half_page_up,
    "focus_left": going.focus_left,
    "focus_right": going.focus_right,
    "focus_next": going.focus_next,
    "focus_previous": going.focus_previous,
    "next_unread": reading.next_unread,
    "previous_unread": reading.previous_unread,
    "next_feed": reading.next_feed,
    "previous_feed": reading.previous_feed,
    "read": reading.read,
    "open_original": reading.open_original,
    "open_entry": reading.open_entry,
    "faces": reading.faces,
    "fetch_anew": reading.fetch_anew,
    "links": going.links,
    "lead_image": reading.lead_image,
    "enclosures": files.enclosures,
    "zen": going.zen,
    "trail": going.trail,
    "copy_original": reading.copy_original,
    "copy_entry": reading.copy_entry,
    "copy_trail": reading.copy_trail,
    "star": marking.star,
    "pick": marking.pick,
    "pick_all": marking.pick_all,
    "save": saving.save,
    "pipe": saving.pipe_to,
    "copies": saving.copies,
    "themes": going.themes,
    "toggle_read": marking.toggle_read,
    "mark_feed_read": marking.mark_list_read,
    "mark_all_read": marking.mark_all_read,
    "read_above": marking.read_above,
    "read_below": marking.read_below,
    "undo": marking.undo,
    "redo": marking.redo,
    "refresh_feed": feeds.refresh_feed,
    "refresh_all": feeds.refresh_all,
    "add_feed": feeds.add,
    "edit_feed": feeds.edit,
    "remove_feed": feeds.remove,
    "source": feeds.source,
    "health": going.health,
    "sources": going.sources,
    "search": going.search,
    "narrower": going.narrower,
    "wider": going.wider,
    "panes_reset": going.panes_reset,
    "sort": going.sort,
    "filter": finding.filter_,
    "tag": tagging.tag,
    "hide_read": going.hide_read,
    "palette": going.palette,
    "help": going.help_,
    "back": going.back,
    "escape": going.escape,
    "quit": going.quit_,
    "choose": going.choose,
}
