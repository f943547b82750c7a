"""Logs of SARIF as GitHub reads them: their schema, its limits, and fingerprints that stay."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pageschema.finding import Finding, Origin, Severity
from pageschema.generation import page_schema
from pageschema.linting import RULES, lint
from pageschema.models import load_models
from pageschema.report import findings_report, findings_sarif

SARIF = jsonschema_rs.Draft4Validator(
    json.loads(Path(__file__).with_name("sarif-schema-2.1.0.json").read_text("utf-8"))
)
FIELDS = {
    "total": {"type": "number"},
    "currency": {"type": "string", "description": "TODO"},
    "kind": {"type": "strin", "description": "What it is"},
    "lines": {"type": "array", "description": "As billed", "items": {"type": "object", "properties": {"x": {}}}},
}
NAMES = st.sampled_from(["a_note", "buyer", "iban", "tax"])


def results_of(text):
    log = json.loads(findings_report(lint(text, where="/p/s.json", notes=True), "sarif", root="/p"))
    return log["runs"][0]["results"]


def prints_of(text):
    return {
        (result["ruleId"], result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]): tuple(
            sorted(result["partialFingerprints"].items())
        )
        for result in results_of(text)
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_github_shows_of_a_rule_is_not_cut(rule):
    origin = Origin(file="/p/s.json", line=3, column=7)
    found = Finding(code=rule.code, name=rule.name, severity=rule.severity, message="is so", remedy="do", origin=origin)
    log = json.loads(findings_sarif([found], rules=RULES, root="/p", version="1.0"))
    SARIF.validate(log)
    (described,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert len(described["shortDescription"]["text"]) <= 1_024
    assert len(described["fullDescription"]["text"]) <= 1_024
    assert described["helpUri"].endswith(f"/rules/{rule.name}.html")
    assert described["help"]["markdown"].count("```") == 4
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "s.json", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 7},
    }


def test_a_column_counts_characters_as_the_log_says():
    fields = '{"📄 ß": {"type": "number", "description": "Pages"}, "tax": {"type": "number"}}'
    text = f'{{"type": "object", "properties": {fields}}}'
    (result,) = (each for each in results_of(text) if each["ruleId"] == "PS604")
    assert result["locations"][0]["physicalLocation"]["region"]["startColumn"] == text.index('"tax"') + 1


@settings(max_examples=40)
@given(st.lists(NAMES, unique=True), st.integers(0, 3), st.sampled_from([None, 0, 1, 4]), st.randoms())
def test_a_fingerprint_stays_when_lines_move_and_other_fields_come(added, blank, indent, random):
    before = prints_of(json.dumps({"type": "object", "properties": FIELDS}))
    fields = [*FIELDS.items(), *((name, {"type": "boolean", "description": "Whether it is"}) for name in added)]
    random.shuffle(fields)
    text = json.dumps({"title": "Invoice", "type": "object", "properties": dict(fields)}, indent=indent)
    after = prints_of("\n" * blank + text.replace(",\n", ",\n\n"))
    assert before.items() <= after.items()
    assert len(set(after.values())) == len(after)


MODEL = """\
from pydantic import BaseModel, Field


class Invoice(BaseModel):
    total: float
    currency: str = Field(description="TODO")
    _due: str
"""
MOVED = """\
# Written by hand.
from pydantic import BaseModel, Field

LIMIT = 3


class Invoice(BaseModel):
    \"\"\"What the seller asks for.\"\"\"

    number: str = Field(description="The number as printed")  # never empty

    total: float
    # As a code.
    currency: str = Field(
        description="TODO",
    )

    _due: str
"""


def test_a_fingerprint_stays_when_a_model_is_commented_and_gets_another_field(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    prints, lines = [], []
    for name, text in (("before.py", MODEL), ("after.py", MOVED)):
        (tmp_path / name).write_text(text)
        (site,) = load_models(name)
        found = [replace(each, origin=replace(each.origin, file="model.py")) for each in lint(page_schema(site.model))]
        results = json.loads(findings_sarif(found))["runs"][0]["results"]
        prints.append([result["partialFingerprints"] for result in results])
        lines.append([each.origin.line for each in found])
    assert prints[0] == prints[1]
    assert len(prints[0]) == 3
    assert lines[0] != lines[1]


def test_two_fields_of_a_model_that_stand_at_one_place_of_the_schema_are_told_apart():
    found = Finding(code="PS704", name="private-field-dropped", severity=Severity.WARNING, message="m", remedy="r")
    one, other = (
        replace(found, origin=Origin(file="m.py", line=9, model="Invoice", field=f)) for f in ("_total", "_tax")
    )
    both = json.loads(findings_sarif([one, other]))["runs"][0]["results"]
    alone = json.loads(findings_sarif([other]))["runs"][0]["results"]
    assert both[1]["partialFingerprints"] == alone[0]["partialFingerprints"]
    assert both[0]["partialFingerprints"] != alone[0]["partialFingerprints"]
