"""Findings as JUnit XML, which every CI server draws.

Source: XML 1.0, section 2.2, for the characters; the elements are those that Jenkins and GitLab read.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from pageschema import jsontext
from pageschema.finding import Finding, Severity
from pageschema.report.layout import printable
from pageschema.report.place import NOWHERE, place, relative


def findings_junit(findings: Sequence[Finding], *, root: str | None = None, strict: bool = False) -> str:
    """Return one test case a finding, or one that passes where there is none.

    Only what fails the run is a failure: errors, with *strict* warnings too. The rest passes and says its words.
    """
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failures = str(sum(finding.severity in grave for finding in findings))
    counts = {"tests": str(len(findings) or 1), "failures": failures, "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "pageschema.lint", **counts, "skipped": "0", "time": "0"})
    if not findings:
        ET.SubElement(suite, "testcase", {"classname": "pageschema.lint", "name": "no findings", "time": "0"})
    for finding in findings:
        file = printable(relative(finding.origin.file or NOWHERE, root))
        name = printable(f"{finding.code} {finding.name} {jsontext.clip(finding.pointer, 200)}".rstrip())
        attributes = {"classname": file, "name": name, "time": "0"}
        if finding.origin.file:
            attributes |= {"file": file, "line": str(finding.origin.line or 1)}
        case = ET.SubElement(suite, "testcase", attributes)
        message = printable(finding.message)
        told = "\n".join([f"{printable(place(finding))}: {message}", *map(printable, finding.remedy.split("\n"))])
        if finding.severity in grave:
            ET.SubElement(case, "failure", {"message": message, "type": finding.severity.value}).text = told
        else:
            ET.SubElement(case, "system-out").text = f"{finding.severity.value}: {told}"
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"
