"""Arbitrary and mutated bytes for everything that reads strangers' bytes."""
