"""Looking for what was typed, and for looser queries where nothing is found.

Runs in a thread of its own: it asks the store, draws nothing, and gives up when told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reader import query
from reader.errors import ReaderError
from reader.query import Query
from reader.tui.library import Library
from reader.tui.views import View, of_search

if TYPE_CHECKING:
    from reader.tui.paint.lit import Wanted

LOOSER = 3
WORDS_MOST = 6
"""Words of a query that looser ones are made of."""

GivenUp = Callable[[], bool]
"""Whether nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means as a list and which entries it holds, or what is wrong."""

    text: str
    view: View | None = None
    ids: Sequence[int] = ()
    trouble: str = ""


def find(library: Library, text: str, given_up: GivenUp) -> Found:
    """Look for what was typed; expected trouble is told, not raised."""
    try:
        view = of_search(text, _parsed(library, text))
    except ReaderError as error:
        return Found(text, trouble=str(error))
    return Found(text, view) if given_up() else listed(library, view)


def words_of(wanted: Query) -> "Wanted":
    """The words that a query looks for, to be lit where they stand."""
    from reader.tui.paint.lit import wanted as looked_for

    leaves = (leaf for leaf in wanted.leaves if isinstance(leaf, query.Words))
    return looked_for((leaf.text, leaf.prefix) for leaf in leaves)


def listed(library: Library, view: View) -> Found:
    """The entries of a list that takes its time; expected trouble is told."""
    try:
        return Found(view.title, view, library.ids(view))
    except ReaderError as error:
        return Found(view.title, trouble=str(error))


def looser(
    library: Library, text: str, given_up: GivenUp
) -> tuple[tuple[str, int], ...]:
    """Queries of fewer words that find something, the narrowest first.

    They are compared by entries, which is quick, and told by stories. A pattern is
    looked for once only: each takes its time.
    """
    if _parsed(library, text).has_pattern:
        return ()
    words = query.tokens(text)[:WORDS_MOST]
    found: list[tuple[str, int]] = []
    for size in range(len(words) - 1, 0, -1):
        fewer = (" ".join(some) for some in combinations(words, size))
        counted = ((words, _count(library, words, given_up)) for words in fewer)
        found += sorted((c for c in counted if c[1]), key=lambda c: c[1])
        if len(found) >= LOOSER or given_up():
            break
    told = ((words, _shown(library, words, given_up)) for words, _ in found[:LOOSER])
    return tuple(sorted(told, key=lambda one: one[1]))


def _parsed(library: Library, text: str) -> Query:
    return query.parse(text, library.services.now(), library.services.zone)


def _shown(library: Library, text: str, given_up: GivenUp) -> int:
    """How many the list will hold: one of each story."""
    return len(find(library, text, given_up).ids)


def _count(library: Library, text: str, given_up: GivenUp) -> int:
    try:
        return 0 if given_up() else library.count(_parsed(library, text))
    except ReaderError:
        return 0
