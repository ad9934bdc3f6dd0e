"""The shape of the rules: frozen values, indexed once, never changed.

Nothing here decides what a rule means for an entry; `resolve` and `html` do.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from reader.rules.article import ArticleRules
from reader.rules.compiled import Index, Language
from reader.urls import Tracking

WallKind = Literal["consent", "login", "paywall", "robot"]
Encoding = Literal[
    "percent", "base64", "base64-protobuf", "urldefense2", "urldefense3", "signed"
]
Hosts = frozenset[str]


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Addresses that carry another address: in a parameter, or in the path.

    `hosts` match themselves and what is below them; a final `.*` stands for any public
    suffix. `paths` are beginnings, in which `*` stands for one segment. `params` are
    tried in their order. In `template`, `{url}` holds the target (to the end when it
    stands there) and `*` stands for one segment. `scheme` is put before a target that
    has none.
    """

    hosts: tuple[str, ...]
    paths: tuple[str, ...] = ("/",)
    params: tuple[str, ...] = ()
    template: str = ""
    encoding: Encoding = "percent"
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A host whose pages must be exchanged for the address that they stand for.

    `signature` and `stamp` are the attributes that hold what the endpoint asks for,
    `method` the name of its call, `call` the call's fixed beginning as JSON.
    """

    host: str
    endpoint: str
    signature: str
    stamp: str
    method: str
    call: str


@dataclass(frozen=True, slots=True)
class Wall:
    """What a page looks like that stands before the one asked for.

    `labels` are names of hosts below a site: "consent", "login".
    """

    kind: WallKind
    hosts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Carriers:
    """Where an unknown address may carry another one, and where it must not.

    `params` hold a target on hosts nobody listed; `never_params` and `never_paths`
    belong to logins, share buttons and image proxies; in `return_params` a wall keeps
    where it returns to. `doors` stand in the paths of pages that lead away from their
    own site; `exit_hosts` are names of hosts below a site, `exit_paths` whole segments
    of paths, of addresses that lead out with what they carry. `source_metas` name a
    page's source, `source_fields` are labels that stand alone above its link.
    """

    params: frozenset[str] = frozenset()
    idle_params: frozenset[str] = frozenset()
    never_params: frozenset[str] = frozenset()
    return_params: frozenset[str] = frozenset()
    never_paths: tuple[str, ...] = ()
    never_endings: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    exit_hosts: frozenset[str] = frozenset()
    exit_paths: frozenset[str] = frozenset()
    source_metas: tuple[str, ...] = ()
    source_fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """Hosts that mean something: by what they are, each with all below them.

    `social` are linked from everywhere and publish nobody's article; `shorteners` stand
    for another address, `passing` likewise for other reasons; `discussion` are about
    somebody's page (`link_texts` are its links' words, `link_labels` what stands before
    them, `origin_texts` the words of links to an original anywhere), `media` hold their
    pictures; `feed_hosts` carry feeds of others; `platforms` hold many publishers under
    one name; `families` are sites of one publisher, a line each; `in_many_countries`
    are services of whose blogs each has a host under many countries' domains. `staging`
    begin the names of hosts where pages are only tried, `build` end them. In paths,
    `shops` begin what is sold or asked for, `services` end it; `abouts` begin pages
    about a publisher, its authors, its topics; `works` those about one book or film.
    `players` begin hosts of what is played or shown in a frame. `work_labels` stand
    before what describes a book or a film; `exit_titles` begin titles of pages that
    only lead away.
    """

    social: Hosts = frozenset()
    shorteners: Hosts = frozenset()
    passing: Hosts = frozenset()
    media: Hosts = frozenset()
    families: tuple[str, ...] = ()
    in_many_countries: tuple[str, ...] = ()
    discussion: Hosts = frozenset()
    feed_hosts: Hosts = frozenset()
    platforms: Hosts = frozenset()
    staging: tuple[str, ...] = ()
    build: Hosts = frozenset()
    shops: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    abouts: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    players: frozenset[str] = frozenset()
    link_texts: frozenset[str] = frozenset()
    link_labels: frozenset[str] = frozenset()
    origin_texts: frozenset[str] = frozenset()
    work_labels: tuple[str, ...] = ()
    exit_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles that many entries share, and the words for one's own other places."""

    generic: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """Every fact that the pure rooms go by."""

    tracking: Tracking = field(default_factory=Tracking)
    wrappers: tuple[Wrapper, ...] = ()
    by_host: Mapping[str, tuple[Wrapper, ...]] = field(default_factory=dict)
    carriers: Carriers = Carriers()
    places: Places = Places()
    titles: Titles = Titles()
    announcements: tuple[Language, ...] = ()
    phrases: Index = field(default_factory=Index)
    walls: tuple[Wall, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    article: ArticleRules = field(default_factory=ArticleRules)

    def wrappers_of(self, host: str) -> Iterator[Wrapper]:
        """The wrappers that may live at a host."""
        for key in host_keys(host):
            yield from self.by_host.get(key, ())


@lru_cache(maxsize=1_024)
def host_keys(host: str) -> tuple[str, ...]:
    """The names under which a host may be listed: its own, its parents', `name.*`."""
    return tuple(_host_keys(host))


def _host_keys(host: str) -> Iterator[str]:
    labels = host.split(".")
    suffixes = (1, 2) if len(labels) > 2 and len(labels[-2]) <= 3 else (1,)
    for start in range(len(labels)):
        yield ".".join(labels[start:])
        for suffix in suffixes:
            if start < len(labels) - suffix:
                yield ".".join(labels[start:-suffix]) + ".*"


def listed(host: str, hosts: Hosts) -> bool:
    """Whether a host, or one that it is below, stands in a list."""
    return not hosts.isdisjoint(host_keys(host))
