"""Servers that people already run, over a Fetch that this room is given.

    client    the Google Reader API, call by call
    find      where a server has it, from whatever address a person has
    items     its items as our entries
    ids       the three spellings of an item's id
    servers   what is particular about each server, as data

Nothing is stored here, and no password stays.
"""

from reader.sync.client import Client, Login
from reader.sync.find import Found, find
from reader.sync.servers import Server, server_named
from reader.sync.values import Item, Subscription

__all__ = [
    "Client",
    "Found",
    "Item",
    "Login",
    "Server",
    "Subscription",
    "find",
    "server_named",
]
