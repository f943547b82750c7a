import json

import pytest

from pageschema.contract.clause import merge_patch
from pageschema.contract.overlay import apply_overlay
from pageschema.errors import InvalidContract


@pytest.mark.parametrize(
    ("document", "action", "expected"),
    [
        ({"a": {"b": 1, "c": 2}}, {"target": "$.a", "update": {"b": 3, "d": 4}}, {"a": {"b": 3, "c": 2, "d": 4}}),
        ({"a": [1]}, {"target": "$.a", "update": 2}, {"a": [1, 2]}),
        ({"a": [1]}, {"target": "$.a", "update": [2, 3]}, {"a": [1, 2, 3]}),
        ({"a": {"l": [1]}}, {"target": "$", "update": {"a": {"l": [2]}}}, {"a": {"l": [1, 2]}}),
        ({"a": [{"n": 1}, {}]}, {"target": "$.a[*]", "update": {"m": 0}}, {"a": [{"n": 1, "m": 0}, {"m": 0}]}),
        ({"a": 1, "b": "x"}, {"target": "$.b", "update": "y"}, {"a": 1, "b": "y"}),
        ({"a": 1, "b": 2}, {"target": "$.b", "remove": True}, {"a": 1}),
        ({"a": [1, 2, 3, 4]}, {"target": "$.a[?@ < 3]", "remove": True}, {"a": [3, 4]}),
        ({"a": {"a": {"a": 1}, "b": 2}}, {"target": "$..a", "remove": True}, {}),
        ({"a": 1, "b": 2}, {"target": "$.a", "remove": True, "update": 3}, {"b": 2}),
        ({"a": {"x": 1}, "b": {}}, {"target": "$.b", "copy": "$.a"}, {"a": {"x": 1}, "b": {"x": 1}}),
        ({"a b": {"/": 1}}, {"target": "$['a b']['/']", "update": 2}, {"a b": {"/": 2}}),
    ],
)  # fmt: skip
def test_an_action_merges_appends_replaces_removes_or_copies(document, action, expected):
    before = json.dumps([document, action])
    assert apply_overlay(document, {"actions": [action]}) == expected
    assert json.dumps([document, action]) == before


def test_actions_build_on_what_the_ones_before_have_made():
    actions = [
        {"target": "$", "update": {"new": {"x": 1}}},
        {"target": "$.new", "update": {"y": 2}},
        {"target": "$.new.x", "remove": True},
    ]
    assert apply_overlay({}, {"actions": actions}) == {"new": {"y": 2}}


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ({"target": "$.gone", "update": {}}, "matches nothing"),
        ({"target": "$.gone", "remove": True}, "matches nothing"),
        ({"target": "not a path", "update": {}}, "is no JSONPath"),
        ({"update": {}}, "is no JSONPath"),
        ("$.a", "is no JSONPath"),
        ({"target": "$.a", "updates": {}}, "one of update, copy and remove"),
        ({"target": "$.a", "remove": False}, "one of update, copy and remove"),
        ({"target": "$", "remove": True}, "whole document"),
        ({"target": "$.a", "update": 5}, "cannot be merged"),
        ({"target": "$.a.b", "update": {"c": 1}}, "cannot be merged"),
        ({"target": "$.a", "copy": "$.gone"}, "matches nothing"),
        ({"target": "$.a", "copy": "$.l[*]"}, "matches 2 nodes"),
    ],
)
def test_an_action_that_cannot_be_applied_is_an_error_that_names_it(action, what):
    overlay = {"actions": [{"target": "$.a", "update": {"fine": True}}, action]}
    with pytest.raises(InvalidContract, match=what) as caught:
        apply_overlay({"a": {"b": 1}, "l": [1, 2]}, overlay, where="overlay.yaml")
    assert caught.value.where == "overlay.yaml#/actions/1"


@pytest.mark.parametrize(
    ("original", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_breaks_are_merge_patches_as_the_examples_of_rfc_7396_have_them(original, patch, result):
    assert merge_patch(original, patch) == result
