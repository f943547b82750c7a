"""What a comparison of two schemas answers: two verdicts, each change, and an instance for each no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Verdict: TypeAlias = Literal["yes", "no", "unknown"]
Direction: TypeAlias = Literal["backward", "forward"]
Bump: TypeAlias = Literal["major", "minor", "patch", "none"]

DIRECTIONS: tuple[Direction, Direction] = ("backward", "forward")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two schemas, named.

    `pointer` is where it stands in the new schema, or in the old one for what is gone. `breaks` are the directions that
    this change alone is proven to break, `witness` is an instance of the writer's schema that shows the first of them.
    """

    pointer: str
    kind: str
    message: str
    breaks: tuple[Direction, ...] = ()
    witness: Any = None

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``diff --format json`` prints."""
        return {
            "pointer": self.pointer,
            "kind": self.kind,
            "message": self.message,
            "breaks": list(self.breaks),
            "witness": self.witness,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Who breaks between two schemas.

    `backward`: every extraction that can come back under the old schema is valid under the new one. `forward`: the
    reverse. `witnesses` has an instance for each direction whose verdict is no, `reasons` a sentence for each unknown.
    `old` and `new` are the names of the schemas, where they have any.
    """

    old: str | None
    new: str | None
    changes: tuple[Change, ...]
    backward: Verdict
    forward: Verdict
    bump: Bump
    witnesses: Mapping[Direction, Any] = field(default_factory=dict)
    reasons: Mapping[Direction, str] = field(default_factory=dict)

    @property
    def is_only_text(self) -> bool:
        """Whether the two differ in writing alone, as those of two versions of Pydantic do.

        Neither direction breaks, and nothing changed that the model that extracts could read: no description, no name.
        """
        return self.bump == "none"

    def as_json(self) -> dict[str, Any]:
        """Return the document that ``diff --format json`` prints."""
        return {
            "old": self.old,
            "new": self.new,
            "backward": self.backward,
            "forward": self.forward,
            "bump": self.bump,
            "changes": [change.as_json() for change in self.changes],
            "witnesses": dict(self.witnesses),
        }
