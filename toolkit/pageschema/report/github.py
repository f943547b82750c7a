"""Findings as annotations on GitHub: one workflow command a finding.

Source: GitHub, "Workflow commands"; the escapes are those of actions/toolkit, ``command.ts``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import count, printable
from pageschema.report.place import place, relative

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
MOST = {Severity.ERROR: 10, Severity.WARNING: 10, Severity.NOTE: 9}
"""GitHub shows ten of each kind a step; the tenth notice says how many findings are left out."""


def findings_github(findings: Sequence[Finding], *, root: str | None = None) -> str:
    """Return one ``::error file=…,line=…,title=…::message`` a finding; paths are relative to *root*.

    The worst come first, at most `MOST` of each severity, and then a notice of how many there are besides.
    """
    by_severity = {each: [finding for finding in findings if finding.severity is each] for each in Severity}
    lines = [_command(finding, root) for each, found in by_severity.items() for finding in found[: MOST[each]]]
    more = {each: len(found) - MOST[each] for each, found in by_severity.items() if len(found) > MOST[each]}
    if more:
        told = ", ".join(count(left, f"more {each.value}") for each, left in more.items())
        lines.append(f"::notice title=pageschema lint::{told}: --format text or sarif has all of them")
    return "".join(f"{each}\n" for each in lines)


def escape_message(text: str) -> str:
    """Return *text* as it stands after ``::``."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Return *text* as it stands after ``name=``."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


def _command(finding: Finding, root: str | None) -> str:
    properties = {"title": f"{finding.code} {finding.name}"}
    if finding.origin.file:
        properties = {"file": relative(finding.origin.file, root), **properties}
    if finding.origin.file and finding.origin.line:
        properties |= {"line": str(finding.origin.line)}
        if finding.origin.column:
            properties |= {"col": str(finding.origin.column)}
    told = ",".join(f"{name}={escape_property(printable(text))}" for name, text in properties.items())
    where = "" if finding.origin.line else f" at {jsontext.clip(place(finding), 400)}"
    message = f"{printable(finding.message)}{where}\n" + "\n".join(map(printable, finding.remedy.split("\n")))
    return f"::{_COMMANDS[finding.severity]} {told}::{escape_message(message)}"
