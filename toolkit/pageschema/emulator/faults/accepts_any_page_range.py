"""Takes a page_range that names no pages, and bills the whole document."""

from pageschema.emulator.fault import Fault, Trip

FAULT = Fault(
    name="accepts-any-page-range",
    summary="Takes a page_range that names no pages, and bills the whole document.",
    trips=(Trip(check="broken-accepted", clause="page-range-syntax"),),
    apply=lambda behaviour: behaviour.without("page-range-syntax"),
)
