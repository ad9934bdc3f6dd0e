"""`python -m tests.bench NAME [ARGUMENT…]`: runs `main` of tests/bench/NAME.py."""

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """The measurements there are."""
    files = Path(__file__).parent.glob("[!_]*.py")
    return sorted(file.stem for file in files if "def main(" in file.read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Run one measurement by its name."""
    if not arguments or arguments[0] not in names():
        print(f"usage: python -m tests.bench {{{','.join(names())}}}", file=sys.stderr)
        return 2
    module = importlib.import_module(f"tests.bench.{arguments[0]}")
    return int(module.main(arguments[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
