"""Proving all that was ever stored: millions of extractions, on one machine or on a cluster.

`audit_extractions` does the whole. It is made of one pure function, `check_range`, whose summaries merge in any order:
`plan_ranges` says what to call it with, for whoever brings an engine of their own.
"""

from pageschema.audit.checking import check_range
from pageschema.audit.options import AuditOptions
from pageschema.audit.ranges import Range, plan_ranges
from pageschema.audit.run import AuditProgress, audit_extractions
from pageschema.audit.summary import Summary
from pageschema.audit.totals import AuditReport, BrokenSample, Total, report

__all__ = [
    "AuditOptions",
    "AuditProgress",
    "AuditReport",
    "BrokenSample",
    "Range",
    "Summary",
    "Total",
    "audit_extractions",
    "check_range",
    "plan_ranges",
    "report",
]
