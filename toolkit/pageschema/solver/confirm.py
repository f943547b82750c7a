"""Nothing leaves the solver that the validators have not confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge, second_opinion, walk
from pageschema.solver.guard import MAX_EFFORT, MAX_SECOND_DEPTH, MAX_SECOND_EFFORT, Effort, Guard
from pageschema.solver.prepared import Prepared


class Confidence(Enum):
    """How a candidate stands: both validators agree, they differ where they are known to, or it is refuted."""

    CONFIRMED = 2
    DISPUTED = 1
    REFUTED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A schema and whether an instance is to be valid under it."""

    guard: Guard
    valid: bool
    judge: Judge
    formats: bool

    @classmethod
    def that(cls, schema: Prepared, *, valid: bool, formats: bool) -> Claim:
        """Return the claim that an instance is, or is not, valid under *schema*.

        Raises:
            InvalidSchema: The judge cannot work with it.
        """
        return cls(guard=schema.guard, valid=valid, judge=schema.judge(formats=formats), formats=formats)

    def judged(self, value: Any) -> bool:
        """Return whether the judge confirms the claim for *value*, whatever that costs."""
        try:
            return self.judge.accepts(value) == self.valid
        except InvalidSchema:
            return False

    def check(self, value: Any) -> Confidence:
        """Return how the claim stands for *value* with both validators."""
        effort = self.guard.effort(value)
        if effort.count > MAX_EFFORT or not self.judged(value):
            return Confidence.REFUTED
        opinion = self._second(value, effort)
        if opinion is None or opinion == self.valid or (self.formats and not self.valid):
            # jsonschema does not assert formats: an instance that only they refuse is valid to it.
            return Confidence.CONFIRMED
        return Confidence.DISPUTED if _disputable(self.guard.root) else Confidence.REFUTED

    def _second(self, value: Any, effort: Effort) -> bool | None:
        if not self.guard.complete or effort.count > MAX_SECOND_EFFORT or effort.depth > MAX_SECOND_DEPTH:
            return None
        return second_opinion(self.guard.root, value)


def _disputable(schema: Any) -> bool:
    r"""Return whether the validators are known to differ on what *schema* uses.

    jsonschema divides floats as floats, and reads patterns as Python does: ``\d``, ``\w`` and ``\s`` go by Unicode.
    """
    return any(
        isinstance(place.schema, dict)
        and (
            isinstance(place.schema.get("multipleOf"), float)
            or any("\\" in pattern for pattern in _patterns(place.schema))
        )
        for place in walk(schema)
    )


def _patterns(schema: dict[str, Any]) -> list[str]:
    patterns = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
    named = schema.get("patternProperties")
    return patterns + (list(named) if isinstance(named, dict) else [])
