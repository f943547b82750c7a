"""What lint says of a schema as a whole, where it says it, and what fix makes of it."""

from __future__ import annotations

import json
import socket
import tempfile
from functools import partial
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from pageschema import jsontext, linting
from pageschema.errors import CannotGenerate, InvalidJSON, InvalidSchema
from pageschema.finding import Origin, Severity
from pageschema.generation import page_schema
from pageschema.linting import RULES, LintRule, fix
from pageschema.models import load_models
from pageschema.schema import PageSchema

lint = partial(linting.lint, notes=True)

RULE_FILES = Path(linting.__file__).parent / "rules"


def by_rule(rule: LintRule):
    return pytest.param(rule, id=rule.name)


every_rule = pytest.mark.parametrize("rule", [by_rule(rule) for rule in RULES])


def linted(example, profile="datalab"):
    """What lint says of an example: JSON, or the source of a file with models."""
    if not example.startswith(("from ", "import ")):
        return lint(example, profile=profile)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"models_{jsontext.digest(example)[:16]}.py")
        file.write_text(example, "utf-8")
        return [finding for site in load_models(str(file)) for finding in lint(generated(site.model))]


def generated(model):
    try:
        return page_schema(model)
    except CannotGenerate as error:
        return error


def graver(findings, *, or_of=None):
    return [f for f in findings if f.severity is not Severity.NOTE or f.name == or_of]


# Every rule keeps its page


@every_rule
def test_a_rule_flags_its_bad_example_where_it_says_and_no_other_rule_does(rule):
    found = graver(linted(rule.bad, rule.profile), or_of=rule.name)
    assert [(finding.name, finding.pointer) for finding in found] == [(rule.name, where) for where in rule.flagged]


@every_rule
def test_nothing_is_found_in_the_good_example_of_a_rule(rule):
    assert linted(rule.good, rule.profile) == []


@pytest.mark.parametrize("rule", [by_rule(rule) for rule in RULES if rule.fix])
def test_a_fixed_bad_example_is_good(rule):
    mended = fix(rule.bad, unsafe=not rule.fix_is_safe)
    assert lint(mended) == []
    assert fix(mended, unsafe=True) == mended


@pytest.mark.parametrize("rule", [by_rule(rule) for rule in RULES if not rule.fix_is_safe])
def test_without_unsafe_nothing_is_guessed(rule):
    assert fix(rule.bad) == rule.bad


@every_rule
def test_a_finding_is_fixable_where_its_rule_has_a_fix_that_does_not_guess(rule):
    assert any(finding.fixable for finding in linted(rule.bad, rule.profile)) == (
        rule.fix is not None and rule.fix_is_safe
    )


def test_no_rule_file_is_forgotten():
    files = {path.stem for path in RULE_FILES.glob("*.py")} - {"__init__"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}


def test_codes_and_names_are_unique_and_in_order():
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@every_rule
def test_a_rule_says_what_it_flags_why_and_whence(rule):
    assert rule.code.startswith("PS")
    assert not rule.name.startswith(("no-", "require-"))  # "allow <name>" must read well
    assert not rule.summary.endswith(".")
    assert rule.why.endswith(".")
    assert rule.source.endswith(".")
    assert set(rule.silences) <= {other.name for other in RULES}


@every_rule
def test_a_message_is_one_clause_and_a_remedy_fits_a_line(rule):
    for finding in linted(rule.bad, rule.profile):
        assert not finding.message.endswith(".")
        assert len(finding.message) <= 160
        assert finding.remedy
        assert "\n" not in finding.message + finding.remedy


# Where a finding points


BAD_TEXT = """\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "description": "The date"},
    "total": {
      "type": "float",
      "description": "The amount due"
    }
  },
  "required": [
    "issued",
    "totall"
  ]
}
"""


def test_a_finding_in_a_text_names_the_file_and_the_line():
    found = lint(BAD_TEXT, where="schemas/invoice.json")
    assert [(finding.pointer, str(finding.origin)) for finding in found] == [
        ("/properties/total/type", "schemas/invoice.json:6"),
        ("/required/1", "schemas/invoice.json:12"),
    ]


def test_bytes_and_a_page_schema_are_linted_like_their_text():
    schema = PageSchema.parse(BAD_TEXT, where="invoice.json")
    assert lint(schema) == lint(BAD_TEXT, where="invoice.json") == lint(BAD_TEXT.encode(), where="invoice.json")


def test_a_value_has_findings_without_a_line():
    found = lint(json.loads(BAD_TEXT))
    assert [finding.pointer for finding in found] == ["/properties/total/type", "/required/1"]
    assert {finding.origin for finding in found} == {Origin()}


def test_findings_come_in_the_order_of_the_text():
    fields = {name: {"type": "strin", "description": "One."} for name in ("z", "a", "m")}
    found = lint({"type": "object", "properties": fields, "required": ["gone"]})
    assert [finding.pointer for finding in found] == [
        "/properties/z/type",
        "/properties/a/type",
        "/properties/m/type",
        "/required/0",
    ]


