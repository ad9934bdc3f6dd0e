"""Lists that are not feeds: the smart ones, publishers, tags, and the reader's own.

They are queries with a name; `store.ids` opens them. The reader's own are written
under `[views]` in the settings, or kept in the store.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from reader import query
from reader.cleaning import clean_line
from reader.errors import NotFoundError, QueryError
from reader.query import Query
from reader.services.core import Services
from reader.store.publishers import PublisherCount
from reader.store.tags import TagCount

SMART = ("all", "unread", "today", "starred", "stubs", "unresolved")
"""The views that everybody has; each is the word of a query, but the first."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the reader's own: its query as it was typed, or why that is none."""

    name: str
    text: str
    query: Query = query.ALL
    trouble: str | None = None


def own(services: Services) -> dict[str, str]:
    """The reader's own views as they were typed; one that was kept hides a written."""
    return {**services.settings.views, **services.store.labels.views()}


async def keep(
    services: Services, views: Mapping[str, str], *, over: bool = False
) -> dict[str, str]:
    """Keep queries as views; which were kept.

    Only `over` replaces one of the same name: what a list brings does not.
    """
    known = () if over else own(services)
    named = {clean_line(name).strip(): text for name, text in views.items()}
    fresh = {name: text for name, text in named.items() if name and name not in known}
    if fresh:
        await services.write(services.store.labels.keep_views, fresh)
    return fresh


async def forget(services: Services, name: str) -> None:
    """Keep a view no longer. Raises NotFoundError where none of that name was kept."""
    if not await services.write(services.store.labels.forget_view, name):
        where = "it stands in config.toml" if name in services.settings.views else ""
        kept = ", ".join(services.store.labels.views()) or "none"
        raise NotFoundError(name, where or f"no such view is kept; there are: {kept}")


def saved(services: Services) -> tuple[SavedView, ...]:
    """The reader's own views, those of the settings first; times are as of now."""
    return tuple(_saved(services))


def _saved(services: Services) -> Iterator[SavedView]:
    for name, text in own(services).items():
        try:
            wanted = query.parse(text, services.now(), services.zone)
        except QueryError as error:
            yield SavedView(name, text, trouble=f"view {name}: {error}")
        else:
            yield SavedView(name, text, wanted)


def named(services: Services, name: str) -> Query:
    """A view by its name, the reader's own before the smart ones, case folded.

    Raises NotFoundError, or QueryError where the reader's own is no query.
    """
    mine = {view.name.casefold(): view for view in saved(services)}
    found = mine.get(name.casefold())
    if found and found.trouble:
        raise QueryError("", found.trouble)
    if found:
        return found.query
    if name.casefold() not in SMART:
        known = ", ".join((*own(services), *SMART))
        raise NotFoundError(name, f"no such view; there are {known}")
    return smart(services, name.casefold())


def smart(services: Services, name: str) -> Query:
    """One of the views that everybody has."""
    if name == "all":
        return query.ALL
    return query.parse(name, services.now(), services.zone)


@dataclass(frozen=True, slots=True)
class CountedView:
    """A view, smart or the reader's `own`; how many entries it holds, and stories.

    `trouble` says why they could not be counted.
    """

    name: str
    text: str
    own: bool
    entries: int = 0
    stories: int = 0
    trouble: str | None = None


def counted(services: Services) -> tuple[CountedView, ...]:
    """Every view: those that everybody has, then the reader's own."""
    everybody = (
        _held(services, CountedView(name, name, False), smart(services, name))
        for name in SMART
    )
    return (*everybody, *(_counted(services, view) for view in saved(services)))


def _counted(services: Services, view: SavedView) -> CountedView:
    found = CountedView(view.name, view.text, True, trouble=view.trouble)
    if view.trouble:
        return found
    try:
        return _held(services, found, view.query)
    except QueryError as error:
        return replace(found, trouble=f"view {view.name}: {error}")


def _held(services: Services, view: CountedView, wanted: Query) -> CountedView:
    store = services.store
    stories = len(store.ids(wanted, stories=True))
    return replace(view, entries=store.count(wanted), stories=stories)


def publishers(services: Services) -> tuple[PublisherCount, ...]:
    """Everybody who published first, most entries first; `query.of_publisher` lists."""
    return services.store.labels.publishers()


def tags(services: Services) -> tuple[TagCount, ...]:
    """Every tag in use, by name; `query.of_tag` lists its entries."""
    return services.store.labels.tags()
