"""Item ids: one item, however its id is spelled."""

import pytest

from reader.sync.ids import canonical, long


class TestCanonical:
    @pytest.mark.parametrize(
        ("spelled", "kept"),
        [
            ("tag:google.com,2005:reader/item/00066103ad15c0fd", "00066103ad15c0fd"),
            ("tag:google.com,2005:reader/item/66103AD15C0FD", "00066103ad15c0fd"),
            ("00066103ad15c0fd", "00066103ad15c0fd"),
            ("1795518276944125", "00066103ad15c0fd"),
            ("-355401917359550817", "fb115bd6d34a8e9f"),
            ("18091342156350000799", "fb115bd6d34a8e9f"),
            ("12345", "0000000000003039"),
            ("0", "0000000000000000"),
            ("0000000000000048", "0000000000000048"),
            ("tag:google.com,2005:reader/item/0000000000012345", "0000000000012345"),
            ("fb115bd6d34a8e9f", "fb115bd6d34a8e9f"),
            ("00157a17b192950b65be3791", "00157a17b192950b65be3791"),
            (
                "tag:google.com,2005:reader/item/00157a17b192950b65be3791",
                "00157a17b192950b65be3791",
            ),
            ("501234567890123456789012", "501234567890123456789012"),
            ("any/thing", "any/thing"),
        ],
        ids=[
            *("long", "long, short of zeros", "short", "decimal", "negative"),
            *("beyond the sign", "small", "nought", "zeros before it"),
            *("digits in a long one", "letters"),
            *("24 digits", "24 digits, long", "24 decimal digits", "no number"),
        ],
    )
    def test_spellings(self, spelled: str, kept: str) -> None:
        """
        Every spelling of a number becomes the same 16 digits; the rest stays.
        """
        assert canonical(spelled) == kept

    @pytest.mark.parametrize("item", ["00066103ad15c0fd", "00157a17b192950b65be3791"])
    def test_long(self, item: str) -> None:
        """
        What is sent is the long spelling, and comes back as the same id.
        """
        assert canonical(long(item)) == item
