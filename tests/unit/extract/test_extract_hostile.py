"""No page makes extraction raise, hang or let a control character through."""

import re
import subprocess
import sys
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.extract import article, plain
from reader.model import Page
from reader.rules import Rules, parse
from tests.unit.extract.conftest import PROSE, document, paragraphs

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SEED = document(
    f"<article><h1>T</h1>{paragraphs(*PROSE)}<figure><img src=a.png><figcaption>c"
    "</figcaption></figure><ul><li>a<li>b</ul><table><tr><td>1<td>2</table>"
    '<p>x<a href="#n">1</a></p></article><li id="n">A note.</li>'
    "<noscript><img src=b>"
).encode()
PIECES = st.sampled_from(
    [
        b"\x00",
        b"\x1b",
        b"\xff\xfe",
        *rb"""< > </div> <div> </p> <br><br> <!-- --> &#27; &#xd800; &#xfffe; " '
    <table> <svg> <pre>
    ]]> <article> <noscript> <figure> <a/href="#n">2</a> <b>""".split(),
    ]
)


@cache
def bundled() -> Rules:
    """The bundled rules; no fixture, for a failing example would print them."""
    text = (files("reader.rules") / "rules.toml").read_text(encoding="utf-8")
    return parse(text)


def read(body: bytes) -> str:
    """The plain text of a page's article, checked for control characters."""
    found = article(Page("https://x.example/p", 200, (), body), bundled())
    markdown = found.markdown if found else ""
    assert not CONTROLS.search(markdown)
    return plain(markdown)


class TestNeverRaises:
    @settings(max_examples=80, deadline=None, derandomize=True)
    @given(st.binary(max_size=400))
    def test_any_bytes(self, body: bytes) -> None:
        """Arbitrary bytes are a page without an article, or with one."""
        read(body)

    @settings(max_examples=120, deadline=None, derandomize=True)
    @given(
        st.lists(
            st.tuples(st.integers(0, len(SEED)), PIECES, st.integers(0, 40)),
            max_size=12,
        )
    )
    def test_mutated_pages(self, changes: list[tuple[int, bytes, int]]) -> None:
        """A real page with pieces put in and taken out is read, too."""
        body = SEED
        for at, piece, cut in changes:
            body = body[:at] + piece + body[at + cut :]
        read(body)


