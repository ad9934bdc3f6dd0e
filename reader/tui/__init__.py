"""The reader on the screen. Textual is imported only when it is opened.

It shows what the services know and never touches the network or the store's file.
"""

from collections.abc import Mapping

from reader.services import Services


async def run(
    services: Services, environ: Mapping[str, str] | None = None, *, polls: bool = True
) -> str | None:
    """Open the reader until it is left; what it returns is what is wanted next.

    That is "demo" when somebody without feeds chose the demo, else None.
    """
    import os

    from reader.tui.app import Firsthand

    app = Firsthand(services, os.environ if environ is None else environ, polls=polls)
    return await app.run_async()
