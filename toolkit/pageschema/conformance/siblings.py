"""The shapes of the keys that the API puts beside a field: ``_citations``, ``_meta`` and ``_score``.

Source: api-overview, confidence-scoring, accurate-mode ("Response").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pageschema import pointer
from pageschema.conformance.shape import SUFFIXES
from pageschema.conformance.violation import Violation, cut
from pageschema.conformance.wording import path

SHAPES: Mapping[str, dict[str, Any]] = {
    "_citations": {"type": "array", "items": {"type": "string"}},
    "_meta": {"type": "object"},
    "_score": {
        "type": "object",
        "required": ["score"],
        "properties": {
            "score": {"type": "integer", "minimum": 1, "maximum": 5},
            "reasoning": {"type": ["string", "null"]},
        },
    },
}
"""What each suffix makes of a key, as JSON Schema."""

_BY_THE_API = "report it to the API's provider with the request id; the field itself is judged apart from it"
_ADDED_LATER = "leave the key out where there is nothing: the API does not write null there, a table would"


def sibling_violations(siblings: Mapping[str, Any], extraction: Any) -> Iterator[Violation]:
    """Yield what is wrong with the shapes of siblings, each at its own pointer into *extraction*."""
    for where, value in siblings.items():
        name = pointer.parse(where)[-1]
        suffix = next(each for each in SUFFIXES if name.endswith(each))
        fault = _FAULTS[suffix](value)
        if fault is not None:
            keyword, what = fault
            yield Violation(
                pointer=where,
                keyword=keyword,
                message=f"{path(where, extraction)} {what}",
                value=cut(value),
                remedy=_ADDED_LATER if value is None else _BY_THE_API,
            )


def _citations(value: Any) -> tuple[str, str] | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return "type", "is no array of block ids (texts)"


def _meta(value: Any) -> tuple[str, str] | None:
    return None if isinstance(value, dict) else ("type", "is no object")


def _score(value: Any) -> tuple[str, str] | None:
    if not isinstance(value, dict):
        return "type", "is no object with a 'score'"
    if "score" not in value:
        return "required", "has no 'score'"
    score, reasoning = value["score"], value.get("reasoning")
    if isinstance(score, bool) or not isinstance(score, (int, float)) or score != int(score):
        return "type", "has a 'score' that is no whole number"
    if not 1 <= score <= 5:
        return ("minimum" if score < 1 else "maximum"), "has a 'score' outside of 1 to 5"
    if reasoning is not None and not isinstance(reasoning, str):
        return "type", "has a 'reasoning' that is no text"
    return None


_FAULTS: dict[str, Callable[[Any], tuple[str, str] | None]] = {
    "_citations": _citations,
    "_meta": _meta,
    "_score": _score,
}
