"""Refuses a max_pages over 1,000, though 7,000 pages are promised."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.max_pages is not None and submission.max_pages > 1000:
        return Refusal(status=400, detail="max_pages is at most 1000.")
    return None


FAULT = Fault(
    name="refuses-many-pages",
    summary="Refuses a max_pages over 1,000, though 7,000 pages are promised.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-many-pages", refuse=_refuse)),
)
