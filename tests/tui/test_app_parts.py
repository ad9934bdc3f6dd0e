"""The parts of the screen that are plain values: keys, grid, rows, window, refresh."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FetchError
from reader.model import Attribution, EntryRow, Feed, FeedRef
from reader.services.poll import FeedPolled, Progress
from reader.tui import polling
from reader.tui.actions import ACTIONS, BY_NAME
from reader.tui.grid import Form, fits, grid, measure, resized
from reader.tui.hints import help_rows, weighed
from reader.tui.keys import Pressed, Typed, keymap, parse, press, show
from reader.tui.library import feed_after, next_in
from reader.tui.places import Place
from reader.tui.polling import Polling
from reader.tui.presets import PRESETS
from reader.tui.rows import Head, Rows
from reader.tui.window import Window, day_heads

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def typed(keys: str, place: Place = "list") -> list[Pressed]:
    """What a row of keys means."""
    found, state = [], Typed()
    for key in keys.split():
        state, pressed = press(state, key, place, keymap())
        found += [pressed] if pressed else []
    return found


class TestKeys:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("j", ("j",)),
            ("gg", ("g", "g")),
            ("g g", ("g", "g")),
            ("ctrl+f", ("ctrl+f",)),
            ("space", ("space",)),
            ("f1", ("f1",)),
            ("+", ("+",)),
        ],
    )
    def test_are_written_as_people_type_them(
        self, text: str, keys: tuple[str, ...]
    ) -> None:
        """A word is one key when it names one, else a sequence of letters."""
        assert parse(text) == keys

    def test_count_before_a_key(self) -> None:
        """Digits in a list say how often."""
        assert typed("1 2 j") == [Pressed("next", 12)]

    def test_zero_alone_is_no_count(self) -> None:
        """A count does not begin with nought."""
        assert typed("0 j") == [Pressed("next", 0)]

    def test_sequence(self) -> None:
        """Two keys can mean one action, with a count before them."""
        assert typed("3 g g") == [Pressed("first", 3)]

    def test_broken_sequence(self) -> None:
        """A key that ends a sequence in vain still means what it means alone."""
        assert typed("g j") == [Pressed("next")]

    def test_digits_in_an_article_are_no_count(self) -> None:
        """There they are links, which the screen takes care of."""
        assert typed("5 j", "article") == [Pressed("next", 0)]

    def test_shown_as_people_write_them(self) -> None:
        """The status line shows `^p` and `Enter`."""
        assert [show(parse(key)) for key in ("ctrl+p", "enter", "g g")] == [
            "^p",
            "Enter",
            "gg",
        ]


class TestKeymap:
    def test_the_table_has_no_clash(self) -> None:
        """No key of ours means two things in one place."""
        assert keymap().problems == ()

    def test_remapped_by_name(self) -> None:
        """A person's own keys replace the table's."""
        keys = keymap({"star": ("*",)})

        assert keys.by_place["list"][("*",)] == "star"
        assert ("s",) not in keys.by_place["list"]
        assert keys.problems == ()

    def test_a_clash_is_named_and_theirs_wins(self) -> None:
        """Taking another action's key says which one lost it."""
        keys = keymap({"star": ("n",)})

        assert keys.by_place["list"][("n",)] == "star"
        assert keys.problems == ("keys: n is star and no longer next_unread",)

    def test_a_key_that_hides_a_sequence_is_named(self) -> None:
        """`g` alone leaves no way to `gg`."""
        assert keymap({"star": ("g",)}).problems == (
            "keys: gg for first is not reached, g is star",
        )

    @pytest.mark.parametrize("preset", sorted(PRESETS))
    def test_presets_have_no_clash(self, preset: str) -> None:
        """Each names actions that there are, and no key of it means two things."""
        keys = keymap({"preset": (preset,)})

        assert keys.problems == ()
        assert keys.preset == preset
        unreachable = [
            action.name
            for action in ACTIONS
            if action.keys and not keys.by_action[action.name]
        ]
        assert unreachable in ([], ["half_page_up"])

    @pytest.mark.parametrize(
        ("preset", "key", "name"),
        [
            ("newsboat", "ctrl+n", "next_feed"),
            ("newsboat", "l", "hide_read"),
            ("newsboat", "t", "tag"),
            ("newsboat", "A", "mark_feed_read"),
            ("newsboat", "N", "toggle_read"),
            ("newsboat", "g", "sort"),
            ("newsboat", "s", "save"),
            ("newsboat", "J", "next"),
            ("vim", "u", "undo"),
            ("vim", "ctrl+r", "redo"),
            ("vim", "j", "next"),
        ],
    )
    def test_presets(self, preset: str, key: str, name: str) -> None:
        """What people have in their hands does what it did there."""
        assert keymap({"preset": (preset,)}).by_place["list"][(key,)] == name

    def test_own_keys_win_over_a_preset(self) -> None:
        """A preset is where a person begins."""
        keys = keymap({"preset": ("newsboat",), "star": ("s",)})

        assert keys.by_place["list"][("s",)] == "star"
        assert keys.problems == ("keys: s is star and no longer save",)

    def test_unknown_preset_is_named(self) -> None:
        """The known ones are told."""
        (problem,) = keymap({"preset": ("emacs",)}).problems

        assert problem == (
            "keys: no preset is called emacs; there are firsthand, newsboat, vim"
        )

    def test_unknown_action_is_named(self) -> None:
        """A misspelt name is not silently ignored."""
        assert keymap({"sart": ("x",)}).problems == ("keys: no action is called sart",)


