"""What an address carries, decoded: percent, base64, a small protobuf, to a URL.

Reads texts; knows neither hosts nor parameters.
"""

import base64
import binascii
import re
from urllib.parse import unquote

from reader import urls

_DEPTH = 6
_TEXT_MAX = 4_096
ABSOLUTE = re.compile(r"https?:/{1,2}[^\s/]", re.I)
"""How an absolute web address begins, a slash of it folded or not."""
_BARE_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}(?:[/:?#]|$)", re.I)
_FOLDED = re.compile(r"^(https?):/+", re.I)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{8,}")
_BYTES_URL = re.compile(rb"https?://[\x21-\x7e]{4,2000}")
_WIDE = 0x80


def decoded(value: str) -> str:
    """Percent-decoded until it is an absolute URL, or nothing changes any more."""
    for _ in range(_DEPTH):
        if ABSOLUTE.match(value):
            return value
        plain = unquote(value)
        if plain == value:
            break
        value = plain
    return value


def web(value: str, scheme: str = "") -> str | None:
    """An absolute URL from what was carried; repaired where a slash was folded."""
    value = value.strip().strip("\"'<>")
    if value.startswith("//"):
        value = f"{scheme or 'https'}:{value}"
    if scheme and not ABSOLUTE.match(value) and _BARE_HOST.match(value):
        value = f"{scheme}://{value}"
    if not ABSOLUTE.match(value):
        return None
    value = _FOLDED.sub(r"\1://", value, count=1)
    return value if urls.is_web(value) else None


def from_base64(value: str) -> str:
    """The text that base64 holds, in either alphabet, after a short mark or none."""
    value = unquote(value)[:_TEXT_MAX]
    for start in (0, 2):  # Bing writes "a1" before it
        data = _bytes(value[start:])
        if data[:4].lower() == b"http":
            return data.decode("utf-8", "replace")
    return ""


def _bytes(value: str) -> bytes:
    value = value.replace("-", "+").replace("_", "/").rstrip("=")
    if not _BASE64.fullmatch(value):
        return b""
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4))
    except (binascii.Error, ValueError):
        return b""


def from_protobuf(value: str) -> str | None:
    """The URL in a Google News id: a length-delimited field of a small protobuf."""
    data = _bytes(unquote(value.partition("?")[0])[:_TEXT_MAX])
    found = _BYTES_URL.search(data)
    if not found:
        return None
    start = found.start()
    length = data[start - 1] if start else 0
    if start > 1 and data[start - 2] >= _WIDE:  # a varint of two bytes, low bits first
        length = (data[start - 2] & 0x7F) | (length << 7)
    url = found.group()
    return web(url[: length if 8 < length <= len(url) else len(url)].decode("ascii"))
