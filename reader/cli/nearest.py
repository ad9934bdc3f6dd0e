"""Text for terminals of another charset: what it lacks is written as near as can be.

A handler of Python's for what cannot be encoded; nothing is ever lost to an error.
"""

import codecs
import unicodedata

NAME = "firsthand.nearest"

_SIGNS = {
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("·•∙", "-"),
    **dict.fromkeys("━─", "-"),
    **dict.fromkeys("│┃┆┊", "|"),
    **{"…": "...", "→": "->", "←": "<-", "×": "x", "✓": "x", "✕": "x"},
    **{"●": "N", "★": "*", "◆": ">", "◇": "?", "◌": "~", "○": "o"},
    **dict(zip("▁▂▃▄▅▆▇█", ".::||###", strict=True)),
    **{"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE"},
    **{"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "€": "EUR"},
}
"""Signs of ours as `glyphs = "ascii"` has them, and letters that fall in no parts."""


def near(text: str, charset: str) -> str:
    """A text as near as a charset comes to it, `?` for what it has nothing like."""
    return "".join(_near(sign, charset) for sign in text)


def _near(sign: str, charset: str) -> str:
    if unicodedata.combining(sign):
        return ""
    parts = unicodedata.normalize("NFKD", sign)
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    for found in (_SIGNS.get(sign, ""), bare):
        if found and _fits(found, charset):
            return found
    return "?"


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _handler(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return near(wrong, error.encoding), error.end


codecs.register_error(NAME, _handler)
