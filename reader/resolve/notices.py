"""The announcements on a page: which count, whom they name, and where they link.

An announcement counts near the title or at the end, outside quotations, navigation and
code; in the middle of a long text it is that text. Follows nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reader import urls
from reader.html import Anchor, Block, Document
from reader.resolve.publisher import names_host, same_name
from reader.rules import Announcement, Rules, announcements

_ELSEWHERE_TEXT = "blockquote q code pre nav button form figure comments hidden"
_ELSEWHERE = frozenset(_ELSEWHERE_TEXT.split())
_HEAD_BLOCKS = 8
"""Blocks from the headline on in which an announcement counts."""
_TAIL_BLOCKS = 8
_END_BLOCKS = 120
"""Blocks of a head without paragraphs, and of what follows the last one, at most."""
_NOTICES_MAX = 48
_AROUND = 220
"""Characters that may stand beside an announcement in its own block."""
_NEXT = 140
_BESIDE = 12
_BOX, _BOX_LINE = 4, 160
"""Lines around one that belong to the same box, and their characters."""
_LINK_MAX = 28
_LINK_WORDS = 4


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement where it stands, with the links that belong to it."""

    said: Announcement
    anchors: tuple[Anchor, ...]
    quote: str
    beside: tuple[Anchor, ...] = ()
    """Other links of the same block: some may say where the article itself is."""


def notices(document: Document, rules: Rules) -> tuple[Notice, ...]:
    """The announcements of a page that count, in reading order."""
    counting = [block for block in document.blocks if block.text and _counts(block)]
    texts = list(_labelled(counting, rules))
    head, tail = _placed(texts)
    heads = range(min(head + 1, len(texts)))
    tails = range(max(tail, head + 1), len(texts))
    found = (
        notice
        for at in (*_outer(heads), *_outer(tails))
        if len(texts[at].text) <= 4_096
        for notice in _in_block(texts, at, at > head, rules)
    )
    return tuple(islice(found, _NOTICES_MAX))


def _labelled(blocks: list[Block], rules: Rules) -> Iterator[Block]:
    """Blocks, a label that stands alone joined to the link behind it.

    So content systems show a field: "Original article", and below it the address.
    """
    labels = rules.carriers.source_fields
    label = ""
    for block in blocks:
        plain = block.text.rstrip(" :：").lower()
        if label and len(block.anchors) == 1 and len(block.text) <= _NEXT:
            shift = len(label) + 2
            anchors = tuple(replace(a, at=a.at + shift) for a in block.anchors)
            yield replace(block, text=f"{label}: {block.text}", anchors=anchors)
        else:
            yield block
        label = block.text.rstrip(" :：") if plain in labels else ""


def _counts(block: Block) -> bool:
    """Whether a block is of the page's own text; a box within its article is."""
    aside = "aside" in block.places and "article" not in block.places
    return not aside and not block.places & _ELSEWHERE


def _placed(texts: list[Block]) -> tuple[int, int]:
    """Where the head of the article ends and its tail begins, by block number."""
    headings = [at for at, block in enumerate(texts) if block.tag == "h1"]
    start = headings[0] if headings else 0
    prose = [at for at, b in enumerate(texts) if len(b.text) > 120 and at > start]
    # The head is what stands before the second paragraph; the tail follows the last.
    second = prose[1] if len(prose) > 1 else len(texts)
    last = prose[-1] if prose else 0
    return max(start + _HEAD_BLOCKS, second), min(
        max(last, 0), len(texts) - _TAIL_BLOCKS
    )


def _outer(places: range) -> tuple[int, ...]:
    """Places, the middle ones left out where there are too many."""
    if len(places) <= 2 * _END_BLOCKS:
        return tuple(places)
    return (*places[:_END_BLOCKS], *places[-_END_BLOCKS:])


