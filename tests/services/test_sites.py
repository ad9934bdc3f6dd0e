"""What visits found is remembered, for a while and of a few sites."""

from datetime import timedelta

from reader.services.sites import KEPT, MOST, Sites
from tests.services.played import NOW


class TestSites:
    def test_known(self) -> None:
        """
        A site is the same one until its time is over.
        """
        sites = Sites()
        first = sites.of("https://a.example/", NOW)

        assert sites.of("https://a.example/", NOW + KEPT / 2) is first
        assert sites.of("https://a.example/", NOW + KEPT) is not first

    def test_bounded(self) -> None:
        """
        The site that was asked for longest ago is forgotten first.
        """
        sites = Sites()
        first = sites.of("https://0.example/", NOW)
        second = sites.of("https://1.example/", NOW)
        sites.of("https://0.example/", NOW)
        for number in range(2, MOST + 1):
            sites.of(f"https://{number}.example/", NOW + timedelta(seconds=1))

        assert sites.of("https://0.example/", NOW) is first
        assert sites.of("https://1.example/", NOW) is not second
