"""A few screens as they are drawn, to the cell: at their sizes, in a theme each."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from reader.services import Services
from reader.settings import Settings, UiSettings
from reader.tui.app import Firsthand
from tests.tui import shelf

SCREENS = {
    "three-panes": ((120, 40), "ink", ""),
    "two-panes": ((100, 30), "paper", ""),
    "list": ((80, 24), "contrast", ""),
    "article": ((80, 24), "ink", "enter"),
    "trail": ((120, 40), "ink", "t"),
    "unresolved": ((120, 40), "dusk", "j"),
    "palette": ((120, 40), "terminal-dark", ":"),
    "first-run": ((120, 40), "ink", "empty"),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screen(
    name: str,
    snap_compare: Callable[..., bool],
    make: Callable[..., Services],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The screen is drawn as it was when somebody last looked at it."""
    monkeypatch.setattr("reader.tui.screens.main.PREVIEW_AFTER", 0.001)
    size, theme, key = SCREENS[name]
    services = make(
        chosen=Settings(ui=UiSettings(theme=theme, glyphs="unicode", motion="off")),
        now=shelf.NOW,
    )
    if key != "empty":
        shelf.fill(services)
    app = Firsthand(services, {}, open_url=lambda url: None, polls=False)

    async def before(pilot: Pilot[str]) -> None:
        await pilot.pause()
        if key not in ("", "empty"):
            await pilot.press(key)
        await app.workers.wait_for_complete()
        for _ in range(100):
            if key == "empty" or app.main.article.entry_id == app.main.entries.entry_id:
                break
            await pilot.pause(0.01)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=before)
