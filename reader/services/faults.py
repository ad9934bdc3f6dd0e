"""Reports of our own faults: where it happened and in which version, nothing besides.

No text, address, value or name of a person's folder is in one; it is sent nowhere.
"""

import os
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from reader.services import whole
from reader.settings import Paths

KEPT = 100
"""Reports that are kept; of a fault that comes again and again the last ones tell."""


def report(paths: Paths, now: datetime, fault: BaseException) -> str:
    """Write what led to a fault, without values, to a file; say where it is."""
    stamp = now.strftime("%Y%m%dT%H%M%S")
    file = paths.crashes / f"{stamp}-{type(fault).__name__}.txt"
    told = "".join(f"{line}\n" for line in _lines(fault))
    # A folder's name may be no Unicode.
    text = told.encode("utf-8", "replace").decode("utf-8")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        whole.replace(file, text, 0o600)
        _thin(file.parent)
    except OSError:
        return f"{type(fault).__name__}, and no report could be written"
    return f"a report is in {file}"


def _thin(folder: Path) -> None:
    """Let the oldest reports go; their names begin with the time."""
    for file in sorted(folder.glob("*.txt"))[:-KEPT]:
        with suppress(OSError):
            file.unlink()


def _lines(fault: BaseException) -> Iterator[str]:
    """What was raised and where, and the same of what that came from."""
    from reader.fetch.headers import release

    yield type(fault).__qualname__
    yield from _frames(fault.__traceback__)
    for cause in _causes(fault):
        yield f"came of {type(cause).__qualname__}"
        yield from _frames(cause.__traceback__)
    yield f"Firsthand {release()}, Python {sys.version.split()[0]}, {sys.platform}"


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """What a fault came from, each once."""
    seen = {id(fault)}
    cause = fault.__cause__ or fault.__context__
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame in traceback.extract_tb(trace):
        yield f'  File "{_named(frame.filename)}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"


def _named(filename: str) -> str:
    """A file of code without the folders above it, which name whose they are."""
    roots = (str(Path(__file__).parents[2]), *map(sysconfig.get_path, _FOLDERS))
    for root in filter(filename.startswith, roots):
        return filename[len(root) :].lstrip(os.sep)
    return Path(filename).name


_FOLDERS = ("purelib", "platlib", "stdlib", "platstdlib")
"""Where Python keeps code, packages first: they lie below its own."""
