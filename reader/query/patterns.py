"""Which regular expressions are taken: what costs too much to make is refused.

What a pattern costs to look for is bounded where it is looked for.
"""

import re

from reader.errors import QueryError

PATTERN_LENGTH = 500
"""Characters of a pattern."""
PATTERN_SIZE = 20_000
"""Parts of a pattern when every `x{9}` is written out, as `regex` does in memory."""

# A comment, an escape or a class of characters is one part, whatever stands in it.
_PART = re.compile(
    r"""\(\?\#[^)]*\) | \\. | \[\^?\]?(?:\\.|[^\]\\])*\]
    | (?P<open>\() | (?P<close>\)) | (?P<more>\+|\{(?P<least>\d+)[^}]*\}) | .""",
    re.VERBOSE | re.DOTALL,
)


def check(text: str) -> None:
    """Raise QueryError where a text is no pattern, or one without bounds."""
    # Costs 20 ms to import, and few queries hold a pattern.
    import regex

    if len(text) > PATTERN_LENGTH:
        reason = f"A pattern has at most {PATTERN_LENGTH} characters."
        raise QueryError("", reason)
    if _written_out(text) > PATTERN_SIZE:
        raise QueryError("", f"“/{text}/” repeats too often; use * instead.")
    try:
        regex.compile(text, regex.I)
    except RecursionError as error:
        raise QueryError("", f"“/{text}/” is nested too deeply.") from error
    except (regex.error, ValueError, OverflowError) as error:
        raise QueryError("", f"“/{text}/” is no pattern: {error}.") from error


def _written_out(pattern: str) -> int:
    """How many parts a pattern has when what must come n times stands there n times."""
    outer: list[int] = []
    here = last = 0
    for part in _PART.finditer(pattern):
        if part["open"]:
            outer.append(here)
            here = last = 0
        elif part["close"] and outer:
            last = here + 1
            here = outer.pop() + last
        elif part["more"]:
            # The last time is one of its own, from which it may go on.
            more = last * min(int(part["least"] or 1), PATTERN_SIZE)
            here, last = here + more, last + more
        else:
            here, last = here + 1, 1
    return here + sum(outer)
