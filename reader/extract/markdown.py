"""A sanitised tree to Markdown: CommonMark and tables, nothing of HTML left.

A figure becomes a paragraph that begins with its pictures and ends with its caption in
emphasis, a quotation that names its source in a line that begins with a dash.
Judges nothing.
"""

import re
from itertools import pairwise

from lxml.html import HtmlElement, fragment_fromstring

from reader.extract import escape, tables
from reader.extract.inline import inline, is_player, one_line, picture, player
from reader.extract.tree import BLOCKS, bounded, plain_tree, whole, words_of, writable

_LISTS = ("ul", "ol", "menu", "dir")
_LINKS_BELOW_MAX = 60
_DASH = re.compile(r"\s*[-–—―~]")
_PERMALINK = re.compile(r"\s*[#¶§🔗⚓]\uFE0F?\s*")
_PICTURE = r"!\[(?:\\.|[^\]\\])*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"
_PICTURES = re.compile(rf"(?:(?:{_PICTURE}|\[{_PICTURE}\]\(\S+?\))(?:\s|\\\n)*)+")


def to_markdown(html: str) -> str:
    """Sanitised HTML as Markdown, its links as absolute as they are given."""
    root = plain_tree(bounded(fragment_fromstring(writable(html), create_parent="div")))
    return "\n\n".join(_blocks(root))


def _blocks(element: HtmlElement) -> list[str]:
    """The Markdown blocks of what an element holds."""
    if not any(child.tag in BLOCKS for child in element):
        return _paragraph(inline(element))
    return [block for child in element for block in _block(child)]


def _block(element: HtmlElement) -> list[str]:
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return _heading(element)
        case "ul" | "ol" | "menu" | "dir":
            return _list(element)
        case "blockquote":
            return _quotation(element)
        case "pre":
            return _code(element)
        case "table":
            return _table(element)
        case "figure":
            return _figure(element)
        case "hr":
            return ["---"]
        case "dt" | "summary" | "legend":
            return _term(element)
        case _:
            return _blocks(element)


def _paragraph(text: str) -> list[str]:
    """A paragraph; pictures at its beginning stand before it, by themselves."""
    pictures = _PICTURES.match(text)
    if pictures and pictures.end() < len(text):
        shown = re.sub(r"[\\\s]+$", "", pictures[0])
        return [shown, *_paragraph(text[pictures.end() :])]
    return ["\n".join(map(escape.line, text.split("\n")))] if text else []


def _heading(element: HtmlElement) -> list[str]:
    for link in list(element.iter("a")):
        # The mark of a link to the heading itself, as blogs and manuals have it.
        if _PERMALINK.fullmatch("".join(link.itertext())) and not len(link):
            link.drop_tree()
    text = one_line(inline(element, "**"))
    # A final run of # would be taken for the heading's closing one.
    text = re.sub(r"(#+)$", r"\\\1", text)
    return [f"{'#' * int(element.tag[1])} {text}"] if text else []


def _term(element: HtmlElement) -> list[str]:
    """A term or a summary, in bold."""
    text = one_line(inline(element, "**"))
    plain = bool(re.match(r"[\w“(\[]", text)) and text[-1:].isalnum()
    return [f"**{text}**"] if plain else _paragraph(text)


def _list(element: HtmlElement) -> list[str]:
    if not any(child.tag in BLOCKS for child in element):
        return _paragraph(inline(element))
    items = _items(element)
    numbered = element.tag == "ol"
    start = whole(element.get("start"), 1)
    lines = []
    for number, blocks in enumerate(items, start):
        mark = f"{number}. " if numbered else "- "
        lines.append(_indented(_tight(blocks), mark))
    loose = any(_is_loose(blocks) for blocks in items)
    return [("\n\n" if loose else "\n").join(lines)] if lines else []


def _items(element: HtmlElement) -> list[list[str]]:
    """The blocks of each item; a list between items belongs to the one before it."""
    items: list[list[str]] = []
    for child in element:
        between = child.tag in _LISTS
        blocks = _block(child) if between else _blocks(child)
        if between and items:
            items[-1] += blocks
        elif blocks:
            items.append(blocks)
    return items


def _is_loose(blocks: list[str]) -> bool:
    return len([b for b in blocks if not _is_list(b)]) > 1


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:-|\d+\.) ", block))


def _tight(blocks: list[str]) -> str:
    """Blocks of an item; a list stands right under its item's line."""
    text = blocks[0]
    for before, block in pairwise(blocks):
        near = _is_list(block) and not _is_list(before)
        # Only a list that counts from 1 may interrupt a paragraph (CommonMark, 5.2).
        near = near and block.startswith(("- ", "1. "))
        text += ("\n" if near else "\n\n") + block
    return text


