"""The glyphs of the reader as one table, in Unicode and in ASCII.

It says which sign stands for what; who draws it, and in which ink, is not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reader.model import Status

Setting = Literal["auto", "unicode", "ascii"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One sign for each meaning; `words` turns our own sentences into this set."""

    unread: str
    starred: str
    picked: str
    failing: str
    guess: str
    cursor: str
    marks: Mapping[Status, str]
    rules: Mapping[Status, str]
    hop: str
    way: str
    origin: str
    lost: str
    closed: str
    opened: str
    bar: str
    rest: str
    line: str
    steps: str
    silent: str
    changed: str
    dropped: str
    added: str
    refused: str
    join: str
    cut: str
    opening: str
    closing: str
    quote: str
    bullet: str
    keyless: str
    words: Mapping[int, str]

    def say(self, sentence: str) -> str:
        """One of our own sentences in these glyphs."""
        return sentence.translate(dict(self.words)) if self.words else sentence

    def quoted(self, text: str) -> str:
        """A text between quotation marks."""
        return f"{self.opening}{text}{self.closing}"


UNICODE = Glyphs(
    unread="●",
    starred="★",
    picked="✓",
    failing="!",
    guess="?",
    cursor="▌",
    marks={"resolved": "◆", "unresolved": "◇", "unchecked": "◌", "original": ""},
    rules={"resolved": "┃", "original": "│", "unresolved": "┆", "unchecked": "┊"},
    hop="○",
    way="│",
    origin="◆",
    lost="◇",
    closed="▸",
    opened="▾",
    bar="━",
    rest="─",
    line="─",
    steps="▁▂▃▄▅▆▇",
    silent="·",
    changed="~",
    dropped="−",
    added="+",
    refused="✕",
    join="·",
    cut="…",
    opening="“",
    closing="”",
    quote="┃",
    bullet="•",
    keyless="–",
    words={},
)

ASCII = Glyphs(
    unread="N",
    starred="*",
    picked="x",
    failing="!",
    guess="?",
    cursor="]",
    marks={"resolved": ">", "unresolved": "?", "unchecked": "~", "original": ""},
    rules={"resolved": "|", "original": " ", "unresolved": ":", "unchecked": "."},
    hop="o",
    way="|",
    origin=">",
    lost="?",
    closed="+",
    opened="-",
    bar="=",
    rest="-",
    line="-",
    steps="..::||#",
    silent="x",
    changed="~",
    dropped="-",
    added="+",
    refused="x",
    join="-",
    cut="...",
    opening='"',
    closing='"',
    quote="|",
    bullet="*",
    keyless="-",
    words=str.maketrans(
        {
            "’": "'",
            "“": '"',
            "”": '"',
            "…": "...",
            "·": "-",
            "–": "-",
            "−": "-",
            "×": "x",
            "\u00a0": " ",
        }
    ),
)


def choose(setting: Setting, environ: Mapping[str, str], encoding: str) -> Glyphs:
    """The glyphs for a terminal: ASCII where asked for, and where others would not do.

    The Linux console's font lacks most of them; a locale that is not UTF-8 all.
    """
    if setting != "auto":
        return ASCII if setting == "ascii" else UNICODE
    utf8 = encoding.lower().replace("-", "").replace("_", "") == "utf8"
    return UNICODE if utf8 and environ.get("TERM") != "linux" else ASCII
