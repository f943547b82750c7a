"""Ctrl-C that is not lost: Python drops a KeyboardInterrupt that comes while a callback or a finaliser runs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Remembers that Ctrl-C was pressed, for a run to ask between two requests."""

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        """Raise what was pressed and came to nothing.

        Raises:
            KeyboardInterrupt: Ctrl-C was pressed since the run began.
        """
        if self.asked:
            raise KeyboardInterrupt

    def handle(self, number: int, frame: FrameType | None) -> None:
        """Be the handler of SIGINT: as Python's own, but the signal is remembered first."""
        self.asked = True
        signal.default_int_handler(number, frame)


@contextmanager
def interruptible() -> Iterator[Interrupt]:
    """Remember Ctrl-C within the block, where Python's own handler would have had it.

    The garbage collector calls Hypothesis back; an exception that a signal raises there is printed and forgotten, and
    the run would go on.
    """
    interrupt = Interrupt()
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, interrupt.handle)
    try:
        yield interrupt
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
