"""Every group of commands: to import it is to have them all."""

from reader.cli import (
    backups,
    credentials,
    feed,
    filters,
    labels,
    lists,
    originals,
    serve,
    service,
    subscriptions,
)

__all__ = [
    "backups",
    "credentials",
    "feed",
    "filters",
    "labels",
    "lists",
    "originals",
    "serve",
    "service",
    "subscriptions",
]
