"""Where references and required names lead."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json
from functools import partial

import pytest

from pageschema import linting
from pageschema.finding import Severity
from pageschema.linting import fix

lint = partial(linting.lint, notes=True)

TEXT = {"type": "string", "description": "As printed"}


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {
        name: {"description": "One.", **field} if isinstance(field, dict) and field else field
        for name, field in fields.items()
    }
    return {"type": "object", "properties": described, **(root or {})}


def found(value):
    return [(finding.name, finding.pointer) for finding in graver(value)]


def graver(value):
    """What lint finds about keywords, values and references, notes aside; fields and names have tests of their own."""
    return [f for f in lint(value) if f.code < "PS4" and f.severity is not Severity.NOTE]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# References


DEFS = {"$defs": {"Line Item": TEXT, "Party": {**TEXT, "$anchor": "party", "$id": "https://example.com/party"}}}


@table(
    ("a definition", schema(DEFS, a={"$ref": "#/$defs/Party"}), []),
    ("a name with a space, encoded", schema(DEFS, a={"$ref": "#/$defs/Line%20Item"}), []),
    ("a name with a space, as it is", schema(DEFS, a={"$ref": "#/$defs/Line Item"}), []),
    ("the root", schema(a={"type": "array", "items": {"$ref": "#"}}), []),
    ("another field", schema(a=TEXT, b={"$ref": "#/properties/a"}), []),
    ("an id in the schema", schema(DEFS, a={"$ref": "https://example.com/party"}), []),
    ("an anchor", schema({"$defs": {"P": {**TEXT, "$anchor": "party"}}}, a={"$ref": "#party"}), []),
    ("relative to the root's id", schema({"$id": "https://a.test/b", "$defs": {"P": {**TEXT, "$id": "p"}}}, a={"$ref": "p"}), []),
    ("the root by its id", schema({"$id": "https://a.test/b", "$defs": {"P": TEXT}}, a={"$ref": "https://a.test/b#/$defs/P"}), []),
    ("components in the schema", schema({"components": {"schemas": {"P": TEXT}}}, a={"$ref": "#/components/schemas/P"}), []),
    ("a missing definition", schema(a={"$ref": "#/$defs/Line"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("an anchor of another resource", schema(DEFS, a={"$ref": "#party"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("a map of schemas", schema(a={"$ref": "#/properties"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("a string", schema(a={"$ref": "#/type"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("a file", schema(a={"$ref": "party.json#/Party"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("the web", schema(a={"$ref": "https://a.test/x"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("the metaschema", schema(a={"$ref": "https://json-schema.org/draft/2020-12/schema"}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("no URI at all", schema(a={"$ref": "http://["}), [("unresolvable-ref", "/properties/a/$ref")]),
    ("deep in what only a reference leads to", schema({"x": {"P": {"items": {"$ref": "#/y"}, "type": "array", "description": "x"}}}, a={"$ref": "#/x/P"}), [("unresolvable-ref", "/x/P/items/$ref")]),
)  # fmt: skip
def test_a_reference_must_lead_to_a_schema_in_the_text(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    "wrong",
    ["#/definitions/Address", "#/components/schemas/Address", "#/$defs/Adress", "#/$defs/address", "Address",
     "#Address", "$defs/Address", "https://example.com/address.json"],
)  # fmt: skip
def test_a_reference_that_misses_its_definition_narrowly_is_told_where_it_is(wrong):
    value = schema({"$defs": {"Address": TEXT, "Other": TEXT}}, a={"$ref": wrong})
    [finding] = graver(value)
    assert finding.remedy == "did you mean '#/$defs/Address'?"
    assert json.loads(fix(value, unsafe=True))["properties"]["a"]["$ref"] == "#/$defs/Address"


@table(
    ("two steps", schema({"$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}}, a={"$ref": "#/$defs/A"}), [("reference-loop", "/$defs/A/$ref")]),
    ("through a branch", schema({"$defs": {"A": {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}]}}}, a={"$ref": "#/$defs/A"}), [("reference-loop", "/$defs/A/anyOf/0/$ref")]),
    ("through the root", schema({"allOf": [{"$ref": "#"}]}, a=TEXT), [("reference-loop", "/allOf/0/$ref")]),
    ("two loops", schema({"$defs": {"A": {"$ref": "#/$defs/A"}, "B": {"not": {"$ref": "#/$defs/B"}}}}, a=TEXT), [("reference-loop", "/$defs/A/$ref"), ("reference-loop", "/$defs/B/not/$ref")]),
    ("a level deeper each turn", schema({"$defs": {"A": {"type": "object", "properties": {"a": {"$ref": "#/$defs/A", "description": "x"}}}}}, a={"$ref": "#/$defs/A"}), []),
)  # fmt: skip
def test_only_a_reference_that_makes_no_progress_is_a_loop(value, expected):
    assert found(value) == expected


@table(
    ("a renamed field", schema({"required": ["total"]}, total_amount=TEXT), [("undeclared-required", "/required/0")]),
    ("in an item", schema(a={"type": "array", "items": {"type": "object", "properties": {"b": TEXT}, "required": ["b", "c"]}}), [("undeclared-required", "/properties/a/items/required/1")]),
    ("in an object without fields", schema(a={"type": "object", "required": ["b"]}), [("undeclared-required", "/properties/a/required/0")]),
    ("in a branch", schema({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, a=TEXT), [("undeclared-required", "/anyOf/1/required/0")]),
    ("declared in a branch", schema({"allOf": [{"properties": {"b": TEXT}}], "required": ["a", "b"]}, a=TEXT), []),
    ("declared where a reference leads", schema({"$defs": {"B": {"properties": {"b": TEXT}}}, "allOf": [{"$ref": "#/$defs/B"}], "required": ["b"]}, a=TEXT), []),
    ("a condition", schema({"if": {"required": ["x"]}, "then": {"required": ["a"]}, "not": {"required": ["y"]}}, a=TEXT), []),
    ("a definition to mix in", schema({"$defs": {"N": {"required": ["b"]}}}, a={"type": "object", "properties": {"b": TEXT}, "allOf": [{"$ref": "#/$defs/N"}]}), []),
    ("a map", schema(a={"type": "object", "additionalProperties": {"type": "number"}, "required": ["b"]}), []),
    ("a field that a branch narrows", schema({"then": {"properties": {"a": {"required": ["b"]}}}, "if": True}, a={"type": "object", "properties": {"b": TEXT}}), []),
    ("an unknown part", schema({"allOf": [{"$ref": "#/$defs/B"}], "required": ["b"]}, a=TEXT), [("unresolvable-ref", "/allOf/0/$ref")]),
)  # fmt: skip
def test_what_is_required_must_be_declared_by_what_judges_the_same_object(value, expected):
    assert found(value) == expected


def test_a_required_name_that_misses_its_field_narrowly_is_told_which():
    assert lint(schema({"required": ["total_amont"]}, total_amount=TEXT))[0].remedy == "did you mean 'total_amount'?"


@table(
    ("a leftover", schema({"$defs": {"T": TEXT}}, a=TEXT), ["/$defs/T"]),
    ("used by a leftover only", schema({"$defs": {"T": TEXT, "L": {"type": "array", "items": {"$ref": "#/$defs/T"}}}}, a=TEXT), ["/$defs/T", "/$defs/L"]),
    ("used by itself only", schema({"$defs": {"N": {"type": "array", "items": {"$ref": "#/$defs/N"}}}}, a=TEXT), ["/$defs/N"]),
    ("used by another", schema({"$defs": {"T": TEXT, "L": {"type": "array", "items": {"$ref": "#/$defs/T"}}}}, a={"$ref": "#/$defs/L"}), []),
    ("used in part", schema({"$defs": {"P": {"type": "object", "properties": {"b": TEXT}}}}, a={"$ref": "#/$defs/P/properties/b"}), []),
    ("used in a condition", schema({"$defs": {"T": {"required": ["a"]}}, "not": {"$ref": "#/$defs/T"}}, a=TEXT), []),
    ("used under another name by mistake", schema({"$defs": {"Address": TEXT}}, a={"$ref": "#/$defs/Adress"}), []),
)  # fmt: skip
def test_a_definition_that_nothing_refers_to_is_a_note(value, expected):
    notes = [finding for finding in lint(value) if finding.name == "unused-definition"]
    assert [finding.pointer for finding in notes] == expected
    assert all(finding.severity is Severity.NOTE for finding in notes)


# Hostile schemas


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(schema({"$defs": {f"D{i}": {"allOf": [{"$ref": f"#/$defs/D{i + 1}"}] * 2, "default": 1} for i in range(200)} | {"D200": TEXT}}, a={"$ref": "#/$defs/D0", "default": 1}), id="a fan of references"),
        pytest.param(schema({"$defs": {f"D{i}": {"$ref": f"#/$defs/D{i + 1}"} for i in range(3000)} | {"D3000": TEXT}}, a={"$ref": "#/$defs/D0"}), id="a long chain"),
    ],
)  # fmt: skip
def test_references_in_great_number_end_in_an_answer(value):
    assert found(value) == []


def test_a_loop_of_thousands_is_one_finding():
    definitions = {f"D{i}": {"$ref": f"#/$defs/D{(i + 1) % 3000}"} for i in range(3000)}
    fields = {f"f{i}": {"$ref": f"#/$defs/D{i}"} for i in range(3000)}
    assert found({"properties": fields, "$defs": definitions}) == [("reference-loop", "/$defs/D0/$ref")]


def test_depth_is_answered_up_to_the_bound_and_refused_past_it():
    def nested(levels):
        value = dict(TEXT)
        for _ in range(levels):
            value = {"not": value}
        return schema(a={**TEXT, **value})

    assert found(nested(190)) == []
    assert found(nested(250)) == [("invalid-json", "")]
