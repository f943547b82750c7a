"""Refuses a page_schema with $ref, as Pydantic writes it for every nested model."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if '"$ref"' in (submission.page_schema or ""):
        return Refusal(status=400, detail="$ref is not supported.")
    return None


FAULT = Fault(
    name="refuses-references",
    summary="Refuses a page_schema with $ref, as Pydantic writes it for every nested model.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-references", refuse=_refuse)),
)
