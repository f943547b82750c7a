"""Base URLs: what is one, and whether it is on this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration


def split(url: str) -> SplitResult:
    """Return the parts of a base URL.

    Raises:
        InvalidConfiguration: It is none that requests can be sent to: a scheme other than http(s), a user, a query.
    """
    try:
        parts = urlsplit(url)
        plain = url.isascii() and url.isprintable() and not set(url) & set(" @?#\\")
        if plain and parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise InvalidConfiguration(
        f"{jsontext.clip(url.rpartition('@')[2])!r} is no base URL",
        remedy="write it like http://127.0.0.1:8000, without user, password or query",
    )


def origin(url: str | SplitResult) -> tuple[str, str | None, int]:
    """Return scheme, host and port.

    Raises:
        ValueError: *url* has no port that is a number, or is no URL at all.
    """
    parts = urlsplit(url) if isinstance(url, str) else url
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def canonical_url(url: str) -> str:
    """Return one spelling of a base URL, to know the endpoint again by.

    Raises:
        InvalidConfiguration: It is no base URL.
    """
    parts = split(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in {None, 443 if parts.scheme == "https" else 80} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def is_loopback(host: str) -> bool:
    """Return whether *host* is this machine by its very name or address; no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
