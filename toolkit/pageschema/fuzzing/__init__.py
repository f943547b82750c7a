"""The contract run: requests sent to an endpoint, and every way in which it departs from its contract."""

from pageschema.fuzzing.check import Check
from pageschema.fuzzing.checks import CHECKS
from pageschema.fuzzing.failure import Failure, read_replay
from pageschema.fuzzing.replaying import replay
from pageschema.fuzzing.result import INTERRUPTED, ClauseCount, FuzzResult
from pageschema.fuzzing.run import fuzz

__all__ = ["CHECKS", "INTERRUPTED", "Check", "ClauseCount", "Failure", "FuzzResult", "fuzz", "read_replay", "replay"]
