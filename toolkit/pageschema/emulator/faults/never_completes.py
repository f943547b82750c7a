"""Says 'processing' for ever."""

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="never-completes",
    summary="Says 'processing' for ever.",
    trips=(Trip(check="endless-poll"),),
    apply=lambda behaviour: replace(behaviour, is_done=lambda job, polls: False),  # noqa: ARG005 - that is the fault.,
)
