"""The contract run: requests sent to an endpoint, and every way in which it departs from its contract.

A name is imported on first use: who lists the checks, or reads what a run found, does not load what it takes to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.fuzzing.check import Check
    from pageschema.fuzzing.checks import CHECKS
    from pageschema.fuzzing.failure import Failure, read_replay
    from pageschema.fuzzing.replaying import replay
    from pageschema.fuzzing.result import INTERRUPTED, ClauseCount, FuzzResult
    from pageschema.fuzzing.run import fuzz
else:
    __getattr__ = defer(
        __name__,
        {
            "check": ["Check"],
            "checks": ["CHECKS"],
            "failure": ["Failure", "read_replay"],
            "replaying": ["replay"],
            "result": ["INTERRUPTED", "ClauseCount", "FuzzResult"],
            "run": ["fuzz"],
        },
    )

__all__ = ["CHECKS", "INTERRUPTED", "Check", "ClauseCount", "Failure", "FuzzResult", "fuzz", "read_replay", "replay"]
