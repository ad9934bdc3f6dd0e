"""Every group of commands: to import it is to have them all."""

from reader.cli import feed, filters, labels, lists, originals, service, subscriptions

__all__ = [
    "feed",
    "filters",
    "labels",
    "lists",
    "originals",
    "service",
    "subscriptions",
]
