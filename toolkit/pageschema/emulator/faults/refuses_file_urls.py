"""Fetches a file_url before it answers, and refuses what it cannot reach."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.file_url is not None:
        return Refusal(status=400, detail="file_url could not be fetched.")
    return None


FAULT = Fault(
    name="refuses-file-urls",
    summary="Fetches a file_url before it answers, and refuses what it cannot reach.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-file-urls", refuse=_refuse)),
)
