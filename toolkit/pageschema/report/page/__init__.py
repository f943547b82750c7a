"""Pages for people: what `verify`, `fuzz` and `audit` found, each in one HTML file, and the pages of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.report.page.audit import audit_page
    from pageschema.report.page.run import fuzz_page, verify_page
    from pageschema.report.page.schemas import site_pages
else:
    __getattr__ = defer(
        __name__, {"audit": ["audit_page"], "run": ["fuzz_page", "verify_page"], "schemas": ["site_pages"]}
    )

__all__ = ["audit_page", "fuzz_page", "site_pages", "verify_page"]
