"""Never answers a request that has a page_range."""

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="hangs",
    summary="Never answers a request that has a page_range.",
    trips=(Trip(check="no-answer"),),
    apply=lambda behaviour: replace(behaviour, is_silent=lambda submission: submission.page_range is not None),
)
