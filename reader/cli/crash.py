"""A fault of ours that nothing caught: a report without data, and where it is."""

import os
import sys
from types import TracebackType

DEBUG = "FIRSTHAND_DEBUG"
"""Set, the whole traceback is printed as Python has it."""


def told(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Write the report and say in one line where it is."""
    if os.environ.get(DEBUG):
        sys.__excepthook__(kind, error, trace)
        return
    from reader.cli.session import complain, now
    from reader.services.faults import report
    from reader.settings import Paths

    where = report(Paths.default(), now(), error)
    complain(f"a fault in Firsthand ({kind.__name__}), nothing kept is lost; {where}")


def watch() -> None:
    """Have what nothing catches told so."""
    sys.excepthook = told
