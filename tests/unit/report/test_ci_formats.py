"""What GitHub, GitLab and readers of JUnit are given, within what each of them shows."""

from __future__ import annotations

import json
from collections import Counter
from html.parser import HTMLParser

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st

from pageschema.finding import Finding, Origin, Severity
from pageschema.report import findings_github, findings_gitlab, findings_markdown

GITLAB = jsonschema_rs.validator_for(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "properties": {
                        "path": {"type": "string", "pattern": r"^[^/.]|^\.[^/]", "not": {"pattern": r"\\"}},
                        "lines": {
                            "type": "object",
                            "required": ["begin"],
                            "properties": {"begin": {"type": "integer", "minimum": 1}},
                        },
                    },
                },
            },
        },
    }
)
"""GitLab's documentation, Code Quality, "Code Quality report format"."""


def found(severity=Severity.WARNING, number=1, **changed):
    values = {
        "code": "PS604",
        "name": "missing-description",
        "severity": severity,
        "message": f"field 'f{number}' has no description",
        "remedy": "say what it holds",
        "pointer": f"/properties/f{number}",
        "origin": Origin(file="/p/schemas/s.json", line=number, column=5),
    }
    return Finding(**(values | changed))


def commands(text):
    return Counter(line.partition(" ")[0] for line in text.splitlines())


def test_github_is_told_the_worst_first_and_no_more_than_it_shows():
    findings = [found(severity, n) for severity in reversed(Severity) for n in range(1, 14)]
    text = findings_github(findings, root="/p")
    assert commands(text) == {"::error": 10, "::warning": 10, "::notice": 10}
    assert text.startswith(
        "::error file=schemas/s.json,title=PS604 missing-description,line=1,col=5::field 'f1' has no"
    )
    assert text.splitlines()[-1] == (
        "::notice title=pageschema lint::3 more errors, 3 more warnings, 4 more notes: --format text or sarif has all"
        " of them"
    )


def test_github_is_told_of_nothing_more_where_there_is_nothing_more():
    findings = [
        found(severity, n) for severity, most in ((Severity.ERROR, 10), (Severity.NOTE, 9)) for n in range(most)
    ]
    assert commands(findings_github(findings)) == {"::error": 10, "::notice": 9}
    assert findings_github([]) == ""


def test_gitlab_gets_what_its_documentation_asks_for():
    findings = [found(severity, n) for severity in Severity for n in (1, 2)] * 2
    entries = json.loads(findings_gitlab(findings, root="/p"))
    GITLAB.validate(entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(findings)


class Cells(HTMLParser):
    """Notes each tag that a viewer of Markdown would see."""

    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)


@given(st.text(st.sampled_from("|`<>&@[]()\\\n*_!a"), max_size=60), st.integers(1, 400))
def test_a_comment_on_a_pull_request_is_a_table_that_fits(text, number):
    one = found(Severity.ERROR, message=text or "x", remedy="<b>" + text * 3, pointer=f"/{text}", origin=Origin())
    shown = findings_markdown([found(number=7), *[one] * number])
    assert len(shown) <= 65_536
    rows = [line for line in shown.splitlines() if line.startswith("| error")]
    assert rows
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)
    parser = Cells()
    parser.feed(shown)
    assert parser.tags == []
    left = number + 1 - len(rows) - shown.count("| warning")
    assert (f"{left:,} more finding" in shown) == (left > 0)
