"""What can be told of the machine: its clock, its disk, its keyring, its SQLite.

A part of the doctor's; nothing is changed here, and nobody is asked.
"""

import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, ip_address

from reader.errors import ReaderError
from reader.fetch.proxies import Proxies
from reader.services import credentials
from reader.services.core import Services
from reader.services.doctor import Check
from reader.services.secrets import secrets_of
from reader.store import engine
from reader.urls import Network, Policy

METADATA = ip_address("169.254.169.254")
"""Where a cloud tells its machines their passwords."""
WIDE = 256
"""Addresses of a network from which it is told how many these are."""
ROOM = 100 * 2**20
"""Bytes that a disk should have left beyond one more copy of the database."""
MADE = datetime(2025, 1, 1, tzinfo=UTC)
"""No clock that is right shows a time before this program was made."""
AHEAD = timedelta(hours=1)
"""How far in the future a poll may be before somebody's clock was wrong."""


def machine(services: Services, environ: Mapping[str, str]) -> Iterator[Check]:
    """The checks, in the order in which they matter."""
    yield _clock(services)
    yield _room(services)
    yield from _passwords(services)
    yield from _allowed(services)
    yield from _proxies(environ)
    yield _engine()


def _clock(services: Services) -> Check:
    now = services.now()
    polled = [feed.last_poll for feed in services.store.feeds() if feed.last_poll]
    latest = max(polled, default=now)
    fix = "set this machine's clock; feeds of a wrong time are polled all the same"
    if now < MADE:
        return Check("clock", False, f"it shows {now:%Y-%m-%d}, long gone", fix)
    if latest > now + AHEAD:
        told = f"it shows {now:%Y-%m-%d %H:%M}, but a feed was polled at {latest}"
        return Check("clock", False, f"{told:.90}: it is, or was, wrong", fix)
    return Check("clock", True, f"{now:%Y-%m-%d %H:%M} UTC")


def _room(services: Services) -> Check:
    file = services.paths.database
    size = file.stat().st_size
    free = shutil.disk_usage(file.parent).free
    told = f"{free / 2**20:,.0f} MiB left where {size / 2**20:,.1f} MiB are kept"
    if free < size + ROOM:
        fix = "make room: a copy of the database, or a change of its tables, needs it"
        return Check("disk", False, told, fix)
    return Check("disk", True, told)


def _passwords(services: Services) -> Iterator[Check]:
    """Where passwords are kept, if any are; and a line for each that is gone."""
    feeds = {feed.id: feed for feed in services.store.feeds()}
    asked = sorted(credentials.entrusted(services))
    if not (asked or services.store.accounts.all()):
        return
    kept, file = secrets_of(services.paths), services.paths.secrets_file
    told = "in this system's keyring" if kept.keyring else f"no keyring here: in {file}"
    if file.exists():
        told += f", some in {file}" if kept.keyring else ", which is not encrypted"
    yield Check("passwords", True, told)
    for feed in filter(None, map(feeds.get, asked)):
        fix = f"`firsthand credentials {feed.id} --user NAME` takes it again"
        try:
            gone = kept.get(credentials.secret_name(feed.id)) is None
            why = "is not here any more, or the keyring is locked"
        except ReaderError as error:
            gone, why = True, f"cannot be read: {error}"
        if gone:
            yield Check("passwords", False, f"what {feed.title} is told {why}", fix)


def _allowed(services: Services) -> Iterator[Check]:
    """A line for each network that strangers' links may reach because of a setting."""
    for network in Policy.of(services.settings.fetch.allow_hosts).networks:
        told = f"{network} lets links of any feed reach {_counted(network)}"
        if METADATA in network or network.prefixlen == 0:
            fix = f"name the hosts you mean in {services.paths.config_file}"
            more = ", the secrets of a cloud's machine among them"
            yield Check("allow_hosts", False, told + more, fix)
        elif network.num_addresses > WIDE:
            yield Check("allow_hosts", True, f"{told}; a host by its name is less")


def _counted(network: Network) -> str:
    if isinstance(network, IPv4Network):
        return f"{network.num_addresses:,} addresses"
    return f"2^{128 - network.prefixlen} addresses"


def _proxies(environ: Mapping[str, str]) -> Iterator[Check]:
    """A line where requests go through somebody, who decides where they lead."""
    named = sorted(Proxies.of(environ).by_scheme)
    if named:
        told = f"requests over {' and '.join(named)} go through a proxy you named"
        yield Check("proxy", True, f"{told}, which decides where requests lead")


def _engine() -> Check:
    known = engine.faults()
    told = f"SQLite {engine.version()}"
    if known:
        told += f"; unless your system mended it: {'; '.join(known)}"
    return Check("sqlite", True, told)
