"""What has to be reached, and whether it was; it measures nothing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing to reach: at most `most`, in this unit, and what it was."""

    work: str
    found: float
    most: float
    unit: str = "s"
    against: str = ""

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.found <= self.most


def table(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows in columns as wide as they need be; numbers stand to the right."""
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def told(bars: Iterable[Bar]) -> str:
    """The bars beside what was found."""
    head = ("bar", "found", "at most", "", "against")
    return table([head, *map(_line, bars)])


def _line(bar: Bar) -> tuple[str, ...]:
    found, most = (f"{figure:.4g} {bar.unit}" for figure in (bar.found, bar.most))
    return (bar.work, found, most, "met" if bar.met else "MISSED", bar.against)
