"""What an article is once it is laid out; how that is done is `reading`'s part."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.tui.paint.span import Line

if TYPE_CHECKING:
    from reader.tui.paint.inline import Image

Face = Literal["best", "feed", "copy"]
"""Which text: the best there is (the original's), the feed's own, the republisher's."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A text as lines; `links[n - 1]` is what `[n]` stands for.

    `body` is the first line of the text itself, `words` how many it has; `unspaced`
    says that they are characters, since the script has no spaces.
    """

    lines: tuple[Line, ...]
    links: tuple[str, ...] = ()
    images: "tuple[Image, ...]" = ()
    body: int = 0
    words: int = 0
    unspaced: bool = False

    @property
    def length(self) -> str:
        """How long the text is: `61 words`."""
        noun = "character" if self.unspaced else "word"
        return f"{self.words} {noun if self.words == 1 else noun + 's'}"

    @property
    def minutes(self) -> float:
        """How long it takes to read, at 230 words or 450 characters a minute."""
        return self.words / (450 if self.unspaced else 230)
