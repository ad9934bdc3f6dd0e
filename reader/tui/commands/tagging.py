"""Words of the reader's own for entries: chosen among those in use, or new."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from reader.errors import ReaderError
from reader.services import marks
from reader.tui import messages
from reader.tui.paint.palette import Item
from reader.tui.screens.main import Main
from reader.tui.screens.picker import Picker

ADD, REMOVE = "add:", "remove:"
CAPTION = "Tag: type a name; Enter makes a new one"


def tag(main: Main, count: int) -> None:
    """Give the entries a tag, or take one away that all of them have."""
    ids = main.targets
    if not ids:
        main.say("Nothing to tag.")
        return
    items = tuple(_items(main, ids))
    names = frozenset(item.title for item in items)
    picker = Picker("#", items, partial(_new, names), CAPTION)
    main.app.push_screen(picker, partial(_chosen, main, ids))


def _items(main: Main, ids: Sequence[int]) -> Iterator[Item]:
    """The tags in use, first those that the entries have."""
    known = main.library.services.store.labels.tags()
    has = Counter(name for row in main.library.rows(ids) for name in row.tags)
    for tag in sorted(known, key=lambda each: not has[each.name]):
        name, entries = tag.name, tag.stories
        everywhere = has[name] == len(ids)
        about = _about(has[name], len(ids))
        yield Item(name, about, str(entries), f"{REMOVE if everywhere else ADD}{name}")


def _about(having: int, of: int) -> str:
    if not having:
        return ""
    if having < of:
        return f"on {having} of {of} picked"
    return "on it; taken away" if of == 1 else "on all picked; taken away"


def _new(names: frozenset[str], text: str) -> Iterator[Item]:
    name = text.lstrip("#").strip()
    if name and name not in names:
        yield Item(name, "a new tag", "", f"{ADD}{name}")


def _chosen(main: Main, ids: Sequence[int], act: str | None) -> None:
    if act:
        main.firsthand.promise(_tag(main, ids, act))
        main.pick(())


async def _tag(main: Main, ids: Sequence[int], act: str) -> None:
    services = main.library.services
    adds = act.startswith(ADD)
    name = (act.removeprefix(ADD if adds else REMOVE),)
    try:
        action = await marks.tag(
            services,
            tuple(services.store.copies(ids)),
            add=name if adds else (),
            remove=() if adds else name,
        )
    except ReaderError as error:
        main.post_message(messages.Failed(str(error)))
    else:
        main.post_message(messages.Marked(action, loud=True))
