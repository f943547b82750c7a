"""Sending a request and reading the whole answer, or saying why there is none to read.

A small compressed answer may unpack to gigabytes, so none is asked for, none unpacked, and the bytes are counted as
they come.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urljoin

import httpcore
import httpx

from pageschema import jsontext
from pageschema.client import address
from pageschema.client.key import Key
from pageschema.client.pace import OutOfTime, Pace
from pageschema.client.transport import Transport
from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Draft, Exchange, Request, Response
from pageschema.errors import InvalidConfiguration, InvalidJSON, NoExtraction, TargetUnreachable
from pageschema.schema import PageSchema

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
DEADLINE = 30.0
LOCAL_POLL_DELAY, REMOTE_POLL_DELAY, MAX_POLL_DELAY = 0.001, 0.5, 2.0
"""Seconds between the first two polls, here and elsewhere, and between later ones at most."""
USUAL_HEADERS = (
    (b"Accept", b"*/*"),
    (b"Accept-Encoding", b"identity"),
    (b"Connection", b"keep-alive"),
    (b"User-Agent", b"pageschema"),
)
BROKEN = "the connection broke"
"""How the fault of an exchange begins whose connection was closed before there was a whole answer."""
BUSY = frozenset({429, 529})
"""Statuses that ask for patience. Source: DD/docs/common/limits, DD/platform/errors."""


class ExtractClient:
    """Sends requests to one base URL, and to nothing else.

    Requests name the key as ``$DATALAB_API_KEY``; its value goes in here and comes out of every answer here, so that no
    log, report or replay file can hold it.

    Args:
        base_url: Scheme, host and port, optionally a path in front of ``/api/v1``.
        api_key: The value for ``X-API-Key``, by default that of the variable ``DATALAB_API_KEY``.
        allow_remote: Needed for any host but loopback.
        deadline: Seconds for one exchange, from connecting to the last byte.
        max_bytes: Size bound on one answer.
        rate: Requests a second at most, polls included; None is no bound.
        observe: Told every exchange, in order; the key is in none.

    Raises:
        InvalidConfiguration: The URL is no http(s) URL, or not loopback while *allow_remote* is off.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        allow_remote: bool = False,
        deadline: float = DEADLINE,
        max_bytes: int = MAX_RESPONSE_BYTES,
        rate: float | None = None,
        observe: Callable[[Exchange], None] = lambda _exchange: None,
    ) -> None:
        self._observe = observe
        self.base_url = base_url.rstrip("/")
        self.deadline = deadline
        self.pace = Pace(rate)
        self._max_bytes = max_bytes
        self._key = Key(api_key)
        parts = address.split(base_url)
        self.host = parts.hostname or ""
        if not address.is_loopback(self.host) and not allow_remote:
            raise InvalidConfiguration(
                f"{jsontext.clip(self.base_url)} is not on this machine",
                remedy="add --allow-remote if requests, and what they cost, may go there",
            )
        self._transport = Transport(secure=parts.scheme == "https")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def has_key(self) -> bool:
        """Whether there is a key to send."""
        return bool(self._key)

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def send(self, request: Request) -> Exchange:
        """Send *request* and read the whole answer.

        Returns:
            An exchange whose `fault` says why there is no answer to read: past the deadline, past the cap, not HTTP.

        Raises:
            InvalidConfiguration: The path does not start with a slash, so it could name another host.
            OutOfTime: The end of the client's pace came before the answer.
            TargetUnreachable: Nothing listens there.
        """
        if not request.path.startswith("/"):
            raise InvalidConfiguration(f"{jsontext.clip(request.path)!r} is no path", remedy="start it with a slash")
        self.pace.turn()
        exchange = self._send(request)
        if exchange.response is None and self.pace.over:
            raise OutOfTime
        self._observe(exchange)
        return exchange

    def get(self, path: str, *, authenticated: bool = True) -> Exchange:
        """Send a GET with the key (or without)."""
        headers = (("X-API-Key", KEY_PLACEHOLDER),) if authenticated else ()
        return self.send(Request(method="GET", path=path, headers=headers))

    def poll(self, path: str, *, finished: Callable[[Any], bool], patience: float) -> Iterator[Exchange]:
        """GET *path* until *finished* says so of the JSON answer, for at most *patience* seconds; yield every exchange.

        It ends early on any answer that is not 200 with a JSON body, unless that asks for patience (`BUSY`), and then
        for as long as that says.
        """
        started = time.monotonic()
        delay = LOCAL_POLL_DELAY if address.is_loopback(self.host) else REMOTE_POLL_DELAY
        while True:
            exchange = self.get(path)
            yield exchange
            response = exchange.response
            if response is None:
                return
            asked = None
            if response.status in BUSY:
                asked = retry_after(response)
            else:
                value = json_body(exchange)
                if response.status != 200 or value is None or finished(value):
                    return
            wait = max(delay, asked or 0.0)  # Who asks for no pause at all is not hammered for that.
            if time.monotonic() - started + wait > patience:
                return
            self.pace.pause(wait)
            delay = min(delay * 2, MAX_POLL_DELAY)

    def extract(
        self, schema: PageSchema, file: bytes, *, filename: str = "document.pdf", patience: float = 300.0, **fields: Any
    ) -> dict[str, Any]:
        """Extract *schema* from a document, wait for the end, and return the result as it came.

        Args:
            file: The document; what it is the endpoint tells by its content.
            patience: Seconds to wait for the result.
            fields: Further form fields, such as ``extraction_mode="fast"``.

        Raises:
            NoExtraction: The endpoint refused the request, or the result did not come in time. A result that says
                ``success: false`` is returned: `check_extraction` tells what it means.
            TargetUnreachable: Nothing listens there.
        """
        upload = {"filename": filename, "content_type": "application/octet-stream", "content": file}
        draft = Draft(fields={"page_schema": {"text": schema.text}, **fields}, files={"file": upload})
        submit = self.send(draft.encode())
        answer = json_body(submit)
        request_id = (
            answer.get("request_id") if isinstance(answer, dict) and answer.get("success") is not False else None
        )
        if not isinstance(request_id, str) or not request_id:
            raise NoExtraction(f"the request was not taken: {_said(submit)}", where=self.base_url)
        path = f"{EXTRACT_PATH}/{quote(request_id, safe='')}"
        *_, last = self.poll(path, finished=_is_final, patience=patience)
        result = json_body(last)
        if last.response is None or last.response.status != 200 or not isinstance(result, dict):
            raise NoExtraction(f"no result can be read: {_said(last)}", where=self.base_url)
        if not _is_final(result):
            raise NoExtraction(f"no result within {patience:g} s: {_said(last)}", where=self.base_url)
        return result

    def is_own(self, url: str) -> bool:
        """Return whether *url*, absolute or relative to the base URL, is on the client's own origin."""
        try:
            return address.origin(self.base_url) == address.origin(urljoin(self.base_url + "/", url))
        except ValueError:
            return False

    def _send(self, request: Request) -> Exchange:
        started = time.monotonic()
        end = started + self.deadline
        self._transport.start(end if self.pace.end is None else min(end, self.pace.end))
        try:
            try:
                return self._exchange(request, started)
            except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                if self._transport.connected:
                    raise
                # A server that has just failed may close a kept connection: the next request is not to blame.
                self.pace.turn()
                return self._exchange(request, started)
        except _ERRORS as error:
            return self._failed(request, error)

    def _exchange(self, request: Request, started: float) -> Exchange:
        # Sent by the transport itself: no redirect is followed, no proxy asked, and no cookie kept, since a session
        # from one answer could let a later request in without its key.
        given = [(name.encode("latin-1", "replace"), self._key.reveal(value)) for name, value in request.headers]
        named = {name.lower() for name, _ in given}
        headers = [*(pair for pair in USUAL_HEADERS if pair[0].lower() not in named), *given]
        url = self.base_url + request.path
        sent = httpx.Request(request.method, url, headers=headers, content=request.body or None)
        with contextlib.closing(self._transport.handle_request(sent)) as answer:
            body = bytearray()
            for chunk in answer.iter_raw():
                body += chunk
                if len(body) > self._max_bytes:
                    return Exchange(request=request, fault=f"the answer is larger than {self._max_bytes:,} bytes")
            return Exchange(request=request, response=self._masked(answer, bytes(body), time.monotonic() - started))

    def _masked(self, answer: httpx.Response, body: bytes, elapsed: float) -> Response:
        came = [body, *(text for header in answer.headers.raw for text in header)]
        shown = [self._key.mask(text) for text in came]
        names_and_values = [text.decode("latin-1") for text in shown[1:]]
        return Response(
            status=answer.status_code,
            headers=tuple(zip(names_and_values[::2], names_and_values[1::2], strict=True)),
            body=shown[0],
            elapsed=elapsed,
            echoed_key=shown != came,
        )

    def _failed(self, request: Request, error: Exception) -> Exchange:
        if isinstance(error, (httpcore.ConnectError, httpcore.ConnectTimeout)):
            what, remedy = _unreachable(error)
            raise TargetUnreachable(what, where=jsontext.clip(self.base_url), remedy=remedy) from error
        if isinstance(error, httpcore.TimeoutException):
            return Exchange(request=request, fault=f"no whole answer within {self.deadline:g} s")
        if isinstance(error, httpx.InvalidURL):
            return Exchange(request=request, fault=f"{jsontext.clip(request.path)!r} can be no path of a URL")
        return Exchange(request=request, fault=f"{BROKEN} ({type(error).__name__})")


