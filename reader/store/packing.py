"""A polled entry made into rows: most of the work of keeping it, and no SQL.

Pure and made of values, so that another process may do it before the store is asked.
"""

from collections.abc import Iterable

from reader.model import Entry
from reader.store import attributions, codec
from reader.store.codec import maybe_micros
from reader.store.values import Columns, Packed, Polled

_IN_COLUMNS = ("id", "guid", "url", "title", "authors", "categories", "published")
_REST = codec.defaults(Entry, without=(*_IN_COLUMNS, "updated", "enclosures"))


def pack(polled: Polled) -> Packed:
    """The rows of an entry."""
    entry, published = polled.entry, maybe_micros(polled.entry.published)
    return Packed(
        guid=entry.guid,
        fingerprint=polled.fingerprint,
        url=entry.url,
        published=published,
        columns=_columns(entry, published),
        data=codec.pack(polled.text, codec.fields_of(entry, _REST)),
        verdict=attributions.columns(polled.attribution),
        summary=attributions.summary(polled.attribution),
    )


def packed(found: Iterable[Polled | Packed]) -> tuple[Packed, ...]:
    """The rows of entries, whoever made them."""
    return tuple(one if isinstance(one, Packed) else pack(one) for one in found)


def _columns(entry: Entry, published: int | None) -> Columns:
    return (
        entry.url,
        entry.title,
        "\n".join(entry.authors),
        "\n".join(entry.categories),
        published,
        maybe_micros(entry.updated),
        codec.to_json(entry.enclosures) if entry.enclosures else None,
    )
