"""unevaluatedProperties and unevaluatedItems: what the parts have looked at."""

from __future__ import annotations

from .pair import ARR, INT, OBJ, STR, Letter, No, any_of, arr, closed, defs, enum, obj, one_of, pair, ref, same

NONE = {"unevaluatedProperties": False}
NO_ITEMS = {"type": "array", "unevaluatedItems": False}
PARTS = {"allOf": [obj(a=INT)], **obj(b=STR)}

PAIRS = (
    same(
        "parts are closed over all that they declare",
        {**PARTS, **NONE},
        closed(a=INT, b=STR),
        "a and b are evaluated, and nothing else.",
    ),
    pair(
        "parts are no longer closed",
        {**PARTS, **NONE},
        PARTS,
        backward="Only a restriction was dropped.",
        forward=Letter("The parts declare a and b.", {"c": 1}),
    ),
    same(
        "alternatives are closed over those that hold",
        {**obj(k=INT), **any_of(obj("a", a=INT), obj("b", b=STR)), **NONE},
        any_of(closed("a", k=INT, a=INT), closed("b", k=INT, b=STR), closed("a", "b", k=INT, a=INT, b=STR)),
        "An alternative that fails has evaluated nothing; one or both hold.",
    ),
    same(
        "exclusive alternatives are closed over the one that holds",
        {**OBJ, **one_of(obj("a", a=INT), obj("b", b=INT)), **NONE},
        any_of(closed("a", a=INT), closed("b", b=INT)),
        "Were both there, oneOf would fail, or a wrong one would be unevaluated.",
    ),
    same(
        "a condition is closed over the branch that holds",
        {
            **obj("t", t=enum("x", "y")),
            "if": {"properties": {"t": {"const": "x"}}},
            "then": {"properties": {"a": INT}},
            **NONE,
        },
        any_of(closed("t", t={"const": "x"}, a=INT), closed("t", t={"const": "y"})),
        "With x, a is evaluated; with y, t alone is.",
    ),
    same(
        "unevaluated properties get a type as additional ones do",
        {**obj(a=INT), "unevaluatedProperties": STR},
        {**obj(a=INT), "additionalProperties": STR},
        "Without parts, unevaluated is additional.",
    ),
    same(
        "a reference is closed from outside",
        defs({**ref("B"), **NONE}, B=obj("a", a=INT)),
        closed("a", a=INT),
        "The reference has evaluated a.",
    ),
    pair(
        "a base that is closed from outside gets an optional field",
        defs({**ref("B"), **NONE}, B=obj("a", a=INT)),
        defs({**ref("B"), **NONE}, B=obj("a", a=INT, b=STR)),
        backward="b may be left out.",
        forward=No({"a": 1, "b": ""}),
    ),
    pair(
        "a base that is closed from outside loses a required field",
        defs({**ref("B"), **NONE}, B=obj("a", "b", a=INT, b=STR)),
        defs({**ref("B"), **NONE}, B=obj("a", a=INT)),
        backward=No({"a": 1, "b": ""}),
        forward=No({"a": 1}),
    ),
    same(
        "keys under a pattern are evaluated",
        {**OBJ, "patternProperties": {"^x": {}}, **NONE},
        {**OBJ, "patternProperties": {"^x": {}}, "additionalProperties": False},
        "Without parts, unevaluated is additional.",
    ),
    same(
        "what stands under not evaluates nothing",
        {**OBJ, "not": {"not": obj(a=INT)}, **NONE},
        {**OBJ, "maxProperties": 0},
        "not drops what was evaluated: all are unevaluated.",
    ),
    same(
        "a dependency evaluates where its field is",
        {**obj(a=INT), "dependentSchemas": {"a": {"properties": {"b": INT}}}, **NONE},
        any_of({**closed("a", a=INT, b=INT)}, {**OBJ, "maxProperties": 0}),
        "With a, b is evaluated; without a, nothing is.",
    ),
    same(
        "others that are allowed leave nothing unevaluated",
        {"allOf": [{**obj(a=INT), "additionalProperties": True}], **NONE, **OBJ},
        {**obj(a=INT), "additionalProperties": True},
        "additionalProperties has evaluated all others.",
    ),
    same(
        "the items before the rest are evaluated",
        {**NO_ITEMS, "prefixItems": [INT]},
        {**ARR, "prefixItems": [INT], "items": False},
        "Without parts, the unevaluated items are the rest.",
    ),
    same(
        "contains evaluates what it matches",
        {**NO_ITEMS, "contains": INT},
        arr(INT, minItems=1),
        "Each item must be one that contains matched.",
    ),
    same(
        "alternatives of prefixes are closed over the longest that holds",
        {**NO_ITEMS, **any_of({"prefixItems": [INT]}, {"prefixItems": [INT, STR]})},
        {**ARR, "prefixItems": [INT, STR], "items": False},
        "A second item is evaluated only if it is a text.",
    ),
    same(
        "unevaluated items get a type as the rest does",
        {**ARR, "allOf": [{"prefixItems": [INT]}], "unevaluatedItems": STR},
        {**ARR, "prefixItems": [INT], "items": STR},
        "The part has evaluated the first item.",
    ),
    pair(
        "the unevaluated items are let in",
        {**NO_ITEMS, "allOf": [{"prefixItems": [INT]}]},
        {**ARR, "allOf": [{"prefixItems": [INT]}]},
        backward="Only a restriction was dropped.",
        forward=No([1, 1]),
    ),
    pair(
        "closed parts from outside become closed parts each",
        {**PARTS, **NONE},
        {"allOf": [closed(a=INT), closed(b=STR)]},
        backward=No({"a": 1}),
        forward="Only the empty object passes both parts.",
    ),
)