def _is_final(state: Any) -> bool:
    return not isinstance(state, dict) or state.get("status") != "processing"


def _said(exchange: Exchange) -> str:
    if exchange.response is None:
        return exchange.fault or "no answer"
    return f"{exchange.response.status} {jsontext.clip(exchange.response.body.decode('utf-8', 'replace'), 160)}"


def retry_after(response: Response) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, as a number or up to a date; None where it asks for none.

    Source: RFC 9110, section 10.2.3.
    """
    text = response.header("retry-after") or ""
    if text.isascii() and text.isdecimal():
        return float(text) if len(text) < 10 else None
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def json_body(exchange: Exchange) -> Any:
    """Return the JSON value of an answer, or None where there is none to read."""
    if exchange.response is None:
        return None
    try:
        return jsontext.parse(exchange.response.body)
    except InvalidJSON:
        return None


_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,
)


def _unreachable(error: Exception) -> tuple[str, str]:
    """Return why no connection came about, and what to do."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "does not take the connection", "check the address, and whether a firewall is in between"
    cause = error.args[0] if error.args else None  # httpcore passes on what it maps.
    if isinstance(cause, socket.gaierror):
        return "there is no such host", "check the name"
    if isinstance(cause, ssl.SSLError):
        return f"TLS fails: {cause.reason or cause}", "check the scheme, the port and the certificate"
    return "nothing is listening", "start one with: pageschema emulator --port 8000"
