"""Changed rules, applied to what is stored."""

from dataclasses import replace

import pytest

from reader import rules
from reader.query import ALL
from reader.services import Services, poll, subscribe
from reader.services.anew import Anew, look_anew
from tests.cases import RULES
from tests.services.played import PlayedWeb, item

pytestmark = pytest.mark.anyio
FEED = "https://relay.example/feed"
STUB = "https://relay.example/p/1"
PAPER = "https://paper.example/ferry"
SAYS = f'<p>Zuerst zu lesen gewesen bei <a href="{PAPER}">The Paper</a></p>'
OWN = """[tracking]
names = ["ours"]
[language.de]
published-on = ["zuerst zu lesen gewesen bei *"]
"""


def ruled(services: Services, own: str = OWN) -> Services:
    """The same services with rules of the user's own."""
    made = rules.parse(RULES.read_text("utf-8"), own)
    return replace(services, load_rules=lambda: made)


async def anew(services: Services, limit: int = 9) -> list[Anew]:
    """Every entry looked at anew."""
    return [done async for done in look_anew(services, limit)]


async def subscribed(services: Services, web: PlayedWeb, text: str = SAYS) -> int:
    """The one entry of a feed, and the pages behind it."""
    web.feed(FEED, item("Ferry sold", STUB, text), home="https://relay.example/")
    web.put(STUB, f"<h1>Ferry sold</h1>{text}")
    web.put(
        PAPER,
        '<title>Ferry sold</title><meta property="og:site_name" content="The Paper">'
        "<article><h1>Ferry sold</h1>" + "<p>Both buyers hold papers.</p>" * 30,
    )
    await subscribe.add(services, FEED)
    web.asked.clear()
    return services.store.ids(ALL)[0]


class TestLookAnew:
    async def test_nothing_changed(self, built: Services, web: PlayedWeb) -> None:
        """
        With the same rules nothing comes out otherwise, and nobody is asked.
        """
        await subscribed(built, web)
        (done,) = await anew(built)

        assert (done.changed, done.followed) == (False, False)
        assert web.urls() == []

    async def test_a_phrase_of_ones_own(self, built: Services, web: PlayedWeb) -> None:
        """
        What the rules now see a sign in is followed, and its marks stay.
        """
        entry = await subscribed(built, web)
        built.store.mark([entry], starred=True, by="test", now=built.now())
        (done,) = await anew(ruled(built))
        (row,) = built.store.rows([entry])

        assert (done.before.status, done.after.status) == ("original", "resolved")
        assert (row.attribution.url, row.starred) == (PAPER, True)

    async def test_bounded(self, built: Services, web: PlayedWeb) -> None:
        """
        Beyond the limit nothing is followed; the sign is kept for the next refresh.
        """
        entry = await subscribed(built, web)
        (done,) = await anew(ruled(built), 0)

        assert done.changed
        assert web.urls() == []
        assert built.store.unchecked(9) == (entry,)

    async def test_a_parameter_of_ones_own(
        self, built: Services, web: PlayedWeb
    ) -> None:
        """
        An original's address is tidied without asking anybody.
        """
        says = SAYS.replace("Zuerst zu lesen gewesen bei", "Originally published on")
        entry = await subscribed(built, web, says.replace(PAPER, f"{PAPER}?ours=1"))
        web.pages[f"{PAPER}?ours=1"] = replace(web.pages[PAPER], url=f"{PAPER}?ours=1")
        async for _ in poll.refresh(built):
            pass
        web.asked.clear()
        (done,) = await anew(ruled(built))

        assert (done.before.url, done.after.url) == (f"{PAPER}?ours=1", PAPER)
        assert built.store.rows([entry])[0].attribution.url == PAPER
        assert web.urls() == []

    async def test_a_page_that_is_away(self, built: Services, web: PlayedWeb) -> None:
        """
        A page that does not answer today takes no verdict away.
        """
        says = "<p>Zuerst zu lesen gewesen bei The Paper</p>"
        entry = await subscribed(built, web, says)
        async for _ in poll.refresh(built, resolve="all"):
            pass
        before = built.store.rows([entry])[0].attribution
        del web.pages[STUB]
        (done,) = await anew(ruled(built))

        assert before.status == "original"
        assert (done.followed, done.changed) == (True, False)
        assert built.store.rows([entry])[0].attribution == before
