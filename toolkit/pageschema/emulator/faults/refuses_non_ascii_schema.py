"""Refuses a page_schema with a character outside ASCII, such as a field called 'numéro'."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.page_schema is None or submission.page_schema.isascii():
        return None
    return Refusal(status=400, detail="page_schema must be ASCII.", rule="ascii-only")


FAULT = Fault(
    name="refuses-non-ascii-schema",
    summary="Refuses a page_schema with a character outside ASCII, such as a field called 'numéro'.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="ascii-only", refuse=_refuse)),
)
