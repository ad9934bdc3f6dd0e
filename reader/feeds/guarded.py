"""feedparser within bounds: its two parsers, kept from what costs them for ever.

The only module that imports feedparser, and it never lets it open anything: its
`parse` takes a `str` for a path or a URL, so only its parsers are used here, on text.
"""

import io
import xml.sax
import xml.sax.handler
import xml.sax.xmlreader
from collections.abc import Mapping
from typing import Any

import feedparser.api
import feedparser.mixin

from reader.feeds.bounds import (
    ATTRIBUTES,
    BASE,
    DAMAGED,
    ELEMENTS,
    ENTRIES,
    ITEMS_OWN,
    NAMESPACES,
    SHORT,
    SHORT_ONES,
    TAGS,
)
from reader.feeds.values import Found

# What feedparser's parsers raise on damaged feeds, as seen: code points that are none,
# surrogates, names that are no methods, declarations cut short.
SURVIVABLE = (
    xml.sax.SAXException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class TooMuchError(Exception):
    """Nothing that a feed needs: thousands of attributes or namespaces."""


class _Enough(Exception):  # noqa: N818 - not an error, the end of what is read
    """As much as is read of one feed."""


class _Bounded(feedparser.mixin._FeedParserMixin):  # type: ignore[misc]
    """What both parsers share: bounds, and what feedparser would mix up."""

    elements = 0
    item_depth = 0

    def unknown_starttag(self, tag: str, attrs: list[tuple[str, str]]) -> None:
        if len(attrs) > ATTRIBUTES:
            raise TooMuchError(f"an element with {len(attrs):,} attributes")
        self.elements += 1
        if self.elements > ELEMENTS:
            raise _Enough
        room = BASE - len(self.baseuri or "")
        attrs = [
            (name, value)
            for name, value in attrs
            if name.lower() not in ("base", "xml:base") or len(value) <= room
        ]
        nested = self._is_nested(tag, self.depth + 1)
        super().unknown_starttag(f"nested_{tag}" if nested else tag, attrs)

    def unknown_endtag(self, tag: str) -> None:
        nested = self._is_nested(tag, self.depth)
        super().unknown_endtag(f"nested_{tag}" if nested else tag)

    def _is_nested(self, tag: str, depth: int) -> bool:
        """Whether this is of something in an item rather than of the item.

        An `activity:object`, an `og`, an author's title: feedparser would take each for
        the entry's own.
        """
        inside = self.inentry and not self.insource and not self.incontent
        return bool(inside) and depth > self.item_depth + 1 and tag in ITEMS_OWN

    def _start_item(self, attrs_d: dict[str, str]) -> None:
        if len(self.entries) >= ENTRIES:
            raise _Enough
        self.item_depth = self.depth
        super()._start_item(attrs_d)

    _start_entry = _start_item

    def track_namespace(self, prefix: str | None, uri: str) -> None:
        if len(self.namespaces_in_use) > NAMESPACES:
            raise TooMuchError("hundreds of namespaces")
        super().track_namespace(prefix, uri)

    def pop(self, element: str, strip_whitespace: int = 1) -> Any:
        stack = self.elementstack
        if stack and stack[-1][0] == element and element in SHORT_ONES:
            pieces = (p.decode() if isinstance(p, bytes) else p for p in stack[-1][2])
            stack[-1][2] = ["".join(pieces).strip()[:SHORT]]
        return super().pop(element, strip_whitespace)

    def _add_tag(self, term: Any, scheme: Any, label: Any) -> None:
        if len(self._get_context().setdefault("tags", [])) < TAGS:
            super()._add_tag(term, scheme, label)

    def _sync_author_detail(self, key: str = "author") -> None:
        """Keep an author's text as it is; feedparser's pattern is quadratic."""
        context = self._get_context()
        people, text = context.get(f"{key}s"), context.get(key)
        if people and not people[-1] and text:
            people[-1]["name"] = text

    def _start_guid(self, attrs_d: dict[str, str]) -> None:
        """A guid as it stands: feedparser joins "17" to the feed's URL."""
        self.guidislink = 0
        self.push("id", 1)
        self._save("permalink", attrs_d.get("ispermalink", "true").strip().lower())

    def _start_id(self, attrs_d: dict[str, str]) -> None:
        self.guidislink = 0
        self.push("id", 1)

    def _start_url(self, attrs_d: dict[str, str]) -> None:
        """A person's address, which feedparser takes for that of a source, too."""
        self.push("href", 0)

    _start_homepage = _start_uri = _start_url

    # Texts about a picture or an episode, which feedparser takes for the entry's own.
    def _start_media_title(self, attrs_d: dict[str, str]) -> None:
        self.push("media_title", 1)

    def _end_media_title(self) -> None:
        self.pop("media_title")

    def _start_media_description(self, attrs_d: dict[str, str]) -> None:
        self.push("media_text", 1)

    def _end_media_description(self) -> None:
        self.pop("media_text")

    def _start_itunes_summary(self, attrs_d: dict[str, str]) -> None:
        self.push("itunes_text", 1)

    def _end_itunes_summary(self) -> None:
        self.pop("itunes_text")


class _Strict(_Bounded, feedparser.api.StrictFeedParser):  # type: ignore[misc]
    """feedparser's parser for what is well-formed, on expat."""

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802
        if len(attrs) > ATTRIBUTES:
            raise TooMuchError(f"an element with {len(attrs):,} attributes")
        super().startElementNS(name, qname, attrs)


class _Loose(_Bounded, feedparser.api.LooseFeedParser):  # type: ignore[misc]
    """feedparser's parser for everything else."""


def read(prolog: str, text: str, entities: Mapping[str, str], base: str) -> Found:
    """The feed in a text, as far as it can be read.

    `base` is what links and each `xml:base` are relative to; empty leaves them so.
    Strictly if that goes, else loosely; where both fail, what was got so far.
    Raises one of SURVIVABLE when nothing was got, TooMuchError beyond the bounds.
    """
    parser = _read(prolog, text, entities, base)
    return Found(_plain(parser.feeddata), _plain(parser.entries), parser.version)


def _plain(value: Any) -> Any:
    """A value without feedparser's own dicts, whose `get` answers for other keys."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in dict.items(value)}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _read(prolog: str, text: str, entities: Mapping[str, str], base: str) -> Any:
    strict = _fresh(_Strict(base, None, "utf-8"))
    loose = _fresh(_Loose(base, None, "utf-8", dict(entities)))
    try:
        _sax(strict, prolog + text)
    except _Enough:
        return strict
    except SURVIVABLE as damage:
        return _read_loosely(loose, text, strict, damage)
    return strict


def looks_like_html(text: str) -> bool:
    """Whether feedparser takes a text of RSS for markup, whatever it is declared."""
    return bool(_Strict.looks_like_html(text))


def _fresh(parser: Any) -> Any:
    parser.resolve_relative_uris = False
    parser.sanitize_html = False
    return parser


def _sax(handler: Any, text: str) -> None:
    reader = xml.sax.make_parser()  # noqa: S317 - the prolog is ours: no DTD, no bombs
    reader.setFeature(xml.sax.handler.feature_namespaces, True)
    reader.setFeature(xml.sax.handler.feature_external_ges, False)
    reader.setContentHandler(handler)
    reader.setErrorHandler(handler)
    source = xml.sax.xmlreader.InputSource()
    source.setByteStream(io.BytesIO(text.encode("utf-8", "replace")))
    reader.parse(source)


def _read_loosely(loose: Any, text: str, strict: Any, damage: Exception) -> Any:
    try:
        loose.feed(text[:DAMAGED])
    except _Enough:
        return loose
    except SURVIVABLE:
        if not (strict.entries or loose.entries):
            raise damage from None
    return max(loose, strict, key=lambda parser: len(parser.entries))
