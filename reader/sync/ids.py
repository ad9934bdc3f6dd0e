"""Item ids: three spellings of one number, and names that are none, as one text.

tag:google.com,2005:reader/item/00066103ad15c0fd   long, hexadecimal
00066103ad15c0fd                                   short, hexadecimal
1795518276944125                                   short, decimal, signed
"""

import re

PREFIX = "tag:google.com,2005:reader/item/"
_HEX = re.compile(r"[0-9a-fA-F]{1,16}")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,19})")
_WORD = 2**64


def canonical(spelled: str) -> str:
    """An id in the one form that is kept: 16 hexadecimal digits where it is a number.

    What is no 64-bit number (The Old Reader has 24 digits) stays as it is. Without the
    prefix digits are decimal, unless zeros stand before them.
    """
    bare = spelled.strip()
    if bare.startswith(PREFIX):
        bare = bare.removeprefix(PREFIX)
        return _hex(bare) if _HEX.fullmatch(bare) else bare
    if _DECIMAL.fullmatch(bare) and -_WORD // 2 <= int(bare) < _WORD:
        return f"{int(bare) % _WORD:016x}"
    return _hex(bare) if _HEX.fullmatch(bare) else bare


def _hex(digits: str) -> str:
    return digits.lower().zfill(16)


def long(item: str) -> str:
    """The spelling that every server takes for what it is, in requests."""
    return f"{PREFIX}{item}"
