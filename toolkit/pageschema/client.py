"""The one place that sends HTTP: to one origin, without redirects, within a deadline and a cap, the key kept to itself.

httpx's own timeout starts anew with every byte, so the connection below it is one that looks at the clock at each read;
a small compressed answer may unpack to gigabytes, so none is asked for, and the bytes are counted as they come.
"""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore
import httpx

from pageschema import jsontext
from pageschema.contract import KEY_PLACEHOLDER, Exchange, Request, Response
from pageschema.errors import InvalidConfiguration, InvalidJSON, TargetUnreachable

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
DEADLINE = 30.0
KEY_VARIABLE = "DATALAB_API_KEY"
FIRST_POLL_DELAY = 0.005
MAX_POLL_DELAY = 2.0


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
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.deadline = deadline
        self._max_bytes = max_bytes
        self._key = os.environ.get(KEY_VARIABLE, "") if api_key is None else api_key
        parts = _split(base_url)
        self.host = parts.hostname or ""
        if not is_loopback(self.host) and not allow_remote:
            raise InvalidConfiguration(
                f"{jsontext.clip(self.base_url)} is not on this machine",
                remedy="add --allow-remote if requests, and what they cost, may go there",
            )
        self._transport = _Transport()
        self._http = httpx.Client(
            transport=self._transport,
            follow_redirects=False,
            trust_env=False,
            timeout=deadline,
            headers={"accept-encoding": "identity", "user-agent": "pageschema"},
        )

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
        self._http.close()

    def send(self, request: Request) -> Exchange:
        """Send *request* and read the whole answer.

        Returns:
            An exchange whose `fault` says why there is no answer to read: past the deadline, past the cap, not HTTP.

        Raises:
            TargetUnreachable: Nothing listens there.
        """
        try:
            return self._exchange(request)
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
            # A server that has just failed may close a kept connection: the next request is not to blame.
            pass
        except _ERRORS as error:
            return self._failed(request, error)
        try:
            return self._exchange(request)
        except _ERRORS as error:
            return self._failed(request, error)

    def get(self, path: str, *, authenticated: bool = True) -> Exchange:
        """Send a GET with the key (or without)."""
        headers = (("X-API-Key", KEY_PLACEHOLDER),) if authenticated else ()
        return self.send(Request(method="GET", path=path, headers=headers))

    def poll(self, path: str, *, finished: Callable[[Any], bool], patience: float) -> Iterator[Exchange]:
        """GET *path* until *finished* says so of the JSON answer, for at most *patience* seconds; yield every exchange.

        It ends early on any answer that is not 200 with a JSON body.
        """
        started = time.monotonic()
        delay = FIRST_POLL_DELAY
        while True:
            exchange = self.get(path)
            yield exchange
            value = json_body(exchange)
            if exchange.response is None or exchange.response.status != 200 or value is None or finished(value):
                return
            if time.monotonic() - started + delay > patience:
                return
            time.sleep(delay)
            delay = min(delay * 2, MAX_POLL_DELAY)

    def is_own(self, url: str) -> bool:
        """Return whether *url*, absolute or relative to the base URL, is on the client's own origin."""
        try:
            mine, other = _split(self.base_url), urlsplit(urljoin(self.base_url + "/", url))
            return (mine.scheme, mine.hostname, _port(mine)) == (other.scheme, other.hostname, _port(other))
        except (ValueError, InvalidConfiguration):
            return False

    def _exchange(self, request: Request) -> Exchange:
        started = time.monotonic()
        self._transport.clock.end = started + self.deadline
        headers = [(name.encode("latin-1", "replace"), self._reveal(value)) for name, value in request.headers]
        url = self.base_url + request.path
        with self._http.stream(request.method, url, headers=headers, content=request.body or None) as answer:
            body = bytearray()
            for chunk in answer.iter_raw():
                body += chunk
                if len(body) > self._max_bytes:
                    return Exchange(request=request, fault=f"the answer is larger than {self._max_bytes:,} bytes")
            return Exchange(request=request, response=self._masked(answer, bytes(body), time.monotonic() - started))

    def _reveal(self, value: str) -> bytes:
        return value.replace(KEY_PLACEHOLDER, self._key).encode("utf-8")

    def _masked(self, answer: httpx.Response, body: bytes, elapsed: float) -> Response:
        headers = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers.raw]
        key = self._key
        echoed = bool(key) and (key.encode() in body or any(key in value for _, value in headers))
        if echoed:
            body = body.replace(key.encode(), KEY_PLACEHOLDER.encode())
            headers = [(name, value.replace(key, KEY_PLACEHOLDER)) for name, value in headers]
        return Response(
            status=answer.status_code, headers=tuple(headers), body=body, elapsed=elapsed, echoed_key=echoed
        )

    def _failed(self, request: Request, error: Exception) -> Exchange:
        if isinstance(error, (httpcore.ConnectError, httpcore.ConnectTimeout)):
            raise TargetUnreachable(
                "nothing is listening",
                where=jsontext.clip(self.base_url),
                remedy="start one with: pageschema emulator --port 8000",
            ) from error
        if isinstance(error, httpcore.TimeoutException):
            return Exchange(request=request, fault=f"no whole answer within {self.deadline:g} s")
        return Exchange(request=request, fault=f"the connection broke ({type(error).__name__})")


def json_body(exchange: Exchange) -> Any:
    """Return the JSON value of an answer, or None where there is none to read."""
    if exchange.response is None:
        return None
    try:
        return jsontext.parse(exchange.response.body)
    except InvalidJSON:
        return None


def is_loopback(host: str) -> bool:
    """Return whether *host* is this machine by its very name or address; no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and not parts.username:
            return parts
    except ValueError:
        pass
    raise InvalidConfiguration(
        f"{jsontext.clip(url)!r} is no base URL", remedy="write it like http://127.0.0.1:8000, without user or password"
    )


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


_ERRORS = (
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpx.HTTPError,
    httpx.InvalidURL,
    OSError,
)


class _Clock:
    """When the exchange under way must be over, on the monotonic clock."""

    def __init__(self) -> None:
        self.end = 0.0

    def left(self, error: type[httpcore.TimeoutException]) -> float:
        seconds = self.end - time.monotonic()
        if seconds <= 0:
            raise error
        return seconds


class _Stream(httpcore.NetworkStream):
    """A connection whose every read and write ends with the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner = inner
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._clock.left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._clock.left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:  # noqa: ARG002
        left = self._clock.left(httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, clock: _Clock) -> None:
        self._inner = httpcore.SyncBackend()
        self._clock = clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        left = self._clock.left(httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options), self._clock)


class _Transport(httpx.BaseTransport):
    """httpx over a connection pool with one clock. A client sends one request at a time."""

    def __init__(self) -> None:
        self.clock = _Clock()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=_Backend(self.clock), keepalive_expiry=5
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
