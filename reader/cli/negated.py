"""Commands of words, in which `-word` is one that is not wanted."""

import re
from typing import Any

from typer.core import TyperCommand

_NEGATED = re.compile(r"-(?:[^-h\d]|h.)")
"""What no option looks like: ours have two dashes, but for `-h`."""


class Asking(TyperCommand):
    """A command whose arguments are words, of a query or tags."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Write `-word` as `~word`, which means the same and is no option."""
        told = [f"~{arg[1:]}" if _NEGATED.match(arg) else arg for arg in args]
        return super().parse_args(ctx, told)
