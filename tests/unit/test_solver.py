"""The solver: an instance, the proof that there is none, or unknown; never a wrong answer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pageschema import PageSchema
from pageschema.schema import Judge, second_opinion
from pageschema.solver import Instance, NoInstance, Unknown, find_instance, subtract
from pageschema.solver.formats import SAMPLES
from pageschema.solver.regex import lengths, proposals


def linked(leaf, **more):
    """A recursive schema: a list of nodes, each with a value."""
    node = {
        "type": "object",
        "properties": {
            "value": leaf,
            "next": {"anyOf": [{"$ref": "#/$defs/Node"}, {"type": "null"}]},
            "children": {"type": "array", "items": {"$ref": "#/$defs/Node"}},
            **more,
        },
        "required": ["value"],
    }
    return {"$ref": "#/$defs/Node", "$defs": {"Node": node}}


def valid(schema, value, *, formats=True):
    return Judge(schema, formats=formats).accepts(value) and second_opinion(schema, value) is not False


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "string", "minLength": 3, "maxLength": 3},
        {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4,}$"},
        {"type": "string", "pattern": "^(a|b)c+$", "minLength": 9},
        {"type": "integer", "minimum": 7, "multipleOf": 5},
        {"type": "integer", "minimum": 9007199254740993},
        {"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 1.5},
        {"type": "number", "multipleOf": 0.25, "exclusiveMinimum": 1},
        {"enum": [1, "a", None]},
        {"const": {"a": [1, 2]}},
        {"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "prefixItems": [{"const": 1}, {"type": "string"}], "minItems": 2, "items": False},
        {"type": "array", "items": {"type": "boolean"}, "contains": {"const": True}, "maxContains": 1, "minItems": 3},
        {"type": "array", "contains": {"type": "string"}, "minContains": 2, "items": {"type": ["string", "null"]}},
        {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer"}}},
        {"type": "object", "minProperties": 3, "propertyNames": {"pattern": "^[a-z]+$"}},
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}, "minProperties": 1, "required": ["x1"]},
        {"type": "object", "dependentRequired": {"a": ["b"]}, "required": ["a"]},
        {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"const": 1}, "type": "string"},
        {"oneOf": [{"type": "string", "maxLength": 5}, {"type": "string", "minLength": 2}]},
        {"not": {"type": ["null", "boolean", "number", "string"]}},
        {"not": {"enum": [None, False]}},
        linked({"type": "integer"}),
        {"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "array", "minItems": 1}}},
        {"type": "string", "pattern": "^(?=.*[0-9])[a-z0-9]{4}$"},
    ],
)
def test_an_instance_is_found_and_both_validators_take_it(schema):
    answer = find_instance(schema)
    assert isinstance(answer, Instance)
    assert valid(schema, answer.value)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_format_has_an_instance(name):
    schema = {"type": "string", "format": name}
    answer = find_instance(schema)
    assert isinstance(answer, Instance)
    assert Judge(schema).accepts(answer.value)


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 2},
        {"type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 2},
        {"type": "string", "pattern": "^[A-Z]{3}$", "minLength": 4},
        {"enum": ["a", "b"], "type": "integer"},
        {"type": "array", "items": {"enum": [1, 1.0, 2]}, "minItems": 3, "uniqueItems": True},
        {"type": "array", "items": False, "minItems": 1},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"type": "object", "minProperties": 3, "properties": {"a": {}, "b": {}}, "additionalProperties": False},
        {"type": "object", "maxProperties": 1, "required": ["a", "b"]},
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"oneOf": [{"type": "integer"}, {"type": "integer"}]},
        {"not": {}},
    ],
)
def test_what_admits_nothing_is_proven_to(schema):
    assert find_instance(schema) == NoInstance()


def test_a_recursive_schema_that_only_endless_values_satisfy_has_no_instance():
    endless = {
        "$ref": "#/$defs/Node",
        "$defs": {
            "Node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}, "required": ["next"]},
        },
    }
    assert find_instance(endless) == NoInstance()


def test_where_the_validators_are_known_to_differ_the_judge_decides():
    cents = {"type": "number", "multipleOf": 0.01, "minimum": 0.07, "maximum": 0.07}
    assert find_instance(cents) == Instance(value=0.07)
    assert Judge(cents).accepts(0.07)
    assert second_opinion(cents, 0.07) is False


def test_one_is_one_point_zero_and_is_not_true():
    assert subtract({"const": 1}, {"const": 1.0}) == NoInstance()
    assert subtract({"const": True}, {"const": 1}) == Instance(value=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"type": "integer"}, {"type": "number"}),
        ({"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": {"type": "number"}}),
        (linked({"type": "integer"}), linked({"type": "number"})),
        (linked({"type": "integer"}), linked({"type": ["integer", "string"]})),
        (linked({"type": "integer"}, note={"type": "string"}), linked({"type": "integer"})),
        (
            {"type": "object", "additionalProperties": {"type": "integer"}},
            {"type": "object", "additionalProperties": {"type": "number"}},
        ),
        (
            {"type": "object", "patternProperties": {"^a": {"type": "integer"}}},
            {"type": "object", "patternProperties": {"^a": {"type": "number"}}},
        ),
        ({"type": "string", "format": "date"}, {"type": "string"}),
        ({"type": "string", "pattern": "^a{2,5}$"}, {"type": "string", "minLength": 2, "maxLength": 5}),
    ],
)
def test_a_schema_that_takes_less_leaves_nothing_over(old, new):
    assert subtract(old, new) == NoInstance()


@pytest.mark.parametrize(
    ("old", "new", "least"),
    [
        ({"type": "number"}, {"type": "integer"}, 0.5),
        (linked({"type": "number"}), linked({"type": "integer"}), {"value": 0.5}),
        ({"type": ["string", "null"]}, {"type": "string"}, None),
        ({"type": "array", "items": {"type": "string"}}, {"type": "array", "maxItems": 0}, [""]),
        ({"type": "array", "items": {"type": "integer"}}, {"type": "array", "uniqueItems": True}, [0, 0]),
        (
            {"type": "object", "properties": {"a": {"type": "integer"}}},
            {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
            {},
        ),
        ({"type": "object"}, {"type": "object", "additionalProperties": False}, {"x": None}),
        ({"type": "string", "pattern": "^[a-z]+$"}, {"type": "string", "pattern": "^[a-z]{1,5}$"}, "aaaaaa"),
    ],
)
def test_what_is_left_over_is_shown_by_a_small_instance(old, new, least):
    answer = subtract(old, new)
    assert answer == Instance(value=least)
    assert valid(old, least)
    assert not Judge(new).accepts(least)


def test_format_can_be_an_annotation():
    date, any_text = {"type": "string", "format": "date"}, {"type": "string"}
    assert isinstance(subtract(any_text, date), Instance)
    assert subtract(any_text, date, formats=False) == NoInstance()


def test_a_page_schema_is_taken_as_it_is():
    schema = PageSchema.from_value({"type": "object", "properties": {"a": {"const": 3}}, "required": ["a"]})
    assert find_instance(schema) == Instance(value={"a": 3})


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"$ref": "https://example.com/other.json"}, "not present in a registry"),
        ({"type": "strng"}, "not valid under any"),
        ({"type": "array", "minItems": 1_000_000_000}, "longer than what is built"),
        ({"$ref": "#"}, "refers to itself"),
        ({"const": "\ud800"}, "surrogates"),
        ({"type": "string", "pattern": r"^(a+)\1b$", "minLength": 10, "maxLength": 10}, "no string was found"),
    ],
)
def test_what_cannot_be_told_is_unknown_with_a_reason(schema, reason):
    answer = find_instance(schema)
    assert isinstance(answer, Unknown)
    assert reason in answer.reason


def test_an_unknown_says_where_in_the_instance_it_gave_up():
    stuck = {"type": "string", "pattern": r"^(a+)\1b$", "minLength": 10, "maxLength": 10}
    schema = {"type": "object", "properties": {"lines": {"type": "array", "items": stuck, "minItems": 1}}}
    answer = find_instance({**schema, "required": ["lines"]})
    assert isinstance(answer, Unknown)
    assert answer.pointer == "/lines/0"


def fan_out(levels, keyword):
    """A schema that doubles at every level."""
    both = [{"$ref": "#/$defs/d{}"}, {"$ref": "#/$defs/d{}"}]
    definitions = {}
    for level in range(levels):
        parts = [{"$ref": part["$ref"].format(level + 1)} for part in both]
        if keyword == "properties":
            definitions[f"d{level}"] = {"type": "object", "properties": {"l": parts[0], "r": parts[1]}}
            definitions[f"d{level}"]["required"] = ["l", "r"]
        else:
            definitions[f"d{level}"] = {keyword: parts}
    return {"$ref": "#/$defs/d0", "$defs": {**definitions, f"d{levels}": {"type": "integer"}}}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "properties"])
def test_a_schema_that_fans_out_without_end_ends_in_unknown(keyword):
    assert isinstance(find_instance(fan_out(30, keyword)), Unknown)


def test_nesting_without_end_is_refused():
    deep = {"type": "string"}
    for _ in range(5_000):
        deep = {"items": deep}
    assert isinstance(find_instance(deep), Unknown)


def test_a_schema_that_holds_itself_is_refused():
    knot = {}
    knot["anyOf"] = [knot, knot]
    assert isinstance(find_instance(knot), Unknown)


def test_large_objects_that_differ_everywhere_are_compared_in_the_steps_there_are():
    old = {"type": "object", "properties": {f"p{i}": {"type": "string", "maxLength": i + 6} for i in range(200)}}
    new = {"type": "object", "properties": {f"p{i}": {"type": "string", "maxLength": 5} for i in range(200)}}
    assert subtract(new, old) == NoInstance()
    assert subtract(old, new) == Instance(value={"p0": "aaaaaa"})


def test_models_that_all_refer_to_each_other_are_compared_in_the_steps_there_are():
    def web(leaf):
        members = {f"f{i}": {"$ref": f"#/$defs/T{i}"} for i in range(20)}
        model = {"type": "object", "properties": {**members, "v": leaf}, "required": ["v"]}
        return {"$ref": "#/$defs/T0", "$defs": {f"T{i}": model for i in range(20)}}

    assert subtract(web({"type": "integer"}), web({"type": "number"})) == NoInstance()
    assert subtract(web({"type": "number"}), web({"type": "integer"})) == Instance(value={"v": 0.5})


def test_the_same_question_gets_the_same_answer_under_every_hash_seed():
    code = (
        "from pageschema.solver import find_instance, subtract\n"
        "a = {'type': 'object', 'minProperties': 3, 'properties': {k: {'type': 'integer'} for k in 'defabc'}}\n"
        "b = {'anyOf': [{'required': ['a', 'b']}, {'required': ['c']}, {'properties': {'d': {'minimum': 1}}}]}\n"
        "print(find_instance(a), subtract(a, b), subtract(b, a))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^[A-Z]{3}$", (3, 3)),
        ("^a{2,5}b?$", (2, 6)),
        ("a", (1, None)),
        ("^a|b$", (1, None)),
        ("^(a|bc)*$", (0, None)),
        ("^(?=ab)a$", (0, None)),
        ("^a{,3}$", (0, None)),
        ("(", (0, None)),
    ],
)
def test_how_long_a_match_is_comes_from_the_pattern(pattern, expected):
    assert lengths(pattern) == expected


def test_proposals_reach_a_length_that_is_asked_for():
    assert any(len(text) == 12 for text in proposals("^[ab]+-[0-9]+$", low=12))


@pytest.mark.parametrize(
    "schema",
    [
        # Kept verbatim by the canonical form, and read keyword by keyword
        {"allOf": [{"const": {"a": [1]}}, {"not": {"const": {"a": [1.0]}}}]},
        {"allOf": [{"const": [1]}, {"properties": {}}, {"not": {"enum": [[1], "b"]}}]},
        {"$ref": "#/$defs/A", "$defs": {"A": {"not": {"prefixItems": [True], "items": True}}}},
        # Items that are counted
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "maxItems": 2, "items": {"const": 2}},
        {"contains": {"const": 1}, "maxContains": 1, "type": "array", "minItems": 2, "items": {"const": 1}},
        {
            "type": "array",
            "allOf": [
                {"contains": {"type": "integer"}, "maxContains": 1},
                {"contains": {"multipleOf": 2}, "minContains": 2},
            ],
            "items": {"type": "integer"},
        },
        # Items that are different
        {"type": "array", "uniqueItems": True, "minItems": 4, "items": {"enum": [1, 1.0, True, "a"]}},
        {
            "type": "array",
            "uniqueItems": True,
            "minItems": 3,
            "items": {
                "type": "object",
                "properties": {"a": {"type": "boolean"}},
                "required": ["a"],
                "additionalProperties": False,
            },
        },
        {
            "type": "array",
            "uniqueItems": True,
            "prefixItems": [{"enum": [1, 2]}, {"const": 1}, {"const": 2}],
            "minItems": 3,
        },
        # Keys by the patterns that their names match
        {
            "type": "object",
            "patternProperties": {"^a": False, "^[^a]": False},
            "propertyNames": {"minLength": 1},
            "minProperties": 1,
        },
        {"type": "object", "patternProperties": {"a": {"type": "string"}, "b": {"type": "null"}}, "required": ["ab"]},
        {"type": "object", "propertyNames": {"pattern": "^[ab]$"}, "minProperties": 3},
        # What nothing has looked at
        {
            "type": "object",
            "$ref": "#/$defs/A",
            "unevaluatedProperties": False,
            "required": ["b"],
            "$defs": {"A": {"properties": {"a": {"not": {"const": [1]}}}}},
        },
        {
            "if": {"required": ["a"], "properties": {"a": {"not": {"const": []}}}},
            "then": {"properties": {"b": True}},
            "unevaluatedProperties": False,
            "type": "object",
            "required": ["b"],
            "properties": {"a": {"const": []}},
        },
        # Numbers
        {"type": "integer", "multipleOf": 1.5, "not": {"multipleOf": 3}},
        # Words
        {"type": "string", "pattern": "^[0-9]{4}$", "not": {"pattern": r"^\d{4}$"}},
        {"type": "string", "pattern": "^(?!a)", "allOf": [{"pattern": "^[ab]"}, {"pattern": "^[^b]"}]},
        {"type": "string", "pattern": "^[a-z]{3,}$", "maxLength": 2},
    ],
)
def test_that_nothing_satisfies_a_schema_is_proven(schema):
    assert find_instance(schema) == NoInstance()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"contains": {"const": 1}}, {"contains": {"const": 1}, "maxContains": 2}),
        ({"contains": {"const": 1}}, {"contains": {"const": 1}, "minContains": 2}),
        ({"type": "object"}, {"not": {"patternProperties": {"^x": {"type": "string"}}, "type": "object"}}),
        ({"type": "object"}, {"patternProperties": {"^(?=.*b)": {"type": "string"}}}),
        ({}, {"not": {"const": {"a": []}}}),
        ({"prefixItems": [{}, {}]}, {"prefixItems": [{}, {"not": {"const": [2]}}]}),
        ({"type": "string", "pattern": r"^[a-z]+\.[a-z]+$"}, {"type": "string", "pattern": "^[a-y.]+$"}),
        ({"type": "object", "minProperties": 2}, {"anyOf": [{"required": ["a"]}, {"maxProperties": 2}]}),
        ({"uniqueItems": True, "items": {"type": "object"}}, {"maxItems": 2}),
        (
            {
                "$ref": "#/$defs/A",
                "$defs": {"A": {"properties": {"next": {"$ref": "#/$defs/A"}, "z": {"not": {"const": [1]}}}}},
            },
            {"properties": {"next": {"properties": {"z": {"type": "string"}}}}},
        ),
    ],
)
def test_what_one_schema_allows_beyond_another_is_shown(old, new):
    answer = subtract(old, new, formats=False)
    assert isinstance(answer, Instance)
    assert valid(old, answer.value, formats=False)
    assert not Judge(new, formats=False).accepts(answer.value)


def test_definitions_that_lead_from_one_to_the_next_without_end_are_not_followed():
    """jsonschema-rs would follow them on the machine's stack, past its end."""
    names = [f"M{number}" for number in range(3_000)]
    definitions = {
        name: {"type": "object", "properties": {"next": {"$ref": f"#/$defs/{following}"}}, "required": ["next"]}
        for name, following in zip(names, [*names[1:], names[0]], strict=True)
    }
    answer = find_instance({"$ref": "#/$defs/M0", "$defs": definitions})
    assert isinstance(answer, Unknown)
    assert "definitions lead from one to the next" in answer.reason
