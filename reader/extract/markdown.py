"""A sanitised tree to Markdown: CommonMark and tables, nothing of HTML left.

A figure becomes a paragraph that begins with its pictures and ends with its caption in
emphasis. A table without a head has empty cells for one. Judges nothing.
"""

import re
from itertools import pairwise

from lxml.html import HtmlElement, fragment_fromstring

from reader.extract import escape
from reader.extract.inline import inline, one_line, picture
from reader.extract.tree import BLOCKS, bounded, plain_tree, writable

_LISTS = ("ul", "ol", "menu", "dir")
_CELL_MAX = 400
_HEADED_CELL_MAX = 2_000
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
    start = _whole(element.get("start"), 1)
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


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else default


def _quotation(element: HtmlElement) -> list[str]:
    text = "\n\n".join(_blocks(element))
    return (
        ["\n".join(f"> {line}".rstrip() for line in text.split("\n"))] if text else []
    )


def _code(element: HtmlElement) -> list[str]:
    for found in element.iter("br"):
        found.tail = "\n" + (found.tail or "")
    text = "".join(element.itertext()).strip("\n").rstrip()
    classes = " ".join(e.get("class", "") for e in element.iter("pre", "code"))
    language = re.search(r"\blang(?:uage)?-([\w+#.-]+)", classes)
    return (
        [escape.fenced(text, language[1] if language else "")] if text.strip() else []
    )


def _figure(element: HtmlElement) -> list[str]:
    """Pictures and caption as one paragraph; any other figure is what it holds."""
    pictures = [shown for image in element.iter("img") if (shown := _linked(image))]
    captions = list(element.iter("figcaption"))
    texts = [inline(leaf, "*") for caption in captions for leaf in _leaves(caption)]
    said = sum(len("".join(caption.itertext()).strip()) for caption in captions)
    if not pictures or len("".join(element.itertext()).strip()) > said + 1:
        return _blocks(element)
    words = one_line(" ".join(filter(None, texts)))
    words = re.sub(r"!\[[^\]]*\]\(\S+?\)", "", words).strip()
    lines = [*pictures, *([f"*{words}*"] if words else [])]
    return ["\\\n".join(lines)]


def _linked(image: HtmlElement) -> str:
    """An image, in the link that it stands in."""
    link = next(image.iterancestors("a"), None)
    shown = picture(image)
    if not shown or link is None or not link.get("href"):
        return shown
    return f"[{shown}]({escape.target(link.get('href'))})"


def _table(element: HtmlElement) -> list[str]:
    rows = [row for row in element.iter("tr") if len(row)]
    if not _is_data(element, rows):
        cells = (cell for row in rows for cell in row)
        return [block for cell in cells for block in _blocks(cell)]
    grid = _grid(rows)
    grid = [row for row in grid if any(row)]
    if not grid:
        return []
    width = max(map(len, grid))
    grid = [[*row, *[""] * (width - len(row))] for row in grid]
    headed = (
        all(cell.tag == "th" for cell in rows[0]) or rows[0].getparent().tag == "thead"
    )
    head, body = (grid[0], grid[1:]) if headed else ([""] * width, grid)
    body = [row for row in body if row != head]  # a head that is there to stay in sight
    lines = [_row(head), _row(["---"] * width), *map(_row, body)]
    caption = element.find("caption")
    words = [f"*{t}*" for c in [caption] if c is not None and (t := inline(c, "*"))]
    return [*words, "\n".join(lines)]


def _is_data(table: HtmlElement, rows: list[HtmlElement]) -> bool:
    """Whether a table holds data rather than a page's layout."""
    if table.find(".//table") is not None or not any(len(row) > 1 for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    headed = any(cell.tag == "th" for cell in cells)
    longest = max(len("".join(cell.itertext())) for cell in cells)
    return longest <= (_HEADED_CELL_MAX if headed else _CELL_MAX)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _grid(rows: list[HtmlElement]) -> list[list[str]]:
    """The cells in their places: what spans more of them leaves the others empty."""
    grid: list[list[str]] = []
    hanging: dict[int, int] = {}
    for row in rows:
        line: list[str] = []
        for cell in row:
            while hanging.get(len(line), 0) > 0:
                hanging[len(line)] -= 1
                line.append("")
            across = min(_whole(cell.get("colspan"), 1), 50)
            down = min(_whole(cell.get("rowspan"), 1), 200)
            for place in range(len(line), len(line) + across):
                hanging[place] = down - 1
            line.extend([_cell(cell), *[""] * (across - 1)])
        for place in range(len(line), max(hanging, default=-1) + 1):
            if hanging[place] > 0:
                hanging[place] -= 1
        grid.append(line)
    return grid


def _cell(element: HtmlElement) -> str:
    blocks = [inline(leaf) for leaf in _leaves(element)]
    return escape.cell(one_line(" ".join(filter(None, blocks))))


def _leaves(element: HtmlElement) -> list[HtmlElement]:
    if not any(child.tag in BLOCKS for child in element):
        return [element]
    return [leaf for child in element for leaf in _leaves(child)]
