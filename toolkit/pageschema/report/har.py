"""What a contract run sent and got, as an HTTP archive: browsers' tools and API clients open it.

Source: HTTP Archive 1.2. A body that is no text stands in base64: in an answer as the format has it, in a request under
``_base64``, for which the format has no place.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pageschema import jsontext

if TYPE_CHECKING:
    from pageschema.contract import Exchange, Request, Response


def exchanges_har(sent: Iterable[tuple[datetime, Exchange]], base_url: str, version: str) -> str:
    """Return the archive. The key is in none of it: requests name it as ``$DATALAB_API_KEY``.

    Args:
        sent: Each exchange with the time it ended at.
        version: That of pageschema.
    """
    entries = [_entry(at, exchange, base_url) for at, exchange in sent]
    creator = {"name": "pageschema", "version": version}
    return jsontext.dumps({"log": {"version": "1.2", "creator": creator, "entries": entries}}) + "\n"


def exchanges_ndjson(sent: Iterable[tuple[datetime, Exchange]], base_url: str) -> str:
    """Return a line of JSON an exchange, each the entry that an HTTP archive has of it."""
    return "".join(jsontext.dumps(_entry(at, exchange, base_url), indent=None) + "\n" for at, exchange in sent)


def _entry(at: datetime, exchange: Exchange, base_url: str) -> dict[str, Any]:
    seconds = exchange.response.elapsed if exchange.response else 0.0
    elapsed = round(1_000 * seconds, 3)
    entry: dict[str, Any] = {
        "startedDateTime": (at - timedelta(seconds=seconds)).isoformat(),
        "time": elapsed,
        "request": _request(exchange.request, base_url),
        "response": _response(exchange.response),
        "cache": {},
        "timings": {"send": 0, "wait": elapsed, "receive": 0},
    }
    if exchange.fault:
        entry["comment"] = exchange.fault
    return entry


def _request(request: Request, base_url: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "method": request.method,
        "url": base_url.rstrip("/") + request.path,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(request.headers),
        "queryString": [],
        "headersSize": -1,
        "bodySize": len(request.body),
    }
    if request.body:
        text = _text(request.body)
        body: dict[str, Any] = {"mimeType": request.header("content-type") or "", "text": text or ""}
        if text is None:
            body["_base64"] = base64.b64encode(request.body).decode("ascii")
        described["postData"] = body
    return described


def _response(response: Response | None) -> dict[str, Any]:
    status = response.status if response else 0
    body = response.body if response else b""
    text = _text(body)
    content: dict[str, Any] = {"size": len(body), "mimeType": (response and response.header("content-type")) or ""}
    if text is None:
        content |= {"text": base64.b64encode(body).decode("ascii"), "encoding": "base64"}
    else:
        content["text"] = text
    return {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in {each.value for each in HTTPStatus} else "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(response.headers if response else ()),
        "content": content,
        "redirectURL": (response and response.header("location")) or "",
        "headersSize": -1,
        "bodySize": len(body) if response else -1,
    }


def _headers(headers: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers]


def _text(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None
