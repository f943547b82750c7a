"""Keywords whose value cannot stand: wrong values, type names, patterns."""

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


# Keywords


@table(
    ("a number in quotes", schema(a={"type": "number", "minimum": "3"}), [("invalid-keyword-value", "/properties/a/minimum")]),
    ("a negative length", schema(a={**TEXT, "minLength": -1}), [("invalid-keyword-value", "/properties/a/minLength")]),
    ("required on a field", schema(a={**TEXT, "required": True}), [("invalid-keyword-value", "/properties/a/required")]),
    ("required as a name", schema({"required": "a"}, a=TEXT), [("invalid-keyword-value", "/required")]),
    ("required twice", schema({"required": ["a", "a"]}, a=TEXT), [("repeated-name", "/required/1")]),
    ("required number", schema({"required": [1]}, a=TEXT), [("invalid-keyword-value", "/required/0")]),
    ("null for a type", schema(a={"type": None}), [("invalid-keyword-value", "/properties/a/type")]),
    ("the same type twice", schema(a={"type": ["string", "string"]}), [("repeated-name", "/properties/a/type/1")]),
    ("draft 4 bound", schema(a={"type": "number", "exclusiveMinimum": True}), [("outdated-form", "/properties/a/exclusiveMinimum")]),
    ("a list of items", schema(a={"type": "array", "items": [TEXT]}), [("outdated-form", "/properties/a/items")]),
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
        (schema(a={"type": "array", "items": [TEXT]}), "one schema for all items, or an object"),
        (schema(a={"type": "object", "additionalProperties": "no"}), "write true or false"),
    ],
)
def test_the_remedy_for_a_wrong_value_is_what_to_write(value, remedy):
    assert remedy in graver(value)[0].remedy


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
    [finding] = [finding for finding in graver(schema(a={"type": name})) if finding.name == "invalid-type-name"]
    assert finding.pointer == "/properties/a/type"
    assert json.dumps(meant)[1:-1] in finding.remedy


@pytest.mark.parametrize("name", ["any", "invoice", "", "object | string", "x" * 500, "[" * 60])
def test_a_type_name_that_is_anyones_guess_is_answered_with_the_seven_there_are(name):
    value = schema(a={"type": name})
    [finding] = graver(value)
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


def test_a_name_that_stands_twice_is_dropped_the_second_time():
    value = schema({"required": ["a", "a", "b", "a"]}, a={"type": ["string", "null", "string"]}, b=TEXT)
    mended = json.loads(fix(value))
    assert mended["required"] == ["a", "b"]
    assert mended["properties"]["a"]["type"] == ["string", "null"]


# Keywords of other dialects


