"""What every use case is given, built in one place; it holds no logic of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from reader import query
from reader.model import Fetch
from reader.services.sites import Sites
from reader.services.turns import Turns
from reader.settings import Filter, Paths, Settings
from reader.store import Store
from reader.store.filters import Rule
from reader.urls import Policy

if TYPE_CHECKING:
    from reader.rules import Rules

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Services:
    """Store, network, settings, facts, clock and zone; and the one writing thread.

    `load_rules` is asked for the facts when somebody first wants them.
    """

    store: Store
    fetch: Fetch
    paths: Paths
    settings: Settings
    load_rules: "Callable[[], Rules]"
    policy: Policy
    now: Callable[[], datetime]
    zone: tzinfo
    _writer: ThreadPoolExecutor
    filters: tuple[Filter, ...] = ()
    filter_faults: tuple[str, ...] = ()
    exchanges: Turns = field(default_factory=Turns)
    sites: Sites = field(default_factory=Sites)

    @property
    def rules(self) -> "Rules":
        """The facts: wrappers, phrases, walls."""
        return self.load_rules()

    async def write(
        self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a writing method of the store on the one thread that writes.

        What was begun is written, whatever becomes of who asked for it: a mark made
        just before leaving is kept.
        """
        loop = asyncio.get_running_loop()
        return await asyncio.shield(
            loop.run_in_executor(self._writer, partial(call, *args, **kwargs))
        )

    def filter_rules(self) -> tuple[Rule, ...]:
        """The filters as they are at this moment, for whoever stores entries."""
        return tuple(map(self._rule, self.filters))

    def _rule(self, wanted: Filter) -> Rule:
        marks = {"read": wanted.mark_read, "starred": wanted.star}
        marks["hidden"] = wanted.hide
        return Rule(
            query.parse(wanted.when, self.now(), self.zone),
            tuple(mark for mark, asked in marks.items() if asked),
            wanted.tags,
            wanted.title,
        )

    def close(self) -> None:
        """Finish what is being written and close the store."""
        self._writer.shutdown(wait=True)
        self.store.close()


def build(
    fetch: Fetch,
    paths: Paths,
    settings: Settings,
    rules: "Rules | Callable[[], Rules]",
    now: Callable[[], datetime],
    zone: tzinfo,
    filters: tuple[Filter, ...] = (),
    filter_faults: tuple[str, ...] = (),
) -> Services:
    """The services over a store at `paths.database`, which is made if missing.

    The reader's list needs no rules: they can be given as what loads them once.
    """
    return Services(
        store=Store(paths.database),
        fetch=fetch,
        paths=paths,
        settings=settings,
        load_rules=rules if callable(rules) else lambda: rules,
        policy=Policy.of(settings.fetch.allow_hosts),
        now=now,
        zone=zone,
        _writer=ThreadPoolExecutor(1, thread_name_prefix="store-writer"),
        filters=filters,
        filter_faults=filter_faults,
    )