BIG = {
    "nested divs": "b'<div>' * 100_000 + TEXT",
    "nested quotations": "b'<blockquote>' * 100_000 + TEXT",
    "nested lists": "b'<ul><li>' * 50_000 + TEXT",
    "nested tables": "TEXT + b'<table><tr><td>' * 40_000",
    "a million tags": "b'<b>a</b>' * 1_000_000",
    "200,000 attributes": "TEXT + b'<p ' + b' '.join(b'a%d=1' % n"
    " for n in range(200_000)) + b'>x</p>' + TEXT",
    "one long word": "b'x' * 5_000_000",
    "many links": "b'<p>' + b'<a href=/x>word</a> ' * 100_000",
    "many pictures": "b'<img src=x.png>' * 100_000",
    "many players": "b'<iframe src=//youtube.com/embed/x></iframe>' * 50_000 + TEXT",
    "many headings": "b'<h1>One boat a day</h1>' * 50_000 + TEXT",
    "many pieces of code": "b'<pre>w</pre>' * 20_000 + TEXT",
    "many bylines": "b'<a rel=author class=byline>Ann Gill</a>' * 100_000 + TEXT",
    "many beginnings": "b''.join(b'<p>The ferry left at six, %d hours late...' % n"
    " for n in range(20_000))",
    "a wide row": "b'<table><tr>' + b'<td>a b c d e' * 100_000",
    "cells that span": "b'<table>'"
    " + b'<tr><td colspan=99999 rowspan=99999>a<td>c' * 5_000",
    "deep JSON": "b'<script type=application/ld+json>' + b'[' * 200_000"
    " + b'</script>' + TEXT",
    "NULs": "b'\\0' * 5_000_000 + TEXT",
    "unclosed comment": "b'<!-- ' + TEXT * 10_000",
    "a lying charset": "b'<meta charset=utf-16>' + TEXT * 1_000",
    "no charset": "b'<meta charset=gb18030>' + bytes(range(128, 256)) * 20_000",
    "a picture inside": "b'<img src=data:image/png;base64,'"
    " + b'A' * 9_000_000 + b'>' + TEXT",
    "10 MB": "TEXT * 30_000",
    "blanks that do not break": "b'<p>x' + b'&nbsp;' * 300_000 + b'y</p>' + TEXT",
    "high characters": "bytes(range(128, 256)) * 15_000 + TEXT",
    "signs of markup": "b'<p>' + b'_' * 1_900_000 + b'</p>' + TEXT",
    "references": "b'<p>' + b'&amp;' * 400_000 + b'</p>' + TEXT",
    "a long description": "TEXT + b'<p>x <img src=/a.png alt=' + b'<' * 1_900_000"
    " + b'>y</p>' + TEXT",
    "a picture's name in digits": "TEXT + b'<p>x <img src=/pixel' + b'1' * 40"
    " + b'!>y</p>' + TEXT",
    "a set of pictures": "TEXT + b'<p>x <img src=data:, srcset=\"' + b'a' * 19_000"
    " + b' b\">y</p>' + TEXT",
    "a mark of many letters": "TEXT + b'<p>x <a href=#n>1</a></p><li id=n>Said <a'"
    " + b' href=#m>' + b'a ' * 40 + b'1</a></li>' + TEXT",
    "tables in tables": "(b'<table><tr><td>' * 30 + b'w' + b'</table>' * 30) * 200"
    " + TEXT",
    "text within a hundred": "b''.join(b'<div class=c%d>' % n for n in range(100))"
    " + b'<p>The ferry left at six, an hour late.</p>' * 20_000",
    "a raised text": "b'<p>x<sup>' + b'a&#8195;' * 40_000 + b'</sup></p>' + TEXT",
    "a head that repeats": "b'<title>One boat' + b' | Harbour' * 100_000"
    " + b'</title><meta property=og:site_name content=Harbour>' + TEXT",
    "captions of one picture": "TEXT + b'<div><img src=a.png>'"
    " + b'<span class=caption>c</span>' * 15_000 + b'</div>' + TEXT",
    "comments for one browser": "(b'<!--[if IE]><p>x</p><![endif]-->' + TEXT) * 3_000",
    "UTF-16 with its mark": "'\\ufeff'.encode('utf-16-le')"
    " + TEXT.decode().encode('utf-16-le') * 1_000",
}
CHILD = """
import resource, sys
from importlib.resources import files
import trafilatura
from reader.extract import article, plain
from reader.model import Page
from reader.rules import parse
rules = parse((files("reader.rules") / "rules.toml").read_text(encoding="utf-8"))
TEXT = b"<p>The ferry left at six, an hour late, and nobody had been told.</p>" * 5
body = {body}
spent = resource.getrusage(resource.RUSAGE_SELF)
bound = int(spent.ru_utime + spent.ru_stime + 6)
resource.setrlimit(resource.RLIMIT_CPU, (bound, bound))
found = article(Page("https://x.example/p", 200, (), body), rules)
print(len(plain(found.markdown)) if found else 0)
# VmHWM, for ru_maxrss begins at what the parent had when it forked.
peak = next(x for x in open("/proc/self/status") if x.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024, file=sys.stderr)
"""


class TestBigPages:
    @pytest.mark.parametrize("body", BIG.values(), ids=BIG.keys())
    def test_child_process(self, body: str) -> None:
        """Pages made to be too much end within 5 seconds of work and 200 MB."""
        command = [sys.executable, "-c", CHILD.replace("{body}", body)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)

        assert done.returncode == 0, done.stderr[-600:]
        assert int(done.stdout) <= 1_100_000
        assert int(done.stderr.split()[-1]) < 200
