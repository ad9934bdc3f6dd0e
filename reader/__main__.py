"""`python -m reader` is `firsthand`."""

from reader.cli import main

main()
