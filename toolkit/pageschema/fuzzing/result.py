"""What a contract run did and found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pageschema.fuzzing.failure import Failure

INTERRUPTED = "interrupted"
OUT_OF_TIME = "its time was over"
ENOUGH = "it has found as many failures as it should"
BOUNDS = frozenset({OUT_OF_TIME, ENOUGH})
"""Reasons to stop that its user gave, which say nothing of the endpoint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCount:
    """How often a clause was kept by a request, broken by one, and found wanting in the endpoint."""

    strength: str
    valid: int = 0
    broken: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzResult:
    """What a run did and found.

    `requests` counts the POSTs to /extract, those that made a failure small apart; `unspecified` those on which the
    contract is silent. `pages` may have been billed, of `spend` that might; None is no bound. `untried` says in words
    what no request was about, `stopped` why the run ended early, if it did. `known` are failures that were accepted
    beforehand. `embedded` says that the run had the embedded emulator, which is gone by now; `base_url` is then where
    one is served by hand.
    """

    base_url: str
    seed: int
    requests: int
    accepted: int
    unspecified: int
    pages: int
    clauses: Mapping[str, ClauseCount]
    failures: tuple[Failure, ...]
    stopped: str | None = None
    spend: int | None = None
    untried: tuple[str, ...] = ()
    known: tuple[Failure, ...] = ()
    embedded: bool = False

    @property
    def exit_code(self) -> int:
        """What a command ends with: 130 after Ctrl-C, 1 with a new failure, 3 where the endpoint stopped the run.

        A bound that the user gave, such as the time, changes nothing: what was sent until then is judged.
        """
        if self.stopped == INTERRUPTED:
            return 130
        return 1 if self.failures else 3 if self.stopped and self.stopped not in BOUNDS else 0

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``fuzz --format json`` prints."""
        return {
            "requests": self.requests,
            "accepted": self.accepted,
            "unspecified": self.unspecified,
            "pages": self.pages,
            "seed": self.seed,
            "spend": self.spend,
            "stopped": self.stopped,
            "untried": list(self.untried),
            "clauses": {
                name: {"strength": c.strength, "valid": c.valid, "broken": c.broken, "failed": c.failed}
                for name, c in self.clauses.items()
            },
            "failures": [failure.as_json(self.base_url) for failure in self.failures],
            "known": [
                {"check": failure.check, "clause": failure.clause, "cause": failure.cause} for failure in self.known
            ],
        }
