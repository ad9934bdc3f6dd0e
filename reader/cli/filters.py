"""`firsthand rules`: what filters would do to entries, and have them do it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from reader.cli import as_json, as_text
from reader.cli.commands import MOST, Json, app, run
from reader.cli.session import complain, say, zone
from reader.services import Services

if TYPE_CHECKING:
    from reader.services.filters import Outcome

rules = typer.Typer(
    help="Filters: what is done by itself to entries that come (filters.toml).",
    no_args_is_help=True,
)
app.add_typer(rules, name="rules")

SHOWN = 3
"""Entries of a filter that a test shows in text."""

DONE = {"read": "marked read", "starred": "starred", "hidden": "hidden"}
"""What becomes of entries, by the mark they get; the tags of a filter come after."""


@rules.command("test")
def try_out(
    limit: Annotated[
        int, typer.Option("--limit", min=1, max=MOST, help="The newest so many.")
    ] = 1_000,
    json: Json = False,
) -> None:
    """Show what each filter would have done to the newest entries; change nothing."""
    from reader.services import filters

    async def command(services: Services) -> bool:
        tested = await filters.try_out(services, limit)
        if json:
            say(as_json.line(_object(one)) for one in tested.outcomes)
        else:
            say(_lines(services, tested.outcomes))
            seen = as_text.count(tested.seen, "entry", "entries")
            say([f"{seen} looked at, nothing changed{_where(services)}"])
        return _complained(services, tested.outcomes)

    run(command)


@rules.command()
def apply(
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, max=MOST, help="The newest so many; else all."),
    ] = None,
    json: Json = False,
) -> None:
    """Apply the filters to what is here already; `firsthand undo` takes it back."""
    from reader.services import filters

    async def command(services: Services) -> bool:
        action, outcomes = await filters.apply(services, limit)
        if json:
            say(as_json.line(_object(one)) for one in outcomes)
        else:
            say(_summary(one) for one in outcomes)
            changed = as_text.count(action.count, "entry", "entries")
            say([f"{changed} changed{_where(services)}"])
        return _complained(services, outcomes)

    run(command)


def _complained(services: Services, outcomes: "tuple[Outcome, ...]") -> bool:
    """Say which filters could not be used; False when one of them could not."""
    faults = [one for one in outcomes if one.effect.trouble]
    for one in faults:
        complain(f"{one.filter.title}: {one.effect.trouble}")
    return not faults and not services.filter_faults


def _where(services: Services) -> str:
    """Where filters are written, for who has none."""
    if services.filters or services.filter_faults:
        return ""
    return f"; there are no filters in {services.paths.filters_file}"


def _lines(services: Services, outcomes: "tuple[Outcome, ...]") -> Iterator[str]:
    here = zone()
    for one in outcomes:
        yield _summary(one)
        fits = one.effect.fits
        rows = services.store.rows(fits[:SHOWN])
        yield from (f"  {as_text.entry(row, here)}" for row in rows)
        if len(fits) > SHOWN:
            yield f"  and {len(fits) - SHOWN:,} more"


def _summary(one: "Outcome") -> str:
    """A filter in one line: whom it fits, and what that changes."""
    marked = one.effect.marked
    told = [f"{marked[mark]} {word}" for mark, word in DONE.items() if marked.get(mark)]
    if given := marked.get("tagged"):
        told.append(f"{given} tagged {', '.join(one.filter.tags)}")
    fits = as_text.count(len(one.effect.fits), "entry", "entries")
    done = ", ".join(told) or "nothing new"
    return f"{one.filter.title}: fits {fits}; {done}"


def _object(one: "Outcome") -> dict[str, as_json.Json]:
    return {
        "name": one.filter.name or None,
        "when": one.filter.when,
        "entries": list(one.effect.fits),
        "read": one.effect.marked.get("read", 0),
        "starred": one.effect.marked.get("starred", 0),
        "hidden": one.effect.marked.get("hidden", 0),
        "tagged": one.effect.marked.get("tagged", 0),
        "tags": list(one.filter.tags),
        "error": one.effect.trouble,
    }
