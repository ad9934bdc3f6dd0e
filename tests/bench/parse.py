"""How long a feed takes to be read: ours and feedparser's way, and what comes after.

`python -m tests.bench parse [FILE…]`; without files, an RSS and an Atom feed of 30
entries and about 80 KB are made. Needs no network and changes nothing.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape

from reader.feeds import parse, quick
from reader.feeds.charset import decode
from reader.feeds.values import ParsedFeed

URL = "https://harbour.example/feed"
ENTRIES = 30
ROUNDS = 25
_WORDS = """harbour ferry mended sails again council votes über naïve market “rates”
weather storm the a of to in and said north pier boat winter islands timetable"""
_RSS = """<item><title>{title}</title><link>https://harbour.example/2025/{n}</link>
<guid isPermaLink="false">https://harbour.example/?p={n}</guid>
<dc:creator><![CDATA[Ann Bee]]></dc:creator>
<pubDate>Wed, 05 Feb 2025 12:{n:02}:00 +0000</pubDate>
<category><![CDATA[Sea]]></category><category><![CDATA[Ships]]></category>
<comments>https://harbour.example/2025/{n}#comments</comments>
<slash:comments>3</slash:comments><description><![CDATA[{summary}]]></description>
<content:encoded><![CDATA[{content}]]></content:encoded></item>
"""
_ATOM = """<entry><title type="html">{title}</title>
<link rel="alternate" type="text/html" href="https://harbour.example/2025/{n}"/>
<id>tag:harbour.example,2025:{n}</id><author><name>Ann Bee</name></author>
<published>2025-02-05T12:{n:02}:00Z</published>
<updated>2025-02-05T13:{n:02}:00+01:00</updated>
<category term="Sea"/><category term="Ships"/>
<summary type="html">{escaped_summary}</summary>
<content type="html">{escaped_content}</content></entry>
"""
_RSS_FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Harbour</title>
<atom:link href="https://harbour.example/feed" rel="self"/>
<link>https://harbour.example</link><language>en</language>
{entries}</channel></rss>"""
_ATOM_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour</title>
<link rel="self" href="https://harbour.example/feed"/>
<link href="https://harbour.example"/><id>https://harbour.example/</id>
{entries}</feed>"""


def made(feed: str, entry: str) -> bytes:
    """A feed of made-up entries, the same each time."""
    chance = random.Random(13)  # noqa: S311 - no secret hangs on it

    vocabulary = _WORDS.split()

    def words(count: int) -> str:
        return " ".join(chance.choices(vocabulary, k=count))

    def one(number: int) -> str:
        paragraphs = (
            f'<p>{words(60)} <a href="https://sea.example/{n}">{words(3)}</a></p>\n'
            for n in range(5)
        )
        texts = {"summary": words(40), "content": "".join(paragraphs)}
        escaped = {f"escaped_{name}": escape(text) for name, text in texts.items()}
        return entry.format(n=number, title=words(8), **texts, **escaped)

    return feed.format(entries="".join(map(one, range(ENTRIES)))).encode()


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """The median and the least time that `work` takes, after once for the imports."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), min(times)


def _feedparsers() -> AbstractContextManager[object]:
    return patch.object(quick, "read", return_value=None)


def _read(body: bytes, way: Callable[[], AbstractContextManager[object]]) -> ParsedFeed:
    with way():
        return parse(body, URL)


def report(name: str, body: bytes) -> None:
    """Print what one feed takes both ways, and whether both read the same."""
    ours, theirs = _read(body, nullcontext), _read(body, _feedparsers)
    same = "same entries" if ours == theirs else "DIFFERENT ENTRIES"
    text = decode(body)
    is_quick = quick.read(text[text.find("<", text.find("?>") + 2) :], URL) is not None
    print(f"{name}: {len(body):,} bytes, {len(ours.entries)} entries, {same}", end="")
    print("" if is_quick else ", left to feedparser")
    for label, way in (("ours", nullcontext), ("feedparser", _feedparsers)):
        median, least = milliseconds(lambda way=way: _read(body, way))  # type: ignore[misc]
        print(f"  {label:<11}{median:7.2f} ms median  {least:7.2f} ms least")


def main(arguments: Sequence[str]) -> int:
    """Measure the files named, or two made feeds."""
    bodies = {name: Path(name).read_bytes() for name in arguments} or {
        "RSS": made(_RSS_FEED, _RSS),
        "Atom": made(_ATOM_FEED, _ATOM),
    }
    for name, body in bodies.items():
        report(name, body)
    return 0
