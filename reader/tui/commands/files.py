"""Files that come with an entry: opened by the command of the settings."""

from functools import partial

from reader.model import Enclosure
from reader.services.browser import open_enclosure
from reader.tui.paint.files import OPENS, kind
from reader.tui.paint.palette import Item
from reader.tui.screens.main import Main
from reader.tui.screens.picker import Picker
from reader.urls import shown


def enclosures(main: Main, count: int) -> None:
    """Open the file that comes with the entry; of several, one is chosen."""
    files = main.row.enclosures if main.row else ()
    if not files:
        main.say("No file comes with this entry.")
    elif len(files) == 1 or 0 < count <= len(files):
        open_file(main, files[max(count, 1) - 1])
    else:
        items = [
            Item(shown(file.url), kind(file), act=f"{OPENS}{number}")
            for number, file in enumerate(files, 1)
        ]
        sign = main.firsthand.glyphs.bullet
        main.app.push_screen(Picker(sign, items), partial(chosen, main))


def chosen(main: Main, act: str | None) -> None:
    """Open the file of a number."""
    files = main.row.enclosures if main.row else ()
    number = (act or "").removeprefix(OPENS)
    if number.isdecimal() and 0 < int(number) <= len(files):
        main.trying(partial(open_file, main, files[int(number) - 1]))


def open_file(main: Main, file: Enclosure) -> None:
    """Open one file, by `enclosure_command` where the settings have it."""
    app = main.firsthand
    reading = app.settings.reading
    if app.is_web or app.is_far or reading.enclosure_command is None:
        app.browse(file.url)
    else:
        command = reading.enclosure_command
        opening = open_enclosure(file.url, command, reading.browser, app.environ)
        app.opened(file.url, opening)