def _indented(text: str, mark: str) -> str:
    indent = " " * len(mark)
    lines = text.split("\n")
    return "\n".join(
        [mark + lines[0], *(indent + line if line else "" for line in lines[1:])]
    )


def _quotation(element: HtmlElement) -> list[str]:
    source = _source(element)
    said = "" if source is None else one_line(inline(source, "*"))
    if source is not None and said:
        element.remove(source)
    blocks = _blocks(element)
    if said:
        blocks.append(said if _DASH.match(said) else f"— {said}")
    text = "\n\n".join(blocks)
    return (
        ["\n".join(f"> {line}".rstrip() for line in text.split("\n"))] if text else []
    )


def _source(quotation: HtmlElement) -> HtmlElement | None:
    """The last block of a quotation where that names its source."""
    if len(quotation) < 2:
        return None
    last = quotation[-1]
    alone = len(last) == 1 and last[0].tag == "cite" and not (last.text or "").strip()
    if last.tag == "footer" and not any(child.tag in BLOCKS for child in last):
        return last
    return last if alone and not (last[0].tail or "").strip() else None


def _code(element: HtmlElement) -> list[str]:
    for found in element.iter("br"):
        found.tail = "\n" + (found.tail or "")
    text = "".join(element.itertext()).strip("\n").rstrip()
    if not text.strip():
        return []
    classes = " ".join(e.get("class", "") for e in element.iter("pre", "code"))
    language = re.search(r"\blang(?:uage)?-([\w+#.-]+)", classes)
    written = escape.fenced(text, language[1] if language else "")
    return [written, *([] if language else _links_below(element))]


def _links_below(element: HtmlElement) -> list[str]:
    """The links of a preformatted text, in a paragraph behind it; code has none."""
    if element.find(".//code") is not None:
        return []
    links = {
        (a.get("href"), shown): None
        for a in element.iter("a")
        if a.get("href") and (shown := inline(a).strip())
    }
    linked = sum(len(words_of(a)) for a in element.iter("a"))
    if not links or linked > len(words_of(element)) / 2:
        return []
    few = list(links)[:_LINKS_BELOW_MAX]
    label = (f"[{escape.label(shown)}]({escape.target(url)})" for url, shown in few)
    return [" · ".join(label)]


def _figure(element: HtmlElement) -> list[str]:
    """Pictures and caption as one paragraph; any other figure is what it holds."""
    pictures = [shown for image in element.iter("img") if (shown := _linked(image))]
    players = [link for link in element.iter("a") if is_player(link)]
    captions = list(element.iter("figcaption"))
    leaves = (leaf for caption in captions for leaf in tables.leaves_of(caption))
    texts = [inline(leaf, "*") for leaf in leaves]
    said = sum(len("".join(e.itertext()).strip()) for e in (*captions, *players))
    lines = [*pictures, *map(player, players)]
    if not lines or len("".join(element.itertext()).strip()) > said + 1:
        return _blocks(element)
    caption = one_line(" ".join(filter(None, texts)))
    words = re.sub(r"!\[[^\]]*\]\(\S+?\)", "", caption).strip()
    return ["\\\n".join([*lines, *([f"*{words}*"] if words else [])])]


def _linked(image: HtmlElement) -> str:
    """An image, in the link that it stands in."""
    link = next(image.iterancestors("a"), None)
    shown = picture(image)
    if not shown or link is None or not link.get("href"):
        return shown
    return f"[{shown}]({escape.target(link.get('href'))})"


def _table(element: HtmlElement) -> list[str]:
    if tables.is_data(element):
        return tables.written(element)
    if shown := _captioned(element):
        return shown
    cells = (cell for row in tables.rows_of(element) for cell in row)
    return [block for cell in cells for block in _blocks(cell)]


def _captioned(element: HtmlElement) -> list[str]:
    """A picture over its caption in a table of one column, as a figure."""
    cells = [cell for row in tables.rows_of(element) for cell in row]
    if len(cells) != 2 or element.find(".//table") is not None:
        return []
    above, below = cells
    said = words_of(below)
    if words_of(above) or above.find(".//img") is None or not 0 < len(said) <= 300:
        return []
    pictures = [shown for image in above.iter("img") if (shown := _linked(image))]
    words = one_line(" ".join(inline(leaf, "*") for leaf in tables.leaves_of(below)))
    return ["\\\n".join([*pictures, f"*{words}*"])] if pictures and words else []
