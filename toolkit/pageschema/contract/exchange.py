"""A request as it goes over the wire, what came back, and the two together.

The API key is never part of these values: a request carries `KEY_PLACEHOLDER` where the key goes, the client puts the
key in when it sends, and takes it out of what comes back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request before it is encoded: what strategies make and what a clause's `breaks` change.

    `fields` holds text, integers, booleans, and page_schema as ``{"json": value}`` or ``{"text": str}``. `files` holds
    ``{"filename", "content_type", "content"}``, the content as bytes or text.
    """

    headers: Mapping[str, str] = field(
        default_factory=lambda: {"x-api-key": KEY_PLACEHOLDER, "content-type": "multipart/form-data"}
    )
    fields: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def encode(self) -> Request:
        """Return the POST to /api/v1/extract that carries this draft; the same draft gives the same bytes.

        A ``content-type`` other than ``multipart/form-data`` decides the body: a JSON object of the fields, or a form
        without its header.

        Source: RFC 7578; RFC 2046, section 5.1.1 for the boundary.
        """
        texts = {name: _text(value) for name, value in self.fields.items()}
        if self.headers.get("content-type", "multipart/form-data") != "multipart/form-data":
            body = jsontext.dumps(texts, indent=None).encode("utf-8")
            return Request(method="POST", path=EXTRACT_PATH, headers=tuple(self.headers.items()), body=body)
        parts = [Part(name=name, content=text.encode("utf-8")) for name, text in texts.items()]
        for name, upload in self.files.items():
            content = upload.get("content", b"")
            parts.append(
                Part(
                    name=name,
                    content=content if isinstance(content, bytes) else str(content).encode("utf-8"),
                    filename=upload.get("filename"),
                    content_type=upload.get("content_type"),
                )
            )
        return multipart(parts, headers=self.headers)


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


def _header(headers: Headers, name: str) -> str | None:
    return next((value for key, value in headers if key.lower() == name.lower()), None)


def _quote(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value["text"]) if "text" in value else jsontext.dumps(value.get("json"), indent=None)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
