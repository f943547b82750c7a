"""The fields of a schema as a table tells them."""

import pytest

from pageschema.project.fields import MAX_FIELDS, fields_of, since

LINE = {"type": "object", "required": ["amount"], "properties": {"amount": {"type": "number", "minimum": 0}}}


def table(properties, **root):
    return {field.path: field for field in fields_of({"type": "object", "properties": properties, **root})}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string"}, "text"),
        ({"type": "integer"}, "whole number"),
        ({"type": ["boolean", "null"]}, "true or false or null"),
        ({"type": "array", "items": {"type": "string"}}, "list of texts"),
        ({"type": "array", "items": {"$ref": "#/$defs/Line"}}, "list of objects"),
        ({"$ref": "#/$defs/Line"}, "object"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "text or null"),
        ({"enum": ["a", 1]}, "text or whole number"),
        ({"$ref": "#/$defs/Gone"}, "anything"),
        (True, "anything"),
    ],
)
def test_a_type_is_told_in_words(schema, told):
    assert table({"field": schema}, **{"$defs": {"Line": LINE}})["field"].type == told


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"enum": ["a", "b"]}, 'one of "a", "b"'),
        ({"const": 3}, "always 3"),
        ({"type": "number", "minimum": 0, "exclusiveMaximum": 1.5}, "at least 0|less than 1.5"),
        ({"type": "string", "minLength": 1, "pattern": "^[A-Z]"}, "at least 1 character|matches ^[A-Z]"),
        ({"type": "array", "maxItems": 3, "uniqueItems": True}, "at most 3 items|no two items alike"),
        ({"type": "array", "items": {"type": "string", "format": "date"}}, "each format: date"),
        ({"type": "object", "additionalProperties": False}, "no other fields"),
    ],
)
def test_what_limits_a_field_is_told_in_words(schema, told):
    assert "|".join(table({"field": schema})["field"].constraints) == told


def test_fields_of_lists_branches_and_parts_are_told_below_their_field():
    other = {"type": "object", "properties": {"note": {"type": "string"}}}
    found = table(
        {
            "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
            "either": {"anyOf": [{"$ref": "#/$defs/Line"}, other]},
            "both": {"allOf": [{"$ref": "#/$defs/Line"}, other]},
        },
        **{"$defs": {"Line": LINE}},
    )
    assert list(found) == [
        "lines",
        "lines[].amount",
        "either",
        "either.amount",
        "either.note",
        "both",
        "both.amount",
        "both.note",
    ]
    assert found["lines[].amount"].required
    assert not found["both.note"].required


def test_the_description_beside_a_reference_counts_before_that_of_its_target():
    found = table(
        {"a": {"$ref": "#/$defs/L", "description": "here"}, "b": {"$ref": "#/$defs/L"}},
        **{"$defs": {"L": {**LINE, "description": "there"}}},
    )
    assert [found["a"].description, found["b"].description] == ["here", "there"]


def test_a_type_that_holds_itself_is_told_once():
    line = {"type": "object", "properties": {"below": {"type": "array", "items": {"$ref": "#/$defs/L"}}}}
    found = table({"line": {"$ref": "#/$defs/L"}}, **{"$defs": {"L": line}})
    assert list(found) == ["line", "line.below"]
    assert found["line.below"].type == "list of objects"


def test_a_schema_that_unfolds_without_end_is_cut_off():
    levels = {f"L{n}": {"properties": {key: {"$ref": f"#/$defs/L{n + 1}"} for key in "abcd"}} for n in range(30)}
    assert len(table({"top": {"$ref": "#/$defs/L0"}}, **{"$defs": levels})) == MAX_FIELDS
    unions = {f"U{n}": {"anyOf": [{"$ref": f"#/$defs/U{n + 1}"}] * 3} for n in range(60)}
    assert list(table({"top": {"$ref": "#/$defs/U0"}}, **{"$defs": unions})) == ["top"]


def test_a_field_that_went_and_came_back_is_there_since_it_came_back():
    with_it, without = table({"a": True, "b": True}).values(), table({"a": True}).values()
    told = since([("1.0.0", [*with_it]), ("2.0.0", [*without]), ("2.1.0", [*with_it])])
    assert told["2.1.0"] == {"a": "1.0.0", "b": "2.1.0"}
