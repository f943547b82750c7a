"""Fails with a 500 on a number that its database's integer cannot hold."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import CRASH, Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.max_pages is not None and submission.max_pages >= 2**31:
        return CRASH
    return None


FAULT = Fault(
    name="crashes-on-huge-number",
    summary="Fails with a 500 on a number that its database's integer cannot hold.",
    trips=(Trip(check="server-error"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="crashes-on-huge-number", refuse=_refuse)),
)
