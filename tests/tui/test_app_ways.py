"""Each action does the same by its key, in the palette and by the mouse, and tells.

One person presses keys, one chooses in the palette, one clicks, each in a theme of
their own; whatever one of them sees after an action the others see as well.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest
from textual import events

from reader.services import Services
from reader.settings import Settings, UiSettings
from reader.tui.actions import at
from reader.tui.places import Action
from reader.tui.views import UNREAD
from reader.tui.widgets.prompt import Prompt
from tests.tui.conftest import Open, Running

pytestmark = pytest.mark.anyio

SIZE = (120, 24)
HERE = 3
"""The entry where each action begins: above it and below it there are others."""
MOST = 100
"""How often something is waited for that does not come."""
TURNS, STILL = 20, 2
"""Turns of the loop between two looks, and so many looks at the same."""
IN_PALETTE = "hide_read"
"""An action without a hint."""
ENDING = {"back", "quit"}
ACTIONS = [each for each in at("list") if not each.hidden and each.name not in ENDING]

Seen = tuple[object, ...]
Way = Callable[[Running, Action], Awaitable[None]]


def seen(program: Running) -> Seen:
    """What there is to see, but for colours: these are each person's own."""
    app, main = program.app, program.main
    return (
        [type(screen).__name__ for screen in app.screen_stack],
        main.place,
        (main.view.key, main.view.order, list(main.entries.window.ids)),
        (main.row, main.entries.cursor, sorted(main.entries.picked)),
        (main.article.entry_id, main.article.face, main.grid),
        (program.status, main.query_one(Prompt).display),
        (tuple(program.opened), app.clipboard),
    )


async def rest(program: Running) -> None:
    """Let everything come to its end: what is to be seen stands still."""
    last, same = seen(program), 0
    for _ in range(MOST):
        await program.app.workers.wait_for_complete()
        for _ in range(TURNS):
            await asyncio.sleep(0)
        await asyncio.sleep(0.005)
        now = seen(program)
        same = 0 if program.app.busy or now != last else same + 1
        if same == STILL:
            return
        last = now
    raise AssertionError("it never came to rest")


async def type_all(program: Running, *keys: str) -> None:
    """Type keys in a row, and let what they began come to its end."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        program.app.post_message(events.Key(key, character))
    await rest(program)


def spelled(action: Action) -> Sequence[str]:
    """The keys that find an action in the palette by its name."""
    return (":", *("space" if char == " " else char for char in action.title))


async def by_key(program: Running, action: Action) -> None:
    """Press the first of its keys."""
    await type_all(program, *program.app.keymap.by_action[action.name][0])


async def by_palette(program: Running, action: Action) -> None:
    """Type its name in the palette, and press Enter."""
    await type_all(program, *spelled(action), "enter")


async def by_mouse(program: Running, action: Action) -> None:
    """Click on its hint in the last row; what has none is clicked on in the palette.

    One click there is enough: it gives back what Enter does.
    """
    line = program.main.query_one("StatusLine")
    columns = line.size.width
    hints = program.main.hints(columns, program.main.told(columns))
    hint = next((each for each in hints if each.act == action.name), None)
    if hint:
        x = line.render_line(0).text.index(f"{hint.keys} {hint.word}")
        await program.pilot.click("StatusLine", offset=(x, 0))
    elif action.name == IN_PALETTE:
        await type_all(program, *spelled(action))
        await program.pilot.click("#picker-lines", offset=(5, 1))
    else:
        await by_key(program, action)


async def begin(program: Running) -> None:
    """Back to the list of what is unread, with nothing said, asked or picked."""
    main = program.main
    while main.question or main.place == "prompt" or program.app.screen is not main:
        await type_all(program, "escape")
    if main.zen:
        main.set_zen(False)
    main.pick(())
    if main.view != UNREAD:
        main.open_view(UNREAD)
    main.focus_pane("list")
    if not len(main.entries.window):
        main.open_view(UNREAD)
    main.entries.go(HERE)
    program.app.hush()
    await program.until(lambda: main.article.entry_id == main.entries.entry_id)
    await rest(program)


async def answered(program: Running, way: Way, action: Action) -> Seen | None:
    """What is to be seen after an action; None where nothing comes of it."""
    before = seen(program)
    await way(program, action)
    for _ in range(MOST):
        await rest(program)
        if seen(program) != before:
            return seen(program)
    return None


async def walk(program: Running, way: Way) -> dict[str, Seen | None]:
    """What is to be seen after each action."""
    walked = {}
    for action in ACTIONS:
        await begin(program)
        walked[action.name] = await answered(program, way, action)
    return walked


class TestWays:
    async def test_all_do_the_same(
        self, make: Callable[..., Services], lived_in: object, running: Open
    ) -> None:
        """
        No action is silent, and none depends on how it was asked for.
        """
        ways: dict[str, Way] = {
            "ink": by_key,
            "paper": by_palette,
            "terminal-dark": by_mouse,
        }
        walked = {}
        for theme, way in ways.items():
            services = make(lived_in, Settings(ui=UiSettings(theme)))
            async with running(services, SIZE) as program:
                walked[theme] = await walk(program, way)
        keys, palette, mouse = (walked[theme] for theme in ways)
        silent = [name for name, after in keys.items() if after is None]
        apart = [
            (name, one, another)
            for other in (palette, mouse)
            for name, after in keys.items()
            for one, another in zip(after or (), other[name] or (), strict=False)
            if one != another
        ]

        assert silent == []
        assert apart == []
        assert len(keys) > 40

    async def test_nothing_to_do_it_with(
        self, services: Services, running: Open
    ) -> None:
        """
        Where the list is empty every action says so, or does what needs no entry;
        there is no row to go to.
        """
        silent = []
        async with running(services, SIZE) as program:
            for action in ACTIONS:
                await begin(program)
                program.main.entries.open(())
                program.main.show(None)
                await rest(program)
                needless = action.name in {"first", "last"}
                if not needless and not await answered(program, by_key, action):
                    silent.append(action.name)

        assert silent == []
