"""Keeps checkpoints in the memory of one worker, where the next request does not find them."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.rules import Rule
from pageschema.emulator.store import Store
from pageschema.emulator.submission import Refusal, Submission


def _refuse(submission: Submission, _: Store) -> Refusal | None:
    if submission.checkpoint_id is not None:
        return Refusal(status=404, detail="Checkpoint not found.")
    return None


FAULT = Fault(
    name="forgets-checkpoints",
    summary="Keeps checkpoints in the memory of one worker, where the next request does not find them.",
    trips=(Trip(check="valid-refused"),),
    apply=lambda behaviour: behaviour.plus(Rule(name="forgets-checkpoints", refuse=_refuse)),
)