def _in_block(
    texts: list[Block], at: int, late: bool, rules: Rules
) -> Iterator[Notice]:
    block = texts[at]
    for said in announcements(block.text, rules):
        start, end = said.span
        if start > _AROUND and len(block.text) - end > _AROUND:
            continue
        if block.cites(start) or _is_of_work(texts, at, rules):
            continue
        if said.kind != "footer" and len(block.text) - end > 2 * _AROUND and late:
            continue
        near = tuple(
            a for a in block.anchors if a.at + len(a.text) >= start or said.theirs
        )
        if not near and at + 1 < len(texts) and len(texts[at + 1].text) <= _NEXT:
            near = _following(texts[at + 1])
        meant = _meant(near, said)
        if said.mild:  # only what it names, not where one subscribes to it
            meant = tuple(a for a in meant if a.at < said.span[1])
        beside = tuple(a for a in near[:_BESIDE] if a not in meant)
        yield Notice(said, meant, _quote(block.text, said), beside)
    yield from _linked(block, rules)


def _is_of_work(texts: list[Block], at: int, rules: Rules) -> bool:
    """Whether a line is one of those that describe a book, a film: ISBN, pages, price.

    "Originally published" is then what the work was.
    """
    beside = texts[max(0, at - _BOX) : at + _BOX + 1]
    lines = (
        line.strip().lower()
        for block in beside
        if block.tag == texts[at].tag and len(block.text) <= _BOX_LINE * 4
        for line in block.text.split("\n")
    )
    labels = rules.places.work_labels
    return any(
        line.startswith(labels) and line.partition(":")[0].strip() in labels
        for line in lines
        if len(line) <= _BOX_LINE
    )


def _linked(block: Block, rules: Rules) -> Iterator[Notice]:
    """Links that say themselves what they are: "where this was *first published*"."""
    for anchor in block.anchors:
        if anchor.text.strip(" .»→").lower() in rules.places.origin_texts:
            start = min(anchor.at, len(block.text))
            span = (start, min(start + len(anchor.text), len(block.text)))
            said = Announcement("continue-reading", "", span, "", anchor.text)
            yield Notice(said, (anchor,), _quote(block.text, said))


def _following(block: Block) -> tuple[Anchor, ...]:
    """The one link of the block behind an announcement: "here", "Read it there".

    A longer one is a headline: as like as not a teaser of another story.
    """
    if not block.anchors and urls.is_web(block.text):
        return (Anchor(block.text, block.text, raw=block.text),)
    if len(block.anchors) != 1:
        return ()
    text = block.anchors[0].text
    short = len(text) <= _LINK_MAX and len(text.split()) <= _LINK_WORDS
    return block.anchors if short or urls.is_web(text) else ()


def _meant(anchors: tuple[Anchor, ...], said: Announcement) -> tuple[Anchor, ...]:
    """The links of an announcement, those whose words are in it or its name first."""
    end = said.span[1]
    # One that stands in the announcement is the one that is meant: what follows it is
    # the newsletter, the shop, the appeal for money.
    for last in (end - 1, end + 3):
        if close := tuple(dict.fromkeys(a for a in anchors if a.at <= last)):
            return close[:4]
    return tuple(dict.fromkeys(anchors))[:4]


def _quote(text: str, said: Announcement) -> str:
    start, end = said.span
    begin = max(text.rfind(". ", 0, start) + 2, text.rfind("\n", 0, start) + 1, 0)
    begin = 0 if begin == 1 else begin
    return text[max(begin, start - 120) : end].strip()


def of_name(name: str, document: Document, rules: Rules) -> tuple[Anchor, ...]:
    """The page's links out that are the named publisher's, in reading order."""
    return tuple(
        anchor
        for anchor in document.links()
        if anchor.url
        and not urls.same_site(anchor.url, document.url)
        and _is_of(name, anchor)
    )


def _is_of(name: str, anchor: Anchor) -> bool:
    host = urls.host(anchor.url)
    return names_host(name, host) or same_name(name, anchor.text)
