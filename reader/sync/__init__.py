"""Servers that people already run, over a Fetch that this room is given."""
