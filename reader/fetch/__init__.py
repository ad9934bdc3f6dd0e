"""The only sockets: a request goes out, a page comes back or a FetchError says why.

Decides nothing about what a page means: redirects come back as the pages they are.
httpx is imported with the first request, so that what is stored can be read before.
"""

from reader.fetch.web import Web

__all__ = ["Web"]
