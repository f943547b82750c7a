"""Findings in the format that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, get_args

from pageschema.errors import InvalidConfiguration
from pageschema.finding import Finding
from pageschema.report.layout import PLAIN, Terminal
from pageschema.report.text import findings_concise, findings_text

FindingsFormat: TypeAlias = Literal["text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown"]


def findings_report(
    findings: Sequence[Finding],
    form: FindingsFormat | str = "text",
    *,
    sources: Mapping[str, str] | None = None,
    schemas: int | None = None,
    root: str | None = None,
    strict: bool = False,
    terminal: Terminal = PLAIN,
) -> str:
    """Return findings in one of the formats that ``lint --format`` takes.

    Args:
        sources: For text, what the files hold that findings point into.
        schemas: For text, how many page schemas were looked at.
        root: For the formats that other tools read, the folder that paths are relative to.
        strict: For junit, whether warnings fail.
        terminal: For text, what it will be shown on.

    Raises:
        InvalidConfiguration: There is no such format.
    """
    match form:
        case "text":
            return findings_text(findings, sources=sources, schemas=schemas, terminal=terminal)
        case "concise":
            return findings_concise(findings)
        case "markdown":
            from pageschema.report.markdown import findings_markdown

            return findings_markdown(findings, root=root)
        case "json":
            from pageschema.report.as_json import findings_json

            return findings_json(findings)
        case "github":
            from pageschema.report.github import findings_github

            return findings_github(findings, root=root)
        case "gitlab":
            from pageschema.report.gitlab import findings_gitlab

            return findings_gitlab(findings, root=root)
        case "sarif":
            from importlib.metadata import version

            from pageschema.linting import RULES
            from pageschema.report.sarif import findings_sarif

            return findings_sarif(findings, rules=RULES, root=root, version=version("pageschema"))
        case "junit":
            from pageschema.report.junit import findings_junit

            return findings_junit(findings, root=root, strict=strict)
    raise InvalidConfiguration(
        f"no format is called {form!r}", remedy=f"known are {', '.join(get_args(FindingsFormat))}"
    )
