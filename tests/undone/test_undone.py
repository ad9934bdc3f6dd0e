"""The table of protections still fits the code, so that it can be tried as it is."""

from tests.undone.table import protections


class TestTable:
    def test_every_protection_can_be_taken_out(self) -> None:
        """
        Each text stands once in its file, and each test that must fail is there.
        """
        found = protections()
        amiss = [
            f"{one.row}: {one.name}: {one.amiss()}" for one in found if one.amiss()
        ]

        assert amiss == []
        assert len({(one.row, one.name) for one in found}) == len(found) >= 50
        assert len({one.row for one in found}) == 11
