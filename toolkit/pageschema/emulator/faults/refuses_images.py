"""Takes PDFs only, though images are promised."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.upload and submission.upload.kind in {"png", "jpeg", "webp"}:
        return Refusal(status=400, detail="Only PDF files are supported.")
    return None


FAULT = Fault(
    name="refuses-images",
    summary="Takes PDFs only, though images are promised.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-images", refuse=_refuse)),
)
