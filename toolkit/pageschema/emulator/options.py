"""What an emulator is told beyond its faults: how slow, how strict and how forgetful it is."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypedDict

from pageschema.emulator.upload import MAX_FILE_BYTES
from pageschema.errors import InvalidConfiguration

HOUR = 3600.0
"""How long results and checkpoints are kept. Source: DD/docs/welcome/api."""
LINK_SECONDS = 300
"""For how long the URL of a result that is kept elsewhere is said to be good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How one emulator behaves where the API's behaviour varies.

    Attributes:
        polls: How many polls find a request still processing.
        max_file_bytes: Larger uploads are refused with 413.
        latency: Seconds that every answer takes.
        rate_limit: Requests to an endpoint in a minute; what is over is refused with 429 and ``Retry-After``.
        fail_every: Each so many-th request is taken and fails in its result, as where too many pages are in flight.
        expire_after: Seconds after which results and checkpoints are gone: 404.
        offload_above: Results of more bytes are kept at ``result_url`` and are not in the answer.
        clock: Seconds that pass.
        sleep: Waits so many seconds.
    """

    polls: int = 1
    max_file_bytes: int = MAX_FILE_BYTES
    latency: float = 0.0
    rate_limit: int | None = None
    fail_every: int | None = None
    expire_after: float = HOUR
    offload_above: int | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        for name, least in (("polls", 0), ("latency", 0), ("rate_limit", 1), ("fail_every", 1), ("offload_above", 0)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise InvalidConfiguration(f"the emulator's {name} is {value}", remedy=f"give at least {least}")


class Given(TypedDict, total=False):
    """Some of the members of `Options`, as keyword arguments."""

    polls: int
    max_file_bytes: int
    latency: float
    rate_limit: int | None
    fail_every: int | None
    expire_after: float
    offload_above: int | None
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[object]]


@dataclass(slots=True)
class RateLimit:
    """Counts the requests of the last minute, by endpoint.

    Source: DD/docs/common/limits, so many requests a minute for an endpoint.
    """

    limit: int
    window: float = 60.0
    _taken: dict[str, deque[float]] = field(default_factory=dict)

    def wait(self, endpoint: str, now: float) -> int:
        """Take a request; return 0, or the whole seconds after which there is room for it."""
        taken = self._taken.setdefault(endpoint, deque())
        while taken and taken[0] <= now - self.window:
            taken.popleft()
        if len(taken) < self.limit:
            taken.append(now)
            return 0
        return max(1, math.ceil(taken[0] + self.window - now))
