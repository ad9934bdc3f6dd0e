"""Errors as a reader sees them: one line, clean, and no password in it."""

from reader.errors import FetchError, ReaderError


class TestText:
    def test_is_one_clean_line(self) -> None:
        """
        Whatever a stranger put into a subject or a reason, one line of words is told.
        """
        told = str(ReaderError("a\x1b[31m\nb", "gone\x00\u202e\nfor good"))

        assert told == "a b: gone for good"

    def test_names_no_login(self) -> None:
        """
        An address in either part is told without its user and password.
        """
        told = FetchError(
            "https://ann:sesame@a.example/", "led to http://b:c@d.example"
        )

        assert str(told) == "https://a.example/: led to http://d.example"
