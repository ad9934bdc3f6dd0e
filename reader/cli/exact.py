"""Lines for programs, which are printed as they are; all others are for people."""


class Exact(str):
    """A line of JSON, Markdown or OPML, or an address to be handed on."""

    __slots__ = ()
