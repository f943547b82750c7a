"""Evidence: what the API says of each field beside its value, by the pointer of the field.

Source: api-overview, confidence-scoring, accurate-mode ("Response").
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pageschema import pointer
from pageschema.conformance.peeling import read
from pageschema.conformance.shape import SUFFIXES, Shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the API says of one field.

    `citations` are the ids of the blocks that it was read from. `score` is from 1 to 5, with its `reasoning` (fast
    mode; it comes some time after the result). `meta` is how it was found (balanced mode). What did not come is empty,
    or None.
    """

    citations: tuple[str, ...] = ()
    score: int | None = None
    reasoning: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def verification(self) -> str | None:
        """Whether the value was found again: ``PASS``, ``FAIL`` or another word of the API; None if it is not said."""
        verification = self.meta.get("verification")
        status = verification.get("status") if isinstance(verification, dict) else None
        return status if isinstance(status, str) else None


class FieldEvidence(Mapping[str, Evidence]):
    """The evidence of an extraction, by the JSON Pointer of each field; a field without any has an empty one."""

    def __init__(self, found: Mapping[str, Evidence]) -> None:
        self._found = found

    def __getitem__(self, where: str) -> Evidence:
        """Return what is said of the field at *where*.

        Raises:
            KeyError: No field stands there; it names the nearest.
        """
        if where in self._found:
            return self._found[where]
        near = difflib.get_close_matches(str(where), [*self._found][:1_000], n=1)
        hint = f", did you mean {near[0]!r}?" if near else "; a pointer looks like '/line_items/0/amount'"
        raise KeyError(f"{where!r} is no field of the extraction{hint}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __contains__(self, where: object) -> bool:
        return where in self._found

    def __repr__(self) -> str:
        return f"FieldEvidence({dict(self._found)!r})"


def evidence_of(extraction: Any, shapes: Shapes) -> FieldEvidence:
    """Return what the API says beside each field of an extraction; what has not the shape of a sibling says nothing."""
    peeled = read(extraction, shapes)
    found: dict[str, dict[str, Any]] = {where: {} for where in _fields(peeled.value)}
    for where, value in peeled.siblings.items():
        suffix = next(each for each in SUFFIXES if where.endswith(each))
        found.setdefault(where.removesuffix(suffix), {}).update(_read(suffix, value))
    return FieldEvidence({where: Evidence(**each) for where, each in found.items()})


def _read(suffix: str, value: Any) -> dict[str, Any]:
    if suffix == "_citations" and isinstance(value, list):
        return {"citations": tuple(each for each in value if isinstance(each, str))}
    if suffix == "_meta" and isinstance(value, dict):
        return {"meta": value}
    if suffix == "_score" and isinstance(value, dict):
        score, reasoning = value.get("score"), value.get("reasoning")
        is_whole = isinstance(score, (int, float)) and not isinstance(score, bool) and score == int(score)
        return {
            "score": int(score) if is_whole and score is not None else None,
            "reasoning": reasoning if isinstance(reasoning, str) else None,
        }
    return {}


def _fields(extraction: Any) -> Iterator[str]:
    """Yield the pointer of every member of every object, in the order of the extraction."""
    stack: list[tuple[str, Any]] = [("", extraction)]
    while stack:
        where, value = stack.pop()
        if isinstance(value, dict):
            below = [(pointer.join(where, name), member) for name, member in value.items()]
            yield from (each for each, _ in below)
        elif isinstance(value, list):
            below = [(pointer.join(where, index), item) for index, item in enumerate(value)]
        else:
            continue
        stack.extend(reversed(below))
