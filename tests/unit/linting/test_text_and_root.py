"""What is no page schema: one finding, about the whole."""

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
DATE = {"type": "string", "format": "date", "description": "The day of issue"}


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {
        name: {"description": "One.", **field} if isinstance(field, dict) and field else field
        for name, field in fields.items()
    }
    return {"type": "object", "properties": described, **(root or {})}


def found(value):
    """What lint finds, notes and what it says of fields and names aside."""
    return [(f.name, f.pointer) for f in lint(value) if f.code < "PS4" and f.severity is not Severity.NOTE]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# Text that is not JSON


@pytest.mark.parametrize(
    ("text", "line", "said", "remedy"),
    [
        ("", 1, "is empty", "write a JSON value"),
        ('{\n "a": 1,}', 2, "is not JSON", "drop the comma"),
        ('{\n "a": [1, ]}', 2, "is not JSON", "drop the comma"),
        ('{\n // a\n "a": 1}', 2, "// a", "drop the comment"),
        ("```json\n{}\n```", 1, "```json", "fence"),
        ("{'a': 1}", 1, "'a': 1", "json.dumps"),
        ("\ufeff{}", 1, "byte order mark", "without BOM"),
        ('{"a": "NaN",\n\n"b": NaN}', 3, "NaN is not JSON", "null"),
        ('{"a":\n-Infinity}', 2, "-Infinity", "null"),
        ('{"a": "fine \\ud83d\\ude00",\n"b": "\\ud800"}', 2, "surrogate", "escape the whole pair"),
        ('{"a":\n1e999}', 2, "1e999", "as a string"),
        ('{"a":\n' + "9" * 5000 + "}", 2, "digits", "keep to"),
        ("\n[" * 300, 202, "nested deeper", "flatten"),
        (b'{"a": 1,\n"b": "\xff"}', 2, "not UTF-8", "UTF-8"),
    ],
)
def test_a_text_that_is_no_json_is_placed_and_explained(text, line, said, remedy):
    [finding] = lint(text, where="x.json")
    assert (finding.name, finding.pointer, str(finding.origin)) == ("invalid-json", "", f"x.json:{line}")
    assert said in finding.message
    assert remedy in finding.remedy


def test_each_repeated_key_is_placed_at_its_own_line():
    text = '{"properties": {\n"a": {"enum": [{"x": 1, "x": 2}]},\n"a": {"type": "string", "description": "b"},\n"a": true}}'
    lines = [(f.pointer, f.origin.line) for f in lint(text) if f.name == "duplicate-key"]
    assert lines == [("/properties/a/enum/0/x", 2), ("/properties/a", 3), ("/properties/a", 4)]


# The wrong thing

