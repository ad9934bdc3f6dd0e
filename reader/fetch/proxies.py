"""Which proxy a URL goes through, by the environment; pure, no proxy is asked here.

httpx does not read the environment once it is given a transport, so we do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import SplitResult

from reader.urls import literal_address, split


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies of the environment, by scheme, and what goes without (NO_PROXY)."""

    by_scheme: Mapping[str, str]
    without: tuple[str, ...] = ()

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Proxies":
        """HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; lower case goes first."""
        every = _variable(environ, "all_proxy")
        found = {
            scheme: _variable(environ, f"{scheme}_proxy") or every
            for scheme in ("http", "https")
        }
        return cls(
            {scheme: _with_scheme(proxy) for scheme, proxy in found.items() if proxy},
            tuple(_variable(environ, "no_proxy").replace(",", " ").lower().split()),
        )

    def of_url(self, url: str) -> str | None:
        """The proxy's URL for a URL; None when it goes straight."""
        parts = split(url)
        if not parts or any(_covers(rule, parts) for rule in self.without):
            return None
        return self.by_scheme.get(parts.scheme)


def _variable(environ: Mapping[str, str], name: str) -> str:
    if name == "http_proxy" and "REQUEST_METHOD" in environ:
        return ""  # under CGI it would be a stranger's header (httpoxy)
    return environ.get(name, environ.get(name.upper(), "")).strip()


def _with_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _covers(rule: str, parts: SplitResult) -> bool:
    """Whether a rule of NO_PROXY (name, suffix, address, network) covers a URL."""
    if rule == "*":
        return True
    name = (parts.hostname or "").rstrip(".")
    rule, port = _rule_port(rule)
    if port and port != (parts.port or {"http": 80, "https": 443}[parts.scheme]):
        return False
    address = literal_address(name)
    if address is not None:
        return _holds(rule, str(address))
    rule = rule.removeprefix("*").strip(".")
    return bool(rule) and (name == rule or name.endswith(f".{rule}"))


def _rule_port(rule: str) -> tuple[str, int | None]:
    head, colon, tail = rule.rpartition(":")
    one_colon = colon and (":" not in head or head.endswith("]"))
    if one_colon and tail.isdecimal():
        return head.strip("[]"), int(tail)
    return rule.strip("[]"), None


def _holds(rule: str, address: str) -> bool:
    try:
        network = ip_network(rule, strict=False)
        return ip_network(address).subnet_of(network)  # type: ignore[arg-type]
    except (TypeError, ValueError):  # a name, or the other version
        return False
