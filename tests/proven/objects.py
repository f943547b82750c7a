"""Objects beyond models: keys by pattern, dependencies, counts, undeclared properties."""

from __future__ import annotations

from .pair import INT, NUM, OBJ, STR, No, OpenOnly, any_of, closed, enum, obj, pair, same

BOTH = obj(a=INT, b=INT)
CODES = {**OBJ, "additionalProperties": False}


def keys(**patterns):
    """Read a name such as x for ^x."""
    return {"patternProperties": {f"^{name}": part for name, part in patterns.items()}}


PAIRS = (
    # dependencies
    pair(
        "one field comes to need another",
        BOTH,
        {**BOTH, "dependentRequired": {"a": ["b"]}},
        backward=No({"a": 1}),
        forward="Only a demand was added.",
    ),
    same(
        "a need is written as a schema",
        {**BOTH, "dependentRequired": {"a": ["b"]}},
        {**BOTH, "dependentSchemas": {"a": {"required": ["b"]}}},
        "Both ask for b where a is.",
    ),
    same(
        "two fields that need each other are both there or neither",
        {**BOTH, "dependentRequired": {"a": ["b"], "b": ["a"]}},
        {**BOTH, **any_of({"required": ["a", "b"]}, {"not": any_of({"required": ["a"]}, {"required": ["b"]})})},
        "All or nothing.",
    ),
    same(
        "needs that follow from each other are written out",
        {**OBJ, "dependentRequired": {"a": ["b"], "b": ["c"]}},
        {**OBJ, "dependentRequired": {"a": ["b", "c"], "b": ["c"]}},
        "Where a is, b is, and so c is.",
    ),
    pair(
        "a dependency narrows another field",
        {**obj(a=INT, b=NUM), "dependentSchemas": {"a": {"properties": {"b": INT}}}},
        obj(a=INT, b=NUM),
        backward="Only a restriction was dropped.",
        forward=No({"a": 1, "b": 0.5}),
    ),
    same(
        "a field that needs what cannot be there cannot be there",
        {**closed(a=INT), "dependentRequired": {"a": ["b"]}},
        closed(a=False),
        "b is refused, and a needs it.",
    ),
    same(
        "a dependency on nothing forbids the field",
        {**OBJ, "dependentSchemas": {"a": False}},
        {**OBJ, "not": {"required": ["a"]}},
        "Where a is, nothing is valid.",
    ),
    pair(
        "a need of one field becomes a need of two",
        {**obj(a=INT, b=INT, c=INT), "dependentRequired": {"a": ["b"]}},
        {**obj(a=INT, b=INT, c=INT), "dependentRequired": {"a": ["b", "c"]}},
        backward=No({"a": 1, "b": 1}),
        forward="Both is more than one.",
    ),
    # keys by pattern
    pair(
        "values under a prefix widen",
        {**OBJ, **keys(x_=INT)},
        {**OBJ, **keys(x_=NUM)},
        backward="Integers are numbers.",
        forward=No({"x_": 0.5}),
    ),
    pair(
        "a prefix gets longer",
        {**OBJ, **keys(x=INT)},
        {**OBJ, **keys(xy=INT)},
        backward="A key that begins with xy begins with x.",
        forward=No({"x": ""}),
    ),
    same(
        "keys that match two patterns that exclude each other are forbidden",
        {**OBJ, "patternProperties": {"^a": INT, "b$": STR}},
        {**OBJ, "patternProperties": {"^a": INT, "b$": STR, "^a.*b$": False}},
        "No value is an integer and a text.",
    ),
    pair(
        "keys that match two patterns meet both",
        {**OBJ, "patternProperties": {"^a": {"minimum": 0}, "b$": {"maximum": 9}}},
        {**OBJ, "patternProperties": {"^a.*b$": {"minimum": 0, "maximum": 9}}},
        backward="Such a key begins with a and ends with b.",
        forward=No({"a": -1}),
    ),
    same(
        "a required key under a pattern is written out",
        {**OBJ, **keys(a=INT), "required": ["abc"]},
        {**OBJ, **keys(a=INT), "properties": {"abc": INT}, "required": ["abc"]},
        "abc begins with a.",
    ),
    same(
        "a declared field that its pattern contradicts",
        {**OBJ, **keys(a=INT), "properties": {"a1": STR}},
        {**OBJ, **keys(a=INT), "properties": {"a1": False}},
        "a1 begins with a, and no value is an integer and a text.",
    ),
    pair(
        "a required field that its pattern contradicts",
        {**OBJ, **keys(a=INT), "properties": {"a1": STR}, "required": ["a1"]},
        OBJ,
        backward="The writer has no instance.",
        forward=No({}),
    ),
    same(
        "no other keys is a pattern for names",
        {**CODES, **keys(x={})},
        {**OBJ, "propertyNames": {"pattern": "^x"}},
        "Each key begins with x.",
    ),
    same(
        "two patterns become one",
        {**CODES, "patternProperties": {"^[a-c]$": INT, "^[d-f]$": INT}},
        {**CODES, "patternProperties": {"^[a-f]$": INT}},
        "a to c and d to f is a to f.",
    ),
    same(
        "a pattern that all keys match is additionalProperties",
        {**OBJ, "patternProperties": {".*": INT}},
        {**OBJ, "additionalProperties": INT},
        "It matches the empty text at the start of any key.",
    ),
    pair(
        "keys of digits get a longest length",
        {**CODES, "patternProperties": {"^[0-9]+$": STR}},
        {**CODES, "patternProperties": {"^[0-9]{1,3}$": STR}},
        backward=No({"0000": ""}),
        forward="One to three digits are digits.",
    ),
    same(
        "values that cannot be under a pattern forbid its keys",
        {**OBJ, **keys(x=False)},
        {**OBJ, "propertyNames": {"not": {"pattern": "^x"}}},
        "No key begins with x.",
    ),
    pair(
        "extensions are no longer allowed",
        {**closed(a=INT), **keys(**{"x-": {}})},
        closed(a=INT),
        backward=No({"x-": 1}),
        forward="Only a restriction was dropped.",
    ),
    pair(
        "a declared field is no longer covered by the others' type",
        {**obj(a=INT), "additionalProperties": INT},
        {**OBJ, **keys(a=NUM), "additionalProperties": INT},
        backward="Every value is an integer and hence a number.",
        forward=No({"a": 0.5}),
    ),
    pair(
        "a key pattern loses its anchor",
        {**CODES, "patternProperties": {"^[A-Z]{3}$": NUM}},
        {**CODES, "patternProperties": {"[A-Z]{3}": NUM}},
        backward="Three capitals hold three capitals.",
        forward=No({"AAAA": 1}),
    ),
    # names
    pair(
        "keys may be longer",
        {**OBJ, "propertyNames": {"maxLength": 3}},
        {**OBJ, "propertyNames": {"maxLength": 4}},
        backward="Up to three is up to four.",
        forward=No({"aaaa": 1}),
    ),
    pair(
        "two possible keys become two keys at most",
        {**OBJ, "propertyNames": enum("a", "b")},
        {**OBJ, "maxProperties": 2},
        backward="A key comes once.",
        forward=No({"c": 1}),
    ),
    same(
        "no possible key is no key", {**OBJ, "propertyNames": False}, {**OBJ, "maxProperties": 0}, "Any key is refused."
    ),
    same(
        "one possible key and one key at least is that key",
        {**OBJ, "propertyNames": {"const": "a"}, "minProperties": 1},
        {**OBJ, "propertyNames": {"const": "a"}, "required": ["a"]},
        "The one key can only be a.",
    ),
    same(
        "keys of one letter out of two are two at most",
        {**OBJ, "propertyNames": {"pattern": "^[ab]$"}},
        {**OBJ, "propertyNames": {"pattern": "^[ab]$"}, "maxProperties": 2},
        "There are two such keys, and a key comes once.",
    ),
    same(
        "a required key that names do not allow",
        {**OBJ, "propertyNames": {"pattern": "^a"}, "required": ["b"]},
        False,
        "b does not begin with a.",
    ),
    same(
        "more keys are asked for than there can be",
        {**OBJ, "propertyNames": enum("a", "b"), "minProperties": 3},
        False,
        "Two keys are not three.",
    ),
    same(
        "names that must be numbers are no names",
        {**OBJ, "propertyNames": INT},
        {**OBJ, "maxProperties": 0},
        "A key is a text.",
    ),
    # counts
    pair(
        "two keys are asked for instead of one",
        {**OBJ, "minProperties": 1},
        {**OBJ, "minProperties": 2},
        backward=No({"a": 1}),
        forward="Two are one.",
    ),
    pair(
        "a closed model becomes a count",
        closed(a=INT, b=INT),
        {**OBJ, "maxProperties": 2},
        backward="There are two fields at most.",
        forward=No({"c": 1}),
    ),
    same(
        "more fields are required than there may be",
        {**OBJ, "required": ["a", "b"], "maxProperties": 1},
        False,
        "Two are more than one.",
    ),
    same(
        "a count repeats what is required",
        {**OBJ, "required": ["a", "b"]},
        {**OBJ, "required": ["a", "b"], "minProperties": 2},
        "a and b are two.",
    ),
    same(
        "two of three fields are named pair by pair",
        {**closed(a=INT, b=INT, c=INT), "minProperties": 2},
        {
            **closed(a=INT, b=INT, c=INT),
            **any_of({"required": ["a", "b"]}, {"required": ["a", "c"]}, {"required": ["b", "c"]}),
        },
        "Two of three are one of the pairs.",
    ),
    pair(
        "all fields or all but one",
        {**closed(a=INT, b=INT), "minProperties": 2},
        {**closed(a=INT, b=INT), "minProperties": 1},
        backward="Two are one.",
        forward=No({"a": 1}),
    ),
    # others
    same("a required field that can have no value", obj("a", a=False), False, "a must be there and cannot be."),
    pair(
        "a required field is not declared",
        obj("b", a=INT),
        obj("b", a=NUM),
        backward=OpenOnly("Integers are numbers."),
        forward=OpenOnly(No({"a": 0.5, "b": 1})),
    ),
    same(
        "a declared field has the type of all others",
        {**obj(a=INT), "additionalProperties": INT},
        {**OBJ, "additionalProperties": INT},
        "Every value is an integer.",
    ),
    pair(
        "a closed object lets others in that are integers",
        closed(a=INT),
        {**obj(a=INT), "additionalProperties": INT},
        backward="What has no others has none that is no integer.",
        forward=No({"b": 1}),
    ),
    same(
        "no others does not look into the parts",
        {"allOf": [obj(a=INT)], "additionalProperties": False},
        {**OBJ, "maxProperties": 0},
        "additionalProperties knows only the properties beside it: all are others.",
    ),
    same(
        "parts that are closed each for itself exclude each other",
        {"allOf": [closed("a", a=INT), closed("b", b=INT)]},
        False,
        "a is required by the first and refused by the second.",
    ),
    pair(
        "others may be anything but null",
        {**obj(a=INT), "additionalProperties": {"not": {"type": "null"}}},
        {**obj(a=INT), "additionalProperties": True},
        backward="Only a restriction was dropped.",
        forward=No({"b": None}),
    ),
    same(
        "an open object says so for its empty list of properties",
        {**OBJ, "properties": {}, "additionalProperties": True},
        OBJ,
        "Nothing is asked for.",
    ),
    pair("an object becomes anything", OBJ, {}, backward="Anything is taken.", forward=No(None)),
    pair(
        "properties are declared without a type",
        {"properties": {"a": INT}},
        obj(a=INT),
        backward=No(1),
        forward="Only a restriction was added.",
    ),
)
