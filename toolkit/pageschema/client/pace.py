"""How fast a client may send, and until when."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration

_RATE = re.compile(r"(?P<count>[0-9]{1,9}(?:\.[0-9]{1,9})?)/(?P<unit>s|min|h)")
_SECONDS = {"s": 1, "min": 60, "h": 3600}


def parse_rate(text: str) -> float:
    """Return the requests a second that a text such as ``10/s`` or ``30/min`` allows.

    Raises:
        InvalidConfiguration: It is no such text, or allows none.
    """
    found = _RATE.fullmatch(text)
    rate = float(found["count"]) / _SECONDS[found["unit"]] if found else 0.0
    if rate <= 0:
        raise InvalidConfiguration(
            f"{jsontext.clip(text)!r} is no rate of requests", remedy="write it like 10/s, 30/min or 100/h"
        )
    return rate


class OutOfTime(Exception):
    """The end that was set for a client has come; what was under way was given up, and proves nothing."""


class Pace:
    """Gives each request its turn: at most so many a second, evenly, and none after `end`.

    Args:
        rate: Requests a second; None is no bound.
    """

    def __init__(
        self,
        rate: float | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.end: float | None = None
        self._interval = 1 / rate if rate else 0.0
        self._next = 0.0
        self._clock = clock
        self._sleep = sleep

    def stop_in(self, seconds: float | None) -> None:
        """Set the end so many seconds from now; None is no end."""
        self.end = None if seconds is None else self._clock() + seconds

    @property
    def over(self) -> bool:
        """Whether the end has come."""
        return self.end is not None and self._clock() >= self.end

    def pause(self, seconds: float) -> None:
        """Sleep, at most until the end.

        Raises:
            OutOfTime: The end came.
        """
        left = seconds if self.end is None else min(seconds, self.end - self._clock())
        if left > 0:
            self._sleep(left)
        if self.over:
            raise OutOfTime

    def turn(self) -> None:
        """Wait until the next request may go.

        Raises:
            OutOfTime: The end came.
        """
        if self._interval:
            now = self._clock()
            self._next = max(self._next, now) + self._interval
            self.pause(self._next - self._interval - now)
        elif self.over:
            raise OutOfTime
