"""Takes the end of a page_range as excluded, as Python's range does."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.upload import pages_asked


def _pages(pages: int, page_range: str | None, max_pages: int | None) -> int:
    asked = pages_asked(pages, page_range=page_range, max_pages=max_pages)
    return max(1, asked - 1) if page_range and "-" in page_range else asked


FAULT = Fault(
    name="page-range-ends-early",
    summary="Takes the end of a page_range as excluded, as Python's range does.",
    trips=(Trip(check="pages-miscounted"),),
    apply=lambda behaviour: replace(behaviour, pages=_pages),
)
