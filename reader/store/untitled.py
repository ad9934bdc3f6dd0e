"""What entries without a title are called: the first words of their text.

What feeds of short notes send has no titles; their text is known by how it begins.
"""

import re
import sqlite3
from collections.abc import Iterable

from reader.store.codec import id_list, packed_text

LONGEST = 80
"""Characters of it."""
CUT_FROM = 40
"""Where no word ends after so many, as in scripts without spaces, a word is cut."""
_SENTENCE = re.compile(r".{8,}?[.!?…]['\"”’»)]*(?=\s|$)|.{8,}?[。！？][」』]*")


def begins(text: str) -> str:
    """The first sentence of a text, or as many words of it as a line holds."""
    line = next(filter(None, map(str.strip, text.splitlines())), "")
    line = " ".join(line[: 4 * LONGEST].split())
    first = _SENTENCE.match(line)
    if first and len(first[0]) <= LONGEST:
        return first[0]
    if len(line) <= LONGEST:
        return line
    words = line[:LONGEST].rpartition(" ")[0]
    cut = words if len(words) >= CUT_FROM else line[: LONGEST - 1]
    return f"{cut.rstrip(' ,;:–-')}…"


def named(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, str]:
    """How the texts of entries begin, by their ids; who has none is left out."""
    rows = connection.execute(
        """SELECT entry_id, data FROM content
        WHERE entry_id IN (SELECT value FROM json_each(?))""",
        (id_list(ids),),
    )
    found = ((entry, begins(packed_text(data))) for entry, data in rows)
    return {entry: words for entry, words in found if words}
