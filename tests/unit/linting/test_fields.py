"""What a schema asks for: which kinds of value, how many fields, how deep; and the values that it gives itself."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json
from functools import partial

import pytest

from pageschema import linting
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
    """What is found about values and fields; names and what a field lets be answered have tests of their own."""
    return [(f.name, f.pointer) for f in lint(value) if "PS305" <= f.code <= "PS306" or "PS401" <= f.code < "PS500"]


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
    ("in a schema that no one can judge", schema(a={**TEXT, "default": 1, "minLength": "x"}), []),
)  # fmt: skip
def test_a_default_or_example_is_held_to_its_own_schema(value, expected):
    assert found(value) == expected


# Fields


@table(
    ("a description alone", schema(a={"title": "A"}), [("untyped-field", "/properties/a")]),
    ("nothing", schema(a={}, b=TEXT), [("untyped-field", "/properties/a")]),
    ("anything", schema(a=True, b=TEXT), [("untyped-field", "/properties/a")]),
    ("anything or null", schema(a={"anyOf": [{}, {"type": "null"}]}), [("untyped-field", "/properties/a")]),
    ("not a string", schema(a={"not": {"type": "string"}}), [("untyped-field", "/properties/a"), ("conditional-or-combined", "/properties/a/not")]),
    ("fields without the word object", schema(a={"properties": {"b": TEXT}}), [("untyped-field", "/properties/a")]),
    ("one definition for two fields", schema({"$defs": {"Any": {"title": "Any"}}}, a={"$ref": "#/$defs/Any"}, b={"$ref": "#/$defs/Any"}), [("untyped-field", "/$defs/Any")]),
    ("an enum", schema(a={"enum": ["x", "y"]}), []),
    ("a constant", schema(a={"const": "x"}), []),
    ("a choice", schema(a={"anyOf": [TEXT, {"enum": ["x"]}]}), []),
    ("null", schema(a={"type": "null"}), []),
    ("forbidden", schema(a=False, b=TEXT), []),
    ("a branch that narrows", schema({"if": {"properties": {"b": {"const": "x"}}}, "then": {"properties": {"a": {"minLength": 1}}}}, a=TEXT, b=TEXT), [("conditional-or-combined", "/if")]),
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
    ("a tuple", schema(a={"type": "array", "prefixItems": [TEXT]}), [("tuple", "/properties/a")]),
    ("typed by a reference", schema({"$defs": {"L": TEXT}}, a={"type": "array", "items": {"$ref": "#/$defs/L"}}), []),
)  # fmt: skip
def test_an_array_says_what_its_items_are(value, expected):
    assert found(value) == expected


OPEN = {"type": "object", "additionalProperties": True}


@table(
    ("a dict", schema(a=OPEN), [("free-form-object", "/properties/a")]),
    ("no properties", schema(a={"type": "object"}), [("free-form-object", "/properties/a")]),
    ("empty properties", schema(a={"type": "object", "properties": {}}), [("free-form-object", "/properties/a")]),
    ("nothing allowed in it", schema(a={"type": "object", "additionalProperties": False}), [("free-form-object", "/properties/a")]),
    ("items", schema(a={"type": "array", "items": OPEN}), [("free-form-object", "/properties/a/items")]),
    ("or null", schema(a={"anyOf": [OPEN, {"type": "null"}]}), [("free-form-object", "/properties/a/anyOf/0")]),
    ("or null, in one type", schema(a={"type": ["object", "null"]}), [("free-form-object", "/properties/a")]),
    ("a definition", schema({"$defs": {"D": OPEN}}, a={"$ref": "#/$defs/D"}, b={"$ref": "#/$defs/D"}), [("free-form-object", "/$defs/D")]),
    ("a map of anything", schema(a={"type": "object", "additionalProperties": {}}), [("free-form-object", "/properties/a")]),
    ("a map of dicts", schema(a={"type": "object", "additionalProperties": OPEN}), [("map-field", "/properties/a"), ("free-form-object", "/properties/a/additionalProperties")]),
    ("a map of numbers", schema(a={"type": "object", "additionalProperties": {"type": "number"}}), [("map-field", "/properties/a")]),
    ("fields, and others too", schema(a={**OPEN, "properties": {"b": TEXT}}), []),
    ("fields beside the branch", schema(a={"properties": {"b": TEXT}, "anyOf": [{"type": "object"}, {"type": "null"}]}), []),
    ("fields in what it refers to", schema({"$defs": {"D": {"properties": {"b": TEXT}}}}, a={"type": "object", "$ref": "#/$defs/D"}), []),
    ("a reference to nothing", schema(a={"type": "object", "$ref": "#/$defs/D"}), []),
    ("listed objects", schema(a={"type": "object", "enum": [{"b": 1}]}), []),
)  # fmt: skip
def test_an_object_says_which_fields_it_has(value, expected):
    assert found(value) == expected


NUMBER = {"type": "number"}
STRING = {"type": "string"}
NULL = {"type": "null"}
OBJECT = {"type": "object", "properties": {"b": TEXT}}


@table(
    ("a Decimal", schema(a={"anyOf": [NUMBER, STRING]}), [("mixed-union", "/properties/a")]),
    ("an optional one", schema(a={"anyOf": [NUMBER, STRING, NULL]}), [("mixed-union", "/properties/a")]),
    ("two types", schema(a={"type": ["integer", "string"]}), [("mixed-union", "/properties/a")]),
    ("one or several", schema(a={"anyOf": [STRING, {"type": "array", "items": STRING}]}), [("mixed-union", "/properties/a")]),
    ("a text or an object", schema({"$defs": {"D": OBJECT}}, a={"anyOf": [{"$ref": "#/$defs/D"}, STRING]}), [("mixed-union", "/properties/a")]),
    ("items", schema(a={"type": "array", "items": {"oneOf": [STRING, {"type": "boolean"}]}}), [("mixed-union", "/properties/a/items")]),
    ("a definition", schema({"$defs": {"D": {"type": ["number", "string"]}}}, a={"$ref": "#/$defs/D"}, b={"$ref": "#/$defs/D"}), [("mixed-union", "/$defs/D")]),
    ("a choice in a choice", schema(a={"anyOf": [{"anyOf": [NUMBER, STRING]}, NULL]}), [("mixed-union", "/properties/a")]),
    ("null", schema(a={"anyOf": [STRING, NULL]}, b={"type": ["number", "null"]}), []),
    ("whole and other numbers", schema(a={"anyOf": [NUMBER, {"type": "integer"}]}, b={"type": ["integer", "number"]}), []),
    ("two texts", schema(a={"anyOf": [{**STRING, "format": "date"}, {"enum": ["today"]}]}), []),
    ("two objects", schema(a={"anyOf": [OBJECT, OBJECT | {"title": "Other"}]}), []),
    ("one kind after all", schema(a={"type": "number", "anyOf": [NUMBER, STRING]}), []),
    ("what is not known", schema(a={"anyOf": [{"$ref": "#/nowhere"}, STRING]}), []),
)  # fmt: skip
def test_a_field_asks_for_one_kind_of_value(value, expected):
    assert found(value) == expected


def test_a_mixed_union_is_named_in_the_words_of_the_field():
    [finding] = lint(schema(unit_price={"anyOf": [NUMBER, STRING, NULL]}))
    assert finding.message == "field 'unit_price' may be a string or a number"
    assert finding.remedy == 'keep the number: "type": "number"'


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("total", {"anyOf": [NUMBER, STRING]}, NUMBER),
        ("total", {"anyOf": [NUMBER, STRING, NULL]}, {"anyOf": [NUMBER, NULL]}),
        ("share", {"anyOf": [{**NUMBER, "minimum": 0}, STRING]}, {**NUMBER, "minimum": 0}),
        ("share", {"anyOf": [NUMBER, {**STRING, "pattern": r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"}]}, NUMBER),
    ],
)
def test_a_decimal_becomes_a_number_and_keeps_what_is_said_of_it(name, before, after):
    described = {"title": "T", "description": "What is due"}
    mended = json.loads(fix({"type": "object", "properties": {name: {**before, **described}}}))
    assert mended["properties"][name] == {**after, **described}


@pytest.mark.parametrize(
    ("name", "union"),
    [
        ("reading", {"anyOf": [NUMBER, STRING]}),
        ("total", {"anyOf": [{"type": "integer"}, STRING]}),
        ("total", {"anyOf": [NUMBER, {**STRING, "description": "or 'on request'"}]}),
        ("total", {"anyOf": [NUMBER, {**STRING, "pattern": "^[A-Z]"}]}),
        ("total", {"type": ["number", "string"]}),
    ],
)
def test_a_union_that_may_be_meant_is_left_to_a_person(name, union):
    value = schema(**{name: union})
    assert [finding.fixable for finding in lint(value)] == [False]
    assert json.loads(fix(value, unsafe=True)) == value


@table(
    ("pairs", schema(a={"type": "array", "items": {"type": "array", "prefixItems": [STRING, NUMBER]}}), [("tuple", "/properties/a/items")]),
    ("bytes", schema(a={**STRING, "format": "binary"}), [("bytes-field", "/properties/a")]),
    ("encoded", schema(a={**STRING, "contentEncoding": "base64"}), [("bytes-field", "/properties/a")]),
    ("a picture", schema(a={"anyOf": [{**STRING, "contentMediaType": "image/png"}, NULL]}), [("bytes-field", "/properties/a/anyOf/0")]),
    ("a text in another format", schema(a={**STRING, "format": "date"}, b={**STRING, "contentMediaType": "text/html"}), []),
)  # fmt: skip
def test_what_has_no_name_or_no_text_is_not_asked_for(value, expected):
    assert found(value) == expected


@table(
    ("a condition", schema({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, a=TEXT, b=TEXT), [("conditional-or-combined", "/if")]),
    ("conditions in a row", schema({"allOf": [{"if": {"required": ["a"]}, "then": {"required": ["b"]}}] * 2}, a=TEXT, b=TEXT), [("conditional-or-combined", "/allOf")]),
    ("two branches that both count", schema({"$defs": {"D": OBJECT}}, a={"allOf": [{"$ref": "#/$defs/D"}, {"properties": {"c": TEXT}}]}), [("conditional-or-combined", "/properties/a/allOf")]),
    ("not", schema(a={**TEXT, "not": {"enum": ["n/a"]}}), [("conditional-or-combined", "/properties/a/not")]),
    ("not not", schema(a={**TEXT, "not": {"not": {"not": {"enum": ["x"]}}}}), [("conditional-or-combined", "/properties/a/not")]),
    ("dependent", schema({"dependentRequired": {"a": ["b"]}}, a=TEXT, b=TEXT), [("conditional-or-combined", "/dependentRequired")]),
    ("any name that fits", schema(a={"type": "object", "patternProperties": {"^x": TEXT}}), [("conditional-or-combined", "/properties/a/patternProperties")]),
    ("what is left over", schema({"unevaluatedProperties": False}, a=TEXT), [("conditional-or-combined", "/unevaluatedProperties")]),
    ("the wrapper that Pydantic 2.8 writes", schema({"$defs": {"D": OBJECT}}, a={"allOf": [{"$ref": "#/$defs/D"}]}), []),
    ("if alone", schema({"if": {"required": ["a"]}}, a=TEXT), []),
    ("closed", schema({"additionalProperties": False}, a=TEXT), []),
    ("a root that is another finding", {"allOf": [OBJECT, OBJECT]}, []),
    ("in a definition that nobody asks for", schema({"$defs": {"D": {"not": TEXT}}}, a=TEXT), []),
)  # fmt: skip
def test_what_a_decoder_drops_is_named_once(value, expected):
    assert found(value) == expected


def nested(*names, innermost=TEXT):
    for name in reversed(names):
        innermost = {"type": "object", "description": "x", "properties": {name: innermost}}
    return innermost


CHAIN = {
    f"D{i}": {"type": "array", "description": "x", "items": nested("b", innermost={"$ref": f"#/$defs/D{i + 1}"})}
    for i in range(9)
}
TREE = {
    "type": "object",
    "properties": {"text": TEXT, "within": {"type": "array", "description": "x", "items": {"$ref": "#/$defs/T"}}},
}


@table(
    ("five levels", nested(*"abcde"), []),
    ("six", nested(*"abcdef"), [("deep-nesting", "/properties/a/properties/b/properties/c/properties/d/properties/e/properties/f")]),
    ("nine, once", nested(*"abcdefghi"), [("deep-nesting", "/properties/a/properties/b/properties/c/properties/d/properties/e/properties/f")]),
    ("through items and references", schema({"$defs": {**CHAIN, "D9": TEXT}}, a={"$ref": "#/$defs/D0"}), [("deep-nesting", "/$defs/D4/items/properties/b")]),
    ("lists in lists", schema(a={"type": "array", "items": {"type": "array", "items": {"type": "array", "items": OBJECT}}}), []),
    ("a tree", schema({"$defs": {"T": TREE}}, a={"$ref": "#/$defs/T"}), []),
)  # fmt: skip
def test_a_field_stands_at_most_five_objects_deep(value, expected):
    assert found(value) == expected


def test_the_path_of_a_deep_field_is_shown():
    [finding] = [finding for finding in lint(nested(*"abcdef")) if finding.name == "deep-nesting"]
    assert finding.message == "field 'f' stands 6 levels deep: a.b.c.d.e.f"


@table(
    ("100 fields", schema({"description": "x"}, **dict.fromkeys(map("f{}".format, range(100)), TEXT)), []),
    ("101", schema({"description": "x"}, **dict.fromkeys(map("f{}".format, range(101)), TEXT)), [("large-schema", "")]),
    ("301", schema({"description": "x"}, **dict.fromkeys(map("f{}".format, range(301)), TEXT)), [("many-properties", "")]),
    ("250 options", schema(a={"enum": [f"v{i}" for i in range(250)]}), []),
    ("251", schema(a={"type": "array", "items": {"enum": [f"v{i}" for i in range(251)]}}), [("large-enum", "/properties/a/items")]),
    ("1,024 characters", schema(a={**STRING, "description": "x" * 1024}), []),
    ("1,025", schema(a={**STRING, "description": "x" * 1025}), [("long-description", "/properties/a/description")]),
    ("1,025 about the whole", schema({"description": "x" * 1025}, a=TEXT), []),
)  # fmt: skip
def test_a_schema_keeps_to_what_one_request_can_carry(value, expected):
    assert found(value) == expected


# What is not a keyword


def all_found(value):
    return [finding.name for finding in lint(value)]


def test_a_property_may_have_the_name_of_any_keyword():
    names = ("type", "properties", "required", "default", "items", "enum", "const", "pattern", "title", "not", "if")
    assert all_found(schema({"description": "x"}, **dict.fromkeys((*names, "$ref", "$defs"), TEXT))) == []


def test_values_are_not_taken_for_schemas():
    odd = {"type": "str", "$ref": "#/nowhere", "pattern": "(", "properties": {"a": {}}, "required": ["b"]}
    given = {**OBJECT, "default": odd, "examples": [odd]}
    assert all_found(schema(a={"enum": [odd, {}]}, b=given)) == []


def test_extension_keywords_are_left_alone():
    value = schema({"x-version": [1], "x-owner": {"type": "str"}}, a={**TEXT, "x-type": "str", "x-ref": 5})
    assert all_found(value) == []


@pytest.mark.parametrize("types", [["string", "null"], ["string", "integer"], ["null"], [], ["string", ["x"]], 5])
def test_an_undescribed_field_with_a_default_wants_a_description_whatever_its_types_are(types):
    value = {"type": "object", "properties": {"currency": {"type": types, "default": "EUR"}, "total": TEXT}}
    assert ("missing-description", "/properties/currency") in [(f.name, f.pointer) for f in lint(value)]


def test_a_phrase_for_a_number_that_may_be_null_is_its_description_in_the_wrong_place():
    value = {
        "type": "object",
        "properties": {"rate": {"type": ["number", "null"], "default": "In percent"}, "total": TEXT},
    }
    assert "missing-description" not in [finding.name for finding in lint(value)]
