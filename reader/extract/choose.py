"""Which blocks of a page are its article: trafilatura's opinion, mended.

Adds what it drops from the midst of a text and takes off what it lets in: the title
again, dates, teasers, shares, credits, other stories. Changes no tree.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from reader import urls
from reader.extract import feedwise, phrases
from reader.extract.leaf import Leaf
from reader.extract.told import Told
from reader.rules import Rules, announcement

_PROSE = 12
"""Words from which on a block may be running text."""
_BODY = 25
"""Words from which on a block is running text whatever it looks like."""
_HOME_SHARE = 0.12
_LONE_SHARE = 0.3
_HEADLINE = 4
"""Words from which on a linked line may be a headline."""
_AFTER_TEASER = 3
_RUNS_SHARE = 0.2
_ENOUGH = 100
"""Words behind which a heading that ends articles may end this one."""
_EDGE = 4
_LEAD_REACH = 6
_ANNOUNCEMENT_WORDS = 40
_DATE_WORDS = 14
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+")


_NOTHING = Told()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the page before its text is chosen."""

    page: str
    title: str
    rules: Rules
    told: Told = _NOTHING


_ALL_LINK = 0.9
"""The share of links from which a line is only there to lead elsewhere."""

Home = frozenset[tuple[str, ...]]
"""The paths of the containers that hold most of an article."""


def chosen(leaves: Sequence[Leaf], kept: frozenset[int], about: About) -> list[Leaf]:
    """Those of `leaves` that make the article, in order; `kept` are trafilatura's.

    What the feed said of the entry, too, is the article's.
    """
    known = frozenset(n for n, leaf in enumerate(leaves) if _is_told(leaf, about))
    kept = _agreeing(leaves, kept, known)
    home = _home([leaves[number] for number in sorted(kept)])
    taken = _filled(leaves, kept, home, about)
    taken = _one_story(taken, about)
    taken = _near_home(taken, home)
    taken = _once(taken)
    taken = _until_ending(taken, home, about.rules)
    taken = _unannounced(taken, about.rules)
    taken = _without_runs(_without_teasers(taken, about))
    taken = [x for x in taken if not phrases.is_footer(x.text, about.rules.article)]
    taken = _from_head(taken, home, about)
    taken = _to_tail(taken, about)
    return feedwise.settled(leaves, taken, known, about.told)


def _is_told(leaf: Leaf, about: About) -> bool:
    """Whether the feed said this, and it is no line that feeds have of their own.

    Of a line that is nothing but a link the feed proves nothing: a copied stub has its
    teasers in the feed, too.
    """
    return (
        about.told.holds(leaf.text)
        and leaf.linked < _ALL_LINK
        and leaf.element.tag != "h1"
        and not leaf.within("figure", "figcaption")
        and phrases.teaser(leaf.text, about.rules.article) is None
        and not phrases.is_footer(leaf.text, about.rules.article)
        and announcement(leaf.text, about.rules) is None
        and list(leaf.words) != re.findall(r"\w+", about.title.lower())
    )


def _agreeing(
    leaves: Sequence[Leaf], kept: frozenset[int], known: frozenset[int]
) -> frozenset[int]:
    """What trafilatura keeps, unless the feed says that it took quite another text."""
    said = sum(leaves[n].length for n in known)
    return known if said >= _ENOUGH and not kept & known else kept


def _home(leaves: Sequence[Leaf]) -> Home:
    weights: Counter[tuple[str, ...]] = Counter()
    counts: Counter[tuple[str, ...]] = Counter()
    least = _PROSE if any(leaf.length >= _PROSE for leaf in leaves) else 0
    for leaf in leaves:
        if leaf.length >= least:
            weights[leaf.path] += leaf.length
            counts[leaf.path] += 1
    whole = sum(weights.values())
    return frozenset(
        path
        for path, weight in weights.items()
        if weight >= whole * (_HOME_SHARE if counts[path] > 1 else _LONE_SHARE)
    )


def _filled(
    leaves: Sequence[Leaf], kept: frozenset[int], home: Home, about: About
) -> list[Leaf]:
    """What is kept, and what stands among it in the same places."""
    inside = [
        n
        for n, leaf in enumerate(leaves)
        if leaf.path in home and (n in kept or _is_prose(leaf))
    ]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    taken = {*kept, *inside}
    taken |= {n for n in range(first, last) if _belongs(leaves[n], home, about)}
    lead = _lead(leaves, first) if inside else None
    return [leaf for n, leaf in enumerate(leaves) if n in taken or n == lead]


