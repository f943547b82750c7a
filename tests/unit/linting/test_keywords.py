"""Keywords whose value cannot stand: wrong values, type names, patterns."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json

import pytest

from pageschema.linting import fix, lint

TEXT = {"type": "string", "description": "As printed"}


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {
        name: {"description": "One.", **field} if isinstance(field, dict) and field else field
        for name, field in fields.items()
    }
    return {"type": "object", "properties": described, **(root or {})}


def found(value):
    return [(finding.name, finding.pointer) for finding in lint(value)]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# Keywords


@table(
    ("a number in quotes", schema(a={"type": "number", "minimum": "3"}), [("invalid-keyword-value", "/properties/a/minimum")]),
    ("a negative length", schema(a={**TEXT, "minLength": -1}), [("invalid-keyword-value", "/properties/a/minLength")]),
    ("required on a field", schema(a={**TEXT, "required": True}), [("invalid-keyword-value", "/properties/a/required")]),
    ("required as a name", schema({"required": "a"}, a=TEXT), [("invalid-keyword-value", "/required")]),
    ("required twice", schema({"required": ["a", "a"]}, a=TEXT), [("invalid-keyword-value", "/required")]),
    ("required number", schema({"required": [1]}, a=TEXT), [("invalid-keyword-value", "/required/0")]),
    ("null for a type", schema(a={"type": None}), [("invalid-keyword-value", "/properties/a/type")]),
    ("the same type twice", schema(a={"type": ["string", "string"]}), [("invalid-keyword-value", "/properties/a/type")]),
    ("draft 4 bound", schema(a={"type": "number", "exclusiveMinimum": True}), [("invalid-keyword-value", "/properties/a/exclusiveMinimum")]),
    ("a list of items", schema(a={"type": "array", "items": [TEXT]}), [("invalid-keyword-value", "/properties/a/items")]),
    ("items by type", schema(a={"type": "array", "items": "string"}), [("invalid-keyword-value", "/properties/a/items")]),
    ("a field by type", schema(a="string"), [("invalid-keyword-value", "/properties/a")]),
    ("a field that is null", schema(a=None), [("invalid-keyword-value", "/properties/a")]),
    ("fields in a list", schema(a={"type": "object", "properties": [TEXT]}), [("invalid-keyword-value", "/properties/a/properties")]),
    ("an enum of one", schema(a={**TEXT, "enum": "x"}), [("invalid-keyword-value", "/properties/a/enum")]),
    ("a description in a list", schema(a={"type": "string", "description": ["x"]}), [("invalid-keyword-value", "/properties/a/description")]),
    ("a reference that is a number", schema(a={"$ref": 5}), [("invalid-keyword-value", "/properties/a/$ref")]),
    ("a keyword nobody words", schema(a={**TEXT, "$vocabulary": 3}), [("invalid-keyword-value", "/properties/a/$vocabulary")]),
    ("a draft 7 tuple under draft 7", schema({"$schema": "http://json-schema.org/draft-07/schema#"}, a={"type": "array", "items": [TEXT]}), []),
    ("under a name that is empty", schema(**{"": {"type": None}}), [("invalid-keyword-value", "/properties//type")]),
    ("two faults", schema(a={"type": "int", "minLength": "x"}), [("invalid-type-name", "/properties/a/type"), ("invalid-keyword-value", "/properties/a/minLength")]),
)  # fmt: skip
def test_a_keyword_with_a_wrong_value_is_one_finding_a_fault(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (schema(a={"type": "number", "minimum": "3"}), "write 3, without quotes"),
        (schema(a={**TEXT, "required": True}), "drop it here"),
        (schema({"required": "a"}, a=TEXT), 'write ["a"]'),
        (schema(a={"type": "number", "minimum": 1, "exclusiveMinimum": True}), "move the number of 'minimum' here"),
        (schema(a="str"), 'write {"type": "string"}'),
        (schema(a={"type": None}), 'write "null", in quotes'),
        (schema(a={"type": "array", "items": [TEXT]}), "prefixItems"),
        (schema(a={"type": "object", "additionalProperties": "no"}), "write true or false"),
    ],
)
def test_the_remedy_for_a_wrong_value_is_what_to_write(value, remedy):
    assert remedy in lint(value)[0].remedy


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("str", {"type": "string"}),
        ("String", {"type": "string"}),
        ("strng", {"type": "string"}),
        ("float", {"type": "number"}),
        ("Decimal", {"type": "number"}),
        ("int", {"type": "integer"}),
        ("bool", {"type": "boolean"}),
        ("dict", {"type": "object"}),
        ("Dict[str, Any]", {"type": "object"}),
        ("list", {"type": "array"}),
        ("list[str]", {"type": "array", "items": {"type": "string"}}),
        ("number[]", {"type": "array", "items": {"type": "number"}}),
        ("Optional[int]", {"type": "integer"}),
        ("str | None", {"type": "string"}),
        ("datetime.date", {"type": "string", "format": "date"}),
        ("datetime", {"type": "string", "format": "date-time"}),
        ("None", {"type": "null"}),
    ],
)
def test_a_wrong_type_name_is_answered_with_the_right_one(name, meant):
    [finding] = [finding for finding in lint(schema(a={"type": name})) if finding.name == "invalid-type-name"]
    assert finding.pointer == "/properties/a/type"
    assert json.dumps(meant)[1:-1] in finding.remedy


@pytest.mark.parametrize("name", ["any", "invoice", "", "object | string", "x" * 500, "[" * 60])
def test_a_type_name_that_is_anyones_guess_is_answered_with_the_seven_there_are(name):
    value = schema(a={"type": name})
    [finding] = lint(value)
    assert finding.name == "invalid-type-name"
    assert "integer" in finding.remedy
    assert json.loads(fix(value, unsafe=True)) == value


def test_a_mended_type_keeps_the_format_and_the_items_that_stood_there():
    fields = schema(
        a={"type": "datetime", "format": "date"}, b={"type": "list[int]", "items": TEXT}, c={"type": ["str", "string"]}
    )
    mended = json.loads(fix(fields, unsafe=True))["properties"]
    assert (mended["a"]["type"], mended["a"]["format"]) == ("string", "date")
    assert (mended["b"]["type"], mended["b"]["items"]) == ("array", TEXT)
    assert mended["c"]["type"] == ["string"]


# Patterns

UNCOMPILABLE, UNPORTABLE = "uncompilable-pattern", "unportable-pattern"


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        (r"^[A-Z]{2}\d{4}$", None),
        (r"^\p{L}+$", None),
        (r"^[(?i)]+\(?=x\\Z?$", None),
        (r"^[\[\]{}().*+?^$|\\-]+$", None),
        (r"^[^]]+$|a\+\+", None),
        ("(", UNCOMPILABLE),
        ("[z-a]", UNCOMPILABLE),
        ("a{2,1}", UNCOMPILABLE),
        (r"\d{3", UNCOMPILABLE),
        (r"^[\w-.]+$", UNCOMPILABLE),
        ("(?P<x>[", UNCOMPILABLE),
        ("(" * 5000, UNCOMPILABLE),
        (r"a\Z", UNPORTABLE),
        (r"\Aa", UNPORTABLE),
        ("(?i)abc", UNPORTABLE),
        ("(?P<year>[0-9]{4})", UNPORTABLE),
        ("(?!0)[0-9]+", UNPORTABLE),
        ("(?<=a)b", UNPORTABLE),
        ("(?>a)b", UNPORTABLE),
        ("a++", UNPORTABLE),
        ("[[:alpha:]]", UNPORTABLE),
    ],
)
def test_a_pattern_is_judged_by_the_engines_that_read_it(pattern, name):
    assert found(schema(a={**TEXT, "pattern": pattern})) == ([(name, "/properties/a/pattern")] if name else [])
    named = schema(a={"type": "object", "patternProperties": {pattern: TEXT}})
    assert [found_name for found_name, _ in found(named)] == ([name] if name else [])


def test_only_anchors_at_the_ends_are_rewritten():
    value = schema(a={**TEXT, "pattern": r"\Aa\Z"}, b={**TEXT, "pattern": r"a\Z|b"}, c={**TEXT, "pattern": r"(?i)a\Z"})
    fields = json.loads(fix(value))["properties"]
    assert [fields[name]["pattern"] for name in "abc"] == ["^a$", r"a\Z|b", r"(?i)a\Z"]
    keyed = schema(a={"type": "object", "patternProperties": {r"\Aa\Z": TEXT, "b": TEXT}})
    assert list(json.loads(fix(keyed))["properties"]["a"]["patternProperties"]) == ["^a$", "b"]
