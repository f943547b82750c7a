"""Fails with a 500 where a field's schema is true or false."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule, read_schema
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    schema = read_schema(submission.page_schema) if submission.page_schema is not None else None
    properties = schema.get("properties") if isinstance(schema, dict) else None
    fields = properties.values() if isinstance(properties, dict) else ()
    return CRASH if any(isinstance(field, bool) for field in fields) else None


FAULT = Fault(
    name="crashes-on-boolean-schema",
    summary="Fails with a 500 where a field's schema is true or false.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-boolean-schema", refuse=_refuse)),
)
