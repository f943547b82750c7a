"""How far an audit is, how quick, and how long it will still take, on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pageschema.audit import AuditProgress

_EVERY_ON_TERMINAL = 0.2
_EVERY_IN_LOG = 30.0


@contextlib.contextmanager
def speedometer() -> Iterator[Callable[[AuditProgress], None]]:
    """Give a function that shows how far things are: one line that changes on a terminal, now and then one in a log."""
    is_terminal = sys.stderr.isatty()
    every = _EVERY_ON_TERMINAL if is_terminal else _EVERY_IN_LOG
    begun = shown = time.monotonic()
    width = 0

    def show(progress: AuditProgress) -> None:
        nonlocal shown, width
        now = time.monotonic()
        if now - shown < every:
            return
        shown = now
        text = told(progress, now - begun)
        click.echo(f"\r{text:{width}}" if is_terminal else text, err=True, nl=not is_terminal)
        width = len(text)

    try:
        yield show
    finally:
        if is_terminal and width:
            click.echo(f"\r{'':{width}}\r", err=True, nl=False)


def told(progress: AuditProgress, seconds: float) -> str:
    """Return how far an audit is after so many seconds."""
    part = progress.done / progress.size if progress.size else 1.0
    left = seconds / part - seconds if part else 0.0
    return (
        f"{part:4.0%}  {progress.records:,} extractions, {progress.broken:,} broken"
        f"  {progress.records / max(seconds, 0.001):,.0f}/s  {_duration(left)} left"
    )


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