def _lead(leaves: Sequence[Leaf], first: int) -> int | None:
    """The sentence between title and text, which stands around the text's container."""
    path = leaves[first].path
    for n in range(first - 1, max(first - _LEAD_REACH, -1), -1):
        leaf = leaves[n]
        if leaf.element.tag == "h1":
            return None
        around = len(leaf.path) < len(path) and path[-len(leaf.path) :] == leaf.path
        beside = leaf.path[1:] == path[1:]
        if leaf.path and (around or beside) and leaf.is_sentence and _is_prose(leaf):
            return n
    return None


def _is_prose(leaf: Leaf) -> bool:
    if leaf.is_heading or leaf.within("figure", "figcaption", "aside", "footer"):
        return False
    return leaf.length >= _PROSE and leaf.linked < 0.5


def _belongs(leaf: Leaf, home: Home, about: About) -> bool:
    """Whether a block left out of the midst of a text is part of it."""
    if leaf.within("figure", "figcaption"):
        return False
    if leaf.path in home:
        return leaf.is_heading or not leaf.points_within(about.page)
    if leaf.listed_in(home) and leaf.length >= _HEADLINE and leaf.linked < 0.5:
        return True
    quoted = next(leaf.element.iterancestors("blockquote"), None)
    return quoted is not None and leaf.linked < 0.7


def _one_story(leaves: list[Leaf], about: About) -> list[Leaf]:
    """The leaves without the other stories that stand on the page as articles."""
    groups: dict[HtmlElement, list[Leaf]] = {}
    for leaf in leaves:
        around = next(leaf.element.iterancestors("article"), None)
        if around is not None:
            groups.setdefault(around, []).append(leaf)
    if len(groups) < 2:
        return leaves
    other = {article for article in groups if _is_elsewhere(article, about)}
    if len(other) == len(groups):
        return leaves
    gone = {id(leaf) for article in other for leaf in groups[article]}
    return [leaf for leaf in leaves if id(leaf) not in gone]


def _is_elsewhere(article: HtmlElement, about: About) -> bool:
    """Whether an article's heading links to another page of the site."""
    for heading in article.iter("h1", "h2", "h3", "h4"):
        links = [*heading.iter("a"), *heading.iterancestors("a")]
        found = (urls.join(about.page, a.get("href") or "") for a in links)
        return any(
            url
            and urls.same_site(url, about.page)
            and not urls.same_page(url, about.page)
            for url in found
        )
    return False


def _near_home(leaves: list[Leaf], home: Home) -> list[Leaf]:
    """The leaves without stray ones far behind the text."""
    inside = [n for n, leaf in enumerate(leaves) if leaf.quoted_in(home)]
    if not inside:
        return leaves
    weight = sum(leaves[n].length for n in inside)
    if weight < 0.6 * sum(leaf.length for leaf in leaves):
        return leaves
    return leaves[: inside[-1] + 1]


def _once(leaves: list[Leaf]) -> list[Leaf]:
    """Each text in one place: there where most of the others stand."""
    weights: Counter[tuple[str, ...]] = Counter()
    for leaf in leaves:
        weights[leaf.path] += leaf.length
    best: dict[tuple[str, ...], tuple[str, ...]] = {}
    for leaf in leaves:
        rival = best.get(leaf.words)
        if rival is None or weights[leaf.path] > weights[rival]:
            best[leaf.words] = leaf.path
    whole = [x for x in leaves if x.length < 6 or best[x.words] == x.path]
    texts = sorted(x.text for x in whole)
    return [x for x in whole if not _is_cut_short(x, texts)]


def _is_cut_short(leaf: Leaf, texts: list[str]) -> bool:
    """Whether a leaf is the beginning of another of some sorted texts."""
    begun = leaf.text.rstrip(" .…")
    if leaf.length < 6 or not leaf.text.endswith(("…", "...")):
        return False
    at = bisect_left(texts, begun)
    return any(x != leaf.text and x.startswith(begun) for x in texts[at : at + 3])


def _unannounced(leaves: list[Leaf], rules: Rules) -> list[Leaf]:
    """The leaves without announcements at either end; in the midst they are prose."""
    edge = len(leaves) - _EDGE
    return [
        leaf
        for n, leaf in enumerate(leaves)
        if _EDGE <= n < edge
        or leaf.length > _ANNOUNCEMENT_WORDS
        or announcement(leaf.text, rules) is None
    ]


