"""Fails with a 500 on a page_schema whose $ref leads back into itself."""

from __future__ import annotations

from typing import Any

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule, read_schema
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission
from pageschema.schema import local_target, walk


def _crash(submission: Submission, _: Store) -> Refusal | None:
    schema = read_schema(submission.page_schema) if submission.page_schema is not None else None
    return CRASH if isinstance(schema, dict) and _is_recursive(schema) else None


def _is_recursive(root: dict[str, Any]) -> bool:
    """Return whether some ``$ref`` can be reached from its own target."""
    edges = {place.schema["$ref"]: place.schema["$ref"] for place in walk(root) if _refers(place.schema)}
    for start in edges:
        reached: set[str] = set()
        ahead = [start]
        while ahead:
            try:
                target = local_target(root, ahead.pop())
            except KeyError:
                continue
            found = {place.schema["$ref"] for place in walk(target) if _refers(place.schema)}
            if start in found:
                return True
            ahead += found - reached
            reached |= found
    return False


def _refers(schema: Any) -> bool:
    return isinstance(schema, dict) and isinstance(schema.get("$ref"), str)


FAULT = Fault(
    name="crashes-on-recursive-schema",
    summary="Fails with a 500 on a page_schema whose $ref leads back into itself.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="no-recursion", refuse=_crash)),
)
