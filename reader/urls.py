"""URLs as values: joined, compared, made canonical, and which of them may be followed.

Pure: no name is resolved here. `Policy` judges what can be judged from the URL alone;
`fetch` asks it again with the address that a name resolved to.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from reader.cleaning import URL_MAX, clean_url
from reader.errors import SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

SCHEMES = ("http", "https")
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Names that mean this machine or the cloud's metadata service, whoever resolves them.
_LOCAL_NAME = re.compile(
    r"(?:.*\.)?(?:localhost|localhost\.localdomain|localdomain|ip6-localhost"
    r"|ip6-loopback|metadata|metadata\.google\.internal|instance-data)"
)
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052
_UNICAST = ip_network("2000::/3")  # all of IPv6 that is given out (IANA)


# An address that has no need to be taken apart, as most have none: host and path.
_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::[1-9]\d{0,3}|:[1-5]\d{4})?"
    r"(/[!$&-;=@-Z^-~]*)"
)


@lru_cache(maxsize=512)
def split(url: str) -> SplitResult | None:
    """The parts of an absolute http or https URL; None for anything else."""
    try:
        parts = urlsplit(clean_url(url))
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme in SCHEMES and parts.hostname else None


def is_web(url: str) -> bool:
    """Whether this is an absolute http or https URL, fit to be fetched or opened."""
    return split(url) is not None


def join(base: str, link: str) -> str | None:
    """`link` seen from `base` (RFC 3986, 5); None when that is no http or https URL."""
    try:
        joined = clean_url(urljoin(base, clean_url(link)))
    except ValueError:
        return None
    return joined if is_web(joined) else None


@lru_cache(maxsize=512)
def host(url: str) -> str:
    """The host of a URL, lower case, without a final dot; empty where it has none."""
    parts = split(url)
    return (parts.hostname or "").rstrip(".") if parts else ""


@lru_cache(maxsize=4096)
def site_of(name: str) -> str:
    """The registrable domain of a host name, by the public suffix list.

    Private suffixes count (each blog of a blog host is a site of its own). Names that
    the list does not know keep their last two labels; addresses are themselves.
    """
    # Imported when first needed: the list costs 70 ms, and start-up never asks.
    from tld import get_fld

    if literal_address(name):
        return name
    parts = SplitResult("https", name, "", "", "")
    found = get_fld(parts, fail_silently=True)
    return str(found) if found else ".".join(name.split(".")[-2:])


def site(url: str) -> str:
    """The registrable domain that a URL belongs to; empty where it has no host."""
    name = host(url)
    return site_of(name) if name else ""


def same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one registrable domain."""
    return bool(site(one)) and site(one) == site(other)


def is_home(url: str) -> bool:
    """Whether a URL is a site's front page rather than anything on it."""
    if len(url) <= URL_MAX and (plain := _PLAIN.fullmatch(url)):
        return plain[2] == "/"
    parts = split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query


def same_page(one: str, other: str) -> bool:
    """Whether two URLs differ in scheme, `www.`, fragment and final slash at most."""
    return _page_key(one) == _page_key(other)


def page_key(url: str) -> str:
    """What all URLs have in common that `same_page` takes for one page."""
    return "\n".join(_page_key(url))


def _page_key(url: str) -> tuple[str, str, str]:
    if len(url) <= URL_MAX and (plain := _PLAIN.fullmatch(url)):
        return (plain[1], plain[2].rstrip("/"), "")
    parts = split(url)
    if not parts:
        return ("", url, "")
    name = (parts.hostname or "").removeprefix("www.")
    return (name, unquote(parts.path).rstrip("/"), parts.query)


@dataclass(frozen=True, slots=True)
class Tracking:
    """Query parameters that follow people rather than select a page.

    `names` and `prefixes` hold everywhere; `by_site` maps a registrable domain to
    names that only track there. All lower case.
    """

    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    by_site: dict[str, frozenset[str]] = field(default_factory=dict)

    def tracks(self, url_site: str, name: str) -> bool:
        """Whether parameter `name` on a page of `url_site` tracks."""
        name = name.lower()
        return (
            name in self.names
            or name.startswith(self.prefixes)
            or name in self.by_site.get(url_site, frozenset())
        )


def canonical(url: str, tracking: Tracking) -> str:
    """The same page's plainest URL; idempotent. Not a web URL: returned as it is.

    Scheme and host lower case, default port, fragment and tracking parameters off;
    other parameters stay as they are, byte for byte, in their order.
    """
    parts = split(url)
    name = host(url)
    if not parts or not name:
        return url
    name = f"[{name}]" if ":" in name else name
    port = parts.port
    netloc = name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{port}"
    home = site_of(name)
    query = "&".join(
        pair
        for pair in parts.query.split("&")
        if pair and not tracking.tracks(home, unquote(pair.partition("=")[0]))
    )
    path, query = _unspaced(parts.path or "/"), _unspaced(query)
    return clean_url(urlunsplit((parts.scheme, netloc, path, query, "")))


def _unspaced(text: str) -> str:
    # As the wire has it; else what stood before a fragment would be stripped later.
    return re.sub(r"\s", lambda space: quote(space[0]), text)


def shown(url: str) -> str:
    """A URL as people read it: without scheme and final slash.

    A host that could be taken for another has its name on the wire behind it.
    """
    bare = re.sub(r"^https?://", "", url).rstrip("/")
    if bare.isascii():
        return bare
    name = host(url)
    if not doubtful(name):
        return bare
    # However it is spelled in capitals; where it is not found, behind all of it.
    end = bare.lower().find(name) + len(name)
    end = end if bare[:end].lower().endswith(name) else len(bare)
    return f"{bare[:end]} ({_wired(name)}){bare[end:]}"


