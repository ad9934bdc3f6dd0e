"""Numbers as a row of bars: how busy something was, day by day."""

from collections.abc import Sequence

from reader.tui.paint.glyphs import Glyphs


def spark(
    counts: Sequence[int], most: int, glyphs: Glyphs, silent: Sequence[bool] = ()
) -> str:
    """A bar for each number, the highest for `most`; a dot where all was `silent`."""
    return "".join(
        glyphs.silent
        if number < len(silent) and silent[number]
        else _step(count, most, glyphs)
        for number, count in enumerate(counts)
    )


def _step(count: int, most: int, glyphs: Glyphs) -> str:
    """The lowest step for nothing, the next ones as a square root: one is seen."""
    steps = glyphs.steps
    if count <= 0 or most <= 0:
        return steps[0]
    share = min(count / most, 1.0) ** 0.5
    return steps[min(1 + int(share * (len(steps) - 1)), len(steps) - 1)]
