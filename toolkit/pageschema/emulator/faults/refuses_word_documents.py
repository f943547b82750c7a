"""Looks into zip files for spreadsheets alone, and refuses Word documents."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.upload and submission.upload.kind == "office":
        return Refusal(status=400, detail="Invalid file type.")
    return None


FAULT = Fault(
    name="refuses-word-documents",
    summary="Looks into zip files for spreadsheets alone, and refuses Word documents.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-word-documents", refuse=_refuse)),
)
