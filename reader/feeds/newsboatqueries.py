"""newsboat's filter language to ours, as far as both say the same.

unread = "yes" and (tags # "sea" or title =~ "ferry")
unread (tag:sea or title:ferry)
"""

import re
from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r"""\s*(?: (?P<bracket>[()]) | (?P<join>and|or)\b
    | (?P<name>[a-z_]+)\s*(?P<sign>=~|!~|==|!=|=|!\#|\#|<=|>=|<|>|\bbetween\b)\s*
      (?: "(?P<quoted>(?:\\.|[^"\\])*)" | (?P<bare>[\w:]+) ) )""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w .,'&/+-]+")
_SAYS_NO = frozenset(("!=", "!~", "!#"))
_HOLDS = frozenset(("=~", "!~"))
_IS = frozenset(("=", "==", "!="))
_HAS = frozenset(("#", "!#"))


def translated(asked: str) -> str | None:
    """A filter as a query of ours; None where it asks what we do not know."""
    parts = list(_parts(asked))
    if not parts or None in parts:
        return None
    return " ".join(filter(None, parts)).replace("( ", "(").replace(" )", ")")


def _parts(asked: str) -> Iterator[str | None]:
    at = 0
    asked = asked.strip()
    while at < len(asked):
        found = _TOKEN.match(asked, at)
        if found is None:
            yield None
            return
        at = found.end()
        if found["bracket"]:
            yield found["bracket"]
        elif found["join"]:
            # Beside each other is "and" with us, and binds closer, as there.
            yield "or" if found["join"].lower() == "or" else ""
        else:
            yield _compared(found)


def _compared(found: re.Match[str]) -> str | None:
    name, sign = found["name"].lower(), found["sign"].lower()
    value = found["bare"] if found["quoted"] is None else found["quoted"]
    make = _MEANT.get(name)
    made = make(sign, value) if make else None
    return f"-{made}" if made and sign in _SAYS_NO else made


def _words(key: str, signs: frozenset[str]) -> Callable[[str, str], str | None]:
    """Text with us is words; a pattern that says more has no counterpart."""

    def make(sign: str, value: str) -> str | None:
        if sign not in signs or not _PLAIN.fullmatch(value):
            return None
        return f'{key}"{value}"' if not value.isalnum() or not key else f"{key}{value}"

    return make


def _unread(sign: str, value: str) -> str | None:
    known = {"yes": "unread", "no": "read"}
    return known.get(value.lower()) if sign in _IS else None


def _flags(sign: str, value: str) -> str | None:
    return "starred" if sign in _HAS and value == "s" else None


def _age(sign: str, value: str) -> str | None:
    """newsboat counts whole days since an entry was published."""
    first, _, last = value.partition(":")
    if not first.isdecimal() or (last and not last.isdecimal()):
        return None
    if sign == "between" and last:
        return f"(newer:{int(last) + 1}d older:{int(first)}d)"
    days = int(first)
    known = {"<": days, "<=": days + 1, ">": days + 1, ">=": days, "=": days}
    if sign == "=":
        return f"(newer:{days + 1}d older:{days}d)"
    if sign not in known:
        return None
    return f"{'newer' if sign.startswith('<') else 'older'}:{known[sign]}d"


_MEANT: dict[str, Callable[[str, str], str | None]] = {
    "age": _age,
    "author": _words("author:", _HOLDS),
    "content": _words("", _HOLDS),
    "feedtitle": _words("feed:", _HOLDS | _IS),
    "flags": _flags,
    "rssurl": _words("feed:", _HOLDS | _IS),
    "tags": _words("tag:", _HAS),
    "title": _words("title:", _HOLDS),
    "unread": _unread,
}
"""What each attribute that we know becomes, by its sign and value."""
