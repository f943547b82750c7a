"""Findings as SARIF 2.1.0, for code scanning.

Source: OASIS, SARIF 2.1.0; GitHub, "SARIF support for code scanning", for the limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pageschema.finding import DOCS_URL, Finding, Severity
from pageschema.report.as_json import json_text
from pageschema.report.layout import count
from pageschema.report.place import fingerprints, relative

if TYPE_CHECKING:
    from pageschema.linting.rule import LintRule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000
"""GitHub refuses a run with more."""
_ROOT = "%SRCROOT%"
_GRAVITY = {severity: number for number, severity in enumerate(Severity)}


def findings_sarif(
    findings: Sequence[Finding], *, rules: Iterable[LintRule] = (), root: str | None = None, version: str = ""
) -> str:
    """Return findings as a minified SARIF log, the worst first, at most `MAX_RESULTS` of them.

    Args:
        rules: The lint rules; those that found something are described in the log.
        root: Paths are relative to it.
        version: Of pageschema.
    """
    found = sorted(
        zip(findings, fingerprints(findings, root), strict=True), key=lambda pair: _GRAVITY[pair[0].severity]
    )
    kept = found[:MAX_RESULTS]
    codes = {finding.code: finding for finding, _ in reversed(kept)}
    used = [rule for rule in rules if rule.code in codes]
    index = {rule.code: number for number, rule in enumerate(used)}
    driver: dict[str, Any] = {
        "name": "pageschema",
        "informationUri": DOCS_URL,
        "rules": [_rule(rule, codes[rule.code]) for rule in used],
    }
    if version:
        driver["version"] = version
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the project."}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _left_out(len(found))}],
        "results": [_result(finding, fingerprint, index, root) for finding, fingerprint in kept],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=None)


def _rule(rule: LintRule, example: Finding) -> dict[str, Any]:
    examples = "\n\n".join(
        f"**{title}**\n\n```\n{text.rstrip()}\n```" for title, text in (("Bad", rule.bad), ("Good", rule.good))
    )
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why}\n\npageschema explain {rule.code}",
            "markdown": f"{rule.why}\n\n{examples}\n\n[{rule.code} {rule.name}]({example.url})",
        },
        "helpUri": example.url,
        "defaultConfiguration": {"level": example.severity.value},
    }


def _result(finding: Finding, fingerprint: str, index: Mapping[str, int], root: str | None) -> dict[str, Any]:
    rule = {"ruleIndex": index[finding.code]} if finding.code in index else {}
    return {
        "ruleId": finding.code,
        **rule,
        "level": finding.severity.value,
        "message": {"text": _unlinked(f"{finding.message}\n{finding.remedy}")},
        "locations": [_location(finding, root)],
        # The one is what GitHub follows a result by, the other says whose it is.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint, "pageschema/v1": fingerprint},
    }


def _location(finding: Finding, root: str | None) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": f"#{finding.pointer}"}]}
    if finding.origin.file:
        path = relative(finding.origin.file, root)
        uri = quote(path, safe="/", errors="surrogatepass")
        absolute = PurePath(path).is_absolute()
        artifact = {"uri": f"file:///{uri.lstrip('/')}"} if absolute else {"uri": uri, "uriBaseId": _ROOT}
        location["physicalLocation"] = {"artifactLocation": artifact}
        if finding.origin.line:
            location["physicalLocation"]["region"] = {
                "startLine": finding.origin.line,
                **({"startColumn": finding.origin.column} if finding.origin.column else {}),
            }
    return location


def _unlinked(text: str) -> str:
    """Return *text* with no ``[words](target)`` in it, which a viewer would show as a link of ours."""
    return text.replace("](", "] (")


def _left_out(found: int) -> list[dict[str, Any]]:
    if found <= MAX_RESULTS:
        return []
    text = f"{count(found - MAX_RESULTS, 'result')} left out, the least severe: a run holds at most {MAX_RESULTS:,}."
    return [{"level": "warning", "message": {"text": text}}]
