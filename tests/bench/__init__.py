"""Measurements over the corpus: `python -m tests.bench NAME`."""
