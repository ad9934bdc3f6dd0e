"""`man firsthand`: the commands and their options, as troff has them."""

from collections.abc import Iterator

from tests.docs.commands import Command, every_command

_HEAD = """\
.\\" Made by `python -m tests.docs`; do not edit.
.TH FIRSTHAND 1 "" "Firsthand" "User Commands"
.SH NAME
firsthand \\- a terminal news reader that takes you to the source
.SH SYNOPSIS
.B firsthand
.RI [ COMMAND "] [" ARGUMENT .\\|.\\|.]
.SH DESCRIPTION
Firsthand polls feeds, notices entries that are only stubs of somebody else\\(aqs
article, follows the trail to whoever published first, and shows the cleaned article
beside its attribution.
.PP
Without a command it opens the reader; there
.B ?
shows the keys.
Data goes to standard output, each trouble as one line to standard error.
With
.B \\-\\-json
a command prints JSON Lines, one object a line, whose keys stay.
A feed is named by its id or its URL, an entry by its id.
.SH COMMANDS"""

_FOOT = """\
.SH EXIT STATUS
.TP
.B 0
It is done.
.TP
.B 1
It failed; of several arguments all were tried.
.TP
.B 2
Wrong usage.
.SH ENVIRONMENT
.TP
.B BROWSER
The browser that opens links, where the settings name none.
.TP
.B NO_COLOR
No colours, when it is set.
.TP
.B XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_STATE_HOME
Where settings, the database, what can be made again, and reports of faults are kept.
.TP
.B HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY
The proxy for requests, as other programs take them.
.SH FILES
.TP
.I ~/.config/firsthand/config.toml
Settings; every key is optional.
.TP
.I ~/.config/firsthand/filters.toml
What is done by itself to entries that come.
.TP
.I ~/.config/firsthand/resolve.toml
Rules of your own for the way to the original.
.TP
.I ~/.config/firsthand/themes/
Themes of your own.
.SH EXAMPLES
.nf
firsthand add https://example.org/
firsthand refresh
firsthand list \\-\\-json \\-\\-stubs | jq \\-r \\(aq.attribution.url // .url\\(aq
.fi"""


def page() -> str:
    """The whole page."""
    middle = [line for command in every_command() for line in _told(command)]
    return "\n".join((_HEAD, *middle, _FOOT, ""))


def _told(command: Command) -> Iterator[str]:
    yield ".TP"
    name, arguments = command.path, " ".join(command.arguments)
    yield f".B {_safe(name)}" + (f" \\fI{_safe(arguments)}\\fR" if arguments else "")
    yield _safe(command.does)
    if command.options:
        yield ".RS"
        for option, text in command.options:
            yield ".TP"
            yield f".B {_safe(option)}"
            yield _safe(text) or "\\&"
        yield ".RE"


def _safe(text: str) -> str:
    """A text that troff takes for text."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    escaped = escaped.replace("`", "\\(ga").replace("…", ".\\|.\\|.")
    escaped = escaped.replace("’", "\\(cq").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped
