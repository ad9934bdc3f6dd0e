"""The reader on the screen. Textual is imported only when it is opened.

It shows what the services know and never touches the network or the store's file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reader.services import Services


@dataclass(frozen=True, slots=True)
class Left:
    """How the reader was left: what is wanted next, the exit code, a fault of ours.

    "demo" is wanted when somebody without feeds chose the demo.
    """

    wants: str | None = None
    code: int = 0
    fault: Exception | None = None


async def run(
    services: Services, environ: Mapping[str, str] | None = None, *, polls: bool = True
) -> Left:
    """Open the reader until it is left. Raises StoreError if it cannot even begin."""
    import gc
    import os

    # Nothing of what is imported becomes garbage: looking for some takes a tenth of the
    # start, and later, again and again, longer than a key should wait.
    gc.disable()
    from reader.tui.app import Firsthand

    app = Firsthand(services, os.environ if environ is None else environ, polls=polls)
    wants = await app.run_async()
    if app.failure is not None:
        raise app.failure
    return Left(wants, app.return_code or 0, app.fault)