class TestTable:
    def test_names_are_unique(self) -> None:
        """An action is remapped by its name, so there is one of each."""
        assert len(BY_NAME) == len(ACTIONS)

    def test_every_companion_exists(self) -> None:
        """What shares a line of the help shares it with something."""
        companions = {action.beside for action in ACTIONS if action.beside}

        assert companions <= set(BY_NAME)

    @pytest.mark.parametrize(
        ("room", "keys"),
        [
            (200, "Enter o O t v u s / ?"),
            (70, "Enter o t s / ?"),
            (48, "Enter o t ?"),
            (35, "Enter o ?"),
            (4, "?"),
        ],
    )
    def test_hints_go_by_weight_and_stand_in_order(self, room: int, keys: str) -> None:
        """What matters least goes first; the way to help stays."""
        shown = weighed(keymap(), "list", room)

        assert " ".join(hint.keys for hint in shown) == keys

    def test_an_article_offers_the_way_back(self) -> None:
        """In the article the next unread entry leads, and `q` stays."""
        shown = weighed(keymap(), "article", 48)

        assert [hint.word for hint in shown] == [
            "next unread",
            "original",
            "trail",
            "back",
        ]

    def test_help_joins_what_belongs_together(self) -> None:
        """`j k  next, previous` is one line."""
        rows = {row.keys: row.label for row in help_rows(keymap())}

        assert rows["j k"] == "next, previous"
        assert rows["n p"] == "next, previous unread"
        assert rows["y Y"] == "copy link: original, entry"

    def test_help_narrows(self) -> None:
        """Only what holds the typed text is left."""
        assert [row.act for row in help_rows(keymap(), "zen")] == ["zen"]


