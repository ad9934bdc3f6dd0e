"""The feed's own text of an entry, shown whole.

Nothing comes off but markup, boxes for sharing it and pictures that count readers.

Never looks at a page; `page` does.
"""

import re
from html import unescape

import nh3
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reader.extract import footnotes, phrases
from reader.extract.forms import settled, written
from reader.extract.markdown import to_markdown
from reader.extract.safe import SILENT, sanitised
from reader.extract.structured import paragraphs
from reader.extract.tree import bounded, shallow, words_of, writable
from reader.model import Article, Entry
from reader.rules import Rules
from reader.rules.article import ArticleRules

_BLOCK_TAG = re.compile(
    r"(?=</?(?:p|div|br|li|dt|dd|td|th|tr|h[1-6]|blockquote|pre|hr|figcaption)\b)", re.I
)
_BLOCKS = """p div br li dt dd h1 h2 h3 h4 h5 h6 blockquote pre hr figcaption"""
_PLAIN = """a abbr b cite code del em figure i img ins kbd mark ol q s small span strong
sub sup u ul"""
_ATTRIBUTES = re.compile(r'(?:\s++[a-z_:][\w:.-]*+(?:="[^"]*+")?+)*+\s*+/?+', re.I)
# References that Python and browsers read alike.
_ODD_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|nbsp|#(?:3[2-9]|[4-9]\d|1[01]\d|1[6-9]\d|[2-9]\d\d|\d{4}));)"
)
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*[\s/>]|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d?);", re.I)


def text_of(entry: Entry, rules: Rules) -> Article:
    """The longer of an entry's content and summary as an Article."""
    given = max(entry.content, entry.summary, key=len)
    return Article(
        _markdown(given, entry.url, rules.article),
        url=entry.url or None,
        title=entry.title,
        authors=entry.authors,
        published=entry.published,
        updated=entry.updated,
        language=entry.language,
    )


def words_of_entry(entry: Entry) -> str:
    """The words of an entry's own text without any form, for an index; fast.

    What `plain` makes of `text_of`, but for white space and what comes off there.
    """
    given = max(entry.content, entry.summary, key=len)
    if not _MARKUP.search(given):
        return " ".join(given.split())
    bare = _of_plain_markup(given)
    return " ".join((_parsed(given) if bare is None else bare).split())


def _parsed(given: str) -> str:
    """The text of any markup, as browsers read it."""
    bare = nh3.clean(
        _BLOCK_TAG.sub(" ", shallow(given)), tags=set(), clean_content_tags=set(SILENT)
    )
    return unescape(bare)


_MARKS = {
    f"{before}{name}{behind}": mark
    for mark, names in ((" ", _BLOCKS), ("", _PLAIN))
    for name in names.split()
    for before, behind in (("", ""), ("/", ""), ("", "/"), ("", " /"))
}
"""What stands in a text for each tag of the usual ones: white space, or nothing."""


def _of_plain_markup(given: str) -> str | None:
    """The text of markup that takes no parser to read, as most is; None of other."""
    text, *tagged = given.split("<")
    pieces = [text]
    for piece in tagged:
        tag, end, text = piece.partition(">")
        mark = _MARKS.get(tag)
        if mark is None:
            mark = _mark(tag)
        if mark is None or not end:
            return None
        pieces.append(mark)
        pieces.append(text)
    bare = "".join(pieces)
    if "&" not in bare:
        return bare
    return None if _ODD_REFERENCE.search(bare) else unescape(bare)


def _mark(tag: str) -> str | None:
    """What stands for a tag with attributes; None where a parser has to say."""
    name = tag.split(None, 1)[0] if tag.strip() else ""
    plain = _ATTRIBUTES.fullmatch(tag, len(name)) if tag.startswith(name) else None
    return _MARKS.get(name) if plain else None


def _markdown(given: str, base: str, rules: ArticleRules) -> str:
    if not _MARKUP.search(given):
        return paragraphs(given)
    tree = _tree(given)
    if tree is None:
        return to_markdown(sanitised(given, base))
    root = settled(tree, base, rules)
    _unshared(root, rules)
    notes = footnotes.taken(root, base)
    found = {number: written(note, base) for number, note in notes.items()}
    return footnotes.written(written(root, base), found)


def _tree(given: str) -> HtmlElement | None:
    """The text's tree; None where nothing can be read in it but by another parser."""
    parser = HTMLParser(encoding="utf-8", remove_comments=True)
    source = f"<div>{writable(given)}</div>".encode("utf-8", "replace")
    try:
        tree: HtmlElement = document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    shows = words_of(tree) or tree.find(".//img") is not None
    return bounded(tree) if shows else None


def _unshared(root: HtmlElement, rules: ArticleRules) -> None:
    """Take out the boxes that a plug-in put there for sharing the text."""
    for element in list(root.iter("div", "ul", "p", "section", "aside", "span", "a")):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if names != " " and phrases.is_box(names, rules.shares):
            element.drop_tree()
