"""The article pane: a reading laid out once for a width, then scrolled.

It shows what it is given and keeps one's place when that is replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.model import Reading
from reader.tui.grid import AIR_FROM, ZEN_MEASURE, measure
from reader.tui.paint.laid import Face, Laid
from reader.tui.paint.span import BLANK, Line, plain
from reader.tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from reader.tui.paint.lit import Wanted

NOTHING = Laid(())
_SAID: dict[Face, str] = {
    "best": "The original",
    "feed": "The feed’s own text",
    "copy": "The republisher’s own page",
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A reading laid out before it is shown, for a width, with or without its card."""

    reading: Reading
    laid: Laid
    width: int
    zen: bool


class ArticleView(LinesView):
    """One reading: card, headline, text."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.reading: Reading | None = None
        self.opened: int | None = None
        self.face: Face = "best"
        self.looking = False
        self.zen = False
        self.laid: Laid = NOTHING
        self.words: Wanted | None = None
        self.sought = ""
        self._found_at = -1
        self._width = 0

    @property
    def entry_id(self) -> int | None:
        """The entry that is shown."""
        return self.reading.row.id if self.reading else None

    @property
    def links(self) -> tuple[str, ...]:
        """What the numbers in the text stand for."""
        return self.laid.links

    @property
    def images(self) -> tuple[str, ...]:
        """The addresses of the article's images, the one that leads it first."""
        article = self.reading.article if self.reading else None
        lead = article.lead_image if article else None
        inside = (image.url for image in self.laid.images)
        return tuple(dict.fromkeys((*filter(None, (lead,)), *inside)))

    @property
    def share(self) -> float:
        """How much of the text was in sight so far, from 0 to 1."""
        return min(self.top / self.bottom, 1.0) if self.bottom > 0 else 1.0

    # What is shown

    def show(
        self,
        reading: Reading | None,
        *,
        looking: bool = False,
        ready: Ready | None = None,
    ) -> None:
        """Show a reading; of the entry that is shown already, keep one's place."""
        same = reading is not None and reading.row.id == self.entry_id
        before = self._mark() if same else None
        if not same:
            self.face = "best"
            self.sought = ""
        self.reading = reading
        self.looking = looking
        self._lay(None if same or looking else ready)
        self.jump(self._place(before) if before else 0)

    def stop_looking(self) -> None:
        """What was looked for did not come."""
        self.show(self.reading)

    def set_zen(self, zen: bool) -> None:
        """One line of who and when instead of the card."""
        self.zen = zen
        self._lay()

    def turn(self) -> str:
        """Show the next face of the entry that has a text; says which it is."""
        faces = self._faces
        if self.reading is None or len(faces) < 2:
            return "There is no other text of this entry."
        at = faces.index(self.face) if self.face in faces else 0
        self.face = faces[(at + 1) % len(faces)]
        self._lay()
        self.jump(0)
        shown = self.face if self.reading.article or self.face != "best" else "feed"
        return _SAID[shown]

    @property
    def at_last_face(self) -> bool:
        """Whether the next face is what the republisher changed, or the first again."""
        return self.face == self._faces[-1]

    @property
    def _faces(self) -> list[Face]:
        """The texts of the entry that are shown here, one after another.

        Where there is an original, the copy is shown beside it, on a screen of its own.
        """
        faces: list[Face] = ["best"]
        reading = self.reading
        if reading is None:
            return faces
        if reading.article and reading.feed_text.markdown.strip():
            faces.append("feed")
        if not reading.article and reading.copy and reading.copy.markdown.strip():
            faces.append("copy")
        return faces

    # Laying out

    def resized(self) -> None:
        """Lay out anew for another width, and keep one's place."""
        if self.size.width != self._width:
            before = self._mark()
            self._lay()
            self.jump(self._place(before))

    def _lay(self, ready: Ready | None = None) -> None:
        self._width = width = self.size.width
        if self.reading is None or width < 4:
            self.laid = NOTHING
            self.set_lines(())
            return
        columns = self._measure(width)
        fits = ready and (ready.width, ready.zen) == (width, self.zen)
        self.laid = ready.laid if ready and fits else self._laid_out(self.reading)
        air = (BLANK,) if self.app.size.height < AIR_FROM else ()
        lines = (*air, *self._lit(self.laid.lines), BLANK)
        self.set_lines(lines, (width - columns) // 2)

    def prepared(self, reading: Reading) -> Ready:
        """Another entry's reading laid out; nothing is changed, in any thread."""
        width, zen = self.size.width, self.zen
        return Ready(reading, self._laid_out(reading, another=True), width, zen)

    def _laid_out(self, reading: Reading, *, another: bool = False) -> Laid:
        # The first look of the screen does not wait for what lays out texts.
        from reader.tui.paint.reading import reading_lines

        firsthand = self.firsthand
        return reading_lines(
            reading,
            self._measure(self.size.width),
            firsthand.glyphs,
            firsthand.services.zone,
            face="best" if another else self.face,
            looking=self.looking and not another,
            zen=self.zen,
            keys=firsthand.offered_keys,
        )

    def _lit(self, lines: Sequence[Line]) -> Sequence[Line]:
        """Lines in which what was looked for stands out."""
        if not self.words and not self.sought:
            return lines
        from reader.tui.paint.lit import lit, text_lit

        if self.sought:
            return tuple(text_lit(line, self.sought) for line in lines)
        return tuple(lit(line, self.words) for line in lines if self.words)

    def _measure(self, width: int) -> int:
        alone = width == self.app.size.width
        if self.zen:
            return min(ZEN_MEASURE, measure(width, alone=True))
        return measure(width, alone=alone)

    # Keeping one's place

    def _mark(self) -> tuple[int, str, float]:
        """Where one is: the line, its text, and how far through all letters."""
        at = self.top
        while at < len(self.lines) - 1 and not plain(self.lines[at]).strip():
            at += 1
        text = plain(self.lines[at]) if at < len(self.lines) else ""
        return at - self.top, text, _letters(self.lines[:at])

    def _place(self, mark: tuple[int, str, float]) -> int:
        """The line where one was in lines that may have been laid out anew."""
        below, text, letters = mark
        if not letters:
            return 0
        same = [n for n, line in enumerate(self.lines) if plain(line) == text]
        found = _after(self.lines, letters)
        nearest = min(same, key=lambda n: abs(n - found), default=found)
        return nearest - below

    def find(self, text: str) -> str:
        """Scroll to the next line that holds a text, and light it up; says where.

        Without a text it is the one that was sought before.
        """
        from reader.tui.paint.lit import holds

        sought = text or self.sought
        if not sought:
            return ""
        found = [at for at, line in enumerate(self.lines) if holds(plain(line), sought)]
        if not found:
            return f"“{sought}” is not in this article."
        # Where all of the text is in sight nothing scrolls: the place is kept.
        after = self._found_at if text in ("", self.sought) else self.top
        at = next((at for at in found if at > after), found[0])
        self.sought, self._found_at = sought, at
        self._lay()
        self.jump(at)
        return f"“{sought}”: {found.index(at) + 1} of {len(found)}"


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(plain(line).replace(" ", "")) for line in lines)


def _after(lines: Sequence[Line], letters: float) -> int:
    """The first line before which there are so many letters."""
    seen = 0
    for at, line in enumerate(lines):
        if seen >= letters:
            return at
        seen += len(plain(line).replace(" ", ""))
    return max(len(lines) - 1, 0)
