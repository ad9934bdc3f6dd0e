"""A page as a value: what it declares about itself, parsed once.

Never judges what the declarations mean for an entry; `resolve` does.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

from reader import urls
from reader.cleaning import clean_line
from reader.html import linked
from reader.html.blocks import Anchor, Block, blocks
from reader.html.decode import decoded
from reader.html.refresh import Refresh, parse_refresh
from reader.html.tree import HtmlElement, tree_of
from reader.model import Page

_ARTICLES_TEXT = """
Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle
Report OpinionNewsArticle BackgroundNewsArticle ReviewNewsArticle
LiveBlogPosting TechArticle ScholarlyArticle SocialMediaPosting Review
"""
_ARTICLES = frozenset(_ARTICLES_TEXT.split())
_PROSE_LEAST = 60
_OUTSIDE = frozenset(("nav", "header", "footer", "aside", "form", "button"))


class Document:
    """A parsed page. Made by `parse`; its parts are found when first asked for."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self.tree = tree
        self.url = url

    @cached_property
    def base(self) -> str:
        """What relative links are seen from (`base`, else the page's own URL)."""
        hrefs = (node.get("href") for node in self.tree.iter("base"))
        href = next(filter(None, hrefs), None)
        return (urls.join(self.url, href) if href else None) or self.url

    @cached_property
    def language(self) -> str | None:
        """The language that the page says it is in."""
        root = self.tree.getroottree().getroot()
        return root.get("lang") or self.meta.get("og:locale") or None

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Every `meta` by its property, name or itemprop, lower case."""
        found: dict[str, str] = {}
        for node in self.tree.iter("meta"):
            content = (node.get("content") or "").strip()
            for key in ("property", "name", "itemprop"):
                name = (node.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, content)
        return found

    @property
    def og(self) -> Mapping[str, str]:
        """Open Graph properties without their `og:`."""
        return {k[3:]: v for k, v in self.meta.items() if k.startswith("og:")}

    @cached_property
    def head_title(self) -> str:
        """The text of the `title` element."""
        node = next(self.tree.iter("title"), None)
        return clean_line("".join(node.itertext())) if node is not None else ""

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """What the page calls its article, best first, `title` last."""
        article = self.article_node
        given = linked.texts(article.get("headline")) if article else ()
        meta = (self.meta.get(f"{where}:title", "") for where in ("og", "twitter"))
        headings = ["".join(node.itertext()) for node in self.tree.iter("h1")][:3]
        titles = map(_line, (*given, *meta, *headings, self.head_title))
        return tuple(dict.fromkeys(title for title in titles if title))

    @property
    def title(self) -> str:
        """The best of the headlines; empty where there is none."""
        return next(iter(self.headlines), "")

    @cached_property
    def refresh(self) -> Refresh | None:
        """The first refresh that the page declares, in `noscript` or not."""
        for node in self.tree.iter("meta"):
            if (node.get("http-equiv") or "").strip().lower() == "refresh":
                found = parse_refresh(node.get("content") or "")
                if found:
                    return found
        return None

    def link_targets(self, rel: str) -> tuple[str, ...]:
        """The absolute targets of `link` elements with a relation."""
        found = (
            urls.join(self.base, node.get("href") or "")
            for node in self.tree.iter("link")
            if rel in (node.get("rel") or "").lower().split()
        )
        return tuple(url for url in found if url)

    @cached_property
    def canonical(self) -> str | None:
        """`link rel=canonical`, absolute; the first that is a web address."""
        return next(iter(self.link_targets("canonical")), None)

    @cached_property
    def json_ld(self) -> tuple[linked.Node, ...]:
        """Every object of the page's JSON-LD, flat."""
        scripts = self.tree.iter("script")
        return tuple(
            node
            for script in scripts
            if "ld+json" in (script.get("type") or "").lower()
            for node in linked.nodes(script.text or "")
        )

    @cached_property
    def article_node(self) -> linked.Node | None:
        """The JSON-LD object of the page's article."""
        found = (n for n in self.json_ld if _ARTICLES.intersection(linked.types(n)))
        return next(found, None)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The page's text in reading order, each block with its links."""
        return tuple(blocks(self.tree, self.base))

    def links(self) -> tuple[Anchor, ...]:
        """Every link of the page, in reading order."""
        return tuple(anchor for block in self.blocks for anchor in block.anchors)

    @cached_property
    def prose(self) -> int:
        """How many characters of running text stand outside navigation."""
        return sum(
            len(block.text) - sum(len(a.text) for a in block.anchors) // 2
            for block in self._running
        )

    @property
    def running(self) -> tuple[str, ...]:
        """The running text outside navigation, block by block."""
        return tuple(block.text for block in self._running)

    @cached_property
    def _running(self) -> tuple[Block, ...]:
        return tuple(
            block
            for block in self.blocks
            if len(block.text) >= _PROSE_LEAST and not block.places & _OUTSIDE
        )

    @cached_property
    def article_like(self) -> bool:
        """Whether the page says, or looks as if, it is one article."""
        said = self.article_node is not None or self.meta.get("og:type") == "article"
        return said or self.prose >= 600


def parse(page: Page) -> Document:
    """The document of a page; an empty one for what holds no markup."""
    text = decoded(page.body, page.header("content-type")).replace("\x00", "\ufffd")
    return Document(tree_of(text), page.url)


def _line(text: str) -> str:
    """One line of a text that may have been escaped once too often."""
    return clean_line(unescape(text) if "&" in text else text)


def path_of(url: str) -> str:
    """The path of a URL in lower case, without a final slash."""
    return urlsplit(url).path.lower().rstrip("/") if urls.is_web(url) else ""


def instant(text: str | None) -> datetime | None:
    """A time as pages write it (ISO 8601), aware and UTC; None for anything else."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
