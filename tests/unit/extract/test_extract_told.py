"""What the feed said of an entry decides which blocks of its page are doubtful."""

import pytest

from reader.extract import plain
from reader.extract.told import Told, told
from reader.model import Entry
from tests.unit.extract.conftest import PROSE, URL, Make, paragraphs

LEAD = "No ferry will run to the outer islands before noon."
NOTE = "Dogs travel free until the end of March."
ARTICLE = f"<article><h1>One boat a day</h1>{paragraphs(*PROSE)}</article>"


def entry(*texts: str, summary: str = "") -> Entry:
    """An entry with a text of its own."""
    return Entry(
        URL, title="One boat a day", content=paragraphs(*texts), summary=summary
    )


class TestTold:
    @pytest.mark.parametrize(
        ("text", "held"),
        [
            (PROSE[0], True),
            (PROSE[0].upper() + " And so on.", True),
            ("Nobody on deck but the gulls and a dog from the yard.", False),
            ("The ferry", False),
            ("", False),
        ],
    )
    def test_holds(self, text: str, held: bool) -> None:
        """A text is the feed's when most of its words stand there in a row."""
        assert told(entry(*PROSE)).holds(text) is held

    def test_script_without_spaces(self) -> None:
        """A sentence of one long word is found by its letters."""
        given = told(
            entry(
                "連絡船は一時間遅れて港に着いた。誰も待っていなかった。冬の間は運休となる。"
            )
        )

        assert given.holds("連絡船は一時間遅れて港に着いた。誰も待っていなかった。")
        assert not given.holds("港の市場では魚の値段が上がっていると組合は話している。")

    def test_no_entry(self) -> None:
        """Without an entry nothing is known."""
        assert told(None) == Told()
        assert not told(entry()).holds(PROSE[0])

    @pytest.mark.parametrize("end", ["…", "...", "[…]", "[&#8230;]"])
    def test_cut_short(self, end: str) -> None:
        """A text that breaks off is not the whole one."""
        assert not told(entry(PROSE[0], PROSE[1] + f" {end}")).whole
        assert told(entry(*PROSE)).whole


class TestDoubtfulBlocks:
    def test_a_teaser_that_the_feed_copied(self, make: Make) -> None:
        """A line that is only a link is a teaser, though the feed has it, too."""
        teaser = "Gull Harbour dues to rise again this year, says council"
        link = f'<p><a href="/2">{teaser}</a></p>'
        given = entry(*PROSE[:2], teaser, *PROSE[2:])
        page = f"<h1>One boat a day</h1>{paragraphs(*PROSE[:2])}{link}"
        found = make(f"<article>{page}{paragraphs(*PROSE[2:])}</article>", hint=given)

        assert teaser not in plain(found.markdown)

    def test_lead_outside_the_article(self, make: Make) -> None:
        """A lead that stands far above the text is kept where the feed has it."""
        page = f'<div class="hero"><div><span>{LEAD}</span></div></div>{ARTICLE}'

        assert LEAD not in make(page).markdown
        assert make(page, hint=entry(summary=LEAD)).markdown.startswith(LEAD)

    def test_box_that_the_feed_has(self, make: Make) -> None:
        """A box by its name is none where the feed has its text."""
        inner = f'<div class="related"><p>{NOTE}</p></div>'
        page = ARTICLE.replace(f"<p>{PROSE[2]}", f"{inner}<p>{PROSE[2]}")

        assert NOTE not in make(page).markdown
        assert NOTE in make(page, hint=entry(*PROSE[:2], NOTE)).markdown

    def test_tail_that_the_feed_has_not(self, make: Make) -> None:
        """Behind the end of a full copy in the feed short lines are the page's."""
        long = [f"{text} {text[::-1]}" for text in PROSE]
        tail = "Our ferries desk looks forward to hearing from you."
        page = f"<article><h1>One boat a day</h1>{paragraphs(*long, tail)}</article>"

        assert plain(make(page).markdown).endswith(tail)
        assert plain(make(page, hint=entry(*long)).markdown).endswith(long[-1])

    def test_tail_behind_a_summary(self, make: Make) -> None:
        """A feed that breaks off says nothing of the end."""
        tail = "Our ferries desk looks forward to hearing from you."
        page = f"<article><h1>One boat a day</h1>{paragraphs(*PROSE, tail)}</article>"
        hint = entry(*PROSE[:3], PROSE[3][:60] + " …")

        assert plain(make(page, hint=hint).markdown).endswith(tail)

    def test_the_text_is_elsewhere(self, make: Make) -> None:
        """Where another text is longer, the article is the one that the feed tells."""
        talk = paragraphs(*[f"{text} {text[::-1]}" for text in PROSE * 3])
        own = [f"{text[::-1]} {text[::-1]}" for text in PROSE]
        page = (
            f'<main class="talk">{talk}</main><div class="a">{paragraphs(*own)}</div>'
        )

        assert own[0] not in make(page).markdown
        assert plain(make(page, hint=entry(*own)).markdown).startswith(own[0])

    def test_what_feeds_add(self, make: Make) -> None:
        """A line that feeds have of their own is not kept for standing in one."""
        line = "Read more: the winter timetable of all boats"
        page = ARTICLE.replace(f"<p>{PROSE[2]}", f"<p>{line}</p><p>{PROSE[2]}")

        assert line not in make(page, hint=entry(*PROSE, line)).markdown

    def test_no_double_lead(self, make: Make) -> None:
        """A summary that is the beginning of the text is not put before it again."""
        page = f'<div class="hero"><p>{PROSE[0][:70]}…</p></div>{ARTICLE}'
        found = make(page, hint=entry(summary=PROSE[0][:70] + "…"))

        assert plain(found.markdown).count(PROSE[0][:40]) == 1
