"""newsboat's `urls` file: feeds, tags, titles, queries, and what is none of ours."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import query
from reader.errors import OpmlError
from reader.feeds import Subscription, newsboat_list
from reader.feeds.newsboatqueries import translated

FEED = "https://harbour.example/feed"


class TestFeeds:
    @pytest.mark.parametrize(
        ("line", "subscription"),
        [
            (FEED, Subscription(FEED)),
            (f"  {FEED}  ", Subscription(FEED)),
            (f'"{FEED}" sea', Subscription(FEED, "", None, "sea", ("sea",))),
            (
                f'{FEED} "far away" "~The Harbour" sea !',
                Subscription(
                    FEED, "The Harbour", None, "far away", ("far away", "sea")
                ),
            ),
            (f'{FEED} "~A \\"B\\""', Subscription(FEED, 'A "B"')),
        ],
        ids=["bare", "spaces", "quoted", "tags-and-title", "escaped"],
    )
    def test_line(self, line: str, subscription: Subscription) -> None:
        """
        A line is a feed; its first tag is its folder, and all of them are its tags.
        """
        assert newsboat_list(line.encode()).feeds == (subscription,)

    def test_each_address_once(self) -> None:
        """
        A feed that is listed twice is subscribed once; comments are passed over.
        """
        found = newsboat_list(f"# mine\n{FEED} one\n\n{FEED} two\n".encode())

        assert [feed.folder for feed in found.feeds] == ["one"]
        assert found.passed == ()

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("exec:~/bin/feed sea", "line 2: “exec:~/bin/feed” runs a command"),
            (f"filter:~/f:{FEED}", f"line 2: “filter:~/f:{FEED}” runs a command"),
            ("file:///home/me/x.xml", "line 2: “file:///home/me/x.xml” is a file"),
            ("harbour.example", "line 2: “harbour.example” is no address of a feed"),
            ("query:Sea", "line 2: “query:Sea” has no query"),
            (
                '"query:Odd:title =~ \\"a.*b\\""',
                'line 2: the query “Odd” has no counterpart here: title =~ "a.*b"',
            ),
        ],
        ids=["exec", "filter", "file", "word", "half", "query"],
    )
    def test_what_is_none_of_ours(self, line: str, told: str) -> None:
        """
        What cannot be taken over is named by its line, in one sentence.
        """
        found = newsboat_list(f"{FEED}\n{line}\n".encode())

        assert len(found.feeds) == 1
        assert len(found.passed) == 1
        assert found.passed[0].startswith(told)

    @pytest.mark.parametrize("data", [b"", b"dear reader\nhello", b"\xff\xfe\x00"])
    def test_no_list(self, data: bytes) -> None:
        """
        A file without any line of the kind is no list.
        """
        with pytest.raises(OpmlError, match="neither OPML nor newsboat"):
            newsboat_list(data)

    @given(st.text() | st.text(alphabet='query:"exc #~!\\()\nhttps/a.'))
    def test_anything(self, text: str) -> None:
        """
        Whatever the file holds is a list, or a sentence.
        """
        with suppress(OpmlError):
            newsboat_list(text.encode("utf-8", "replace"))


class TestQueries:
    @pytest.mark.parametrize(
        ("asked", "meant"),
        [
            ('unread = "yes"', "unread"),
            ('unread != "yes"', "-unread"),
            ('unread = "no"', "read"),
            ('tags # "sea"', "tag:sea"),
            ('tags # "far away"', 'tag:"far away"'),
            ('tags !# "sea"', "-tag:sea"),
            ('title =~ "ferry"', "title:ferry"),
            ('content =~ "ferry"', '"ferry"'),
            ('content !~ "ferry"', '-"ferry"'),
            ('feedtitle = "The Relay"', 'feed:"The Relay"'),
            ('rssurl =~ "relay.example"', 'feed:"relay.example"'),
            ('flags # "s"', "starred"),
            ("age < 3", "newer:3d"),
            ("age <= 3", "newer:4d"),
            ("age > 3", "older:4d"),
            ("age between 0:7", "(newer:8d older:0d)"),
            (
                'unread = "yes" and (tags # "sea" or author =~ "velde")',
                "unread (tag:sea or author:velde)",
            ),
        ],
    )
    def test_meant(self, asked: str, meant: str) -> None:
        """
        What both languages say is put in the words of ours, which take it.
        """
        assert translated(asked) == meant
        assert query.parse(meant, datetime(2026, 3, 4, tzinfo=UTC), UTC).terms

    @pytest.mark.parametrize(
        "asked",
        [
            *("", "nonsense", 'title =~ "a|b"', 'link =~ "x"', 'tags = "sea"'),
            *('unread = "maybe"', 'flags # "q"', "age between 1", 'title = "x'),
        ],
    )
    def test_unknown(self, asked: str) -> None:
        """
        What has no counterpart is not guessed at.
        """
        assert translated(asked) is None
