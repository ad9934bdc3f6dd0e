"""`firsthand extract`: the articles of saved pages, without store or network."""

from collections.abc import Sequence
from pathlib import Path

from reader import extract, html, settings
from reader.cli import as_json, as_text, files
from reader.cli.session import complain, say
from reader.errors import ReaderError
from reader.model import Article, Page
from reader.rules import Rules


def extract_files(files: Sequence[Path], url: str | None, json: bool) -> bool:
    """Print the article of each file, in order; False when any could not be read."""
    faults: list[str] = []
    rules = settings.load_rules(settings.Paths.default(), faults)
    for fault in faults:
        complain(fault)
    done = True
    for number, file in enumerate(files):
        try:
            _extract(file, url, rules, json, first=number == 0)
        except ReaderError as error:
            complain(error)
            done = False
    return done


def _extract(
    file: Path, url: str | None, rules: Rules, json: bool, first: bool
) -> None:
    page = Page(url or "", 200, body=files.read(file))
    medium = html.medium(page) or ("no text" if b"\0" in page.body[:1024] else None)
    if medium:
        raise ReaderError(str(file), f"is {medium}, and no saved page")
    article = extract.article(page, rules)
    if json:
        # An object a file, also where a page holds no article: its text is empty.
        shown = as_json.article(article or Article(""))
        say([as_json.line({"file": str(file), **shown})])
    elif article is None:
        raise ReaderError(str(file), "no article could be made out in it")
    else:
        say([*([] if first else ["", ""]), *as_text.article(article)])
