"""Fails with a 500 on a page_range whose end is before its start."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.page_range == "1-0":
        return CRASH
    return None


FAULT = Fault(
    name="crashes-on-reversed-range",
    summary="Fails with a 500 on a page_range whose end is before its start.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-reversed-range", refuse=_refuse)),
)
