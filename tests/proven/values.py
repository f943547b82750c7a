"""Constants and enumerations of any value: arrays, objects, numbers however written, texts to the code point."""

from __future__ import annotations

from .pair import ARR, INT, NULL, OBJ, STR, No, arr, closed, enum, obj, pair, same, text


def const(value):
    """One value."""
    return {"const": value}


PAIRS = (
    same(
        "a constant list is spelled out", const([1]), arr(const(1), minItems=1, maxItems=1), "One item, which is one."
    ),
    same("a constant object is spelled out", const({"a": 1}), closed("a", a=const(1)), "One member a, which is one."),
    same(
        "the members of a constant object are reordered",
        const({"a": 1, "b": 2}),
        const({"b": 2, "a": 1}),
        "Members have no order.",
    ),
    pair(
        "the items of a constant list are reordered",
        const([1, 2]),
        const([2, 1]),
        backward=No([1, 2]),
        forward=No([2, 1]),
    ),
    pair(
        "a constant object becomes a model",
        const({"a": 1}),
        obj("a", a=INT),
        backward="Its a is an integer.",
        forward=No({"a": 2}),
    ),
    same("one is written as one point nought", const(1), const(1.0), "It is the same number."),
    same("one in a list is written as one point nought", const([1]), const([1.0]), "It is the same number."),
    same(
        "one in an object is written as one point nought", const({"a": 1}), const({"a": 1.0}), "It is the same number."
    ),
    pair("one is not true", const(1), const(True), backward=No(1), forward=No(True)),
    pair("one in a list is not true", const([1]), const([True]), backward=No([1]), forward=No([True])),
    pair(
        "nought in an object is not false",
        enum({"a": 0}),
        enum({"a": False}),
        backward=No({"a": 0}),
        forward=No({"a": False}),
    ),
    same("the constant null is the type null", const(None), NULL, "Null is the only value of its type."),
    same(
        "true, false and null are their types",
        enum(True, False, None),
        {"type": ["boolean", "null"]},
        "These are all their values.",
    ),
    same("an enumeration is cut by a type", {**enum("a", 1, None), "type": "string"}, const("a"), "a is its one text."),
    same(
        "an enumeration is cut by a pattern",
        {**enum("a", "b", "ab"), "pattern": "^a"},
        enum("a", "ab"),
        "b does not begin with a.",
    ),
    same("an enumeration is cut by a refusal", {**enum(1, 2, 3), "not": const(2)}, enum(1, 3), "Two is refused."),
    same("a constant of the wrong type", {**const(1), "type": "string"}, False, "One is no text."),
    same("the empty text is no letters", const(""), text(maxLength=0), "There is one text of no letters."),
    same("the empty list is no items", const([]), {**ARR, "maxItems": 0}, "There is one list of no items."),
    same(
        "the empty object is no members", const({}), {**OBJ, "maxProperties": 0}, "There is one object of no members."
    ),
    same(
        "a choice of objects is a choice within an object",
        obj("a", a=enum({"x": 1}, {"x": 2})),
        obj("a", a=closed("x", x=enum(1, 2))),
        "x is one or two.",
    ),
    pair(
        "a choice of pairs becomes a pair of choices",
        enum([1, "a"], [2, "b"]),
        {**ARR, "prefixItems": [enum(1, 2), enum("a", "b")], "minItems": 2, "maxItems": 2},
        backward="Each part is one of the choices.",
        forward=No([1, "b"]),
    ),
    pair(
        "a constant deep inside does not fit a model",
        const({"a": [{"b": 1}]}),
        obj("a", a=arr(obj("b", b=STR))),
        backward=No({"a": [{"b": 1}]}),
        forward=No({"a": []}),
    ),
    pair(
        "a composed letter is not the letter and its mark",
        const("\u00e9"),
        const("e\u0301"),
        backward=No("\u00e9"),
        forward=No("e\u0301"),
    ),
    pair(
        "a letter and its mark are two characters",
        const("e\u0301"),
        text(maxLength=1),
        backward=No("e\u0301"),
        forward=No(""),
    ),
    pair(
        "a picture is one character", const("😀"), text(maxLength=1), backward="It is one code point.", forward=No("")
    ),
    pair(
        "an enumeration of everything small becomes a type",
        enum("", 0, None, [], {}, False),
        {"type": ["string", "integer", "null", "array", "object", "boolean"]},
        backward="Each is of one of the types.",
        forward=No(True),
    ),
    pair(
        "an enumeration loses the value that no type lets in",
        {**enum("a", 1), "type": "string"},
        enum("a", 2),
        backward="1 was no text, so that a was the only one.",
        forward=No(2),
    ),
    same(
        "a constant's member that is null is there",
        {**const({"a": None}), "required": ["a"]},
        const({"a": None}),
        "a is there, and is null.",
    ),
    pair(
        "an object with a null is not one without",
        enum({}),
        enum({"a": None}),
        backward=No({}),
        forward=No({"a": None}),
    ),
)
