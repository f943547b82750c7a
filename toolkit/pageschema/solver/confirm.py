"""Nothing leaves the solver that the validators have not confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge, second_opinion, walk


class Confidence(Enum):
    """How a candidate stands: both validators agree, they differ where they are known to, or it is refuted."""

    CONFIRMED = 2
    DISPUTED = 1
    REFUTED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A schema and whether an instance is to be valid under it."""

    schema: Any
    valid: bool
    judge: Judge
    disputable: bool

    @classmethod
    def that(cls, schema: Any, *, valid: bool, formats: bool) -> Claim:
        """Return the claim that an instance is, or is not, valid under *schema*.

        Raises:
            InvalidSchema: The judge cannot work with it.
        """
        return cls(schema=schema, valid=valid, judge=Judge(schema, formats=formats), disputable=_disputable(schema))

    def check(self, value: Any, *, formats: bool) -> Confidence:
        """Return how the claim stands for *value*."""
        try:
            if self.judge.accepts(value) != self.valid:
                return Confidence.REFUTED
        except InvalidSchema:
            return Confidence.REFUTED
        opinion = second_opinion(self.schema, value)
        if opinion is None or opinion == self.valid or (formats and not self.valid):
            # jsonschema does not assert formats: an instance that only they refuse is valid to it.
            return Confidence.CONFIRMED
        return Confidence.DISPUTED if self.disputable else Confidence.REFUTED


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