_SPELLED = re.compile(r"https?://[^\s<>()“”\"`]+(?<![.,:;!?’'])", re.I)


def spelled_out(text: str) -> str:
    """A text whose URLs stay whole; a host that could be taken for another has its
    name on the wire behind the URL."""
    return text if text.isascii() else _SPELLED.sub(_spelled_out, text)


def _spelled_out(url: re.Match[str]) -> str:
    name = host(url[0])
    return f"{url[0]} ({_wired(name)})" if doubtful(name) else url[0]


# Letters of scripts that are written together.
_TOGETHER = (
    frozenset(["LATIN", "CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH", "HANGUL"]),
    frozenset(["LATIN", "CJK", "BOPOMOFO"]),
)
_ALIKE = frozenset("аәвеёһіїјԁӏкмнорԛѕтуԝхғүАВЕЅІЈКМНОРСТХсρονυικτωηαβεγϲɑɡıոսօզց")
"""Letters of other scripts that look like Latin ones (Unicode TS 39, confusables)."""


def doubtful(name: str) -> bool:
    """Whether a host name mixes scripts, or is spelled to look like another."""
    return not name.isascii() and any(map(_is_doubtful, name.split(".")))


def _is_doubtful(label: str) -> bool:
    letters = [char for char in label if char.isalpha()]
    scripts = {unicodedata.name(char, "NONE").partition(" ")[0] for char in letters}
    together = len(scripts) < 2 or any(scripts <= group for group in _TOGETHER)
    alike = scripts != {"LATIN"} and bool(letters) and _ALIKE.issuperset(letters)
    return not together or alike or not {"FULLWIDTH", "NONE"}.isdisjoint(scripts)


def _wired(name: str) -> str:
    labels = (label.encode("punycode").decode("ascii") for label in name.split("."))
    pairs = zip(name.split("."), labels, strict=True)
    return ".".join(one if one.isascii() else f"xn--{wire}" for one, wire in pairs)


# --- which of them may be followed ------------------------------------------


def literal_address(name: str) -> Address | None:
    """The address that a host name spells, in any spelling browsers take for one.

    IPv4 in one to four parts, decimal, hex or octal (WHATWG URL, "IPv4 parser"), and
    IPv6 with or without brackets; None for a name.
    """
    if _is_plain_name(name):
        return None
    if ":" in name:
        name = name.strip("[]").partition("%")[0]
    else:
        # Clients undo escapes, and take other scripts' dots and digits for ours.
        name = normalize("NFKC", unquote(name)).replace("。", ".").rstrip(".")
    try:
        return ip_address(name)
    except ValueError:
        return _loose_ipv4(name)


def _is_plain_name(name: str) -> bool:
    """Whether a host does not end in a number: then no client takes it for an address.

    (WHATWG URL, "ends in a number checker"; what wants decoding first is not plain.)
    """
    plain = name.isascii() and "%" not in name and ":" not in name
    return plain and name.rpartition(".")[2][:1].isalpha()


def _loose_ipv4(name: str) -> IPv4Address | None:
    parts = name.lower().split(".")
    if len(parts) > 4 or not all(parts):
        return None
    try:
        numbers = [_ipv4_number(part) for part in parts]
        *heads, last = numbers
        if any(n > 255 for n in heads) or last >= 256 ** (5 - len(numbers)):
            return None
        value = sum(n << (8 * (3 - i)) for i, n in enumerate(heads)) + last
        return IPv4Address(value)
    except ValueError:
        return None


def _ipv4_number(part: str) -> int:
    if not part.isascii() or "_" in part:
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8)
    return int(part)


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet's.

    IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo) are as public
    as what they carry.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo:
            inner = address.teredo[1]
        if inner is not None:
            return is_public(inner)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True, slots=True)
class Policy:
    """Which URLs may be followed: public ones, and what the user allows by name.

    `names` are host names, `networks` addresses and networks that are allowed although
    they are not public.
    """

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, allow_hosts: Iterable[str]) -> "Policy":
        """The policy for `allow_hosts`: names, addresses and CIDR networks, mixed."""
        names, networks = set(), []
        for allowed in allow_hosts:
            try:
                plain = re.sub(r"^\[(.+)\](/\d+)?$", r"\1\2", allowed)
                networks.append(ip_network(plain, strict=False))
            except ValueError:
                if not re.fullmatch(r"[\w.-]+", allowed):
                    reason = f"“{allowed}” is no host name, address or network"
                    raise SettingsError("allow_hosts", reason) from None
                names.add(allowed.lower().rstrip("."))
        return cls(frozenset(names), tuple(networks))

    def refusal(self, url: str) -> str | None:
        """Why a URL may not be followed, in plain words; None when it may."""
        parts = split(url)
        if not parts:
            scheme = url.partition(":")[0] if ":" in url[:16] else ""
            return f"{scheme}: is not http or https" if scheme else "no web address"
        name = (parts.hostname or "").rstrip(".")
        if name in self.names:
            return None
        address = literal_address(name)
        if address is not None:
            return self.address_refusal(name, address)
        if _LOCAL_NAME.fullmatch(name):
            return "a name for this machine, not a public address"
        return None

    def address_refusal(self, name: str, address: Address) -> str | None:
        """Why `address`, to which `name` resolved, may not be reached; None: it may."""
        if name in self.names or is_public(address):
            return None
        allowed = any(
            address in net for net in self.networks if net.version == address.version
        )
        return None if allowed else f"{address} is not a public address"
