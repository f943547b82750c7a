"""Failures that are known and accepted, so that only new ones are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pageschema.fuzzing.failure import Failure

Known = Counter[tuple[str, str, str]]
"""How many failures of a check, a clause and a cause are accepted; "" where there is no clause or cause."""


def key(failure: Failure) -> tuple[str, str, str]:
    """Return what a failure is known again by."""
    return failure.check, failure.clause or "", failure.cause or ""


def parted(failures: Iterable[Failure], known: Known) -> tuple[list[Failure], list[Failure]]:
    """Return the new ones of *failures*, and those that *known* accepts: of several alike, the first ones."""
    left = known.copy()
    new, old = [], []
    for failure in failures:
        if left[key(failure)] > 0:
            left[key(failure)] -= 1
            old.append(failure)
        else:
            new.append(failure)
    return new, old
