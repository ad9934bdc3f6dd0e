"""Every group of commands: to import it is to have them all."""

from reader.cli import filters, labels, lists, originals, service, subscriptions

__all__ = ["filters", "labels", "lists", "originals", "service", "subscriptions"]
