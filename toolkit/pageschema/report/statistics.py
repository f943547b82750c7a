"""How often each rule of lint has found something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pageschema.finding import Finding
from pageschema.report.as_json import json_text
from pageschema.report.layout import columns, render


def statistics_report(findings: Sequence[Finding], form: str = "text") -> str:
    """Return a row a rule, the most frequent first: as text, or as JSON."""
    counts = Counter((finding.code, finding.name, finding.severity.value) for finding in findings)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if form == "json":
        return json_text(
            [
                {"code": code, "name": name, "severity": severity, "count": count}
                for (code, name, severity), count in rows
            ]
        )
    return render(columns((f"{count:,}", code, (severity, severity), name) for (code, name, severity), count in rows))
