"""The only sockets: a request goes out, a page comes back or a FetchError says why.

Decides nothing about what a page means: redirects come back as the pages they are.
httpx is imported with the first request, so that what is stored can be read before.
"""

import sys

from reader.fetch.web import Web

__all__ = ["Web"]

# httpx brings a command line of its own, with click, rich and pygments behind it: 40 of
# the 75 ms of its import. It does without where they are missing, and so do we.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
