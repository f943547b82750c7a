"""What one worker of a run has found out, for the others: the contract run takes seconds, and one is enough."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from pageschema.errors import PageSchemaError

T = TypeVar("T")


def shared(folder: Path | None, find_out: Callable[[], T]) -> T:
    """Return what *find_out* returns, from whichever worker asked first; the others wait for it.

    An error is found out by each: it is soon there, and says where it came from. Without *folder*, or where files
    cannot be locked, each worker asks for itself.
    """
    if folder is None or not folder.is_dir():
        return find_out()
    kept = folder / "outcome"
    with _locked(folder / "lock"):
        if kept.exists():
            found: T = pickle.loads(kept.read_bytes())  # noqa: S301 - this run made the folder, for its user alone
            return found
        outcome = find_out()
        if not isinstance(outcome, PageSchemaError):
            beside = folder / f"outcome.{os.getpid()}"  # Whole or not at all, for a worker may die while it writes.
            beside.write_bytes(pickle.dumps(outcome))
            beside.replace(kept)
        return outcome


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a file; the system lets go of it where the worker dies."""
    try:
        import fcntl
    except ImportError:  # Windows: each asks for itself, and the last to end is read by who asks later.
        yield
        return
    with path.open("w") as file:
        flock: Any = fcntl.flock
        flock(file, fcntl.LOCK_EX)
        yield
