"""Where a server's API is, from what a person types."""

import pytest

from reader.errors import FetchError, SyncError
from reader.model import Page, Request
from reader.sync import find

pytestmark = pytest.mark.anyio
SITE = b"<!DOCTYPE html><html><title>Log in</title>"


class Place:
    """A host where an API is at one path; everything else is a site for people."""

    def __init__(self, base: str, refusal: Page) -> None:
        self.base = base
        self.refusal = refusal
        self.moved: dict[str, str] = {}
        self.asked: list[Request] = []

    async def fetch(self, request: Request) -> Page:
        """What is there."""
        self.asked.append(request)
        if request.url in self.moved:
            return Page(request.url, 301, (("location", self.moved[request.url]),))
        if request.url.startswith(f"{self.base}/reader/api/0/"):
            return self.refusal
        if request.url.startswith("https://nobody"):
            raise FetchError(request.url, "the name is not known", "dns")
        return Page(request.url, 404, body=SITE)


REFUSAL = Page("", 401, (("google-bad-token", "true"),), b"Unauthorized!")


class TestFind:
    @pytest.mark.parametrize(
        ("typed", "base", "server"),
        [
            ("https://rss.example", "https://rss.example/api/greader.php", "freshrss"),
            ("rss.example/", "https://rss.example/api/greader.php", "freshrss"),
            (
                "https://rss.example/i/?rid=5",
                "https://rss.example/api/greader.php",
                "freshrss",
            ),
            (
                "https://h.example/FreshRSS",
                "https://h.example/FreshRSS/p/api/greader.php",
                "freshrss",
            ),
            (
                "https://rss.example/api/greader.php",
                "https://rss.example/api/greader.php",
                "freshrss",
            ),
            (
                "https://rss.example/api/greader.php/reader/api/0",
                "https://rss.example/api/greader.php",
                "freshrss",
            ),
            ("https://mini.example/sub", "https://mini.example/sub", "greader"),
            ("https://www.inoreader.com", "https://www.inoreader.com", "inoreader"),
            ("theoldreader.com", "https://theoldreader.com", "theoldreader"),
            ("https://bazqux.com/", "https://bazqux.com", "bazqux"),
        ],
    )
    async def test_from_what_people_type(
        self, typed: str, base: str, server: str
    ) -> None:
        """
        The API is found below the address that people know, or where it says.
        """
        place = Place(base, REFUSAL)
        found = await find(place.fetch, typed)

        assert (found.base, found.server.name) == (base, server)

    async def test_miniflux_by_its_refusal(self) -> None:
        """
        Miniflux is known by how it refuses.
        """
        headers = (("x-reader-google-bad-token", "true"),)
        refusal = Page("", 401, headers, b"Unauthorized")
        found = await find(Place("https://m.example", refusal).fetch, "m.example")

        assert found.server.name == "miniflux"

    async def test_nothing_secret_on_the_way(self) -> None:
        """
        Places are asked without a login.
        """
        place = Place("https://rss.example/api/greader.php", REFUSAL)
        await find(place.fetch, "rss.example")

        assert not any(r.headers or r.body for r in place.asked)

    async def test_a_tidied_address(self) -> None:
        """
        A redirect to https, or to www, is followed.
        """
        place = Place("https://www.rss.example/api/greader.php", REFUSAL)
        tail = "/api/greader.php/reader/api/0/user-info?output=json"
        place.moved = {f"http://rss.example{tail}": f"https://www.rss.example{tail}"}
        found = await find(place.fetch, "http://rss.example")

        assert found.base == "https://www.rss.example/api/greader.php"

    async def test_led_elsewhere(self) -> None:
        """
        A redirect to another site is not followed.
        """
        place = Place("https://evil.example", REFUSAL)
        tail = "/reader/api/0/user-info?output=json"
        place.moved = {f"https://rss.example{tail}": f"https://evil.example{tail}"}
        with pytest.raises(SyncError):
            await find(place.fetch, "rss.example")

    async def test_the_api_is_off(self) -> None:
        """
        An API that is switched off is told, with where to switch it on.
        """
        place = Place("https://rss.example/api/greader.php", Page("", 503))
        with pytest.raises(SyncError, match="API access in FreshRSS") as caught:
            await find(place.fetch, "rss.example")

        assert caught.value.kind == "off"

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("https://other.example", "no Google Reader API was found"),
            ("https://nobody.example", "the name is not known"),
            ("javascript:alert(1)", "no Google Reader API was found|no web address"),
            ("https://alice:sesame@rss.example", "--user"),
        ],
    )
    async def test_not_found(self, typed: str, words: str) -> None:
        """
        Where nothing is found one line says what to do, and repeats no password.
        """
        place = Place("https://rss.example", REFUSAL)
        with pytest.raises(SyncError, match=words) as caught:
            await find(place.fetch, typed)

        assert "sesame" not in str(caught.value)

    async def test_a_site_that_refuses(self) -> None:
        """
        A website that wants a login is no API.
        """
        place = Place("https://rss.example", Page("", 403, body=SITE))
        with pytest.raises(SyncError):
            await find(place.fetch, "rss.example")
