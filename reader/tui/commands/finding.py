"""Views to choose among, and the open list narrowed by a query that may be kept."""

from collections.abc import Iterator
from functools import partial

from reader import query
from reader.errors import ReaderError
from reader.services import views as saved
from reader.store.publishers import PublisherCount
from reader.tui import views
from reader.tui.branches import branches, unread
from reader.tui.paint.palette import Item
from reader.tui.screens.main import Main
from reader.tui.screens.picker import Picker
from reader.tui.views import View
from reader.tui.widgets.prompt import Prompt

NARROW, SEARCH, KEEP, FORGET, SHOW = "narrow:", "search:", "keep:", "forget:", "show:"
"""What an item does: the word, then what it does it with."""
PUBLISHERS_MOST = 500
"""Publishers that can be chosen among, those with the most entries."""


def filter_(main: Main, count: int) -> None:
    """Choose a view, a feed, a tag or a publisher; or narrow this list by a query."""
    items = (*_about_this(main), *_views(main), *_forgotten(main))
    picker = Picker("f", items, partial(_for_text, main.view))
    main.app.push_screen(picker, partial(_chosen, main))
    main.run_worker(_add_publishers(main, picker), group="publishers", exclusive=True)


async def _add_publishers(main: Main, picker: Picker) -> None:
    """Offer the publishers as well, once they are counted."""
    publishers = main.library.services.store.labels.publishers
    try:
        found = await main.firsthand.aside(publishers)
    except ReaderError as error:
        main.say(str(error))
        return
    if picker.is_attached:
        picker.add(
            _item(views.of_publisher(one.name), _brought(one), one.unread_stories)
            for one in found[:PUBLISHERS_MOST]
        )


def _brought(one: PublisherCount) -> str:
    return f"publisher, brought by {one.feeds} feeds" if one.feeds > 1 else "publisher"


def _about_this(main: Main) -> Iterator[Item]:
    """What can be done with the query of the list that is open."""
    view = main.view
    if view.text and not view.key.startswith("own:"):
        yield Item("Save this search as a view", view.text, "", f"{KEEP}{view.text}")
    if view.key.startswith("narrow:") and main.before is not None:
        yield Item("Widen", f"back to {main.before.title}", "", "back")


def _views(main: Main) -> Iterator[Item]:
    """Everything that can be opened as a list, with what is unread in it."""
    counts = main.library.counts()
    for view in views.VIEWS:
        yield _item(view, "view", views.count(view, counts))
    for view in main.firsthand.own_views:
        yield _item(view, view.text)
    labels = main.library.services.store.labels
    for tag in labels.tags():
        yield _item(views.of_tag(tag.name), "tag", tag.unread_stories)
    found = branches(main.feeds)
    unread_in = unread(found, counts)
    for branch in found:
        if branch.folder:
            kind = f"folder · {branch.account}" if branch.account else "folder"
            yield _item(branch.view, kind, unread_in[branch.key])
    for feed in main.feeds:
        yield _item(views.of_feed(feed), "feed", unread_in[f"feed:{feed.id}"])


def _item(view: View, kind: str, unread: int = 0) -> Item:
    return Item(view.title, kind, str(unread or ""), f"{SHOW}{view.key}")


def _forgotten(main: Main) -> Iterator[Item]:
    for name, text in main.library.services.store.labels.views().items():
        yield Item(f"Forget the view {name}", text, "", f"{FORGET}{name}")


def _for_text(view: View, text: str) -> Iterator[Item]:
    """What a query can be used for."""
    yield Item("Narrow this list", f"{view.title}: {text}", "", f"{NARROW}{text}")
    yield Item("Search everything", text, "", f"{SEARCH}{text}")


def _chosen(main: Main, act: str | None) -> None:
    """Do what was chosen."""
    for word, command in _COMMANDS.items():
        if act and act.startswith(word):
            main.trying(partial(command, main, act.removeprefix(word)))
            return
    main.perform_if(act)


def _narrow(main: Main, text: str) -> None:
    services = main.library.services
    query.parse(text, services.now(), services.zone)
    main.open_view(views.narrowed(main.view, text))
    main.focus_pane("list")


def _search(main: Main, text: str) -> None:
    services = main.library.services
    wanted = query.parse(text, services.now(), services.zone)
    main.open_view(views.of_search(text, wanted))
    main.focus_pane("list")


def _keep(main: Main, text: str) -> None:
    """Ask for a name, and keep the query as a view of that name."""
    main.query_one(Prompt).open("Name of the view", partial(_kept, main, text), text)


def _kept(main: Main, text: str, name: str) -> None:
    main.firsthand.promise(_keep_as(main, text, name))


async def _keep_as(main: Main, text: str, name: str) -> None:
    try:
        kept = await saved.keep(main.library.services, {name: text}, over=True)
    except ReaderError as error:
        main.say(str(error))
        return
    for name, text in kept.items():
        main.open_view(views.of_text(name, text), keep=True)
        main.say(f"{name} is a view now")


def _forget(main: Main, name: str) -> None:
    main.ask(
        f"Forget the view {name}? Its entries stay.",
        lambda: main.firsthand.promise(_forget_it(main, name)),
    )


async def _forget_it(main: Main, name: str) -> None:
    try:
        await saved.forget(main.library.services, name)
    except ReaderError as error:
        main.say(str(error))
        return
    gone = main.view.key == f"own:{name}"
    main.open_view(views.UNREAD if gone else main.view, keep=not gone)
    main.say(f"The view {name} is gone; its entries are where they were")


def _show(main: Main, key: str) -> None:
    """Open a view by its key."""
    kind, _, name = key.partition(":")
    made = {"tag": views.of_tag, "publisher": views.of_publisher}.get(kind)
    view = made(name) if made else main.sidebar.views.get(key)
    if view is not None:
        main.open_view(view)
        main.focus_pane("list")


_COMMANDS = {
    NARROW: _narrow,
    SEARCH: _search,
    KEEP: _keep,
    FORGET: _forget,
    SHOW: _show,
}
