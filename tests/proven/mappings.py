"""Maps: dict[str, T] and its keys, beside models."""

from __future__ import annotations

from typing import Any, Literal

from .pair import INT, NUM, STR, Letter, No, closed, cls, field, model, obj, opt, pair, root, same

CODE = field(str, pattern="^[A-Z]{2}$")
WIDE = "Integers are numbers, whatever the key."

PAIRS = (
    pair(
        "the values of a map widen", root(dict[str, int]), root(dict[str, float]), backward=WIDE, forward=No({"k": 0.5})
    ),
    pair(
        "the values of a map narrow",
        model(d=dict[str, float]),
        model(d=dict[str, int]),
        backward=No({"d": {"k": 0.5}}),
        forward=WIDE,
    ),
    pair(
        "the values of a map become anything",
        model(d=dict[str, int]),
        model(d=dict[str, Any]),
        backward="Any value is taken.",
        forward=No({"d": {"k": "x"}}),
    ),
    pair(
        "the values of a map may be null",
        model(d=dict[str, int]),
        model(d=dict[str, int | None]),
        backward="An integer is an integer or null.",
        forward=No({"d": {"k": None}}),
    ),
    pair(
        "the values of a map become lists",
        model(d=dict[str, int]),
        model(d=dict[str, list[int]]),
        backward=No({"d": {"k": 1}}),
        forward=No({"d": {"k": []}}),
    ),
    pair(
        "the values of a map are models that get a required field",
        model(d=dict[str, cls("Item", a=int)]),
        model(d=dict[str, cls("Item", a=int, b=int)]),
        backward=No({"d": {"k": {"a": 1}}}),
        forward="The reader says nothing of b.",
    ),
    pair(
        "the values of a map are models that get an optional field",
        model(d=dict[str, cls("Item", a=int)]),
        model(d=dict[str, cls("Item", a=int, b=opt(int))]),
        backward=Letter("An item holds a only.", {"d": {"k": {"a": 1, "b": "x"}}}),
        forward="The reader says nothing of b.",
    ),
    pair(
        "a map of maps widens",
        root(dict[str, dict[str, int]]),
        root(dict[str, dict[str, float]]),
        backward=WIDE,
        forward=No({"k": {"l": 0.5}}),
    ),
    pair(
        "a map must hold something",
        model(d=dict[str, int]),
        model(d=field(dict[str, int], min_length=1)),
        backward=No({"d": {}}),
        forward="Fewer maps.",
    ),
    pair(
        "a map holds two entries at most instead of three",
        model(d=field(dict[str, int], max_length=3)),
        model(d=field(dict[str, int], max_length=2)),
        backward=No({"d": {"a": 1, "b": 1, "c": 1}}),
        forward="Up to two is up to three.",
    ),
    pair(
        "the keys of a map are a choice that grows",
        root(dict[Literal["a", "b"], int]),
        root(dict[Literal["a", "b", "c"], int]),
        backward="Both keys are still there.",
        forward=No({"c": 1}),
    ),
    pair(
        "the keys of a map become a choice",
        root(dict[str, int]),
        root(dict[Literal["a", "b"], int]),
        backward=No({"c": 1}),
        forward="Both keys are texts.",
    ),
    pair(
        "a map with two possible keys becomes a model with two optional fields",
        root(dict[Literal["a", "b"], int]),
        obj(a=INT, b=INT),
        backward="a and b are integers where they are.",
        forward=Letter("The writer fills a and b only.", {"c": 1}),
    ),
    same(
        "a map with two possible keys becomes a closed model",
        root(dict[Literal["a", "b"], int]),
        closed(a=INT, b=INT),
        "Either way a and b may be there, are integers, and nothing else is.",
    ),
    pair(
        "the keys of a map get a pattern",
        root(dict[str, int]),
        {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2}$"}, "additionalProperties": INT},
        backward=No({"x": 1}),
        forward="Fewer maps.",
    ),
    same(
        "the pattern of keys is written with patternProperties or with propertyNames",
        {"type": "object", "patternProperties": {"^[A-Z]{2}$": INT}, "additionalProperties": False},
        {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2}$"}, "additionalProperties": INT},
        "Each key matches, and its value is an integer.",
    ),
    pair(
        "the values under a pattern of keys widen",
        {"type": "object", "patternProperties": {"^[A-Z]{2}$": INT}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^[A-Z]{2}$": NUM}, "additionalProperties": False},
        backward="Integers are numbers.",
        forward=No({"AB": 0.5}),
    ),
    pair(
        "the pattern of keys gets longer keys",
        {"type": "object", "patternProperties": {"^[A-Z]{2}$": INT}, "additionalProperties": False},
        {"type": "object", "patternProperties": {"^[A-Z]{2,3}$": INT}, "additionalProperties": False},
        backward="A key of two letters has two or three.",
        forward=No({"ABC": 1}),
    ),
    pair(
        "a model of integers becomes a map of integers",
        model(a=int, b=int),
        root(dict[str, int]),
        backward=Letter("The writer fills a and b, both integers.", {"a": 1, "b": 1, "c": "x"}),
        forward=No({}),
    ),
    pair(
        "a model with a text becomes a map of integers",
        model(a=int, b=str),
        root(dict[str, int]),
        backward=No({"a": 1, "b": ""}),
        forward=No({}),
    ),
    pair(
        "a closed model becomes a map of what its fields are",
        model(a=int, b=str, extra="forbid"),
        root(dict[str, int | str]),
        backward="Both fields are an integer or a text, and there is no other.",
        forward=No({}),
    ),
    pair(
        "a map becomes a list of pairs",
        model(d=dict[str, int]),
        model(d=list[tuple[str, int]]),
        backward=No({"d": {}}),
        forward=No({"d": []}),
    ),
    pair(
        "a map becomes a map or nothing",
        model(d=dict[str, int]),
        model(d=opt(dict[str, int])),
        backward="The same map, or null.",
        forward=No({}),
    ),
    pair(
        "a map with keys of one pattern becomes one with the values of a longer text",
        root(dict[CODE, field(str, max_length=3)]),
        root(dict[CODE, field(str, max_length=4)]),
        backward="Up to three letters are up to four.",
        forward=No({"AB": "xxxx"}),
    ),
    same("a map of anything becomes a free object", root(dict[str, Any]), {"type": "object"}, "Any object is taken."),
    pair(
        "a map of texts becomes a map of dates",
        root(dict[str, str]),
        {"type": "object", "additionalProperties": {"type": "string", "format": "date"}},
        backward="A format asserts nothing.",
        forward="A format asserts nothing.",
    ),
    pair(
        "a free object becomes a model without required fields",
        model(d=dict[str, Any]),
        model(d=cls("D", a=opt(int))),
        backward=No({"d": {"a": "x"}}),
        forward="Any object is taken.",
    ),
    pair(
        "a declared field in a map gets its own type",
        {"type": "object", "additionalProperties": STR},
        {"type": "object", "properties": {"n": INT}, "additionalProperties": STR},
        backward=No({"n": ""}),
        forward=No({"n": 1}),
    ),
)
