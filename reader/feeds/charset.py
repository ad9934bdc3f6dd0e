"""Bytes of a feed, a list or a page as text, whatever their charset claims to be.

Never fails: bytes that fit no claim are read as UTF-8 with Windows-1252 in between.
"""

import codecs
import re
from collections.abc import Iterable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML 1.0, appendix F: how a document begins that has no mark but wide characters.
_WIDE = (
    (b"<\0", "utf-16-le"),
    (b"{\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\0{", "utf-16-be"),
)
# What browsers read under a narrower name (WHATWG Encoding, "Names and labels").
_WIDER = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "utf8mb4": "utf-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
}
# Codecs of Python's that are no charset of any document, and slow on large ones.
_REFUSED = {
    *("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined"),
    *("unicode-escape", "utf-7"),
}
_SEVEN_BIT = {"iso2022": b"\x1b", "hz": b"~{"}

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']"""
    rb"""|<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""",
    re.I,
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


_FEW = 0.05
_PATCH = "feeds.windows-1252"
codecs.register_error(_PATCH, _as_windows_1252)


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a document.

    A byte order mark decides (RFC 7303, 3). Then text that is UTF-8 is UTF-8, whatever
    is claimed: no other charset looks like it by chance. Then the charset of the HTTP
    header and that of the document, where the bytes fit it; Latin-1 comes last, as it
    fits everything and is what servers say when nobody told them.
    """
    for mark, name in (*_BOMS, *_WIDE):
        if body.startswith(mark):
            return body.decode(name, "replace").removeprefix("\ufeff")
    claims = tuple(_claims(body, content_type))
    for name in claims:
        sign = next((s for c, s in _SEVEN_BIT.items() if name.startswith(c)), None)
        if sign and sign in body:
            return body.decode(name, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _not_quite_utf8(body, claims)


def _claims(body: bytes, content_type: str | None) -> Iterable[str]:
    in_header = _IN_HEADER.search(content_type or "")
    if in_header:
        yield from _codec(in_header[1])
    declared = _DECLARED.search(body[:2_048])
    if declared:
        yield from _codec((declared[1] or declared[2]).decode("ascii", "replace"))


def _codec(label: str) -> Iterable[str]:
    """The codec that a label means: one name, or none where Python knows none."""
    label = label.lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except LookupError:
        return
    if name not in _REFUSED:
        yield _WIDER.get(name, name)


def _not_quite_utf8(body: bytes, claims: tuple[str, ...]) -> str:
    wrecked = _wrecked(body.decode("utf-8", "replace"))
    if wrecked <= _FEW:
        return body.decode("utf-8", _PATCH)
    for name in claims:
        if name in ("utf-8", "cp1252"):
            continue
        try:
            text = body.decode(name, "replace")
        except (LookupError, UnicodeError):  # base64 and the like are no text encodings
            continue
        if _wrecked(text) <= _FEW:
            return text
    # A feed put together from others may hold both; byte by byte that is slow.
    mixed = wrecked < 0.5
    return body.decode("utf-8", _PATCH) if mixed else body.decode("cp1252", "replace")


def _wrecked(text: str) -> float:
    """The share of wrecks among the characters beyond ASCII."""
    beyond = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    return text.count("\ufffd") / beyond if beyond else 0.0
