"""Lines made to fit a terminal: text is wrapped, a column is cut; a pipe gets all.

An address is never broken or cut, so that it can be taken from the screen.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator

from reader.cli.exact import Exact

MEASURE = 72
"""Columns of a text that is read, as in the reader, however wide a terminal is."""
LEAST = 20
"""Columns below which nothing is made to fit any more."""


def columns() -> int | None:
    """How wide the terminal is that stdout is; None where it is none."""
    if not sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size().columns, LEAST)


def wrapped(lines: Iterable[str], width: int | None, hang: int = 0) -> Iterator[str]:
    """Lines of at most `width`, those that go on `hang` columns further in.

    What is Markdown or begins with a blank, as code does, stays as it is; without a
    `width` all does.
    """
    for line in lines:
        if width is None or isinstance(line, Exact):
            yield line
        else:
            for one in line.split("\n"):
                yield from _wrapped(one, width, hang)


def _wrapped(line: str, width: int, hang: int) -> Iterator[str]:
    from reader.tui.paint.cells import cells

    is_laid = "\t" in line or (not hang and line[:1].isspace())
    if cells(line) <= width or is_laid:
        yield line
        return
    begun = line[: len(line) - len(line.lstrip())]
    # By each blank: several of them keep columns apart.
    for word in _words(line.strip(" ").split(" "), width - hang):
        if begun.strip() and cells(begun) + 1 + cells(word) > width:
            yield begun.rstrip(" ")
            begun = " " * hang + word
        else:
            begun += f" {word}" if begun.strip() else word
    yield begun


def _words(words: Iterable[str], width: int) -> Iterator[str]:
    """Words that fit a line; of others, such as whole sentences in Japanese, pieces."""
    from reader.tui.paint.cells import wrap

    for word in words:
        if not word or "://" in word:
            yield word
        else:
            yield from wrap(word, width)


def cut(text: str, width: int | None) -> str:
    """A text of at most `width`, cut with an ellipsis; whole without one."""
    if width is None or "://" in text:
        return text
    from reader.tui.paint.cells import cut as cut_at

    return cut_at(text, max(width, LEAST))
