"""What random pairs have shown wrong, each as small as it gets, with the truth."""

from __future__ import annotations

import pytest

from pageschema.evolution import diff

TRUE_CONDITION = {"properties": {"c": {"enum": ["aa", [[]], ""]}, "ab": {}}, "patternProperties": {}, "minContains": 1}


def chain(condition):
    """A recursive schema with a condition from which nothing follows."""
    return {
        "type": "object",
        "properties": {"x-1": {"$ref": "#"}, "c": {"if": condition, "then": {}}},
        "additionalProperties": True,
    }


def nullable(condition):
    enum = condition["properties"]["c"]
    return {**condition, "properties": {**condition["properties"], "c": {"anyOf": [enum, {"type": "null"}]}}}


@pytest.mark.parametrize(
    ("old", "new", "backward", "forward"),
    [
        ({"const": "ab"}, {"const": "ab", "enum": ["x-1"]}, "no", "yes"),
        ({"not": {"const": "ab"}}, {"not": {"const": "ab", "enum": ["x-1"]}}, "yes", "no"),
        ({"propertyNames": {"const": "a"}}, {"propertyNames": {"const": "a", "enum": []}}, "no", "yes"),
    ],
)
def test_a_no_is_never_told_without_a_change_to_blame(old, new, backward, forward):
    comparison = diff(old, new, content="open")
    assert (comparison.backward, comparison.forward) == (backward, forward)
    assert any(change.breaks for change in comparison.changes)


@pytest.mark.parametrize("content", ["open", "declared"])
def test_a_condition_without_consequence_in_a_recursive_schema_changes_nothing(content):
    comparison = diff(chain(TRUE_CONDITION), chain(nullable(TRUE_CONDITION)), content=content)
    assert (comparison.backward, comparison.forward) == ("yes", "yes")


PARTLY_MERGED = (
    {"properties": {"c": {"type": ["string"]}}},
    {
        "contains": {"type": "object", "patternProperties": {"a": {"$ref": "#"}}},
        "maxContains": 1,
        "unevaluatedItems": {"type": "number"},
    },
)


@pytest.mark.parametrize("content", ["open", "declared"])
def test_nodes_that_merge_only_in_part_get_their_verdict(content):
    comparison = diff(*PARTLY_MERGED, content=content)
    assert (comparison.backward, comparison.forward) == ("no", "no")


def keyed(further):
    """Objects whose further keys hold a line feed and nothing else that is printed."""
    return {
        "patternProperties": {"c|^$": {"type": "array"}, ".": True},
        "additionalProperties": further,
    }


def nested(further):
    node = {"properties": {"c": {"properties": {"a": {"$ref": "#"}}, "items": {}, "maxItems": 0}}}
    return {"$ref": "#/$defs/N", "$defs": {"N": {**node, "additionalProperties": further}}}


LINE_FEED = "the validators differ on $ before a last line feed, and no other candidate is tried"
OPAQUE = "a condition that has no canonical form is unrolled with the recursion around it"
CONDITION = {"if": {"if": {"const": [1]}, "then": {"const": 10}, "else": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("old", "new", "backward", "forward"),
    [
        pytest.param({"pattern": "^a\n?$"}, {"pattern": "^a$"}, "no", "yes", marks=pytest.mark.xfail(reason=LINE_FEED)),
        pytest.param({"pattern": "^..+a"}, {"pattern": "^..+$"}, "no", "no", marks=pytest.mark.xfail(reason=LINE_FEED)),
        pytest.param(
            keyed({"type": "string"}), keyed({"type": "integer"}), "no", "no", marks=pytest.mark.xfail(reason=LINE_FEED)
        ),
        pytest.param(nested({}), nested(CONDITION), "yes", "yes", marks=pytest.mark.xfail(reason=OPAQUE)),
    ],
)
def test_what_was_once_left_unknown_is_decided(old, new, backward, forward):
    comparison = diff(old, new, content="open")
    assert (comparison.backward, comparison.forward) == (backward, forward)


def test_a_look_ahead_among_key_patterns_is_read_beside_what_stays_as_written():
    part = {"patternProperties": {"^(?=.*b)": {}}, "not": {"enum": [{"b": None}]}}
    comparison = diff({}, {"properties": {"a": part}}, content="open")
    assert (comparison.backward, comparison.forward) == ("no", "yes")
    assert comparison.witnesses["backward"] == {"a": {"b": None}}


def test_a_bound_means_the_same_as_an_integer_and_as_a_double():
    for keyword in ("minimum", "maximum"):
        comparison = diff({keyword: -(2**63)}, {keyword: -(2.0**63)}, content="open")
        assert (comparison.backward, comparison.forward) == ("yes", "yes")


@pytest.mark.parametrize(
    ("pattern", "other", "backward", "forward"),
    [("[a-c]+|(?:)?", "", "yes", "yes"), ("^[^]$", "^[^]{1,2}$", "yes", "no")],
)
def test_what_one_engine_refuses_of_a_pattern_is_read_beside_a_look_ahead(pattern, other, backward, forward):
    beside = {"x": {"pattern": "^(?!.*b)a"}}
    old = {"properties": {"a": {"pattern": pattern}, **beside}}
    comparison = diff(old, {"properties": {"a": {"pattern": other}, **beside}}, content="open")
    assert (comparison.backward, comparison.forward) == (backward, forward)
