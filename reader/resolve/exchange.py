"""Google News ids that hold no URL: what to ask Google for one, and its answer.

The article page holds a signature and a time stamp; they are posted to the endpoint
that the page's own script would use, and the answer names the publisher's page.
Builds requests and reads answers; sends nothing.
"""

import json
import re
from urllib.parse import urlencode

from reader import urls
from reader.html import Document
from reader.model import Page, Request
from reader.rules import Rules
from reader.rules.tables import Exchange

_ID = re.compile(r"[\w-]{8,2000}")
_BODY_MAX = 100_000


def asked(document: Document, rules: Rules) -> Request | None:
    """The request that a page's id, signature and time stamp make, if it has them."""
    exchange = _of(document.url, rules)
    if exchange is None:
        return None
    last = document.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    for node in document.tree.iter():
        signature, stamp = node.get(exchange.signature), node.get(exchange.stamp)
        if signature and stamp and stamp.isdigit() and _ID.fullmatch(last):
            return _request(exchange, last, int(stamp[:12]), signature)
    return None


def _of(url: str, rules: Rules) -> Exchange | None:
    host = urls.host(url)
    return next((e for e in rules.exchanges if e.host == host), None)


def _request(exchange: Exchange, ident: str, stamp: int, signature: str) -> Request:
    inner = json.loads(exchange.call)
    call = json.dumps([*inner, ident, stamp, signature], separators=(",", ":"))
    outer = json.dumps([[[exchange.method, call, None, "generic"]]])
    headers = (("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8"),)
    body = urlencode({"f.req": outer}).encode()
    return Request(exchange.endpoint, method="POST", headers=headers, body=body)


def answered(page: Page) -> str | None:
    """The URL in an answer of the endpoint; None when it names none."""
    text = page.body[:_BODY_MAX].decode("utf-8", "replace")
    for line in text.splitlines():
        try:
            for row in json.loads(line):
                found = json.loads(row[2])[1]
                if isinstance(found, str) and urls.is_web(found):
                    return found
        except (ValueError, TypeError, LookupError, RecursionError):
            continue
    return None