WHOLE = schema(total={"type": "number"})
WRONG_THINGS = [
    ("values", {"number": "INV-1", "total": 3.5}, "instance-as-schema"),
    ("values of a model that found nothing", {"number": None, "total": None}, "instance-as-schema"),
    ("values with a type of their own", {"type": "invoice", "number": "1"}, "instance-as-schema"),
    ("values with items", {"items": [{"price": 1}], "total": 1}, "instance-as-schema"),
    ("values with properties", {"owner": "A", "properties": [{"street": "B"}]}, "instance-as-schema"),
    ("values that look a little like fields", {"contact": {"type": "phone", "value": "1"}}, "instance-as-schema"),
    ("values beside a title", {"title": "CV", "description": "Of Jo", "skills": ["x"]}, "instance-as-schema"),
    ("nested values", {"seller": {"name": {"first": "A"}}}, "instance-as-schema"),
    ("fields", {"number": TEXT, "total": {"type": "number"}}, "bare-property-map"),
    ("fields beside a title", {"title": "Invoice", "total": {"type": "number"}}, "bare-property-map"),
    ("fields beside type and required", {"type": "object", "a": TEXT, "required": ["a"]}, "bare-property-map"),
    ("fields beside definitions", {"a": {"$ref": "#/$defs/A"}, "$defs": {"A": TEXT}}, "bare-property-map"),
    ("fields with keywords' names", {"type": TEXT, "title": TEXT, "items": TEXT, "enum": TEXT}, "bare-property-map"),
    ("a field called properties", {"properties": {"type": "array", "items": TEXT}, "a": TEXT}, "bare-property-map"),
    ("one field that is an object", {"invoice": WHOLE}, "bare-property-map"),
    ("a field called schema", {"schema": WHOLE, "total": {"type": "number"}}, "bare-property-map"),
    ("names of types", {"total": "number", "issued": "date"}, "bare-property-map"),
    ("descriptions only", {"a": {"description": "The a"}, "b": {"description": "The b"}}, "bare-property-map"),
    ("response_format", {"type": "json_schema", "json_schema": {"name": "x", "schema": WHOLE}}, "wrapped-schema"),
    ("a tool", {"type": "function", "function": {"name": "x", "parameters": WHOLE}}, "wrapped-schema"),
    ("another tool", {"name": "x", "description": "y", "input_schema": WHOLE}, "wrapped-schema"),
    ("a saved schema", {"schema_id": "sch_1", "schema_json": WHOLE, "version": 1}, "wrapped-schema"),
    ("the form", {"page_schema": json.dumps(WHOLE), "mode": "fast"}, "wrapped-schema"),
    ("an OpenAPI document", {"openapi": "3.1.0", "paths": {}}, "openapi-document"),
    ("a Swagger document", {"swagger": "2.0", "definitions": {"A": WHOLE}}, "openapi-document"),
    ("a text in a text in a text", json.dumps(json.dumps(json.dumps(WHOLE))), "encoded-twice"),
]


@pytest.mark.parametrize(("value", "name"), [pytest.param(*row[1:], id=row[0]) for row in WRONG_THINGS])
def test_what_is_no_schema_at_all_is_one_finding_about_the_whole(value, name):
    assert found(value) == [(name, "")]


@pytest.mark.parametrize("value", [row[1] for row in WRONG_THINGS if row[2] == "bare-property-map"])
def test_a_bare_map_is_wrapped_with_no_field_lost(value):
    mended = json.loads(fix(value))
    kept = mended["properties"].keys() | mended.keys()
    assert mended["type"] == "object"
    assert value.keys() <= kept
    assert all(isinstance(field, dict) for field in mended["properties"].values())


@pytest.mark.parametrize("value", [row[1] for row in WRONG_THINGS if row[2] == "wrapped-schema"])
def test_a_wrapped_schema_is_taken_out_whole(value):
    assert json.loads(fix(value, unsafe=True)) == WHOLE


def test_properties_that_are_a_text_are_decoded_in_their_place():
    value = {"type": "object", "properties": json.dumps({"a": TEXT}), "required": ["a"]}
    assert found(value) == [("encoded-twice", "/properties")]
    assert json.loads(fix(value)) == {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}


def test_an_encoded_text_with_a_repeated_key_is_not_decoded_over_its_loss():
    text = json.dumps('{"properties": {"a": {}, "a": {"type": "string"}}}')
    assert found(text) == [("encoded-twice", "")]
    assert fix(text) == text


# The root


