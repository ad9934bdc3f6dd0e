"""Whom we trust: one TLS context for every connection; opens none itself."""

import ssl
from collections.abc import Mapping

import certifi

from reader.errors import FetchError


def context(environ: Mapping[str, str]) -> ssl.SSLContext:
    """A context that trusts SSL_CERT_FILE and SSL_CERT_DIR, else system and certifi.

    FetchError when what the environment names cannot be read.
    """
    file, folder = environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR")
    if not file and not folder:
        trusted = ssl.create_default_context()
        # Some Pythons come without the system's certificates; certifi is always there.
        trusted.load_verify_locations(cafile=certifi.where())
        return trusted
    try:
        return ssl.create_default_context(cafile=file or None, capath=folder or None)
    except OSError as error:  # ssl.SSLError is one, too
        where = f"SSL_CERT_FILE={file}" if file else f"SSL_CERT_DIR={folder}"
        reason = f"no certificates can be read from {where}"
        raise FetchError(where, reason, "tls") from error