def _without_teasers(leaves: list[Leaf], about: About) -> list[Leaf]:
    """The leaves without those that point to other articles."""
    found: list[Leaf] = []
    left = 0
    for leaf in leaves:
        points = phrases.teaser(leaf.text, about.rules.article)
        if points is not None:
            left = 0 if points else _AFTER_TEASER
            continue
        if left and _is_pointer(leaf):
            left -= 1
            continue
        left = 0
        introduced = bool(found) and found[-1].text.endswith((":", "："))
        headline = leaf.length >= _HEADLINE and not leaf.is_heading
        pointer = headline and leaf.points_within(about.page)
        if not pointer or introduced:
            found.append(leaf)
    return found


def _without_runs(leaves: list[Leaf]) -> list[Leaf]:
    """The leaves without headlines of others that stand between paragraphs in a row.

    A text with more of them than a few is a list of links, and keeps them all.
    """
    gone: set[int] = set()
    at = 0
    while at < len(leaves):
        end = at
        while end < len(leaves) and _is_headline_of_another(leaves[end]):
            end += 1
        between = at > 0 and end < len(leaves) and _is_prose(leaves[end])
        before = leaves[at - 1] if between else None
        if before and _is_prose(before) and not before.text.endswith((":", "：")):
            gone.update(range(at, end) if end - at > 1 else ())
        at = max(end, at + 1)
    if len(gone) > _RUNS_SHARE * len(leaves):
        return leaves
    return [leaf for number, leaf in enumerate(leaves) if number not in gone]


def _is_headline_of_another(leaf: Leaf) -> bool:
    plain = not leaf.is_heading and not leaf.within("li", "td", "dd", "blockquote")
    long = leaf.length >= _HEADLINE and not leaf.is_sentence
    return plain and long and leaf.linked >= _ALL_LINK


def _is_pointer(leaf: Leaf) -> bool:
    """Whether a leaf behind a bare "Read more" is what it points to."""
    if leaf.linked > 0.8:
        return True
    return leaf.length <= 25 and not leaf.is_sentence and not leaf.is_heading


def _until_ending(leaves: list[Leaf], home: Home, rules: Rules) -> list[Leaf]:
    """The leaves before a heading behind which no more of the article comes."""
    total = sum(leaf.length for leaf in leaves)
    prose = [
        n for n, leaf in enumerate(leaves) if leaf.path in home and _is_prose(leaf)
    ]
    last = max(prose, default=-1)
    before = 0
    for number, leaf in enumerate(leaves):
        short = leaf.is_heading or leaf.length <= 5
        enough = before > total / 2 or (leaf.is_heading and before >= _ENOUGH)
        ends = short and enough and number > last
        if ends and phrases.is_ending(leaf.text, rules.article):
            return leaves[:number]
        before += leaf.length
    return leaves


def _from_head(leaves: list[Leaf], home: Home, about: About) -> list[Leaf]:
    """The leaves without title, dates and labels over the article's first sentence."""
    heads = next(
        (
            number
            for number, leaf in enumerate(leaves)
            if not leaf.is_heading
            and (leaf.length >= _BODY or (leaf.length >= _PROSE and leaf.is_sentence))
        ),
        len(leaves),
    )
    title = re.findall(r"\w+", about.title.lower())
    head = [x for x in leaves[:heads] if _is_lead(x, home)]
    return [
        leaf
        for leaf in (*head, *leaves[heads:])
        if leaf.element.tag != "h1" and list(leaf.words) != title
    ]


def _is_lead(leaf: Leaf, home: Home) -> bool:
    if _is_date(leaf):
        return False
    return leaf.path in home or leaf.is_sentence or leaf.is_heading


def _is_date(leaf: Leaf) -> bool:
    """Whether a leaf is a line with a date and little else."""
    if (
        leaf.length > _DATE_WORDS
        or leaf.is_heading
        or leaf.text.endswith((".", "!", "?"))
    ):
        return False
    return bool(_YEAR.search(leaf.text)) and len(_NUMBER.findall(leaf.text)) > 1


def _to_tail(leaves: list[Leaf], about: About) -> list[Leaf]:
    """The leaves up to the last that is the article's."""
    end = len(leaves)
    while end > 1 and _is_tail(leaves[end - 1], about):
        end -= 1
    return leaves[:end]


def _is_tail(leaf: Leaf, about: About) -> bool:
    if _names_source(leaf):
        return False
    if leaf.is_heading or phrases.is_credit(leaf.text, about.rules.article):
        return True
    label = leaf.length <= 8 and leaf.linked >= 0.3 and not leaf.text.endswith(".")
    return label or leaf.points_within(about.page)


def _names_source(leaf: Leaf) -> bool:
    """Whether a line says after a dash whose words a quotation has."""
    return leaf.text.startswith(("—", "–", "―")) and leaf.within("blockquote")
