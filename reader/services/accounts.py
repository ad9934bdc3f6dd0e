"""Accounts at servers of subscriptions: logged in, shown, left.

What is exchanged with them is `sync`'s part. Passwords stay in `secrets`.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

from reader import urls
from reader.errors import SettingsError, StoreError, SyncError
from reader.services.core import Services
from reader.services.secrets import SERVICE, Secrets, Where, secrets_of
from reader.store import Account
from reader.sync import Client, Login, find, server_named

PASSWORD, AUTH, APP_KEY = "password", "auth", "app-key"
"""What is kept of an account in `secrets`, by its last name."""


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """An account that was made, and where its password is kept.

    `plain`: it goes over the network unencrypted.
    """

    account: Account
    where: Where
    plain: bool = False


async def login(
    services: Services,
    address: str,
    user: str,
    password: str,
    *,
    name: str | None = None,
    app_id: str | None = None,
    app_key: str | None = None,
) -> LoggedIn:
    """Log in at the server at an address, and keep account and password.

    An account of the same user there is logged in anew. Raises SyncError, and keeps
    nothing, where the server is not to be found or will not have it.
    """
    found = await find(services.fetch, address)
    if found.server.app and not (app_id and app_key):
        reason = "wants the id and key of an application: give --app-id, and its key"
        raise SyncError(found.server.title, f"{reason} with the password", "password")
    wanted = Login(user, password, app_id, app_key)
    client = Client(services.fetch, found.base, found.server, wanted)
    await client.login()
    await client.user()
    called = name or _name(services, found.base)
    fresh = Account(0, called, found.base, user, found.server.name, app_id)
    account = await _kept(services, fresh, name)
    where = await _keep(services, account, password, client.auth, app_key)
    plain = found.base.startswith("http:") and not urls.host(found.base).startswith(
        "127."
    )
    return LoggedIn(account, where, plain)


def _name(services: Services, base: str) -> str:
    """What an account is called where nobody says: its host, as long as it is free."""
    taken = {account.name for account in services.store.accounts.all()}
    host = urls.host(base)
    names = (host, *(f"{host}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


async def _kept(services: Services, fresh: Account, name: str | None) -> Account:
    here = services.store.accounts.all()
    same = [a for a in here if (a.url, a.user) == (fresh.url, fresh.user)]
    if not same:
        return await services.write(services.store.accounts.add, fresh, services.now())
    if name and name != same[0].name:
        raise StoreError(fresh.url, f"this is account {same[0].name} already")
    again = replace(same[0], error=None, failures=0, retry_at=None)
    await services.write(services.store.accounts.note, again)
    return again


async def _keep(
    services: Services,
    account: Account,
    password: str,
    auth: str | None,
    app_key: str | None,
) -> Where:
    def keep() -> Where:
        kept = secrets_of(services.paths)
        for last, secret in ((AUTH, auth), (APP_KEY, app_key)):
            if secret:
                kept.set(_secret(account, last), secret)
        return kept.set(_secret(account, PASSWORD), password)

    return await asyncio.to_thread(keep)


def _secret(account: Account, last: str) -> str:
    """What one of an account's secrets is called; ids are never given twice."""
    return f"sync/{account.id}/{last}"


async def client_of(services: Services, account: Account) -> Client:
    """A client that can log in to an account. Raises SyncError without its password."""
    kept = await asyncio.to_thread(_found, services, account)
    if kept is None:
        reason = "its password is not here any more; log in again"
        raise SyncError(account.name, reason, "password")
    server = server_named(account.server)
    return Client(services.fetch, account.url, server, kept)


def _found(services: Services, account: Account) -> Login | None:
    kept: Secrets = secrets_of(services.paths)
    password = kept.get(_secret(account, PASSWORD))
    if password is None:
        return None
    auth, app_key = (kept.get(_secret(account, last)) for last in (AUTH, APP_KEY))
    return Login(account.user, password, account.app_id, app_key, auth)


async def remember(services: Services, account: Account, client: Client) -> None:
    """Keep what the server gave for the login, to be used next time."""
    auth = client.auth

    def keep() -> None:
        kept = secrets_of(services.paths)
        if auth and kept.get(_secret(account, AUTH)) != auth:
            # Without it the next sync logs in once more.
            with suppress(SettingsError):
                kept.set(_secret(account, AUTH), auth)

    await asyncio.to_thread(keep)


async def logout(services: Services, account: Account, *, keep: bool = False) -> int:
    """Forget an account and its password; its feeds go too, or become local ones.

    How many were kept. What the server was still to be told is lost with it. Raises
    SettingsError where all of that is done, and the keyring still holds the password.
    """
    kept = await services.write(
        services.store.accounts.remove, account, services.now(), keep=keep
    )

    def forget() -> list[str]:
        secrets = secrets_of(services.paths)
        names = [_secret(account, last) for last in (PASSWORD, AUTH, APP_KEY)]
        return [name for name in names if not secrets.delete(name)]

    left = await asyncio.to_thread(forget)
    await services.write(services.store.purge, services.now())
    if left:
        reason = f"still holds {left[0]} of {SERVICE}; unlock it, and remove it there"
        raise SettingsError("the keyring", f"{reason} (you are logged out)")
    return kept