@table(
    ("nothing", {}, [("missing-root-properties", "")]),
    ("an empty object schema", {"type": "object"}, [("missing-root-properties", "")]),
    ("definitions only", {"$defs": {"A": WHOLE}}, [("missing-root-properties", "")]),
    ("a choice", {"anyOf": [WHOLE, WHOLE]}, [("missing-root-properties", "")]),
    ("a misspelt keyword", {"type": "object", "propertes": {"a": TEXT}}, [("missing-root-properties", "")]),
    ("another word for it", {"type": "object", "fields": {"a": TEXT}}, [("missing-root-properties", "")]),
    ("no fields", {"type": "object", "properties": {}, "required": ["a"]}, [("empty-root-properties", "/properties")]),
    ("a list", [WHOLE], [("root-not-object", "")]),
    ("a list of fields", [{"name": "a", "type": "string"}], [("root-not-object", "")]),
    ("null", None, [("root-not-object", "")]),
    ("a text", '"invoice"', [("root-not-object", "")]),
    ("an array", {"type": "array", "items": WHOLE}, [("root-not-object", "/type")]),
    ("a string", {"type": "string"}, [("root-not-object", "/type")]),
    ("properties in a list", {"properties": [{"name": "a"}]}, [("root-not-object", "/properties")]),
    ("properties that are null", {"type": "object", "properties": None}, [("root-not-object", "/properties")]),
    ("null allowed", {"type": ["object", "null"], "properties": {"a": TEXT}}, [("nullable-root", "/type")]),
    ("a type in another case", {"type": "Object", "properties": {"a": TEXT}}, [("invalid-type-name", "/type")]),
    ("a reference to nothing", {"$ref": "#/$defs/B", "$defs": {"A": WHOLE}}, [("unresolvable-ref", "/$ref")]),
    ("a reference to itself", {"$ref": "#"}, [("reference-loop", "/$ref")]),
    ("a list of one type", {"type": ["object"], "properties": {"a": TEXT}}, []),
    ("properties alone", {"properties": {"a": TEXT}}, []),
)
def test_a_root_without_fields_to_extract_is_one_finding(value, expected):
    assert found(value) == expected


NODE = {
    "type": "object",
    "description": "A clause",
    "properties": {"text": TEXT, "within": {"type": "array", "items": {"$ref": "#/$defs/Node"}, "description": "x"}},
}


def test_the_root_reference_of_a_recursive_model_becomes_the_root_itself():
    mended = json.loads(fix({"$ref": "#/$defs/Node", "$defs": {"Node": NODE, "Used": TEXT}, "title": "Contract"}))
    assert mended["properties"]["within"]["items"] == {"$ref": "#"}
    assert (mended["description"], mended["title"]) == ("A clause", "Contract")
    assert mended["$defs"] == {"Used": TEXT}
    assert found(mended) == []


def test_a_reference_into_the_definition_that_moved_moves_with_it():
    root = {
        "$ref": "#/$defs/N",
        "$defs": {"N": {"properties": {"a b": TEXT, "c": {"$ref": "#/$defs/N/properties/a%20b"}}}},
    }
    mended = json.loads(fix(root))
    assert mended == {"properties": {"a b": TEXT, "c": {"$ref": "#/properties/a%20b"}}}


def test_a_root_that_two_descriptions_claim_is_left_to_a_person():
    root = {"$ref": "#/$defs/Node", "$defs": {"Node": NODE}, "description": "A contract"}
    [finding] = lint(root)
    assert (finding.name, finding.fixable) == ("missing-root-properties", False)
    assert json.loads(fix(root, unsafe=True)) == root


def test_the_branches_of_a_root_become_one_object():
    root = {
        "allOf": [{"$ref": "#/$defs/Base"}, {"properties": {"b": TEXT}, "required": ["b"]}],
        "$defs": {"Base": {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}},
    }
    mended = {"type": "object", "properties": {"a": TEXT, "b": TEXT}, "required": ["a", "b"]}
    assert json.loads(fix(root)) == mended


@pytest.mark.parametrize(
    "branches",
    [
        [{"properties": {"a": TEXT}}, {"properties": {"a": DATE}}],
        [{"properties": {"a": TEXT}, "additionalProperties": False}, {"properties": {"b": TEXT}}],
        [{"properties": {"a": TEXT}, "description": "x"}, {"properties": {"b": TEXT}, "description": "y"}],
        [{"properties": {"a": TEXT}}, {"type": "string"}],
        [{"properties": {"a": TEXT}}, True],
    ],
)
def test_branches_that_do_not_simply_add_up_are_left_to_a_person(branches):
    root = {"allOf": branches}
    assert [finding.fixable for finding in lint(root)][:1] == [False]
    assert json.loads(fix(root, unsafe=True)) == root
