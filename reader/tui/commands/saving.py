"""Carrying articles out: into files, or through a command of the reader's own."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from reader.errors import ReaderError
from reader.model import Reading
from reader.services import export, pipe
from reader.services.export import ExistsError
from reader.services.pipe import Piped
from reader.tui.paint.row import headline
from reader.tui.screens.main import Main
from reader.tui.screens.output import OutputScreen
from reader.tui.widgets.prompt import Prompt

IN_FRONT = "!"
"""Begins a command that takes the whole terminal."""
BETWEEN = "\n---\n\n"
"""What stands between articles that are piped together."""

Wanted = tuple[Reading, Path]
"""What is to be saved, and where."""


def save(main: Main, count: int) -> None:
    """Save what is open, or picked, to a file or into a folder."""
    if main.firsthand.is_confined():
        return
    readings = _readings(main)
    if not readings:
        main.say("Nothing to save.")
        return
    one = readings[0] if len(readings) == 1 else None
    word = "Save as" if one else f"Save {len(readings)} entries in folder"
    begun = f"~/{export.file_name(one)}" if one else "~/"
    prompt = main.query_one(Prompt)
    prompt.open(word, partial(_save, main, readings), begun)


def _save(main: Main, readings: Sequence[Reading], path: str) -> None:
    target = Path(path)
    if len(readings) > 1 and not _is_folder(target):
        main.say(f"{path} is no folder.")
        return
    names = export.file_names(readings) if len(readings) > 1 else ("",)
    files = [(one, target / name) for one, name in zip(readings, names, strict=True)]
    main.run_worker(_written(main, files, over=False), group="save")


def _is_folder(path: Path) -> bool:
    try:
        return path.expanduser().is_dir()
    except (OSError, RuntimeError, ValueError):
        return False


async def _written(main: Main, wanted: Sequence[Wanted], *, over: bool) -> None:
    """Write the files, and say where they are; one that is there is asked about."""
    zone = main.library.services.zone
    there: list[Wanted] = []
    files: list[Path] = []
    for reading, path in wanted:
        try:
            files.append(
                await asyncio.to_thread(export.save, reading, path, zone, over=over)
            )
        except ExistsError:
            there.append((reading, path))
        except ReaderError as error:
            main.say(str(error))
            return
    main.pick(())
    if files:
        main.say(_saved(files))
    if there:
        again = partial(_write_over, main, there)
        name = there[0][1] if len(there) == 1 else f"{len(there)} files"
        main.ask(f"Replace {name}?", again)


def _write_over(main: Main, wanted: Sequence[Wanted]) -> None:
    main.run_worker(_written(main, wanted, over=True), group="save")


def _saved(files: Sequence[Path]) -> str:
    if len(files) == 1:
        return f"Saved {files[0]}"
    return f"{len(files)} entries saved in {files[0].parent}"


def pipe_to(main: Main, count: int) -> None:
    """Send what is open, or picked, to a command as Markdown."""
    if main.firsthand.is_confined():
        return
    readings = _readings(main)
    if readings:
        prompt = main.query_one(Prompt)
        prompt.open("|", partial(_pipe, main, readings), main.firsthand.piped_to)
    else:
        main.say("Nothing to pipe.")


def _pipe(main: Main, readings: Sequence[Reading], command: str) -> None:
    zone = main.library.services.zone
    text = BETWEEN.join(export.markdown(reading, zone) for reading in readings)
    main.firsthand.piped_to = command
    main.pick(())
    if command.startswith(IN_FRONT):
        _in_front(main, command.removeprefix(IN_FRONT).strip(), text)
    else:
        main.say(f"{command} is at work …")
        main.run_worker(_piped(main, command, text), group="pipe", exclusive=True)


def _in_front(main: Main, command: str, text: str) -> None:
    """Leave the terminal to a command until it ends."""
    app = main.firsthand
    with app.suspend():
        code = pipe.run_in_front(command, text, app.environ)
    app.refresh()
    main.say(_ended(command, code))


async def _piped(main: Main, command: str, text: str) -> None:
    """Wait for a command, and show what it said."""
    try:
        piped = await pipe.pipe(command, text, main.firsthand.environ)
    except ReaderError as error:
        main.say(str(error))
        return
    main.say(_told(piped))
    if piped.output.strip():
        main.app.push_screen(OutputScreen(piped))


def _told(piped: Piped) -> str:
    if piped.cut:
        return f"{piped.command} said too much and was stopped"
    said = "" if piped.output.strip() else ", and said nothing"
    return f"{_ended(piped.command, piped.code)}{said}"


def _ended(command: str, code: int) -> str:
    return f"{command} is done" if code == 0 else f"{command} failed with {code}"


def _readings(main: Main) -> tuple[Reading, ...]:
    """What is open or picked, as it is stored; what has gone is left out."""
    return tuple(map(main.library.stored, main.targets))


def copies(main: Main, count: int) -> None:
    """The other entries of the same story; the chosen one's page is opened."""
    from reader.tui.paint.palette import Item
    from reader.tui.screens.picker import Picker

    row = main.row
    others = tuple(main.library.copies(row.id)) if row else ()
    if not others:
        main.say("No other feed has this story.")
        return
    items = [Item(o.feed.title, headline(o), act=o.url) for o in others]

    def opened(url: str | None) -> None:
        if url:
            main.firsthand.browse(url)

    sign = main.firsthand.glyphs.origin
    picker = Picker(sign, items, caption="Copies of this story")
    main.app.push_screen(picker, opened)
