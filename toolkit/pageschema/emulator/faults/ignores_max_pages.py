"""Processes and bills the whole document, whatever max_pages says."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.upload import pages_asked


def _pages(pages: int, page_range: str | None, max_pages: int | None) -> int:  # noqa: ARG001 - that is the fault.
    return pages_asked(pages, page_range=page_range, max_pages=None)


FAULT = Fault(
    name="ignores-max-pages",
    summary="Processes and bills the whole document, whatever max_pages says.",
    trips=(Trip(check="pages-miscounted"),),
    apply=lambda behaviour: replace(behaviour, pages=_pages),
)
