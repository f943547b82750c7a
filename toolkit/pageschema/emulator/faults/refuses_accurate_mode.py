"""Does not know the mode 'accurate', which the contract lists."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.mode == "accurate":
        return Refusal(status=400, detail="mode is fast or balanced.")
    return None


FAULT = Fault(
    name="refuses-accurate-mode",
    summary="Does not know the mode 'accurate', which the contract lists.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="refuses-accurate-mode", refuse=_refuse)),
)
