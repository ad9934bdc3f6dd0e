"""How feeds have fared, counted: entries a day, and whose stories they carry."""

from datetime import timedelta
from typing import TYPE_CHECKING

from reader.model import Attribution

if TYPE_CHECKING:
    from tests.io.store.conftest import World

DAY = timedelta(days=1)


class TestDaily:
    def test_each_day_has_its_entries(self, world: "World") -> None:
        """
        The oldest day stands first; what is older or newer is counted nowhere.
        """
        busy, idle = world.feed("Busy"), world.feed("Idle")
        ages = (0.1, 0.2, 2.5, 9.0)
        world.save(busy, *(world.polled(str(a), age=a * DAY) for a in ages))

        found = world.store.reports.daily(world.now - 3 * DAY, 3)

        assert found == {busy.id: (1, 0, 2)}
        assert idle.id not in found


class TestSources:
    def test_the_most_carried_first(self, world: "World") -> None:
        """
        Only stubs whose original is known say whose stories a feed carries.
        """
        relay, own = world.feed("Relay"), world.feed("Own")

        def of(name: str, number: int) -> Attribution:
            return Attribution("resolved", f"https://{name}.example/{number}", name)

        world.save(
            relay,
            world.polled("1", of("ledger", 1)),
            world.polled("2", of("courant", 2)),
            world.polled("3", of("courant", 3)),
            world.polled("4", Attribution("unresolved")),
        )
        world.entry("x", own, attribution=Attribution("original", publisher="Own"))

        assert world.store.reports.sources() == {
            relay.id: (("courant", 2), ("ledger", 1))
        }