@table(
    ("nullable", schema(a={**TEXT, "nullable": True}), [("other-dialect", "/properties/a/nullable")]),
    ("an example", schema(a={**TEXT, "example": "x"}), [("other-dialect", "/properties/a/example")]),
    ("dependencies", schema({"dependencies": {"a": ["b"]}}, a=TEXT, b=TEXT), [("other-dialect", "/dependencies")]),
    ("dependencies under draft 7", schema({"$schema": "http://json-schema.org/draft-07/schema#", "dependencies": {"a": ["b"]}}, a=TEXT, b=TEXT), []),
    ("the id of draft 4", schema({"id": "http://example.com/a"}, a=TEXT), [("other-dialect", "/id")]),
    ("an id of one's own", schema({"id": "invoice-v1"}, a=TEXT), []),
    ("the reference of 2019-09", schema(a={"type": "array", "items": {"$recursiveRef": "#"}}), [("other-dialect", "/properties/a/items/$recursiveRef")]),
    ("a divisor", schema(a={"type": "number", "divisibleBy": 5}), [("other-dialect", "/properties/a/divisibleBy")]),
    ("definitions, which work", schema({"definitions": {"T": TEXT}}, a={"$ref": "#/definitions/T"}), []),
    ("Pydantic's discriminator", schema(a={"oneOf": [{"type": "string"}, {"type": "null"}], "discriminator": {"propertyName": "kind"}}), []),
    ("fields of these names", schema(nullable=TEXT, example=TEXT, id=TEXT, dependencies=TEXT), []),
    ("an exclusive bound of draft 4", schema(a={"type": "number", "minimum": 1, "exclusiveMinimum": True}), [("outdated-form", "/properties/a/exclusiveMinimum")]),
    ("a bound that is not exclusive", schema(a={"type": "number", "maximum": 1, "exclusiveMaximum": False}), [("outdated-form", "/properties/a/exclusiveMaximum")]),
)  # fmt: skip
def test_a_keyword_of_another_dialect_is_told_where_it_is_ignored_or_refused(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    ("field", "mended"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": True, "enum": ["a", "b"]}, {"type": ["string", "null"], "enum": ["a", "b", None]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "nullable": True}, None),
        ({"type": "string", "example": "x"}, {"type": "string", "examples": ["x"]}),
        ({"type": "string", "example": ["x", "y"]}, {"type": "string", "examples": ["x", "y"]}),
        ({"type": "array", "items": {"type": "string"}, "example": ["x"]}, {"type": "array", "items": {"type": "string"}, "examples": [["x"]]}),
        ({"type": "string", "examples": ["x"], "example": "y"}, {"type": "string", "examples": ["x", "y"]}),
        ({"type": "number", "divisibleBy": 5}, {"type": "number", "multipleOf": 5}),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": True}, {"type": "number", "exclusiveMinimum": 1}),
        ({"type": "number", "exclusiveMinimum": True}, None),
        ({"type": "number", "maximum": 1, "exclusiveMaximum": False}, {"type": "number", "maximum": 1}),
        ({"type": "array", "items": [{"type": "string"}], "additionalItems": False}, None),
    ],
)  # fmt: skip
def test_what_another_dialect_says_is_said_in_this_one(field, mended):
    value = schema(a=field)
    described = {"description": "One.", **(mended or field)}
    assert json.loads(fix(value))["properties"]["a"] == described


# Keywords that are none


@pytest.mark.parametrize(
    ("wrong", "meant", "value"),
    [
        ("desciption", "description", "The amount"),
        ("Description", "description", "The amount"),
        ("desc", "description", "The amount"),
        ("maxLenght", "maxLength", 3),
        ("max_length", "maxLength", 3),
        ("enums", "enum", ["a", "b"]),
        ("choices", "enum", ["a", "b"]),
        ("fromat", "format", "date"),
        ("regex", "pattern", "^a"),
        ("defualt", "default", "a"),
        ("exmaples", "examples", ["a"]),
    ],
)
def test_a_keyword_that_is_misspelt_is_told_what_was_meant(wrong, meant, value):
    [finding] = graver({"type": "object", "properties": {"a": {"type": "string", wrong: value}, "b": TEXT}})
    assert (finding.name, finding.pointer) == ("unknown-keyword", f"/properties/a/{wrong}")
    assert finding.remedy == f"did you mean '{meant}'?"


@table(
    ("in the object around", schema({"requried": ["a"]}, a=TEXT), [("unknown-keyword", "/requried")]),
    ("of an array", schema(a={"type": "array", "item": {"type": "string"}}, b=TEXT), [("unknown-keyword", "/properties/a/item")]),
    ("of an object", schema(a={"type": "object", "propertys": {"b": TEXT}}, b=TEXT), [("unknown-keyword", "/properties/a/propertys")]),
    ("of the type", schema(a={"tpye": "string"}, b=TEXT), [("unknown-keyword", "/properties/a/tpye")]),
    ("a field beside the fields", schema({"total": {"type": "number", "description": "Due"}}, a=TEXT), [("unknown-keyword", "/total")]),
    ("a field beside no fields", schema(a={"type": "object", "street": TEXT, "city": TEXT}, b=TEXT), [("unknown-keyword", "/properties/a/street"), ("unknown-keyword", "/properties/a/city")]),
)  # fmt: skip
def test_a_slip_is_one_finding_and_not_also_what_is_missing_for_it(value, expected):
    assert [(f.name, f.pointer) for f in lint(value) if f.severity is not Severity.NOTE] == expected


