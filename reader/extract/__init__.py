"""HTML to an Article: the text, cleaned, as Markdown; and Markdown to what is shown.

Nothing unsanitised leaves this room. Never fetches; never raises on any page or text.
"""

from reader.extract.feed import feed_text
from reader.extract.page import article
from reader.extract.plain import html_of, plain
from reader.extract.sanitise import sanitise

__all__ = ["article", "feed_text", "html_of", "plain", "sanitise"]
