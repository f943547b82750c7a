"""The page of `audit`: what is broken by field and kind, and the first records of each."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pageschema import jsontext
from pageschema.report.audit import share
from pageschema.report.layout import compact
from pageschema.report.page.rendering import render_page

if TYPE_CHECKING:
    from pageschema.audit import AuditReport, Total

_MUCH, _SOME = 0.1, 0.01
_LONGEST = 200


def audit_page(report: AuditReport, *, at: datetime | None = None) -> str:
    """Return what an audit found as one HTML file.

    Args:
        at: When it was; without, the page does not say.
    """
    totals = [total for total in report.totals if total.schema == report.schema]
    return render_page(
        "audit.html",
        report=report,
        keywords=list(dict.fromkeys(total.keyword for total in totals)),
        fields=_fields(totals, report.records),
        kinds=[_kind(total, report.records) for total in totals],
        at=f"{at:%Y-%m-%d %H:%M} UTC" if at else "",
        version=importlib.metadata.version("pageschema"),
    )


def _fields(totals: Sequence[Total], records: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Return by field and keyword how many records are broken there, the fields in order of their worst kind."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for total in totals:
        part = total.records / records if records else 0
        heat = "bad" if part >= _MUCH else "warn" if part >= _SOME else ""
        cell = {"records": total.records, "share": share(total.records, records), "heat": heat}
        found.setdefault(_place(total), {})[total.keyword] = cell
    return found


def _kind(total: Total, records: int) -> dict[str, Any]:
    return {
        "place": _place(total),
        "total": total,
        "share": share(total.records, records),
        "samples": [
            {
                "where": f"{sample.file}:{sample.line}",
                "pointer": jsontext.clip(sample.violation.pointer, _LONGEST),
                "message": sample.violation.message,
                "value": compact(sample.violation.value) if sample.violation.has_value else "",
            }
            for sample in total.samples
        ],
        "remedies": list(dict.fromkeys(sample.violation.remedy for sample in total.samples)),
    }


def _place(total: Total) -> str:
    return jsontext.clip(total.pointer, _LONGEST) or "(whole)"
