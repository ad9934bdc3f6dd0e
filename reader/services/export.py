"""An entry carried out of the reader: as Markdown, or as one page of HTML, to a file.

What leaves is what stood on the screen: the text with its source over it, sanitised.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from html import escape as html_escape
from pathlib import Path

from reader import extract
from reader.errors import ReaderError
from reader.extract.escape import text as escape
from reader.model import Article, Reading
from reader.services import whole

NAME_LONGEST = 60
"""Characters of a file's name, its ending not counted."""
HTML_ENDINGS = (".html", ".htm", ".xhtml")

_PAGE = """<!doctype html>
<html{language}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{max-width:38em;margin:2em auto;padding:0 1em;line-height:1.5}}
img{{max-width:100%;height:auto}}</style>
</head>
<body>
{body}
</body>
</html>
"""


class ExportError(ReaderError):
    """A file could not be written."""


class ExistsError(ExportError):
    """There is a file of that name already."""


def markdown(reading: Reading, zone: tzinfo) -> str:
    """A reading as Markdown: headline, where it was published first, text."""
    shown = _shown(reading)
    head = f"# {escape(_title(reading))}"
    source = "  \n".join(_source(reading, zone))
    return f"{head}\n\n{source}\n\n{shown.markdown.strip()}\n"


def html(reading: Reading, zone: tzinfo) -> str:
    """A reading as a page of HTML that runs nothing and fetches only its pictures."""
    shown = _shown(reading)
    body = extract.html_of(markdown(reading, zone))
    language = shown.language or ""
    named = f' lang="{html_escape(language)}"' if language else ""
    return _PAGE.format(
        language=named,
        title=html_escape(_title(reading)),
        body=extract.sanitise(body, shown.url or reading.row.url),
    )


def file_name(reading: Reading, ending: str = ".md") -> str:
    """A file's name made of the headline: `ferry-sold-twice.md`."""
    flat = unicodedata.normalize("NFKD", _title(reading)).casefold()
    bare = "".join(char for char in flat if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare))
    return ("-".join(words)[:NAME_LONGEST].strip("-") or "entry") + ending


def file_names(readings: Iterable[Reading]) -> tuple[str, ...]:
    """A file's name for each, no two alike: a number tells equal headlines apart."""
    names: list[str] = []
    for reading in readings:
        name, number = file_name(reading), 1
        while name in names:
            number += 1
            name = file_name(reading, f"-{number}.md")
        names.append(name)
    return tuple(names)


def save(reading: Reading, path: Path, zone: tzinfo, *, over: bool = False) -> Path:
    """Write a reading to a file, as HTML where its name says so; which file it is.

    A folder takes a file named by the headline. Raises ExistsError where a file is
    there and it is not to be written `over`.
    """
    try:
        file = path.expanduser()
        file = file / file_name(reading) if file.is_dir() else file
        as_html = file.suffix.lower() in HTML_ENDINGS
        text = (html if as_html else markdown)(reading, zone)
        _write(file, text, over)
    except FileExistsError as error:
        raise ExistsError(str(path), "is there already") from error
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error})"
        raise ExportError(str(path), reason) from error
    except (RuntimeError, ValueError) as error:
        raise ExportError(str(path), "no file can have that name") from error
    return file


def _write(file: Path, text: str, over: bool) -> None:
    """Write a file whole or not at all; one that must be new takes its name first."""
    if not over:
        file.touch(exist_ok=False)
    try:
        whole.replace(file.resolve(), text)
    except OSError:
        if not over:
            file.unlink(missing_ok=True)
        raise


def _shown(reading: Reading) -> Article:
    texts = (reading.article, reading.feed_text, reading.copy)
    found = (text for text in texts if text and text.markdown.strip())
    return next(found, reading.feed_text)


def _title(reading: Reading) -> str:
    return _shown(reading).title or reading.row.name or reading.row.url


def _source(reading: Reading, zone: tzinfo) -> Iterator[str]:
    """Who published it first, who wrote it and when, where, and how it came."""
    told, feed = reading.attribution, escape(reading.row.feed.title)
    publisher = escape(told.publisher or "")
    match told.status:
        case "resolved":
            yield f"First published by {publisher or 'somebody unnamed'}"
        case "original":
            yield f"Published first by {publisher or feed}"
        case _:
            yield "First publisher not established"
    when = told.published or reading.row.published
    day = f"{when.astimezone(zone):%Y-%m-%d %H:%M}" if when else ""
    authors = escape(", ".join(told.authors or reading.entry.authors))
    by = " · ".join(filter(None, (authors, day)))
    if by:
        yield by
    yield f"<{told.url or reading.row.url}>"
    if told.status != "original":
        yield f"By way of {feed}: <{reading.row.url}>"
