"""What a run sends to: a base URL, an ASGI application that is served for it, or a client that there is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from pageschema.client import ExtractClient
from pageschema.emulator import served

Target = str | ExtractClient | Callable[..., Any]


@contextlib.contextmanager
def reach(target: Target, *, api_key: str | None, allow_remote: bool) -> Iterator[ExtractClient]:
    """Yield a client for *target*, closed afterwards unless it was given.

    An application is served over a real connection, so that it is sent the very bytes that a replay sends, and what
    falls silent is past the deadline.

    Raises:
        InvalidConfiguration: The URL is none, or not on this machine while *allow_remote* is off; or the application
            does not start.
        MissingExtra: It is an application, and uvicorn is not installed.
    """
    if isinstance(target, ExtractClient):
        yield target
        return
    with contextlib.ExitStack() as stack:
        url = target if isinstance(target, str) else stack.enter_context(served(target))
        yield stack.enter_context(ExtractClient(url, api_key=api_key, allow_remote=allow_remote))
