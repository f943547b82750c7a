"""Findings as GitLab's code quality report.

Source: GitLab, "Code Quality", section "Code Quality report format".
"""

from __future__ import annotations

from collections.abc import Sequence

from pageschema.finding import Finding, Severity
from pageschema.report.as_json import json_text
from pageschema.report.place import NOWHERE, fingerprints, relative

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def findings_gitlab(findings: Sequence[Finding], *, root: str | None = None) -> str:
    """Return the report; paths are relative to *root*, and a fingerprint stays when lines move."""
    return json_text(
        [
            {
                "description": f"{finding.message}: {finding.remedy}",
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": relative(finding.origin.file or NOWHERE, root),
                    "lines": {"begin": finding.origin.line or 1},
                },
            }
            for finding, fingerprint in zip(findings, fingerprints(findings, root), strict=True)
        ]
    )
