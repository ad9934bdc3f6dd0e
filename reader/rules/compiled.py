"""Literal phrases with `*`, made into expressions that take linear time.

A phrase is looked for by its longest literal piece first, so that the hundreds that
do not occur cost next to nothing. No phrase holds a regular expression of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal

AnnouncementKind = Literal[
    "published-on", "footer", "redirect", "continue-reading", "source"
]
KINDS: tuple[AnnouncementKind, ...] = (
    "footer",
    "published-on",
    "redirect",
    "continue-reading",
    "source",
)

# A name ends with its sentence: a full stop stays when a letter follows ("dev.to").
_GAP = r"(?:[^\n.!?:;。！？|]|[.:?!](?=[\w/])|(?<=https)[:]|(?<=http)[:]){1,140}"
# Vowels that Arabic and Hebrew write or leave out, and the dash that stretches a word.
_MARK = "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]"
_MARKS = re.compile(_MARK)
_POINTED = re.compile("[\u05d0-\u05ea\u0621-\u064a]")
_LETTER_BELOW = 0x530  # Latin, Greek, Cyrillic: scripts that put spaces between words


@dataclass(frozen=True, slots=True)
class Phrase:
    """One literal phrase; `core` is its longest literal piece, lower case.

    Its expression is made when the core first occurs: making all of them takes longer
    than any page.
    """

    text: str
    core: str

    @property
    def named(self) -> bool:
        """Whether the phrase has a place for a name."""
        return "*" in self.text

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression that finds the phrase, its name in the group `name`."""
        return _pattern(self.text)


def compile_phrase(text: str) -> Phrase:
    """A phrase from its text, in which `*` stands for a name; the last is the one."""
    text = _MARKS.sub("", text)
    core = max((piece.strip() for piece in text.split("*")), key=len).lower()
    return Phrase(text, max(core.split("'"), key=len))


@lru_cache(maxsize=4_096)
def _pattern(text: str) -> re.Pattern[str]:
    pieces = text.split("*")
    expression = _literal(pieces[0])
    for number, (before, after) in enumerate(pairwise(pieces), 1):
        last = number == len(pieces) - 1
        gap = _gap(last, more=any(piece.strip() for piece in pieces[number:]))
        expression += _space(before, -1) + gap + _space(after, 0) + _literal(after)
    first = pieces[0][:1]
    if first.isalpha() and ord(first) < _LETTER_BELOW:
        expression = r"(?<!\w)" + expression
    return re.compile(expression, re.IGNORECASE)


def _space(piece: str, end: int) -> str:
    """The space between a piece and the name: needed where words are parted by it."""
    if not piece.strip():
        return ""
    parted = piece[end].isspace() and ord(piece.strip()[end]) < _LETTER_BELOW
    return r"\s{1,3}" if parted else r"\s{0,3}"


def _gap(last: bool, more: bool) -> str:
    gap = _GAP + ("?" if more else "")
    return f"(?P<name>{gap})" if last else gap


def _literal(piece: str) -> str:
    escaped = (
        re.escape(" ".join(piece.split()))
        .replace("\\ ", r"\s{1,3}")
        .replace(" ", r"\s{1,3}")
    )
    escaped = escaped.replace("'", "['’ʼ´`]")
    return _POINTED.sub(lambda letter: letter[0] + _MARK + "{0,3}", escaped)


@dataclass(frozen=True, slots=True)
class Language:
    """The phrases of one language.

    `subjects` are words for what is republished ("post", "article"), `never` for what
    is none ("photo"); `own` begin names that are nobody else's ("my old blog"), `mine`
    say so of a name before or behind it, `theirs` mean somebody named before ("their
    site"), `heads` stand before a name and say of what kind it is, as they are written
    ("the website of"); `prints` are in names of what is printed, `excerpts` begin
    phrases that say only a part is taken; `dates` begin dates; `stops` end a name.
    """

    code: str
    phrases: Mapping[AnnouncementKind, tuple[Phrase, ...]] = field(default_factory=dict)
    subjects: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    excerpts: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()


