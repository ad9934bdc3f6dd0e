"""Every feed that a test here parses is read both ways, ours and feedparser's."""

import pytest

from reader.errors import FeedError
from reader.feeds import quick, xmlfeed
from reader.feeds.values import ParsedFeed

_parse = xmlfeed.parse


def by_judge(text: str, before: str, url: str) -> ParsedFeed | str:
    """What feedparser makes of a feed, or why it makes nothing of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "read", lambda text, url: None)
        try:
            return _parse(text, before, url)
        except FeedError as error:
            return error.reason


@pytest.fixture(autouse=True)
def _judged(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(text: str, before: str, url: str) -> ParsedFeed:
        read = _parse(text, before, url)
        if quick.read(text, url):
            assert read == by_judge(text, before, url)
        return read

    monkeypatch.setattr(xmlfeed, "parse", both)
