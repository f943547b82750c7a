"""Takes a checkpoint_id that it does not know, and extracts from nowhere."""

from __future__ import annotations

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-unknown-checkpoint",
    summary="Takes a checkpoint_id that it does not know, and extracts from nowhere.",
    trips=(Trip(check="unknown-resource-accepted"),),
    apply=lambda behaviour: behaviour.without("checkpoint-known"),
)
