"""What no value satisfies, and branches that nothing or too much satisfies."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json
from functools import partial

import pytest

from pageschema import linting
from pageschema.finding import Severity
from pageschema.generation import page_schema
from pageschema.linting import fix
from pageschema.solver import NoInstance, find_instance

lint = partial(linting.lint, notes=True)

TEXT = {"type": "string", "description": "As printed"}
NUMBER = {"type": "number", "description": "The amount"}
A, B = "/properties/a", "/properties/b"


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {
        name: {"description": "One.", **field} if isinstance(field, dict) and field else field
        for name, field in fields.items()
    }
    return {"type": "object", "properties": described, **(root or {})}


def graver(value):
    """What lint finds about values that can be, notes aside."""
    return [f for f in lint(value) if f.code.startswith("PS3") and f.severity is not Severity.NOTE]


def found(value):
    return [(finding.name, finding.pointer) for finding in graver(value)]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


def objects(*fields, **more):
    return {"type": "object", "properties": dict.fromkeys(fields, TEXT), **more}


# Nothing satisfies it


@pytest.mark.parametrize(
    ("field", "blamed"),
    [
        pytest.param({"type": "integer", "minimum": 5, "maximum": 3}, ("'minimum' 5", "'maximum' 3"), id="bounds"),
        pytest.param({"type": "number", "exclusiveMinimum": 5, "maximum": 5}, ("'exclusiveMinimum' 5", "'maximum' 5"), id="an exclusive bound"),
        pytest.param({"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, ("'exclusiveMinimum' 1", "'exclusiveMaximum' 2"), id="no integer between"),
        pytest.param({"type": "integer", "minimum": 1, "maximum": 4, "multipleOf": 5}, ("'minimum' 1", "'maximum' 4", "'multipleOf' 5"), id="no multiple between"),
        pytest.param({"type": "string", "minLength": 5, "maxLength": 3}, ("'minLength' 5", "'maxLength' 3"), id="lengths"),
        pytest.param({"type": "array", "items": TEXT, "minItems": 5, "maxItems": 3}, ("'minItems' 5", "'maxItems' 3"), id="counts"),
        pytest.param({"type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 2}, ("'pattern' '^[A-Z]{3}$'", "'maxLength' 2"), id="a pattern and a length"),
        pytest.param({"type": "string", "pattern": "^a", "allOf": [{"pattern": "^b"}]}, ("'pattern' '^a'", "'pattern' '^b' at '/allOf/0'"), id="two patterns"),
        pytest.param({"type": "string", "pattern": "^[A-Z]{3}$", "enum": ["eur", "usd"]}, ("'pattern'", "'enum'"), id="a pattern and an enum"),
        pytest.param({"type": "string", "enum": []}, ("'enum' is empty",), id="an empty enum"),
        pytest.param({"type": "string", "const": "c", "enum": ["a", "b"]}, ("'const' 'c'", "'enum'"), id="a constant that is no option"),
        pytest.param({"allOf": [{"type": "string"}, {"type": "number"}]}, ("'type' 'string' at '/allOf/0'", "'type' 'number' at '/allOf/1'"), id="two types"),
        pytest.param({"type": "string", "anyOf": [{"type": "number"}, {"type": "null"}]}, ("'type' 'string'", "'anyOf'"), id="no branch of the type"),
        pytest.param({"type": "string", "not": {"type": "string"}}, ("'type' 'string'", "'not'"), id="not itself"),
        pytest.param({**objects("b"), "additionalProperties": False, "minProperties": 2}, ("'additionalProperties' false", "'minProperties' 2"), id="more fields than there are"),
        pytest.param({**objects("b", "c"), "required": ["b", "c"], "maxProperties": 1}, ("'required'", "'maxProperties' 1"), id="more fields than allowed"),
        pytest.param({"type": "array", "items": {"enum": ["x", "y"]}, "uniqueItems": True, "minItems": 3}, ("'items'", "'uniqueItems' true", "'minItems' 3"), id="too few different items"),
        pytest.param({"type": "array", "items": TEXT, "contains": {"type": "number"}}, ("'items'", "'contains'"), id="what no item can be"),
        pytest.param({"type": "array", "items": False, "minItems": 1}, ("'items' false", "'minItems' 1"), id="items of an empty array"),
        pytest.param({"type": "object", "allOf": [objects("x", required=["x"], additionalProperties=False), objects("y", required=["y"])]}, ("'additionalProperties' false at '/allOf/0'", "'required' at '/allOf/1'"), id="a closed base"),
    ],
)  # fmt: skip
def test_a_field_that_nothing_satisfies_is_named_with_the_keywords_that_exclude_each_other(field, blamed):
    [finding] = graver(schema(a=field, b=TEXT))
    assert (finding.name, finding.pointer) == ("unsatisfiable", A)
    for keyword in blamed:
        assert keyword in finding.message
    assert len(finding.message) <= 160


EMPTY = {"type": "integer", "minimum": 4, "maximum": 1}


@table(
    ("a definition, not the fields that refer to it", schema({"$defs": {"X": EMPTY}}, a={"$ref": "#/$defs/X"}, b={"type": "array", "items": {"$ref": "#/$defs/X"}, "minItems": 1}), [("unsatisfiable", "/$defs/X")]),
    ("the branches, not the choice", schema(a={"anyOf": [EMPTY, {"type": "string", "minLength": 4, "maxLength": 1}]}), [("unsatisfiable", f"{A}/anyOf/0"), ("unsatisfiable", f"{A}/anyOf/1")]),
    ("the item, not the array", schema(a={"type": "array", "items": EMPTY, "minItems": 1, "uniqueItems": True}), [("unsatisfiable", f"{A}/items")]),
    ("the field, not the object that requires it", schema({"required": ["a"]}, a={**objects("x"), "properties": {"x": EMPTY}, "required": ["x"]}), [("unsatisfiable", f"{A}/properties/x")]),
    ("a required field that is false", schema({"required": ["a"]}, a=False, b=TEXT), [("unsatisfiable", A)]),
    ("two faults", schema({"minProperties": 3, "additionalProperties": False}, a=EMPTY, b=TEXT), [("unsatisfiable", ""), ("unsatisfiable", A)]),
    ("what a reference and the field say together", schema({"$defs": {"X": TEXT}}, a={"$ref": "#/$defs/X", "type": "number"}), [("unsatisfiable", A)]),
)  # fmt: skip
def test_it_is_reported_at_the_innermost_place(value, expected):
    assert found(value) == expected


@table(
    ("bounds that meet", schema(a={"type": "integer", "minimum": 3, "maximum": 3}), []),
    ("a pattern of that length", schema(a={"type": "string", "pattern": "^[A-Z]{3}$", "minLength": 3, "maxLength": 3}), []),
    ("a field that is forbidden", schema(a=False, b=TEXT), []),
    ("bounds of another type", schema(a={"type": ["string", "null"], "minLength": 3, "maxLength": 1}), []),
    ("a definition nobody refers to", schema({"$defs": {"X": EMPTY}}, a=TEXT), []),
    ("a format against a pattern: formats may be annotations", schema(a={"type": "string", "format": "date", "maxLength": 5}), []),
    ("a pattern that nobody reads", schema(a={"type": "string", "pattern": r"^(a+)\1b$", "minLength": 4, "maxLength": 4}), []),
    ("a name that nobody declares is another finding", schema({"required": ["z"], "additionalProperties": False}, a=TEXT), []),
    ("an invalid bound is another finding", schema(a={"type": "integer", "minimum": 4, "maximum": "1"}), []),
    ("a tuple that is long enough", schema(a={"type": "array", "prefixItems": [TEXT, TEXT], "items": False, "minItems": 2, "maxItems": 2}), []),
)  # fmt: skip
def test_nothing_is_said_without_proof(value, expected):
    assert found(value) == expected


# Values outside


@table(
    ("null", schema(a={"type": "string", "enum": ["a", "b", None]}), [("enum-outside-type", f"{A}/enum/2")]),
    ("some", schema(a={"type": "integer", "enum": [1, "2", 3, "4"]}), [("enum-outside-type", f"{A}/enum/1"), ("enum-outside-type", f"{A}/enum/3")]),
    ("all", schema(a={"type": "integer", "enum": ["1", "2"]}), [("enum-outside-type", f"{A}/enum")]),
    ("a constant", schema(a={"type": "integer", "const": "1"}), [("enum-outside-type", f"{A}/const")]),
    ("one that the pattern refuses", schema(a={"type": "string", "pattern": "^[A-Z]{3}$", "enum": ["EUR", "usd"]}), [("enum-outside-type", f"{A}/enum/1")]),
    ("one that is out of bounds", schema(a={"type": "integer", "maximum": 2, "enum": [1, 2, 3]}), [("enum-outside-type", f"{A}/enum/2")]),
    ("a whole number written as a fraction", schema(a={"type": "integer", "enum": [1.0, 2]}), []),
    ("an integer among numbers", schema(a={"type": "number", "enum": [1, 2.5]}), []),
    ("null, where the branch beside it allows null", schema(a={"anyOf": [{"type": "string", "enum": ["a", None]}, {"type": "null"}]}), []),
    ("null, where OpenAPI's word allows it", schema(a={"type": "string", "nullable": True, "enum": ["a", None]}), []),
    ("a type that is none", schema(a={"type": "str", "enum": ["a", None]}), []),
)  # fmt: skip
def test_an_option_is_of_the_type_beside_it(value, expected):
    assert found(value) == expected


def test_null_among_the_options_is_mended_by_allowing_null_and_nothing_else_is_guessed():
    value = schema(a={"type": "string", "enum": ["a", "b", None]}, b={"type": "integer", "enum": [1, "2"]})
    mended = json.loads(fix(value, unsafe=True))["properties"]
    assert mended["a"]["type"] == ["string", "null"]
    assert mended["b"] == value["properties"]["b"]


# Without end


def node(**more):
    return {"type": "object", "properties": {"text": TEXT, "next": {"$ref": "#/$defs/N", "description": "x"}}, **more}


@table(
    ("itself", schema({"$defs": {"N": node(required=["next"])}}, a={"$ref": "#/$defs/N"}), [("infinite-recursion", "/$defs/N/properties/next")]),
    ("the root", schema({"required": ["a"]}, a={"$ref": "#"}, b=TEXT), [("infinite-recursion", A)]),
    ("one another", schema({"$defs": {"N": objects(required=["m"], properties={"m": {"$ref": "#/$defs/M"}}), "M": objects(required=["n"], properties={"n": {"$ref": "#/$defs/N"}})}}, a={"$ref": "#/$defs/N"}), [("infinite-recursion", "/$defs/N/properties/m")]),
    ("one at least", schema({"$defs": {"N": objects(required=["n"], properties={"n": {"type": "array", "items": {"$ref": "#/$defs/N"}, "minItems": 1}})}}, a={"$ref": "#/$defs/N"}), [("infinite-recursion", "/$defs/N/properties/n")]),
    ("either way", schema({"$defs": {"N": objects(required=["n"], properties={"n": {"anyOf": [{"$ref": "#/$defs/N"}, {"$ref": "#/$defs/N"}]}})}}, a={"$ref": "#/$defs/N"}), [("infinite-recursion", "/$defs/N/properties/n")]),
    ("not required", schema({"$defs": {"N": node()}}, a={"$ref": "#/$defs/N"}), []),
    ("or null", schema({"$defs": {"N": objects(required=["n"], properties={"n": {"anyOf": [{"$ref": "#/$defs/N"}, {"type": "null"}]}})}}, a={"$ref": "#/$defs/N"}), []),
    ("as many as there are", schema({"$defs": {"N": objects(required=["n"], properties={"n": {"type": "array", "items": {"$ref": "#/$defs/N"}}})}}, a={"$ref": "#/$defs/N"}), []),
    ("or no object at all", schema({"$defs": {"N": {**node(required=["next"]), "type": ["object", "null"]}}}, a={"$ref": "#/$defs/N"}), []),
)  # fmt: skip
def test_a_schema_must_not_need_itself_without_end(value, expected):
    assert found(value) == expected
    if expected:
        asked = {"$ref": f"#{expected[0][1]}", "$defs": value.get("$defs", {}), "properties": value["properties"]}
        if expected[0][1].startswith("/$defs"):
            assert find_instance(asked, formats=False) == NoInstance()


# Branches


@table(
    ("integer and number", schema(a={"oneOf": [{"type": "integer"}, {"type": "number"}]}), [("ambiguous-one-of", f"{A}/oneOf")]),
    ("the same fields required", schema(a={"oneOf": [objects("n", "v", required=["n"]), objects("n", "w", required=["n"])]}), [("ambiguous-one-of", f"{A}/oneOf")]),
    ("nothing required", schema(a={"oneOf": [objects("v"), objects("w")]}), [("ambiguous-one-of", f"{A}/oneOf")]),
    ("the same twice", schema(a={"oneOf": [TEXT, TEXT]}), [("ambiguous-one-of", f"{A}/oneOf")]),
    ("other types", schema(a={"oneOf": [{"type": "string"}, {"type": "null"}]}), []),
    ("other formats", schema(a={"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}]}), []),
    ("other fields required", schema(a={"oneOf": [objects("v", required=["v"]), objects("w", required=["w"])]}), []),
    ("a tag, not required", schema(a={"oneOf": [objects("v", properties={"kind": {"const": "v"}}), objects("w", properties={"kind": {"const": "w"}})]}), []),
    ("a tag with many values, by reference", schema({"$defs": {"K": {"enum": ["x", "y"]}}}, a={"oneOf": [objects(properties={"kind": {"$ref": "#/$defs/K"}}), objects(properties={"kind": {"enum": ["z"]}})]}), []),
    ("one field or the other", schema({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, a=TEXT, b=TEXT), []),
    ("what the object around forbids", schema(a={**objects("kind"), "oneOf": [{"properties": {"kind": {"const": "v"}}, "required": ["kind"]}, {"properties": {"kind": {"const": "w"}}, "required": ["kind"]}]}), []),
    ("any of", schema(a={"anyOf": [{"type": "integer"}, {"type": "number"}]}), []),
)  # fmt: skip
def test_a_one_of_is_ambiguous_where_an_ordinary_value_is_in_two_branches(value, expected):
    assert found(value) == expected


def test_the_value_that_two_branches_take_is_shown():
    [finding] = graver(schema(a={"oneOf": [{"type": "integer", "minimum": 7}, {"type": "number"}]}))
    assert "branches 0 and 1" in finding.message
    assert "both take 7" in finding.message


@table(
    ("null beside a string", schema(a={"type": "string", "anyOf": [{"minLength": 1}, {"type": "null"}]}), [("dead-branch", f"{A}/anyOf/1")]),
    ("in a branch of a branch", schema(a={"type": "string", "anyOf": [{"maxLength": 9}, {"anyOf": [{"type": "null"}, {"minLength": 9}]}]}), [("dead-branch", f"{A}/anyOf/1/anyOf/0")]),
    ("false", schema(a={"anyOf": [TEXT, False]}), [("dead-branch", f"{A}/anyOf/1")]),
    ("what a reference says", schema({"$defs": {"T": TEXT}}, a={"$ref": "#/$defs/T", "anyOf": [{"type": "number"}, {"maxLength": 4}]}), [("dead-branch", f"{A}/anyOf/0")]),
    ("both possible", schema(a={"type": ["string", "null"], "anyOf": [{"minLength": 1}, {"type": "null"}]}), []),
)  # fmt: skip
def test_a_branch_that_can_never_hold_is_dead(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    ("branches", "swallowed"),
    [
        ([{"type": "string", "format": "date"}, {"type": "string"}], [f"{A}/anyOf/0"]),
        ([{"type": "string"}, {"enum": ["a", "b"]}], [f"{A}/anyOf/1"]),
        ([TEXT, TEXT], [f"{A}/anyOf/0"]),
        ([{"type": "integer"}, {"type": "number"}], []),
        ([{"type": "integer", "minimum": 0}, {"type": "number", "minimum": 0}], []),
        ([{"type": "string"}, {"type": "null"}], []),
        ([objects("n"), objects("n", "v", required=["v"])], []),
        ([{"type": "string", "maxLength": 3}, {"type": "string", "minLength": 3}], []),
        ([{"enum": ["a", None]}, {"type": "null"}], []),
    ],
)
def test_a_branch_that_another_swallows_is_a_note_and_an_integer_beside_a_number_is_none(branches, swallowed):
    findings = [f for f in lint(schema(a={"anyOf": branches})) if f.name == "swallowed-branch"]
    assert [finding.pointer for finding in findings] == swallowed
    assert all(finding.severity is Severity.NOTE for finding in findings)


# What Pydantic writes


def test_models_of_every_kind_of_field_are_satisfiable_and_have_no_odd_branch():
    for model in models():
        for value in (model.model_json_schema(), page_schema(model).value):
            assert [f for f in lint(value) if "PS207" < f.code < "PS400"] == [], model.__name__


def models():
    import datetime as dt
    import decimal
    import enum
    import uuid
    from typing import Annotated, Literal

    from pydantic import BaseModel, Field, conint, conlist, constr, create_model

    class Kind(enum.Enum):
        RED = "red"
        BLUE = "blue"

    class Cat(BaseModel):
        kind: Literal["cat"] = "cat"
        lives: int | None = None

    class Dog(BaseModel):
        kind: Literal["dog"] = "dog"
        good: bool | None = None

    class Tree(BaseModel):
        value: int
        left: "Tree | None" = None
        leaves: "list[Tree]" = []

    Tree.model_rebuild(_types_namespace={"Tree": Tree})
    pairs = (
        (str, "x"), (int, 1), (float, 1.5), (bool, True), (bytes, b"x"), (uuid.UUID, uuid.UUID(int=1)), (Kind, Kind.RED),
        (dt.date, dt.date(2024, 1, 1)), (dt.datetime, dt.datetime(2024, 1, 1, 10)), (dt.time, dt.time(9, 30)),  # noqa: DTZ001 - what authors write
        (dt.timedelta, dt.timedelta(hours=1)), (decimal.Decimal, decimal.Decimal("1.50")), (Literal["a", "b"], "a"),
        (constr(pattern="^[A-Z]{2,3}$", max_length=3), "AB"), (conint(ge=0, le=100, multiple_of=5), 5), (int | float, 1),
        (conlist(str, min_length=1, max_length=3), ["x"]), (set[Kind], {Kind.RED}), (tuple[int, str], (1, "x")),
        (dict[str, int], {"a": 1}), (Cat, Cat(lives=9)), (list[Cat | Dog], [Dog()]), (Tree, Tree(value=1)),
        (Annotated[Cat | Dog, Field(discriminator="kind")], Cat()), (Annotated[decimal.Decimal, Field(ge=0, le=9)], decimal.Decimal(1)),
    )  # fmt: skip
    for index, (kind, default) in enumerate(pairs):
        yield create_model(f"Required{index}", value=(kind, ...))
        yield create_model(f"Optional{index}", value=(kind | None, None))
        yield create_model(f"Many{index}", value=(list[kind], ...))
        yield create_model(f"Given{index}", value=(kind, default))