@pytest.mark.parametrize(
    "own",
    [
        {"x-desciption": "y"}, {"unit": "EUR"}, {"label": "Total"}, {"note": "to do"}, {"order": 3}, {"widget": {"kind": "text"}},
        {"labels": {"de": "Summe"}}, {"ui:options": {"rows": 3}}, {"source": "page 1"}, {"types": {"de": 1}}, {"comment": "x"},
        {"ref": "Article 5"}, {"titles": ["a"]}, {"hint": "top right"}, {"propertyOrdering": ["a"]}, {"required_if": "b"},
    ],
)  # fmt: skip
def test_annotations_of_ones_own_are_left_alone(own):
    assert found(schema(a={**TEXT, **own})) == []


def test_a_slip_is_mended_where_one_letter_is_and_not_where_another_word_is():
    value = schema(
        {"requried": ["a"]}, a={"type": "string", "max_length": 3}, b={"type": "string", "choices": ["x", "y"]}
    )
    mended = json.loads(fix(value, unsafe=True))
    assert list(mended) == ["type", "properties", "required"]
    assert mended["properties"]["a"]["maxLength"] == 3
    assert "choices" in mended["properties"]["b"]


# Keywords that do nothing


@table(
    ("of strings on a number", schema(a={"type": "number", "minLength": 1, "pattern": "x"}), [("keyword-without-effect", "/properties/a/minLength")]),
    ("of arrays on a string", schema(a={**TEXT, "items": TEXT}), [("keyword-without-effect", "/properties/a/items")]),
    ("of objects on an array", schema(a={"type": "array", "items": TEXT, "properties": {"b": TEXT}}), [("keyword-without-effect", "/properties/a/properties")]),
    ("of numbers on a boolean", schema(a={"type": "boolean", "minimum": 0}), [("keyword-without-effect", "/properties/a/minimum")]),
    ("a format of strings on an integer", schema(a={"type": "integer", "format": "date"}), [("keyword-without-effect", "/properties/a/format")]),
    ("in a branch of another type", schema(a={**TEXT, "anyOf": [{"minimum": 1}, {"maxLength": 3}]}), [("keyword-without-effect", "/properties/a/anyOf/0/minimum")]),
    ("beside a reference", schema({"$defs": {"T": TEXT}}, a={"$ref": "#/$defs/T", "minimum": 1}), [("keyword-without-effect", "/properties/a/minimum")]),
    ("then without if", schema({"then": {"required": ["a"]}}, a=TEXT), [("keyword-without-effect", "/then")]),
    ("if alone", schema({"if": {"required": ["a"]}}, a=TEXT), [("keyword-without-effect", "/if")]),
    ("a count of nothing", schema(a={"type": "array", "items": TEXT, "minContains": 1}), [("keyword-without-effect", "/properties/a/minContains")]),
    ("null that is no option", schema(a={"type": ["string", "null"], "enum": ["a", "b"]}), [("keyword-without-effect", "/properties/a/type/1")]),
    ("one of two types", schema(a={"type": ["string", "null"], "minLength": 1}), []),
    ("a number's own format", schema(a={"type": "integer", "format": "int32"}), []),
    ("a bound of an integer", schema(a={"type": "integer", "minimum": 0}), []),
    ("where no type is said", schema({"$defs": {"M": {"minLength": 1}}}, a={"$ref": "#/$defs/M", "type": "string"}), []),
    ("a type that is none", schema(a={"type": "str", "minimum": 1}), [("invalid-type-name", "/properties/a/type")]),
)  # fmt: skip
def test_a_keyword_does_nothing_about_another_type_or_without_its_partner(value, expected):
    assert found(value) == expected


