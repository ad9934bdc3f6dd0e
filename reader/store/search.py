"""The full-text index: what it reads, how it is kept up, how a query is put to it.

The index holds no text. It reads what it needs through the view `searchable`, and to
forget a row it has to be told the very words it learnt: so forget before a change, and
learn after it.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable

from reader.query import Words
from reader.store.codec import id_list, packed_text

# Scripts that write no spaces between words: each letter is made a word, and a word
# looked for becomes a phrase of letters. Thai, Lao, Myanmar, Khmer, kana, Han, Hangul
# (whose particles are written onto the word).
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff])"
)
# An entry is either in the index or in `pending`. Rows are learnt in the order of their
# ids, and many by one statement: the index then writes them in one piece, else it
# writes a piece for each, four times as slow.
_THESE = "SELECT value FROM json_each(?1)"
_LEARN = f"""INSERT INTO search(rowid, body, title, publisher, authors, tags)
    SELECT id, body, title, publisher, authors, tags FROM searchable
    WHERE id IN (SELECT entry_id FROM pending WHERE entry_id IN ({_THESE}))
    ORDER BY id"""
_LEARNT = f"DELETE FROM pending WHERE entry_id IN ({_THESE})"
_FORGET = f"""INSERT INTO search(search, rowid, body, title, publisher, authors, tags)
    SELECT 'delete', id, body, title, publisher, authors, tags FROM searchable
    WHERE id IN ({_THESE} EXCEPT SELECT entry_id FROM pending) ORDER BY id"""
WEIGHTS = "bm25(search, 1.0, 8.0, 4.0, 4.0, 4.0)"
"""How well an entry fits, best least: what `rank` is, in half the time."""

_PENDING = f"INSERT OR IGNORE INTO pending(entry_id) {_THESE}"


def spaced(text: str) -> str:
    """Text with a space after every letter of a script that writes none."""
    try:
        text.encode("latin-1")  # a copy, and none of them is Latin-1's
    except UnicodeEncodeError:
        return _UNSPACED.sub(r"\1 ", text)
    return text


def folded(text: str | None) -> str:
    """Text for comparing: without case and diacritics."""
    if text is None:
        return ""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def text_of(content: bytes, reading: bytes | None) -> str:
    """The words of an entry: of its article, where it was fetched, and of its feed."""
    return f"{packed_text(reading)}\n\n{packed_text(content)}".strip()


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that view and queries use."""
    for function, arguments in ((spaced, 1), (folded, 1), (text_of, 2)):
        connection.create_function(
            function.__name__, arguments, function, deterministic=True
        )


def postpone(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Note new entries, which the index does not hold yet."""
    connection.execute(_PENDING, (id_list(ids),))


def forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take entries out of the index as they are now, before they change."""
    listed = (id_list(ids),)
    connection.execute(_FORGET, listed)
    connection.execute(_PENDING, listed)


def learn(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Put those of these entries into the index that it does not hold."""
    listed = (id_list(ids),)
    connection.execute(_LEARN, listed)
    connection.execute(_LEARNT, listed)


def catch_up(connection: sqlite3.Connection, limit: int) -> int:
    """Learn entries that the index does not hold, at most `limit`; how many it were."""
    rows = connection.execute(
        "SELECT entry_id FROM pending ORDER BY entry_id LIMIT ?", (limit,)
    )
    ids = [row[0] for row in rows]
    learn(connection, ids)
    return len(ids)


def is_behind(connection: sqlite3.Connection) -> bool:
    """Whether some entries are still to be learnt."""
    return connection.execute("SELECT 1 FROM pending LIMIT 1").fetchone() is not None


def match(words: Words, field: str | None = None) -> str:
    """One term in the index's own language; in `field`, where the words name none."""
    phrase = spaced(words.text).replace('"', " ").strip()
    named = words.field or field
    column = f"{named} : " if named else ""
    return f'{column}"{phrase}"{" *" if words.prefix else ""}'
