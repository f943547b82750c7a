"""What extractions say of their fields: nulls, scores, citations."""

from __future__ import annotations

from typing import Any

from pageschema import pointer
from pageschema.audit.summary import Evidence
from pageschema.conformance.shape import Shape


def count_evidence(extraction: Any, root: Shape, counts: dict[str, Evidence]) -> None:
    """Add what *extraction* says of each declared field to *counts*, by pointer; an item of an array is ``*``."""
    stack: list[tuple[Any, Shape, str]] = [(extraction, root, "")]
    while stack:
        value, shape, where = stack.pop()
        if shape.is_empty:
            continue
        if isinstance(value, list):
            below = pointer.join(where, "*")
            stack.extend((item, shape.item(index), below) for index, item in enumerate(value))
        elif isinstance(value, dict):
            for name in shape.names:
                below = pointer.join(where, name)
                known = counts.get(below)
                if known is None:
                    known = counts[below] = Evidence()
                known.asked += 1
                if name in value:
                    known.present += 1
                    if value[name] is None:
                        known.null += 1
                    else:
                        stack.append((value[name], shape.field(name), below))
                _count_siblings(value, name, shape, known)
            below = pointer.join(where, "*")
            stack.extend(
                (value[name], shape.field(name), below)
                for name in value.keys() - shape.names
                if isinstance(value[name], (dict, list)) and not shape.is_sibling(name)
            )


def _count_siblings(value: dict[str, Any], name: str, shape: Shape, known: Evidence) -> None:
    cited, scored = f"{name}_citations", f"{name}_score"
    if cited in value and cited not in shape.names and isinstance(value[cited], list):
        known.cited += bool(value[cited])
    if scored in value and scored not in shape.names and isinstance(value[scored], dict):
        score = value[scored].get("score")
        if isinstance(score, (int, float)) and not isinstance(score, bool) and score in {1, 2, 3, 4, 5}:
            known.scored += 1
            known.score += int(score)
