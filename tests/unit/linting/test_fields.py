"""What a schema asks for: fields, their values, their names, their descriptions."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import pytest

from pageschema.linting import lint

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
    return [(finding.name, finding.pointer) for finding in lint(value)]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# Values that a schema gives


@table(
    ("null for a string", schema(a={**TEXT, "default": None}), [("default-breaks-schema", "/properties/a/default")]),
    ("a sentence for a number", schema(a={"type": "integer", "default": "Years of experience"}), [("default-breaks-schema", "/properties/a/default")]),
    ("not among the options", schema({"$defs": {"E": {"enum": ["a"]}}}, a={"$ref": "#/$defs/E", "default": "b"}), [("default-breaks-schema", "/properties/a/default")]),
    ("no date", schema(a={**DATE, "default": "today"}), [("default-breaks-schema", "/properties/a/default")]),
    ("an incomplete object", schema(a={"type": "object", "properties": {"b": TEXT}, "required": ["b"], "default": {}}), [("default-breaks-schema", "/properties/a/default")]),
    ("below a reference", schema({"$defs": {"L": {"type": "object", "properties": {"b c": {**TEXT, "default": 1}}}}}, a={"$ref": "#/$defs/L"}), [("default-breaks-schema", "/$defs/L/properties/b c/default")]),
    ("an example", schema(a={"type": "number", "examples": [1, "1,00"]}), [("example-breaks-schema", "/properties/a/examples/1")]),
    ("null where it is allowed", schema(a={"anyOf": [{"type": "string"}, {"type": "null"}], "default": None}), []),
    ("cents", schema(a={"type": "number", "multipleOf": 0.01, "default": 19.99}), []),
    ("of a definition nobody refers to", schema({"$defs": {"L": {**TEXT, "default": 1}}}, a=TEXT), []),
    ("in a schema that no one can judge", schema(a={**TEXT, "default": 1, "minLength": "x"}), [("invalid-keyword-value", "/properties/a/minLength")]),
)  # fmt: skip
def test_a_default_or_example_is_held_to_its_own_schema(value, expected):
    assert found(value) == expected


# Fields


@table(
    ("a description alone", schema(a={"title": "A"}), [("untyped-field", "/properties/a")]),
    ("nothing", schema(a={}, b=TEXT), [("untyped-field", "/properties/a")]),
    ("anything", schema(a=True, b=TEXT), [("untyped-field", "/properties/a")]),
    ("anything or null", schema(a={"anyOf": [{}, {"type": "null"}]}), [("untyped-field", "/properties/a")]),
    ("not a string", schema(a={"not": {"type": "string"}}), [("untyped-field", "/properties/a")]),
    ("fields without the word object", schema(a={"properties": {"b": TEXT}}), [("untyped-field", "/properties/a")]),
    ("one definition for two fields", schema({"$defs": {"Any": {"title": "Any"}}}, a={"$ref": "#/$defs/Any"}, b={"$ref": "#/$defs/Any"}), [("untyped-field", "/$defs/Any")]),
    ("an enum", schema(a={"enum": ["x", "y"]}), []),
    ("a constant", schema(a={"const": "x"}), []),
    ("a choice", schema(a={"anyOf": [TEXT, {"type": "number"}]}), []),
    ("null", schema(a={"type": "null"}), []),
    ("forbidden", schema(a=False, b=TEXT), []),
    ("a branch that narrows", schema({"if": {"properties": {"b": {"const": "x"}}}, "then": {"properties": {"a": {"minLength": 1}}}}, a=TEXT, b=TEXT), []),
    ("a definition nobody refers to", schema({"$defs": {"Any": {"properties": {"b": {"title": "B"}}}}}, a=TEXT), []),
)  # fmt: skip
def test_a_field_says_what_kind_of_value_it_asks_for(value, expected):
    assert found(value) == expected


@table(
    ("no items", schema(a={"type": "array"}), [("untyped-array", "/properties/a")]),
    ("empty items", schema(a={"type": "array", "items": {}}), [("untyped-array", "/properties/a")]),
    ("any items", schema(a={"type": ["array", "null"], "items": True}), [("untyped-array", "/properties/a")]),
    ("described items", schema(a={"type": "array", "items": {"description": "x"}}), [("untyped-array", "/properties/a")]),
    ("an array within", schema(a={"type": "array", "items": {"type": "array"}}), [("untyped-array", "/properties/a/items")]),
    ("in a branch", schema(a={"anyOf": [{"type": "array"}, {"type": "null"}]}), [("untyped-array", "/properties/a/anyOf/0")]),
    ("items beside the branch", schema(a={"items": TEXT, "anyOf": [{"type": "array"}, {"type": "null"}]}), []),
    ("a tuple", schema(a={"type": "array", "prefixItems": [TEXT]}), []),
    ("typed by a reference", schema({"$defs": {"L": TEXT}}, a={"type": "array", "items": {"$ref": "#/$defs/L"}}), []),
)  # fmt: skip
def test_an_array_says_what_its_items_are(value, expected):
    assert found(value) == expected


@table(
    ("citations", schema(a=TEXT, a_citations=TEXT), [("response-suffix-collision", "/properties/a_citations")]),
    ("meta, in an item", schema(a={"type": "array", "items": schema(b=TEXT, b_meta=TEXT)}), [("response-suffix-collision", "/properties/a/items/properties/b_meta")]),
    ("the score of a score", schema(credit_score=TEXT, credit_score_score=TEXT), [("response-suffix-collision", "/properties/credit_score_score")]),
    ("without the field it would belong to", schema(credit_score=TEXT, notes_meta=TEXT, citations=TEXT), []),
    ("with the field elsewhere", schema(credit=TEXT, report={"type": "object", "properties": {"credit_score": TEXT}}), []),
)  # fmt: skip
def test_a_name_collides_only_beside_the_field_whose_sibling_it_is(value, expected):
    assert found(value) == expected


BARE = {"type": "string"}


@table(
    ("one of two", {"properties": {"a": TEXT, "b": BARE}}, [("missing-description", "/properties/b")]),
    ("blank", {"properties": {"a": TEXT, "b": {**BARE, "description": " "}}}, [("missing-description", "/properties/b")]),
    ("the only field", {"properties": {"a": BARE}}, [("missing-description", "/properties/a")]),
    ("none of several", {"properties": {"a": BARE, "b": {"type": "object", "properties": {"c": BARE}}}}, [("missing-description", "")]),
    ("in a definition that two fields use", schema({"$defs": {"L": schema(c=TEXT) | {"properties": {"d": BARE}}}}, a={"$ref": "#/$defs/L"}, b={"$ref": "#/$defs/L"}), [("missing-description", "/$defs/L/properties/d")]),
    ("by its definition", {"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": TEXT}}, []),
    ("by its branch", {"properties": {"a": {"anyOf": [TEXT, {"type": "null"}]}}}, []),
    ("by what its items are", {"properties": {"a": {"type": "array", "items": {"$ref": "#/$defs/A"}}}, "$defs": {"A": TEXT}}, []),
    ("a tag", schema(kind={"const": "invoice", "type": "string"}, a=TEXT) | {"properties": {"kind": {"const": "x"}, "a": TEXT}}, []),
)  # fmt: skip
def test_a_field_is_described_and_a_whole_schema_without_descriptions_is_one_finding(value, expected):
    assert found(value) == expected


# What is not a keyword


def test_a_property_may_have_the_name_of_any_keyword():
    names = ("type", "$ref", "properties", "required", "default", "items", "enum", "const", "pattern", "$defs", "title")
    assert found(schema(**dict.fromkeys(names, TEXT))) == []


def test_values_are_not_taken_for_schemas():
    odd = {"type": "str", "$ref": "#/nowhere", "pattern": "(", "properties": {"a": {}}, "required": ["b"]}
    assert (
        found(schema(a={"const": odd}, b={"enum": [odd]}, c={"type": "object", "default": odd, "examples": [odd]}))
        == []
    )


def test_extension_keywords_are_left_alone():
    assert found(schema({"x-version": [1], "x-owner": {"type": "str"}}, a={**TEXT, "x-type": "str", "x-ref": 5})) == []
