"""Marks entries one after the other, and says which, until it is killed.

`python -m tests.bench.marker DATABASE`: a line is printed once a mark is kept.
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from reader.errors import StoreError
from reader.query import ALL
from reader.store import Store

PAUSE = 0.01


def work(database: Path) -> None:
    """Star whatever is not starred yet, for ever."""
    store = Store(database, patience=30.0)
    done: set[int] = set()
    while True:
        for entry in store.ids(ALL, limit=50):
            if entry in done:
                continue
            done.add(entry)
            try:
                now = datetime.now(UTC)
                store.mark([entry], starred=True, read=True, by="reader", now=now)
            except StoreError:
                continue
            print(entry, flush=True)
        time.sleep(PAUSE)


if __name__ == "__main__":
    work(Path(sys.argv[1]))
