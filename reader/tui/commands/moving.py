"""Moving the cursor of a list, or the text of an article; nothing is read or marked."""

from reader.tui.screens.main import Main

FAR = 1_000_000_000


def down(main: Main, count: int) -> None:
    """One row on, or `count`."""
    main.pane.move(max(count, 1))


def up(main: Main, count: int) -> None:
    """One row back, or `count`."""
    main.pane.move(-max(count, 1))


def first(main: Main, count: int) -> None:
    """To the beginning; with a count, to that one."""
    main.pane.go(max(count - 1, 0))


def last(main: Main, count: int) -> None:
    """To the end; with a count, to that one."""
    main.pane.go(count - 1 if count else FAR)


def page_down(main: Main, count: int) -> None:
    """A page on."""
    main.pane.move(main.pane.page * max(count, 1))


def page_up(main: Main, count: int) -> None:
    """A page back."""
    main.pane.move(-main.pane.page * max(count, 1))


def half_page_down(main: Main, count: int) -> None:
    """Half a page on."""
    main.pane.move(max(main.pane.page // 2, 1) * max(count, 1))


def half_page_up(main: Main, count: int) -> None:
    """Half a page back."""
    main.pane.move(-max(main.pane.page // 2, 1) * max(count, 1))
