"""Footnotes: the marks in a text, and the notes that they lead to.

Notes are taken out of the tree before its text is chosen, since they stand where
extractors see no article; those whose marks survive are written at the end.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from reader.extract.tree import words_of

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}(\\d{{1,4}}){_CLOSE}")
_LABEL = re.compile(
    r"[\[(]?(?:(?:n|nb|note)?\s?\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?", re.I
)
_NOTES = frozenset(("li", "p", "div", "dd", "aside", "span", "td"))
_BACK = re.compile(r"[^\w]*|(?:[\^\s]*[a-z])+\s*|back|return", re.I)
_BACK_SIGN = re.compile(r"^\s*[\^↑↩]\s*")
_LENGTH_MAX = 3_000

Notes = Mapping[int, HtmlElement]


def taken(root: HtmlElement, page: str) -> Notes:
    """The notes of a page by their numbers, out of its tree; marks stand for them."""
    references = list(_references(root, page))
    if not references:
        return {}
    wanted = {name for _, name in references}
    targets = {
        e.get("id"): e for e in root.iterfind(".//*[@id]") if e.get("id") in wanted
    }
    numbers: dict[str, int] = {}
    notes: dict[int, HtmlElement] = {}
    for link, name in references:
        note = targets.get(name)
        if note is None or not _is_note(note, link):
            continue
        number = numbers.setdefault(name, len(numbers) + 1)
        notes[number] = note
        _replace(link, f"{_OPEN}{number}{_CLOSE}")
    return {number: _out(note) for number, note in notes.items()}


def written(markdown: str, notes: Mapping[int, str]) -> str:
    """Markdown with its marks as footnotes, and the notes that are still called for."""
    order: dict[int, int] = {}
    for mark in _MARK.finditer(markdown):
        if notes.get(int(mark[1])):
            order.setdefault(int(mark[1]), len(order) + 1)

    def called(mark: re.Match[str]) -> str:
        number = order.get(int(mark[1]))
        return f"[^{number}]" if number else ""

    text = _MARK.sub(called, markdown)
    definitions = (
        f"[^{number}]: {_one_paragraph(_MARK.sub('', notes[note]))}"
        for note, number in order.items()
    )
    return "\n\n".join((text, *definitions))


def _one_paragraph(markdown: str) -> str:
    """A note's blocks as lines of one paragraph, since nothing else tells its end."""
    return re.sub(r"(?<!\\)\n\n+", r"\\\n", markdown)


def _references(root: HtmlElement, page: str) -> Iterator[tuple[HtmlElement, str]]:
    """The short links to places of the page itself, and the names of those places."""
    for count, link in enumerate(root.iter("a")):
        where, hash_sign, name = (link.get("href") or "").partition("#")
        if not hash_sign or not name or (where and where != page):
            continue
        if _LABEL.fullmatch(words_of(link)) and count < 20_000:
            yield link, name


def _is_note(note: HtmlElement, link: HtmlElement) -> bool:
    if note.tag not in _NOTES or any(a is note for a in link.iterancestors()):
        return False
    words = words_of(note)
    # A mark that is led to is a mark, too: the way back from a note to the text.
    return len(words) <= _LENGTH_MAX and not _LABEL.fullmatch(words) and bool(words)


def _replace(link: HtmlElement, mark: str) -> None:
    for child in list(link):
        link.remove(child)
    link.text = mark
    link.attrib.pop("href", None)
    before = link.getprevious()
    parent = link.getparent()
    # The brackets that a page puts around its marks are ours to put.
    if link.tail and link.tail[:1] in "])" and parent is not None:
        text = before.tail if before is not None else parent.text
        if text and text[-1:] in "[(":
            link.tail = link.tail[1:]
            if before is not None:
                before.tail = text[:-1]
            else:
                parent.text = text[:-1]


def _without_sign(note: HtmlElement) -> None:
    """Take off the sign before a note that led back to the text."""
    for element in note.iter():
        if element.text and element.text.strip():
            element.text = _BACK_SIGN.sub("", element.text)
            return


def _out(note: HtmlElement) -> HtmlElement:
    """A copy of a note without the links back; the note itself leaves its tree."""
    copy = deepcopy(note)
    copy.tail = None
    copy.tag = "div"
    for link in list(copy.iter("a")):
        inside = (link.get("href") or "").startswith("#")
        if inside and _BACK.fullmatch(words_of(link)):
            link.drop_tree()
    etree.strip_attributes(copy, "id")
    _without_sign(copy)
    if note.getparent() is not None:
        note.drop_tree()
    return copy
