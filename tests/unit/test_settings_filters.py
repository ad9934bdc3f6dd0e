"""`filters.toml`: what is taken of it, and how faults are told."""

from pathlib import Path

import pytest

from reader.settings import Filter, Paths, load_filters


def write(folder: Path, text: str) -> Paths:
    paths = Paths.under(folder)
    paths.config.mkdir()
    paths.filters_file.write_text(text)
    return paths


GOOD = '[[filter]]\nwhen = "title:ferry"\nstar = true\n'


class TestTaken:
    def test_in_their_order(self, tmp_path: Path) -> None:
        """
        Each table is a filter, with one tag or several.
        """
        text = f'{GOOD}[[filter]]\nname = "Sea"\nwhen = "#sea older:2d"\ntag = ["a"]\n'
        found, faults = load_filters(write(tmp_path, f'{text}{GOOD}tag = "one"\n'))

        assert faults == ()
        assert [one.title for one in found] == ["title:ferry", "Sea", "title:ferry"]
        assert [one.tags for one in found] == [(), ("a",), ("one",)]

    def test_no_file(self, tmp_path: Path) -> None:
        """
        Without the file there are no filters, and nothing to tell.
        """
        assert load_filters(Paths.under(tmp_path)) == ((), ())


class TestFaults:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[[filter]]\nstar = true\n", "line 5: filter wants a query in when"),
            ('[[filter]]\nwhen = " "\nhide = true', "line 6: when wants a query"),
            ('[[filter]]\nwhen = "unread"\n', "line 5: filter wants something to do:"),
            (
                '[[filter]]\n\nwhen = "unread auther:x"\nhide = true',
                "line 7: when is no query: column 8: “auther:” is no word",
            ),
            ("[[filter]]\nwhen = 3\nhide = true", "line 6: when wants a text"),
            ('[[filter]]\nwhen = "x"\nhide = 1', "line 7: hide wants true or false"),
            ('[[filter]]\nwhen = "x"\ntag = [1]', "line 7: tag wants a list of texts"),
        ],
        ids=["no-when", "blank", "nothing", "query", "number", "mark", "tag"],
    )
    def test_told_by_line_and_left_out(
        self, tmp_path: Path, text: str, told: str
    ) -> None:
        """
        A filter that cannot be used is named by its line; the others stand.
        """
        found, faults = load_filters(write(tmp_path, f"{GOOD}\n{text}\n\n{GOOD}"))

        assert [one.star for one in found] == [True, True]
        assert len(faults) == 1
        assert told in faults[0]
        assert faults[0].endswith("the filter is left out")

    def test_unknown_key(self, tmp_path: Path) -> None:
        """
        A key that is none is told with the one that is meant; the filter stands.
        """
        found, faults = load_filters(write(tmp_path, f"{GOOD}{GOOD}hied = true\n"))

        assert len(found) == 2
        assert faults[0].endswith("line 7: unknown setting hied; did you mean hide?")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[[filter]\n", "line 1"),
            ("filter = 3\n", "filter wants tables headed [[filter]]"),
            ("[[fitler]]\na = 1\n", "unknown setting fitler; did you mean filter?"),
        ],
        ids=["broken", "no-tables", "misspelt"],
    )
    def test_no_filters_at_all(self, tmp_path: Path, text: str, told: str) -> None:
        """
        A file that holds none is told in one line.
        """
        found, faults = load_filters(write(tmp_path, text))

        assert found == ()
        assert [told in fault for fault in faults] == [True]

    def test_filter_is_a_value(self) -> None:
        """
        One that does nothing says so.
        """
        assert not Filter("unread").does
        assert Filter("unread", tag="x").does
