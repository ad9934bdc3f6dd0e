"""The whole article pane of a reading: card, headline, standfirst, text, doubts.

It is never empty: where the original's text is missing, the feed's own stands there.
"""

import re
from dataclasses import replace
from datetime import tzinfo
from typing import Literal

from reader.model import Article, Reading
from reader.tui.paint.article import Laid, layout
from reader.tui.paint.card import byline, card, republisher
from reader.tui.paint.cells import cut_url, marked, runs_rtl
from reader.tui.paint.dates import date
from reader.tui.paint.glyphs import Glyphs
from reader.tui.paint.inline import lines
from reader.tui.paint.row import headline, publisher
from reader.tui.paint.span import (
    BLANK,
    Line,
    Span,
    first_fitting,
    indented,
    spaces,
    width,
)
from reader.urls import shown

Face = Literal["best", "feed", "copy"]
"""Which text is shown: the original's, else the feed's; the feed's; the copy's."""

THRESHOLD = 0.80
"""What it takes to count as resolved; told beside a guess."""
