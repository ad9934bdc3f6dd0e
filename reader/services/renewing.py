"""Settings, rules and filters read again when their files change, for who runs long.

What cannot be used is told, and what held before goes on. Nothing is fetched here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from reader import settings
from reader.services.core import Services
from reader.settings import Paths
from reader.urls import Policy

Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another; None where there is no such file."""

KEPT = "what held before goes on"
_INSTEAD = ("the defaults hold", "the filter is left out", "it is left out")
"""What is said to become of a fault where nothing held before."""


class Files:
    """The files that a person may change while the program runs."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._kinds: tuple[tuple[Path, Callable[[Services, list[str]], Services]], ...]
        self._kinds = (
            (paths.config_file, self._settings),
            (paths.rules_file, self._rules),
            (paths.filters_file, self._filters),
        )
        self._seen = dict(self._stamps())

    def _stamps(self) -> Iterator[tuple[Path, Stamp]]:
        for file, _ in self._kinds:
            yield file, _stamp(file)

    def look(self, services: Services) -> tuple[Services, tuple[str, ...]]:
        """The services by the files as they are now, and a sentence for each fault.

        Each state of a file is read once, so that a fault is told once.
        """
        now, told = dict(self._stamps()), list[str]()
        for file, renewed in self._kinds:
            if now[file] != self._seen[file]:
                faults: list[str] = []
                after = renewed(services, faults)
                services = services if faults else after
                more = f", and {len(faults) - 1} more faults" if faults[1:] else ""
                told += [f"{_bare(fault)}{more}; {KEPT}" for fault in faults[:1]]
        self._seen = now
        return services, tuple(told)

    def _settings(self, services: Services, faults: list[str]) -> Services:
        chosen, wrong = settings.load(self._paths)
        faults += wrong
        policy = Policy.of(chosen.fetch.allow_hosts)
        return replace(services, settings=chosen, policy=policy)

    def _rules(self, services: Services, faults: list[str]) -> Services:
        return replace(services, load_rules=settings.rules_once(self._paths, faults))

    def _filters(self, services: Services, faults: list[str]) -> Services:
        filters, wrong = settings.load_filters(self._paths)
        faults += wrong
        return replace(services, filters=filters, filter_faults=())


def _bare(fault: str) -> str:
    told, _, instead = fault.rpartition("; ")
    return told if instead in _INSTEAD else fault


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
