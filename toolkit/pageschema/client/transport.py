"""Connections with a deadline.

httpx's own timeout starts anew with every byte; the connection below it is one that looks at the clock at each read.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx

WRITE_SIZE = 64 * 1024
KEEP_ALIVE = 2.0
"""Seconds for which an idle connection is used again: fewer than servers keep one, uvicorn for five."""


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
    """A connection whose every read and write ends with the deadline.

    What is written goes out when an answer is waited for, so that a request is one packet and wakes the server once.
    """

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._unsent = bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        with contextlib.suppress(httpcore.WriteError):  # The server has heard enough; it may still have answered.
            self._flush()
        return self._inner.read(max_bytes, self._clock.left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._unsent += buffer

    def _flush(self) -> None:
        unsent, self._unsent = bytes(self._unsent), bytearray()
        for start in range(0, len(unsent), WRITE_SIZE):
            # The inner stream looks at its timeout anew for each piece that the other side takes.
            self._inner.write(unsent[start : start + WRITE_SIZE], self._clock.left(httpcore.WriteTimeout))

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
        self.connected = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        left = self._clock.left(httpcore.ConnectTimeout)
        self.connected = True
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options), self._clock)


class Transport(httpx.BaseTransport):
    """httpx over a connection pool with one clock. A client sends one request at a time."""

    def __init__(self, *, secure: bool) -> None:
        self._clock = _Clock()
        self._backend = _Backend(self._clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context() if secure else None,
            network_backend=self._backend,
            keepalive_expiry=KEEP_ALIVE,
        )

    def start(self, end: float) -> None:
        """Begin an exchange that must be over by *end* on the monotonic clock."""
        self._clock.end = end
        self._backend.connected = False

    @property
    def connected(self) -> bool:
        """Whether the exchange under way has opened a connection of its own."""
        return self._backend.connected

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send *request*; the body of what comes back is still to be read."""
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
        """Close the connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
