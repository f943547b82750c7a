"""A request as it goes over the wire, what came back, and the two together.

The API key is never part of these values: a request carries `KEY_PLACEHOLDER` where the key goes, the client puts the
key in when it sends, and takes it out of what comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KEY_PLACEHOLDER = "$DATALAB_API_KEY"
EXTRACT_PATH = "/api/v1/extract"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a ``multipart/form-data`` body (RFC 7578); a part with a file name is an upload."""

    name: str
    content: bytes
    filename: str | None = None
    content_type: str | None = None

    def encode(self) -> bytes:
        """Return the part's headers and content, as browsers and httpx write them."""
        disposition = f'form-data; name="{_quote(self.name)}"'
        if self.filename is not None:
            disposition += f'; filename="{_quote(self.filename)}"'
        head = f"Content-Disposition: {disposition}\r\n"
        if self.content_type is not None:
            head += f"Content-Type: {self.content_type}\r\n"
        return head.encode("utf-8") + b"\r\n" + self.content + b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request: `path` starts with ``/``, header values are text, `body` is the exact bytes."""

    method: str
    path: str
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the first header called *name*, in any case, or None."""
        return _header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One HTTP response, with the key's value taken out of it. `echoed_key` says that it had been there.

    `elapsed` is in seconds, from sending to the last byte.
    """

    status: int
    headers: Headers = ()
    body: bytes = b""
    elapsed: float = 0.0
    echoed_key: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header called *name*, in any case, or None."""
        return _header(self.headers, name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its outcome: a response, or the reason (`fault`) why there is none that can be read."""

    request: Request
    response: Response | None = None
    fault: str | None = None


def multipart(parts: Iterable[Part], *, headers: Mapping[str, str]) -> Request:
    """Return the POST to /api/v1/extract that carries *parts*; the same parts give the same bytes.

    Args:
        headers: Sent as they are. A ``Content-Type`` of ``multipart/form-data`` gets its boundary.

    Source: RFC 7578; RFC 2046, section 5.1.1 for the boundary.
    """
    encoded = [part.encode() for part in parts]
    boundary = hashlib.sha256(b"".join(encoded)).hexdigest()[:32]
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part for part in encoded)
    body += b"--" + boundary.encode() + b"--\r\n"
    sent = tuple(
        (name, f"{value}; boundary={boundary}" if value == "multipart/form-data" else value)
        for name, value in headers.items()
    )
    return Request(method="POST", path=EXTRACT_PATH, headers=sent, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request before it is encoded: what strategies make and a clause's `breaks` patch.

    `fields` holds text, integers, booleans, and page_schema as ``{"json": value}`` or ``{"text": str}``; `files` holds
    ``{"filename", "content_type", "content"}`` with bytes or text as content.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def _quote(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