@table(
    ("an option", schema(a={**TEXT, "enum": ["x", "y", "x"]}), [("duplicate-value", "/properties/a/enum/2")]),
    ("an example", schema(a={**TEXT, "examples": ["x", "x"]}), [("duplicate-value", "/properties/a/examples/1")]),
    ("the same number", schema(a={"enum": [1, 1.0]}), [("duplicate-value", "/properties/a/enum/1")]),
    ("the same object", schema(a={"enum": [{"b": 1, "c": 2}, {"c": 2, "b": 1}]}), [("duplicate-value", "/properties/a/enum/1")]),
    ("a number and a text", schema(a={"enum": [1, "1", True, "true"]}), []),
)  # fmt: skip
def test_a_value_stands_once_in_a_list(value, expected):
    assert found(value) == expected


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
        (r"^[^\b\n]+$", UNPORTABLE),
        (r"a\0", UNPORTABLE),
        (r"\uD83D\uDE00", UNPORTABLE),
        (r"\ba[\\b]", None),
        (r"\a", UNCOMPILABLE),
    ],
)
def test_a_pattern_is_judged_by_the_engines_that_read_it(pattern, name):
    assert found(schema(a={**TEXT, "pattern": pattern})) == ([(name, "/properties/a/pattern")] if name else [])
    named = schema(a={"type": "object", "patternProperties": {pattern: TEXT}})
    assert [found_name for found_name, _ in found(named)] == ([name] if name else [])


@pytest.mark.parametrize("pattern", [r"^[\p{L} ]{1,500}$", ".{0,99999}", "((a{1000}){1000}){1000}"])
def test_a_pattern_that_is_only_too_large_is_not_said_to_be_wrong(pattern):
    (told,) = graver(schema(a={**TEXT, "pattern": pattern}))
    assert told.message == f"'{pattern}' repeats more than the validator holds"
    assert "maxLength" in told.remedy


@pytest.mark.parametrize("unit", ["[", "[^", "[a", r"[\d", r"\p{", "[[:a", "([", "(a|[", "(a|a"])
def test_a_long_pattern_of_nothing_but_beginnings_is_told(unit):
    value = schema(a={**TEXT, "pattern": unit * (9_990 // len(unit)) + ")*"})
    assert {name for name, _ in found(value)} & {"uncompilable-pattern", "backtracking-pattern"}


def test_only_anchors_at_the_ends_are_rewritten():
    value = schema(a={**TEXT, "pattern": r"\Aa\Z"}, b={**TEXT, "pattern": r"a\Z|b"}, c={**TEXT, "pattern": r"(?i)a\Z"})
    fields = json.loads(fix(value))["properties"]
    assert [fields[name]["pattern"] for name in "abc"] == ["^a$", r"a\Z|b", r"(?i)a\Z"]
    keyed = schema(a={"type": "object", "patternProperties": {r"\Aa\Z": TEXT, "b": TEXT}})
    assert list(json.loads(fix(keyed))["properties"]["a"]["patternProperties"]) == ["^a$", "b"]


@pytest.mark.parametrize(
    "pattern",
    [
        "^(a+)+$", "^([A-Za-z]+ ?)+$", r"^(\w+\s?)*$", "(a*)*b", r"^(\w|\d)+$", "^(a|ab|b)*$", "^([a-z]{1,50})+$",
        r"^(\s*\w+\s*)+$", "^(.*)*x", "^(a?b?)*$", r"^(\d{1,3})+$", r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"^([a-z0-9])(([\-.]|[_]+)?([a-z0-9]+))*@[a-z0-9]+[.][a-z]+$",
    ],
)  # fmt: skip
def test_a_pattern_with_a_loop_that_can_share_out_a_text_in_many_ways_runs_away(pattern):
    assert found(schema(a={**TEXT, "pattern": pattern})) == [("backtracking-pattern", "/properties/a/pattern")]


@pytest.mark.parametrize(
    "pattern",
    [
        "^[A-Za-z]+( [A-Za-z]+)*$", r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,}$", r"^(\d+\.)*\d+$", "^([A-Z]{3})+$",
        r"^[+-]?\d{1,3}(,\d{3})*(\.\d+)?$", "^([0-9A-F]{2}:){5}[0-9A-F]{2}$", "^(a|b)*$", r"^([a-z]+,\s*)*[a-z]+$", "(a+)+",
        r"^(https?://)?([\w-]+\.)+[\w-]+(/[\w./?%&=-]*)?$", "^[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?$",
        r"^\s*\S+\s*$", r"^(\d{3})+$",
    ],
)  # fmt: skip
def test_a_pattern_whose_loops_have_one_way_each_does_not(pattern):
    assert found(schema(a={**TEXT, "pattern": pattern})) == []
