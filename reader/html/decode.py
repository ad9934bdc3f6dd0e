"""Bytes of a page to text: byte order mark, header, meta, then the likeliest.

Never raises: what no encoding explains becomes U+FFFD.
"""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xff\xfe", "utf-16-le"),
)
_HEADER = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.I)
_META = re.compile(
    rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.I
)
_XML = re.compile(
    rb"^\s{0,9}<\?xml[^>]{1,100}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{1,40})"
)
_PRESCAN = 4_096

# What browsers decode under a label (WHATWG Encoding, 4.2), where Python differs.
_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
_KNOWN = re.compile(
    r"utf-8|utf-16-[lb]e|cp125\d|cp866|cp874|cp932|cp949|iso8859-\d+|koi8-[ru]"
    r"|mac-roman|mac-cyrillic|gb18030|big5hkscs|euc_jp|iso2022_jp"
)


def decoded(body: bytes, content_type: str | None = None) -> str:
    """The text of a page's bytes."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = _from_header(content_type) or _from_prescan(body[:_PRESCAN])
    if declared:
        return body.decode(declared, "replace")
    return _likeliest(body)


def _codec(label: str) -> str | None:
    """Python's codec for a label; None for what no page is written in."""
    try:
        found = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    name = _BROWSERS.get(found, found)
    return name if _KNOWN.fullmatch(name) else None


def _from_header(content_type: str | None) -> str | None:
    found = _HEADER.search(content_type or "")
    return _codec(found[1]) if found else None


def _from_prescan(head: bytes) -> str | None:
    found = _META.search(head) or _XML.search(head)
    name = _codec(found[1].decode("ascii", "replace")) if found else None
    # A meta that could be read as ASCII is not in UTF-16, whatever it says.
    return "utf-8" if name and name.startswith("utf-16") else name


def _likeliest(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 3  # a body cut within a character
        return body.decode("utf-8" if cut else "cp1252", "replace")
