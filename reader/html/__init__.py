"""A page parsed once: what it declares, and what kind of page it is.

Never fetches, never raises on any bytes, and runs no script.
"""

from reader.html.blocks import Anchor, Block
from reader.html.decode import decoded
from reader.html.document import Document, parse
from reader.html.kinds import Judged, Kind, is_gate, judged, kind, titled
from reader.html.media import medium, plays
from reader.html.refresh import Refresh, parse_refresh

__all__ = [
    "Anchor",
    "Block",
    "Document",
    "Judged",
    "Kind",
    "Refresh",
    "decoded",
    "is_gate",
    "judged",
    "kind",
    "medium",
    "parse",
    "parse_refresh",
    "plays",
    "titled",
]