class TestGrid:
    @pytest.mark.parametrize(
        ("size", "panes", "columns", "form", "text"),
        [
            ((80, 24), 1, (80, 80), 1, 70),
            ((100, 30), 2, (36, 64), 3, 60),
            ((119, 40), 2, (36, 83), 3, 72),
            ((120, 40), 3, (34, 64), 3, 60),
            ((160, 50), 3, (48, 88), 2, 72),
            ((200, 60), 3, (68, 104), 2, 72),
            ((40, 12), 1, (40, 40), 3, 38),
        ],
    )
    def test_divides_by_width(
        self,
        size: tuple[int, int],
        panes: int,
        columns: tuple[int, int],
        form: int,
        text: int,
    ) -> None:
        """Panes, widths, rows of an entry and measure are those of the grid."""
        found = grid(*size)

        assert found.panes == panes
        assert (found.list, found.article) == columns
        assert found.form == form
        assert found.measure == text

    @pytest.mark.parametrize(
        ("height", "top", "calm"), [(27, 0, False), (28, 1, False), (36, 1, True)]
    )
    def test_air_comes_with_height(self, height: int, top: int, calm: bool) -> None:
        """A blank first row from 28 rows up, blank rows between entries from 36."""
        found = grid(120, height)

        assert (found.top, found.calm) == (top, calm)

    def test_density_is_a_setting(self) -> None:
        """What the settings say is stronger than the height."""
        assert grid(120, 20, "calm").calm
        assert not grid(120, 60, "dense").calm

    @pytest.mark.parametrize(
        ("by_hand", "columns"),
        [
            ((0, 0), (22, 34, 64)),
            ((30, 0), (30, 34, 56)),
            ((2, 2), (18, 30, 72)),
            ((90, 0), (42, 34, 44)),
            ((0, 90), (22, 54, 44)),
        ],
    )
    def test_resized_by_hand(
        self, by_hand: tuple[int, int], columns: tuple[int, int, int]
    ) -> None:
        """Each pane takes what it is given, and keeps its least."""
        found = resized(grid(120, 40), *by_hand)

        assert (found.sidebar, found.list, found.article) == columns

    def test_least(self) -> None:
        """Below 40 columns or 12 rows nothing fits."""
        assert fits(40, 12)
        assert not fits(39, 12)
        assert not fits(40, 11)

    @given(st.integers(40, 400), st.booleans())
    def test_measure_fits_and_is_bounded(self, width: int, alone: bool) -> None:
        """Lines are never longer than 72 columns, nor wider than the pane."""
        assert 30 <= measure(width, alone=alone) <= min(72, width - 2)


@st.composite
def lists(draw: st.DrawFn) -> Rows:
    count = draw(st.integers(0, 12))
    places = draw(st.sets(st.integers(0, max(count - 1, 0)), max_size=count))
    heads = tuple(Head(index, "h") for index in sorted(places)) if count else ()
    form: Form = draw(st.sampled_from((1, 2, 3)))
    return Rows(count, form, draw(st.booleans()), heads)


class TestRows:
    @given(lists())
    def test_each_row_is_what_was_put_there(self, rows: Rows) -> None:
        """The arithmetic agrees with a list that is laid out row by row."""
        laid: list[tuple[str, int, int]] = []
        for index in range(rows.count):
            head = [n for n, h in enumerate(rows.heads) if h.index == index]
            if laid and (rows.calm or head):
                laid.append(("blank", 0, 0))
            laid += [("head", head[0], 0)] if head else []
            laid += [("entry", index, line) for line in range(rows.form)]
        found = [rows.at(y) for y in range(rows.height)]

        assert [
            (s.kind, s.index if s.kind != "blank" else 0, s.line) for s in found
        ] == (laid)

    @given(lists())
    def test_entry_is_found_where_it_is_said_to_be(self, rows: Rows) -> None:
        """The first row of an entry is its own."""
        for index in range(rows.count):
            spot = rows.at(rows.top(index))
            assert (spot.kind, spot.index, spot.line) == ("entry", index, 0)

    def test_below_the_end_is_nothing(self) -> None:
        """A list shorter than its pane ends in blank rows."""
        assert Rows(1, 3).at(7).kind == "blank"


def row(number: int, when: datetime) -> EntryRow:
    """An entry that came at some time."""
    feed = FeedRef(1, "Daily Relay", "https://daily-relay.example/feed")
    return EntryRow(
        id=number,
        feed=feed,
        title=f"Story {number}",
        url=f"https://daily-relay.example/{number}",
        authors=(),
        published=when,
        when=when,
        read=False,
        starred=False,
        attribution=Attribution("original"),
    )


