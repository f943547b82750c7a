"""Applies max_pages to a page_range, which should win over it."""

from __future__ import annotations

from dataclasses import replace

from pageschema.emulator.fault import Fault, Trip
from pageschema.emulator.upload import pages_asked


def _pages(pages: int, page_range: str | None, max_pages: int | None) -> int:
    return min(
        pages_asked(pages, page_range=page_range, max_pages=None), max_pages if max_pages and max_pages > 0 else pages
    )


FAULT = Fault(
    name="max-pages-beats-range",
    summary="Applies max_pages to a page_range, which should win over it.",
    trips=(Trip(check="pages-miscounted"),),
    apply=lambda behaviour: replace(behaviour, pages=_pages),
)
