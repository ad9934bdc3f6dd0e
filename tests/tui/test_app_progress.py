"""How far one has read, and how long the rest takes, beside the text that is read."""

import pytest

from reader.services import Services
from tests.tui.conftest import Open

pytestmark = pytest.mark.anyio

LONG = "Watermarks, and the people who still read them"


class TestProgress:
    async def test_in_the_article(self, services: Services, running: Open) -> None:
        """
        While the article has the keys its reading time is told; in the list it is not.
        """
        async with running(services, (120, 20)) as program:
            await program.to(LONG)
            before = program.status
            await program.press("enter")
            began = program.status
            await program.press("G")

            assert "min left" not in before
            assert began.endswith("min left   0 %")
            assert program.status.endswith("100 %")

            await program.press("h")

            assert "min left" not in program.status
