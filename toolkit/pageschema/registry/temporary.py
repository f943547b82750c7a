"""The hidden files that writers work on, and which of them are still worked on."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(
    r"\.(?P<version>[0-9.]+)\.(?P<kind>json|sha256|saved\.json)\.(?P<token>(?P<pid>[0-9]+)\.[0-9a-f]{8})\.tmp"
)

_mine: set[str] = set()
"""Tokens this process is working under; one with its pid that is not here was left by an earlier process."""


@contextlib.contextmanager
def working() -> Iterator[str]:
    """Give out a token for the names of temporary files; they count as worked on until this ends."""
    token = f"{os.getpid()}.{secrets.token_hex(4)}"
    _mine.add(token)
    try:
        yield token
    finally:
        _mine.discard(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Temporary:
    """A file that a writer is working on, or left behind."""

    path: Path
    version: str
    kind: str
    pid: int
    token: str

    def is_alive(self) -> bool:
        """Return whether its writer may still be at work."""
        if self.pid == os.getpid():
            return self.token in _mine
        if os.name == "nt":  # There, os.kill would end the process it asks about.
            return True
        try:
            os.kill(self.pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except OSError:
            return True
        return True


def temporaries(folder: Path) -> list[Temporary]:
    """Return the temporary files in *folder*; none where it cannot be read."""
    try:
        entries = sorted(os.listdir(folder))  # noqa: PTH208 - names are wanted, not paths
    except OSError:
        return []
    return [
        Temporary(
            path=folder / entry,
            version=match["version"],
            kind=match["kind"],
            pid=int(match["pid"]),
            token=match["token"],
        )
        for entry in entries
        if (match := _NAME.fullmatch(entry))
    ]
