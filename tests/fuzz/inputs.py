"""What goes in: bytes at random, and files of the corpus with pieces of each other.

Hypothesis draws them, so that what breaks something comes back as small as it can be.
"""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

CORPUS = Path(__file__).parents[1] / "corpus"
KINDS = ("*.html", "*.xml", "*.json", "*.toml", "*.js", "*.opml")
LONGEST = 60_000
SEEDS: tuple[bytes, ...] = (
    b"<rss version='2.0'><channel><title>T</title><item><title>a</title><link>b</link>"
    b"<guid>g</guid><description>&lt;p>x&lt;/p></description></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>i</id>"
    b"<link href='x'/><content type='xhtml'><div>p</div></content></entry></feed>",
    b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"url":"/a"}]}',
    b"<opml><body><outline text='F'><outline xmlUrl='http://x/'/></outline></body>",
    b'https://x.example/f news "~Title"\n"query:Q:unread = \\"yes\\" and age < 3"\n',
    b"var a='https://x.example/'; setTimeout(function(){location.href=a+'b'},10)",
    b"http://user:pw@[::ffff:127.0.0.1]:8080/%2e%2e/?utm_source=a&b#c",
    b'unread publisher:"RT" -title:/a+b/ (newer:2d or starred) words',
    b'[tracking]\nnames = ["a"]\n[[wrapper]]\nhosts = ["o.example"]\nparams = ["to"]\n',
)
SCRAPS: tuple[bytes, ...] = (
    *b"< > </ <! <!-- --> <![CDATA[ ]]> <? & &#0; &#xD800; &x; = { } [ ]".split(),
    *b"<svg> <math> <table> <template> <p/onclick=a> javascript: data: //".split(),
    *b"\\u0000 \\ud800 /* */ ` ${ => 1e999 -1 null ::1 0x7f.1 xn-- .. %00".split(),
    *b"\" ' ( ) 2130706433 \\ || && -- @ : ; , #".split(),
    *(b"\x00", b"\x1b]0;", b"\x9b", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80"),
    *("\u202e".encode(), "\u200b".encode(), "İ".encode(), "ǆ".encode(), b"\r", b"\n"),
    *(
        b"<div>" * 300,
        b"[" * 300,
        b"(" * 300,
        b"9" * 5_000,
        b"&lt;" * 200,
        b"%25" * 100,
    ),
)


@cache
def corpus() -> tuple[bytes, ...]:
    """Every file of the corpus that is no bigger than is quick."""
    files = (file for kind in KINDS for file in sorted(CORPUS.rglob(kind)))
    return (*SEEDS, *(f.read_bytes() for f in files if f.stat().st_size <= LONGEST))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file with scraps, and pieces of others, put over it."""
    files = corpus()
    data = draw(st.sampled_from(SEEDS) | st.sampled_from(files))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        cut = draw(st.integers(0, 30))
        piece = draw(st.sampled_from(SCRAPS) | st.binary(max_size=8))
        data = data[:at] + piece + data[at + cut :]
    return data


ANY = (
    st.binary(max_size=300)
    | mutated()
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
"""Whatever may come."""
