"""Made-up news for the measurements: natural in its words, the same every time.

Words follow Zipf's law over a vocabulary of 30,000. It measures nothing.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from itertools import accumulate, islice
from xml.sax.saxutils import escape

SEED = 13
VOCABULARY = 30_000
STREAM = 400_000
"""Words written once; every paragraph is a piece of them."""

NEWEST = datetime(2025, 2, 5, 12, tzinfo=UTC)
ENTRIES = 30
_PARAGRAPHS, _PARAGRAPH, _SUMMARY, _TITLE = 5, 50, 20, 7
_STARTS = [*"bcdfghklmnprstvwz", "st", "tr", "pl", "ch", "sh", ""]
_ENDS = ["", "", "n", "r", "s", "l", "t", "nd", "rk", "ß", "ck"]
_VOWELS = ["a", "e", "i", "o", "u", "ea", "ou", "é"]

RSS_ITEM = """<item><title>{title}</title><link>{url}</link>
<guid isPermaLink="false">{url}?p</guid>
<dc:creator><![CDATA[{author}]]></dc:creator><pubDate>{rfc}</pubDate>
<category><![CDATA[{tag}]]></category><description><![CDATA[{summary}]]></description>
<content:encoded><![CDATA[{content}]]></content:encoded></item>
"""
ATOM_ITEM = """<entry><title type="html">{title}</title>
<link rel="alternate" type="text/html" href="{url}"/><id>{url}</id>
<author><name>{author}</name></author><published>{iso}</published>
<updated>{iso}</updated><category term="{tag}"/>
<summary type="html">{escaped_summary}</summary>
<content type="html">{escaped_content}</content></entry>
"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{title}</title>
<link>{site}</link><description>News of {title}</description><language>en</language>
{items}</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>{title}</title>
<link rel="alternate" href="{site}"/><id>{site}/</id><updated>{updated}</updated>
{items}</feed>"""


@dataclass(frozen=True, slots=True)
class Story:
    """One made-up entry, as plain as its feed will hold it."""

    number: int
    seed: int
    site: str
    title: str
    author: str
    tag: str
    summary: str
    content: str
    published: datetime

    @property
    def url(self) -> str:
        """Where it stands, on its feed's own site, which has other feeds as well."""
        return f"{self.site}/{self.seed}/{self.number}"


@cache
def vocabulary() -> tuple[str, ...]:
    """Different words, made of syllables; the commonest are the shortest."""
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        length = 1 + len(found) * 3 // VOCABULARY + chance.randrange(2)
        found["".join(_syllable(chance) for _ in range(length))] = None
    return tuple(found)


def _syllable(chance: random.Random) -> str:
    return "".join(map(chance.choice, (_STARTS, _VOWELS, _ENDS)))


@cache
def stream() -> tuple[str, ...]:
    """A long text, in which the n-th word comes 1/n as often as the first."""
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    return tuple(chance.choices(vocabulary(), cum_weights=weights, k=STREAM))


def piece(chance: random.Random, count: int) -> str:
    """So many words that follow each other somewhere in the text."""
    start = chance.randrange(STREAM - count)
    return " ".join(stream()[start : start + count])


def stories(site: str, seed: int, count: int = ENTRIES) -> Iterator[Story]:
    """The entries of one feed, newest first, each six hours older than the last."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    for number in range(count):
        yield Story(
            number=number,
            seed=seed,
            site=site,
            title=f"Landfall {piece(chance, _TITLE)}",
            author=piece(chance, 2).title(),
            tag=piece(chance, 1),
            summary=piece(chance, _SUMMARY),
            content="".join(islice(_paragraphs(chance, site), _PARAGRAPHS)),
            published=NEWEST - timedelta(hours=6 * number, seconds=seed),
        )


def _paragraphs(chance: random.Random, site: str) -> Iterator[str]:
    while True:
        link = f'<a href="{site}/about/{piece(chance, 1)}">{piece(chance, 3)}</a>'
        yield f"<p>{piece(chance, _PARAGRAPH)}, {link}.</p>\n"


def feed(site: str, seed: int, count: int = ENTRIES) -> bytes:
    """A feed of made-up entries, some 80 KB of it: RSS and Atom by turns."""
    whole, item = ((RSS, RSS_ITEM), (ATOM, ATOM_ITEM))[seed % 2]
    items = "".join(_item(item, story) for story in stories(site, seed, count))
    title, updated = f"Harbour {seed}", NEWEST.isoformat()
    return whole.format(title=title, site=site, items=items, updated=updated).encode()


def _item(pattern: str, story: Story) -> str:
    return pattern.format(
        title=story.title,
        url=story.url,
        author=story.author,
        tag=story.tag,
        summary=story.summary,
        content=story.content,
        escaped_summary=escape(story.summary),
        escaped_content=escape(story.content),
        rfc=format_datetime(story.published),
        iso=story.published.isoformat(),
    )
