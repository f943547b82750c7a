"""Refuses a page_schema of more than ten levels."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if (submission.page_schema or "").count('"properties"') > 10 and _depth(submission.page_schema or "") > 20:
        return Refusal(status=400, detail="page_schema is nested too deep.")
    return None


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest


FAULT = Fault(
    name="refuses-deep-schemas",
    summary="Refuses a page_schema of more than ten levels.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-deep-schemas", refuse=_refuse)),
)
