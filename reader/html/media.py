"""What came where a page was asked for: a PDF, a picture, a recording, a film.

Told by its first bytes and its declared type; no file is opened or decoded.
"""

from collections.abc import Mapping

from reader.html.document import Document
from reader.model import Page

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n", "an image"),
    (0, b"\xff\xd8\xff", "an image"),
    (0, b"GIF8", "an image"),
    (8, b"WEBP", "an image"),
    (4, b"ftypavif", "an image"),
    (4, b"ftyp", "a video"),
    (0, b"\x1a\x45\xdf\xa3", "a video"),
    (0, b"OggS", "an audio file"),
    (0, b"ID3", "an audio file"),
    (8, b"WAVE", "an audio file"),
    (0, b"PK\x03\x04", "a file"),
    (0, b"\x1f\x8b", "a file"),
)
"""Where a file's first bytes tell what it is, and what that is to a reader."""

_TYPES: Mapping[str, str] = {
    "application/pdf": "a PDF",
    "application/x-pdf": "a PDF",
    "application/epub+zip": "an e-book",
    "application/zip": "a file",
    "application/msword": "a document",
    "application/rtf": "a document",
    "application/octet-stream": "a file",
}
_FAMILIES: Mapping[str, str] = {
    "image": "an image",
    "video": "a video",
    "audio": "an audio file",
    "font": "a file",
}
_DOCUMENTS = ("officedocument", "opendocument", "vnd.ms-")
_TEXT_TYPES = ("html", "xml", "text/", "json", "javascript")


def medium(page: Page) -> str | None:
    """What a page is that is no text: `a PDF (2.1 MB)`; None for one to be read."""
    name = _by_bytes(page.body) or _by_type(page.header("content-type") or "")
    if name is None:
        return None
    size = _size(page)
    return f"{name} ({size})" if size else name


def plays(document: Document) -> str | None:
    """What a page of hardly any text is there for, where it says that it plays one."""
    said = document.og.get("type", "").lower()
    if said.startswith("video") and not document.article_like:
        return "a video"
    if said.startswith(("music", "audio")) and not document.article_like:
        return "an audio recording"
    return None


def _by_bytes(body: bytes) -> str | None:
    for at, signature, name in _SIGNATURES:
        if body.startswith(signature, at):
            return name
    return None


def _by_type(given: str) -> str | None:
    kind = given.split(";")[0].strip().lower()
    family = kind.partition("/")[0]
    if any(mark in kind for mark in _TEXT_TYPES):
        return None
    if any(mark in kind for mark in _DOCUMENTS):
        return "a document"
    return _TYPES.get(kind) or _FAMILIES.get(family)


def _size(page: Page) -> str:
    """How large it is, as far as that is known."""
    declared = (page.header("content-length") or "").strip()
    if declared.isascii() and declared.isdigit() and len(declared) < 15:
        return _bytes(int(declared))
    if page.truncated or not page.body:
        return ""
    return _bytes(len(page.body))


def _bytes(count: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= size:
            shown = f"{count / size:.1f}".removesuffix(".0")
            return f"{shown} {unit}"
    return f"{count} bytes" if count else ""
