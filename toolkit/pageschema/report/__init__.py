"""What people and machines read: pure functions from values to text, one file a format or a command.

A text ends in a line feed. Whatever comes from a schema or a provider is escaped on the way into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema.report.as_json import findings_json, json_text
    from pageschema.report.audit import audit_text
    from pageschema.report.beginning import steps_text
    from pageschema.report.comparison import comparison_text
    from pageschema.report.contract import review_text
    from pageschema.report.explain import explain_text, units_text
    from pageschema.report.failures import fuzz_file
    from pageschema.report.findings import FindingsFormat, findings_report
    from pageschema.report.fuzz import fuzz_text, progress_text, replay_text, replays_text
    from pageschema.report.github import findings_github
    from pageschema.report.gitlab import findings_gitlab
    from pageschema.report.junit import findings_junit
    from pageschema.report.layout import PLAIN, Terminal
    from pageschema.report.markdown import findings_markdown
    from pageschema.report.page import audit_page, fuzz_page, site_pages, verify_page
    from pageschema.report.sarif import findings_sarif
    from pageschema.report.saved import saved_text
    from pageschema.report.statistics import statistics_report
    from pageschema.report.summary import comparison_markdown, fuzz_markdown, verify_markdown
    from pageschema.report.text import findings_concise, findings_text
    from pageschema.report.verify import verify_text
    from pageschema.report.versions import freeze_text, log_text, status_text
    from pageschema.report.violations import checked_text, violations_text
else:
    __getattr__ = defer(
        __name__,
        {
            "as_json": ["findings_json", "json_text"],
            "audit": ["audit_text"],
            "beginning": ["steps_text"],
            "comparison": ["comparison_text"],
            "contract": ["review_text"],
            "explain": ["explain_text", "units_text"],
            "failures": ["fuzz_file"],
            "findings": ["FindingsFormat", "findings_report"],
            "fuzz": ["fuzz_text", "progress_text", "replay_text", "replays_text"],
            "github": ["findings_github"],
            "gitlab": ["findings_gitlab"],
            "junit": ["findings_junit"],
            "layout": ["PLAIN", "Terminal"],
            "markdown": ["findings_markdown"],
            "page": ["audit_page", "fuzz_page", "site_pages", "verify_page"],
            "sarif": ["findings_sarif"],
            "saved": ["saved_text"],
            "statistics": ["statistics_report"],
            "summary": ["comparison_markdown", "fuzz_markdown", "verify_markdown"],
            "text": ["findings_concise", "findings_text"],
            "verify": ["verify_text"],
            "versions": ["freeze_text", "log_text", "status_text"],
            "violations": ["checked_text", "violations_text"],
        },
    )

__all__ = [
    "PLAIN",
    "FindingsFormat",
    "Terminal",
    "audit_page",
    "audit_text",
    "checked_text",
    "comparison_markdown",
    "comparison_text",
    "explain_text",
    "findings_concise",
    "findings_github",
    "findings_gitlab",
    "findings_json",
    "findings_junit",
    "findings_markdown",
    "findings_report",
    "findings_sarif",
    "findings_text",
    "freeze_text",
    "fuzz_file",
    "fuzz_markdown",
    "fuzz_page",
    "fuzz_text",
    "json_text",
    "log_text",
    "progress_text",
    "replay_text",
    "replays_text",
    "review_text",
    "saved_text",
    "site_pages",
    "statistics_report",
    "status_text",
    "steps_text",
    "units_text",
    "verify_markdown",
    "verify_page",
    "verify_text",
    "violations_text",
]
