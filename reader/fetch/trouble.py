"""What went wrong on the network, in plain words: foreign exceptions to FetchError.

Looks at exceptions only; catches none.
"""

import ssl
from collections.abc import Iterator

import httpcore
import httpx

from reader.errors import FetchError, FetchKind
from reader.fetch.decoding import DamagedError

FOREIGN = (
    httpcore.ConnectionNotAvailable,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    DamagedError,
    OSError,
    UnicodeError,
)
"""What may come out of a request that did not go well."""

_CERTIFICATE = {
    9: "it is not valid yet",
    10: "it has expired",
    18: "it vouches for itself",
    19: "it vouches for itself",
    20: "who issued it is not known here",
    21: "who issued it is not known here",
    62: "it is for another name",
    64: "it is for another address",
}
"""OpenSSL's X509_V_ERR_ codes, as people say it."""

_PLAIN: tuple[tuple[type[BaseException], FetchKind, str], ...] = (
    (ConnectionRefusedError, "connect", "the connection was refused"),
    (ConnectionResetError, "connect", "the connection was cut off"),
    (BrokenPipeError, "connect", "the connection was cut off"),
    (httpx.TimeoutException, "timeout", "no answer in time"),
    (httpcore.TimeoutException, "timeout", "no answer in time"),
    (TimeoutError, "timeout", "no answer in time"),
    (httpx.ConnectError, "connect", "no connection could be made"),
    (httpcore.ConnectError, "connect", "no connection could be made"),
    (httpx.NetworkError, "connect", "the connection was cut off"),
    (httpcore.NetworkError, "connect", "the connection was cut off"),
    (DamagedError, "protocol", "the answer is damaged: not in the encoding it claims"),
    (httpx.DecodingError, "protocol", "the answer is damaged"),
    (httpx.InvalidURL, "protocol", "the address is not a valid one"),
    (UnicodeError, "protocol", "the address is not a valid one"),
    (httpx.UnsupportedProtocol, "protocol", "neither http nor https"),
    (httpcore.UnsupportedProtocol, "protocol", "neither http nor https"),
)
"""The first class that is in the chain of an exception says what it was."""

_BROKEN = (
    ("without sending", "the server hung up without an answer"),
    ("without sending complete", "the answer broke off in the middle"),
    ("Receive buffer too long", "the head of the answer is too long"),
)
"""Words of h11 and httpcore, and ours."""


def trouble(url: str, error: BaseException) -> FetchError:
    """The FetchError for what came out of a request of `url`."""
    chain = tuple(_chain(error))
    for link in chain:
        if isinstance(link, FetchError):
            return FetchError(url, link.reason, link.kind)
        if isinstance(link, ssl.SSLError):
            return FetchError(url, _tls(link), "tls")
        if isinstance(link, httpcore.ProxyError | httpx.ProxyError):
            return _proxy(url, link)
    for kind_of, kind, reason in _PLAIN:
        if any(isinstance(link, kind_of) for link in chain):
            return FetchError(url, reason, kind)
    if isinstance(error, OSError):
        return FetchError(url, "no connection could be made", "connect")
    return FetchError(url, _protocol(str(error)), "protocol")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what it came from, outermost first; a circle is walked once."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if isinstance(error, BaseExceptionGroup):
            yield from _chain(error.exceptions[0])
        error = error.__cause__ or error.__context__


def _tls(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = _CERTIFICATE.get(error.verify_code, error.verify_message)
        return f"the certificate is not trusted: {why}"
    detail = (getattr(error, "reason", None) or "").replace("_", " ").lower()
    said = f" ({detail})" if detail else ""
    return f"no secure connection could be agreed on{said}"


def _proxy(url: str, error: BaseException) -> FetchError:
    answer = str(error) or "no"
    if answer.startswith("407"):
        return FetchError(url, "the proxy wants a login", "connect")
    return FetchError(url, f"the proxy made no connection: {answer}", "connect")


def _protocol(said: str) -> str:
    known = [reason for words, reason in _BROKEN if words in said]
    return known[-1] if known else "the answer is not proper HTTP"
