"""What a page is looked at for, and what it offers: the values, and whose a URL is.

Finds nothing by itself.
"""

from dataclasses import dataclass

from reader import urls
from reader.html import Document
from reader.model import Refusal, Via
from reader.resolve.publisher import same_house, same_publisher
from reader.resolve.values import Evidence, Exit, Sign
from reader.rules import Rules
from reader.rules.tables import listed
from reader.urls import Policy

SHORT = 900
"""Characters of prose under which a page has hardly a text of its own."""


@dataclass(frozen=True, slots=True)
class View:
    """Where a page is looked at from: whose copy it is, and what is being sought."""

    rules: Rules
    policy: Policy
    titles: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    own_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a page offers: exits, refusals, names announced, the publisher's home.

    `footer`: only the line that WordPress writes under its feeds names somebody;
    `by_move`: only the line that says where the reader will be moved to.
    """

    exits: tuple[Exit, ...] = ()
    refused: tuple[Refusal, ...] = ()
    named: str = ""
    home: str | None = None
    quote: str = ""
    moving: bool = False
    footer: bool = False
    by_move: bool = False
    short: bool = False
    maybe: str | None = None

    @property
    def republished(self) -> bool:
        """Whether a name is announced, and a second sign says that it is elsewhere."""
        moving = self.moving and not self.by_move  # one sign, and not two
        return bool(self.named) and (moving or self.short or self.home is not None)


def way(target: str, via: Via, sign: Sign, quote: str, firm: bool) -> Exit:
    """An exit that one sign shows."""
    return Exit(target, via, (Evidence(sign, quote),), firm, quote)


def owned(url: str, document: Document, view: View) -> bool:
    """Whether a URL is of the page's own publisher, or of the entry's feed."""
    owners = (document.url, *view.owners)
    return any(same_publisher(url, owner, view.rules) for owner in owners)


def is_namesake(url: str, document: Document, view: View) -> bool:
    """Whether a URL's site is only spelt like the page's: in another country's domain.

    Mostly one publisher's; a page that announces it by another name says it is not.
    """
    owners = (document.url, *view.owners)
    return not any(same_house(url, owner, view.rules) for owner in owners)


def is_out(url: str, document: Document, view: View) -> bool:
    """Whether a URL is somebody else's, may be followed, and is no mere button's."""
    return (
        view.policy.refusal(url) is None
        and not owned(url, document, view)
        and not listed(urls.host(url), view.rules.places.social)
    )
