"""Fails with a 500 on a $ref that leads nowhere."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if "#/$defs/Missing" in (submission.page_schema or ""):
        return CRASH
    return None


FAULT = Fault(
    name="crashes-on-dangling-reference",
    summary="Fails with a 500 on a $ref that leads nowhere.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-dangling-reference", refuse=_refuse)),
)
