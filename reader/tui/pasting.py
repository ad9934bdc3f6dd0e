"""What was pasted into a screen: an address to add, a file to import, or nothing."""

from typing import Literal

from reader.urls import is_web

LISTS = (".opml", ".xml", "/urls")
"""How the names of files end that hold feeds."""


def pasted(text: str) -> tuple[Literal["address", "file"], str] | None:
    """What a pasted text is good for, as one line; None when it is something else."""
    text = text.strip().strip("'\"")
    if "\n" in text or not text:
        return None
    if is_web(text) or text.startswith("feed:"):
        return "address", text
    path = text.removeprefix("file://")
    if path.startswith(("/", "~")) and path.lower().endswith(LISTS):
        return "file", path
    return None