class Line(BaseModel):
    price: float = Field(description="What it costs")
    tags: list = Field(description="Free tags")
    price_score: str = Field(description="How sure the clerk was")


class Receipt(BaseModel):
    shop: str
    lines: list[Line] = Field(description="What was bought")


def test_a_finding_from_a_model_points_at_the_field_that_causes_it():
    source = Path(__file__).read_text("utf-8").splitlines()
    found = {
        (finding.name, finding.origin.model, finding.origin.field): finding
        for finding in graver(lint(page_schema(Receipt)))
    }
    assert found.keys() == {
        ("missing-description", "Receipt", "shop"),
        ("untyped-array", "Line", "tags"),
        ("response-suffix-collision", "Line", "price_score"),
    }
    for (_, _, field), finding in found.items():
        assert Path(finding.origin.file or "").name == "test_linting.py"
        assert source[(finding.origin.line or 0) - 1].strip().startswith(f"{field}:")


class Undescribed(BaseModel):
    shop: str
    total: float


def test_a_model_without_any_description_is_one_finding_at_its_class():
    [finding] = graver(lint(page_schema(Undescribed)))
    assert (finding.name, finding.pointer, finding.origin.model) == ("missing-description", "", "Undescribed")
    assert "Field(description=" in finding.remedy


def test_what_a_model_generates_is_mended_in_the_model():
    schema = page_schema(Receipt)
    assert fix(schema, unsafe=True) is schema
    assert not any(finding.fixable for finding in lint(schema))


def test_a_finding_is_the_same_on_every_run():
    assert lint(BAD_TEXT) == lint(BAD_TEXT)


# What can be linted


@pytest.mark.parametrize("value", [None, True, 0, 1.5, [], {}, [{}], {"a": {"b": [None]}}])
def test_any_json_value_gets_an_answer(value):
    assert lint(value)


@pytest.mark.parametrize("value", [{"a": {1, 2}}, {"a": object()}, {("a", "b"): 1}])
def test_a_value_that_json_cannot_hold_is_refused_with_a_remedy(value):
    with pytest.raises(InvalidSchema, match="not made of JSON values") as raised:
        lint(value)
    assert raised.value.remedy


def test_a_value_that_holds_itself_is_refused():
    value: dict[str, object] = {}
    value["properties"] = value
    with pytest.raises(InvalidSchema):
        lint(value)


def test_nan_in_a_value_is_a_finding_as_it_is_in_a_text():
    assert [f.name for f in lint({"properties": {"a": {"maximum": float("nan")}}})] == ["invalid-json"]


def test_nothing_is_ever_fetched(monkeypatch):
    def refuse(*_):
        raise AssertionError("lint opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    remote = {"$ref": "http://127.0.0.1:9/x.json", "description": "Elsewhere"}
    found = lint({"$schema": "http://127.0.0.1:9/meta", "properties": {"a": remote}})
    assert [finding.name for finding in found] == ["unresolvable-ref"]


# What fix leaves alone


def test_a_good_text_comes_back_to_the_byte():
    text = '{"properties":   {"a":{"type":"number","description":"x","maximum":1.50}}}\n\n'
    assert fix(text, unsafe=True) == text


def test_a_fix_keeps_the_indent_the_order_and_the_last_line():
    text = (
        '{\n\t"z": {"type": "string", "description": "Last"},\n\t"a": {"type": "string", "description": "First"}\n}\n'
    )
    mended = fix(text)
    assert list(json.loads(mended)["properties"]) == ["z", "a"]
    assert mended.startswith('{\n\t"type": "object",\n\t"properties"')
    assert mended.endswith("}\n")
    assert fix('{"a":{"type":"number"}}') == '{"type":"object","properties":{"a":{"type":"number"}}}'


def test_a_page_schema_is_fixed_to_a_page_schema():
    schema = PageSchema.parse(BAD_TEXT, name="invoice", where="invoice.json")
    mended = fix(schema, unsafe=True)
    assert (mended.name, mended.origin) == ("invoice", schema.origin)
    assert mended.value == json.loads(mended.text)
    assert mended.value["properties"]["total"]["type"] == "number"
    assert fix(schema) is schema


def test_a_value_is_fixed_to_a_text():
    assert json.loads(fix({"total": {"type": "number"}})) == {
        "type": "object",
        "properties": {"total": {"type": "number"}},
    }


def test_a_text_with_a_key_that_stands_twice_is_not_written_anew():
    text = '{"total": {"type": "number"}, "total": {"type": "string"}}'
    assert fix(text, unsafe=True) == text
    assert not any(finding.fixable for finding in lint(text))


def test_a_text_that_is_not_json_comes_back_as_it_was():
    assert fix("{") == "{"
    with pytest.raises(InvalidJSON):
        fix(b"\xff")
    with pytest.raises(InvalidJSON):
        fix({"a": float("inf")})


def test_one_fix_makes_way_for_the_next():
    encoded = json.dumps(json.dumps({"issued": {"type": "date", "description": "The date of issue"}}))
    mended = json.loads(fix(encoded, unsafe=True))
    assert mended["properties"]["issued"] == {"type": "string", "description": "The date of issue", "format": "date"}
