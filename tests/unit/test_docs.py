"""The manual says what the program does: its made parts are held against the tables."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reader.query.words import KEYS, WORDS
from reader.tui.actions import ACTIONS
from tests import pictures
from tests.docs import FOLDER, MANUAL, PAGES, ROOT, current, made, marked

WRITTEN = dict(current())
README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


class TestDocs:
    @pytest.mark.parametrize("file", WRITTEN, ids=lambda file: file.name)
    def test_is_current(self, file: Path) -> None:
        """
        What is committed is what `python -m tests.docs` would write.
        """
        assert file.read_text("utf-8") == WRITTEN[file], "run python -m tests.docs"

    @pytest.mark.parametrize("name", PAGES)
    def test_every_part_has_its_place(self, name: str) -> None:
        """
        A page has a marked place for each part that is made for it, and no other.
        """
        text = (FOLDER / name).read_text("utf-8")

        assert sorted(marked(text)) == sorted(PAGES[name])

    def test_what_is_written_by_hand_stays(self) -> None:
        """
        Only what stands between the marks is replaced.
        """
        mark = "<!-- made by `python -m tests.docs`: part -->"
        page = f"Before\n{mark}\nold\n<!-- end -->\nAfter\n"

        told = made(page, {"part": lambda: "new"})

        assert told == f"Before\n{mark}\n\nnew\n\n<!-- end -->\nAfter\n"

    def test_nothing_is_left_out(self) -> None:
        """
        Every action of the help and every word of a query stands on its page.
        """
        keys = (FOLDER / "keys.md").read_text("utf-8")
        words = (FOLDER / "queries.md").read_text("utf-8")

        assert all(f"`{action.name}`" in keys for action in ACTIONS if action.group)
        assert all(f"`{word}`" in words for word in (*KEYS, *WORDS))

    @pytest.mark.parametrize(
        "file", [ROOT / "README.md", *sorted(FOLDER.glob("*.md"))], ids=lambda f: f.name
    )
    def test_links_lead_somewhere(self, file: Path) -> None:
        """
        What a page links to in this tree is there.
        """
        linked = LINK.findall(file.read_text("utf-8"))

        assert [to for to in linked if not (file.parent / to).exists()] == []

    def test_readme_leads_to_every_page(self) -> None:
        """
        Each page of the manual is reached from the README.
        """
        assert {f"docs/{page.name}" for page in FOLDER.glob("*.md")} <= set(
            LINK.findall(README)
        )

    def test_readme_shows_what_the_script_draws(self) -> None:
        """
        The pictures of the README are those that `python -m tests.pictures` makes.
        """
        shown = re.findall(r"!\[[^]]+\]\(docs/pictures/(.+?)\.svg\)", README)
        drawn = [picture.name for picture in pictures.README]

        assert shown == drawn
        assert sorted(f.stem for f in (FOLDER / "pictures").iterdir()) == sorted(drawn)


class TestManual:
    @pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not here")
    def test_is_troff(self) -> None:
        """
        groff has nothing to say against the page, and the commands are in it.
        """
        done = subprocess.run(
            ["groff", "-man", "-Tascii", "-ww", str(MANUAL)],
            capture_output=True,
            text=True,
            check=True,
        )

        assert done.stderr == ""
        assert "resolve" in done.stdout
