"""Fails with a 500 on a page_schema of more than 16,000 characters."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if len(submission.page_schema or "") > 16_000:
        return CRASH
    return None


FAULT = Fault(
    name="crashes-on-large-schema",
    summary="Fails with a 500 on a page_schema of more than 16,000 characters.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-large-schema", refuse=_refuse)),
)