Listed = tuple[int, AnnouncementKind, Language, Phrase]
_WORD = re.compile(r"\w+")
# Scripts that put no spaces between words, or glue particles to them.
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, eq=False)  # by identity: made once, and a key
class Index:
    """Phrases by the first word of their cores, so that a text asks for few of them.

    `wide` are those of scripts without words, `loose` those whose core begins within
    one; they are tried on every text of such a script, and on every text.
    """

    by_word: Mapping[str, tuple[Listed, ...]] = field(default_factory=dict)
    wide: tuple[Listed, ...] = ()
    loose: tuple[Listed, ...] = ()
    labels: tuple[str, ...] = ()
    """What stands before the name of a source, lower case: "source", "quelle"."""

    @classmethod
    def of(cls, languages: Iterable[Language]) -> "Index":
        """The index of all phrases, the strongest kinds first."""
        known = tuple(languages)
        rows = [
            (kind, language, phrase)
            for kind in KINDS
            for language in known
            for phrase in language.phrases.get(kind, ())
        ]
        # Of two phrases that both fit, the longer says more exactly where the name is.
        rows.sort(key=lambda row: (KINDS.index(row[0]), -len(row[2].text)))
        by_key: dict[str, list[Listed]] = {}
        for order, (kind, language, phrase) in enumerate(rows):
            key = _key(phrase)
            by_key.setdefault(key, []).append((order, kind, language, phrase))
        wide, loose = tuple(by_key.pop(_ANY, ())), tuple(by_key.pop("", ()))
        words = {key: tuple(found) for key, found in by_key.items()}
        labels = _labels(row[2] for row in rows)
        return cls(words, wide, loose, labels)

    def any_within(self, text: str) -> bool:
        """Whether `within` finds a phrase in a text; in a fifth of its time."""
        raw = _latin_1(text)
        if raw is None:
            return next(self.within(text.lower()), None) is not None
        telling = _telling(self)
        words = raw.translate(_PARTED).split()
        rows = [
            row
            for key in telling.keys.intersection(words)
            for row in telling.by_word[key]
        ]
        if telling.pieces:
            lowered = raw.translate(_LOWERED)
            rows += [row for piece, row in telling.pieces if piece in lowered]
        return bool(rows) and _any_of(rows, set(words), text.lower())

    def within(self, lowered: str) -> Iterator[Listed]:
        """The phrases whose core occurs in a text of lower case, strongest first."""
        lowered = _MARKS.sub("", lowered)
        words = _words(lowered)
        rows = [row for key in words & self.by_word.keys() for row in self.by_word[key]]
        rows += self.loose
        rows += self.wide if _WIDE.search(lowered) else ()
        found = [row for row in rows if row[3].core in lowered]
        yield from sorted(found, key=lambda row: row[0])


def _labels(phrases: Iterable[Phrase]) -> tuple[str, ...]:
    """What phrases such as "source: *" begin with, without their signs."""
    ends = " :：-–("
    begins = (phrase.text.partition("*")[0].lower() for phrase in phrases)
    labels = (text.strip(ends) for text in begins if text.strip()[-1:] in (":", "："))
    return tuple(dict.fromkeys(label for label in labels if len(label) > 3))


def _words(lowered: str) -> set[str]:
    """Every different word of a text; most stand alone between two spaces."""
    pieces = set(lowered.split())
    whole = set(filter(str.isalnum, pieces))
    return whole.union(_WORD.findall(" ".join(pieces - whole)))


# Typographers' signs, none of which is in any word.
_SIGNS = re.compile("[\u2000-\u206f]+")
_LATIN_1 = [chr(number).lower() for number in range(256)]
_LOWERED = "".join(_LATIN_1).encode("latin-1")
_PARTED = "".join(
    sign if sign == "_" or sign.isalnum() else " " for sign in _LATIN_1
).encode("latin-1")
"""Latin-1 in lower case, with white space for everything that no word holds."""


def _latin_1(text: str) -> bytes | None:
    """A text in Latin-1, a space for signs; None where not all letters are its own."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        try:
            return _SIGNS.sub(" ", text).encode("latin-1")
        except UnicodeEncodeError:
            return None


@dataclass(frozen=True, slots=True)
class _Telling:
    """Phrases in Latin-1 by the longest whole word that a text with them must hold.

    A phrase's first word is often "the" or "is", which every text holds. `pieces` are
    the cores of those that have no such word.
    """

    by_word: Mapping[bytes, tuple[Listed, ...]]
    keys: frozenset[bytes]
    pieces: tuple[tuple[bytes, Listed], ...]


@lru_cache(maxsize=8)
def _telling(index: Index) -> _Telling:
    by_word: dict[bytes, list[Listed]] = {}
    pieces: list[tuple[bytes, Listed]] = []
    for row in chain(index.loose, *index.by_word.values()):
        if (raw := _latin_1(row[3].core)) is None:
            continue  # in no text of Latin-1
        # The last word, and a loose phrase's first, may be part of one of the text's.
        first, *others = raw.translate(_PARTED).split() or [b""]
        whole = [*others[:-1], *([first] if _key(row[3]) else [])]
        if whole:
            by_word.setdefault(max(whole, key=len), []).append(row)
        else:
            pieces.append((raw.translate(_LOWERED), row))
    words = {key: tuple(found) for key, found in by_word.items()}
    return _Telling(words, frozenset(words), tuple(pieces))


def _any_of(rows: Iterable[Listed], words: set[bytes], lowered: str) -> bool:
    """Whether a text holds one of these cores, from the beginning of a word."""
    return any(
        row[3].core in lowered
        and (not (key := _key(row[3])) or key.encode("latin-1") in words)
        for row in rows
    )


_ANY = "*"


def _key(phrase: Phrase) -> str:
    """The word by which a phrase is found; `*` for a wide script, "" for none."""
    if _WIDE.search(phrase.core):
        return _ANY
    at = phrase.text.lower().find(phrase.core)
    glued = at > 0 and phrase.text[at - 1] == "*"
    word = _WORD.match(phrase.core)
    return word.group() if word and not glued else ""
