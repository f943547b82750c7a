"""A check: judges one story of the fuzzing run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pageschema.contract import Contract
from pageschema.fuzzing.story import Complaint, Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One kind of departure from the contract.

    `judge` yields complaints about a story. `bad` and `good` describe an answer of each kind. `repeats` is how often a
    replay sends the request among others to see the failure again. `by_request` says that the cause lies in the
    request: two complaints alike are one failure only if the requests have in common what is special about them.
    """

    name: str
    summary: str
    why: str
    source: str
    bad: str
    good: str
    judge: Callable[[Story, Contract], Iterator[Complaint]]
    repeats: int = 1
    by_request: bool = False