class Shelf:
    """Rows by id, and how they were asked for."""

    def __init__(self, count: int) -> None:
        self.asked: list[Sequence[int]] = []
        self.rows = {n: row(n, NOW - timedelta(hours=3 * n)) for n in range(count)}

    def __call__(self, ids: Sequence[int]) -> Iterable[EntryRow]:
        self.asked.append(tuple(ids))
        return [self.rows[i] for i in ids if i in self.rows]


class TestWindow:
    def test_fetches_what_is_in_sight_at_once(self) -> None:
        """A screenful is one question, asked once."""
        shelf = Shelf(1_000)
        window = Window(shelf, range(1_000))
        window.load(range(10, 20))
        window.load(range(10, 20))

        assert shelf.asked == [tuple(range(10, 20))]

    def test_a_row_that_is_gone(self) -> None:
        """An entry that was purged meanwhile leaves a gap, and nothing breaks."""
        assert Window(Shelf(1), (0, 7)).row(1) is None

    @pytest.mark.parametrize("count", [0, 1, 5, 9, 500])
    def test_day_heads_stand_where_days_begin(self, count: int) -> None:
        """They are searched for, and are where a look at every row would put them."""
        shelf = Shelf(count)
        expected: list[Head] = []
        for n in range(count):
            text = shelf.rows[n].when.strftime("%m-%d")
            if not expected or expected[-1].text != text:
                expected.append(Head(n, text))
        found = day_heads(Window(shelf, range(count)), lambda w: w.strftime("%m-%d"))

        assert found == tuple(expected)


class TestNext:
    def test_goes_round_the_end(self) -> None:
        """After the last unread entry comes the first."""
        assert next_in((5, 6, 7, 8), frozenset({6}), 2, forward=True) == 1
        assert next_in((5, 6, 7, 8), frozenset({8}), 0, forward=False) == 3

    def test_none(self) -> None:
        """With nothing to find there is no place."""
        assert next_in((5, 6), frozenset(), 0, forward=True) is None

    def test_feed_with_unread(self) -> None:
        """Feeds without unread entries are passed over, in both directions."""
        feeds = tuple(
            Feed(n, f"https://f{n}.example", f"F{n}", unread=n % 2) for n in range(1, 6)
        )

        assert feed_after(feeds, 1, forward=True) == feeds[2]
        assert feed_after(feeds, 1, forward=False) == feeds[4]
        assert feed_after(feeds[1:2], 2, forward=True) is None


def step(stage: str, done: int, total: int, **more: object) -> Progress:
    """A step of a refresh."""
    return Progress(stage, done, total, **more)  # type: ignore[arg-type]


class TestPolling:
    def test_offline_when_nobody_was_reached(self) -> None:
        """All feeds failing for want of a network means that we are offline."""
        feed = Feed(1, "https://f.example", "F")
        lost = FeedPolled(feed, "failed", error=FetchError("f", "no such name", "dns"))
        state = polling.begun(Polling())
        state = polling.advanced(state, step("poll", 1, 1, failed=1, last=lost))

        assert polling.ended(state, NOW, HOUR).offline == NOW

    def test_not_offline_when_a_server_said_no(self) -> None:
        """An answer that is no use is an answer."""
        feed = Feed(1, "https://f.example", "F")
        gone = FeedPolled(feed, "failed", error=FetchError("f", "slow", "timeout"))
        state = polling.begun(Polling())
        state = polling.advanced(state, step("poll", 1, 1, failed=1, last=gone))

        assert polling.ended(state, NOW, HOUR).offline is None

    def test_online_again(self) -> None:
        """The first answer ends it."""
        state = polling.begun(Polling(offline=NOW))
        state = polling.advanced(state, step("poll", 1, 1, new=3))

        assert polling.ended(state, NOW, HOUR).offline is None

    def test_feeds_stay_counted_while_entries_are_followed(self) -> None:
        """`total` then counts entries; the feeds are remembered."""
        state = polling.advanced(polling.begun(Polling()), step("poll", 4, 4, new=2))
        state = polling.advanced(state, step("attribute", 1, 2, new=2))

        assert (state.attributing, state.total, state.feeds) == (True, 2, 4)
