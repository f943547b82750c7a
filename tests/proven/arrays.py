"""Arrays: contains, uniqueItems, prefixItems, and what they come to together."""

from __future__ import annotations

from .pair import ARR, BOOL, INT, NUM, STR, No, all_of, arr, closed, enum, integer, pair, same


def has(schema, least=None, most=None, **more):
    """An array that contains from `least` to `most` of something."""
    limits = {"minContains": least, "maxContains": most}
    return {**ARR, "contains": schema, **{key: value for key, value in limits.items() if value is not None}, **more}


def unique(items, **more):
    """An array without repetition."""
    return arr(items, uniqueItems=True, **more)


PAIRS = (
    # contains
    pair("what must be contained widens", has(INT), has(NUM), backward="An integer is a number.", forward=No([0.5])),
    pair("two must be contained, and then one", has(INT, 2), has(INT), backward="Two are one.", forward=No([1])),
    pair(
        "a greatest number of those contained is dropped",
        has(INT, 1, 1),
        has(INT),
        backward="Only a restriction was dropped.",
        forward=No([1, 1]),
    ),
    same("none must be contained", has(INT, 0), ARR, "Nought is always reached."),
    same("none may be contained", has(INT, 0, 0), arr({"not": INT}), "No item is an integer."),
    same(
        "a least and a greatest number that exclude each other",
        has(INT, 2, 1),
        False,
        "Not fewer than two and not more than one.",
    ),
    pair(
        "one item over a bound must be contained",
        arr(INT, contains={"minimum": 5}),
        arr(INT, minItems=1),
        backward="What contains something is not empty.",
        forward=No([0]),
    ),
    same("the same value twice, without repetition", has({"const": 1}, 2, uniqueItems=True), False, "1 comes once."),
    same("an integer among texts", arr(STR, contains=INT), False, "No text is an integer."),
    same("three contained in two", has(INT, 3, maxItems=2), False, "Three are more than two."),
    same(
        "as many contained as there are items",
        has(INT, 2, maxItems=2),
        arr(INT, minItems=2, maxItems=2),
        "Both items are integers.",
    ),
    pair(
        "one and two must be contained",
        {**ARR, "allOf": [{"contains": {"const": 1}}, {"contains": {"const": 2}}]},
        {**ARR, "minItems": 2},
        backward="They are two items.",
        forward=No([3, 3]),
    ),
    same(
        "one and two must be contained in one item",
        {**ARR, "allOf": [{"contains": {"const": 1}}, {"contains": {"const": 2}}], "maxItems": 1},
        False,
        "They are two items.",
    ),
    same(
        "two demands on one item",
        {**ARR, "allOf": [{"contains": integer(minimum=5)}, {"contains": integer(multipleOf=2)}], "maxItems": 1},
        arr(integer(minimum=5, multipleOf=2), minItems=1, maxItems=1),
        "The one item meets both.",
    ),
    same("anything must be contained", has(True), {**ARR, "minItems": 1}, "Any item will do."),
    same("two of anything must be contained", has(True, 2), {**ARR, "minItems": 2}, "Any two will do."),
    same("nothing must be contained, and that is impossible", has(False), False, "No item is valid under false."),
    same(
        "a number without contains says nothing",
        {**ARR, "minContains": 3, "maxContains": 0},
        ARR,
        "They count only with contains.",
    ),
    same(
        "the one item is a text and an integer must be contained",
        {**has(INT, maxItems=1), "prefixItems": [STR]},
        False,
        "There is no place for it.",
    ),
    pair(
        "the first item contained becomes any item contained",
        {**ARR, "prefixItems": [INT], "minItems": 1},
        has(INT),
        backward="The first item is one.",
        forward=No(["", 1]),
    ),
    pair(
        "one more may be contained",
        arr(INT, contains={"minimum": 0}, minContains=0, maxContains=2),
        arr(INT, contains={"minimum": 0}, minContains=0, maxContains=3),
        backward="Up to two is up to three.",
        forward=No([0, 0, 0]),
    ),
    pair(
        "a keyed list must hold a total",
        arr(closed("k", "v", k=STR, v=NUM), contains={"properties": {"k": {"const": "total"}}}),
        arr(closed("k", "v", k=STR, v=NUM), minItems=1),
        backward="What contains something is not empty.",
        forward=No([{"k": "", "v": 0}]),
    ),
    # uniqueItems
    pair(
        "both of two words become one of them",
        unique(enum("a", "b"), minItems=2),
        has({"const": "a"}),
        backward="Two of two words are both.",
        forward=No(["a"]),
    ),
    same(
        "four of three values",
        unique({"type": ["boolean", "null"]}, minItems=4),
        False,
        "true, false and null are three.",
    ),
    same(
        "one value without repetition is one at most",
        unique({"const": 1}),
        arr({"const": 1.0}, maxItems=1),
        "1.0 is 1, and comes once.",
    ),
    same(
        "numbers of a range without repetition have a longest list",
        unique(integer(minimum=1, maximum=3)),
        unique(integer(minimum=1, maximum=3), maxItems=3),
        "There are three of them.",
    ),
    pair(
        "numbers of a range without repetition get a shorter list",
        unique(integer(minimum=1, maximum=3)),
        unique(integer(minimum=1, maximum=3), maxItems=2),
        backward=No([1, 2, 3]),
        forward="Only a restriction was added.",
    ),
    same(
        "closed objects without repetition have a longest list",
        unique(closed("a", a=enum(1, 2))),
        unique(closed("a", a=enum(1, 2)), maxItems=2),
        "There are two of them.",
    ),
    same(
        "two places for one value",
        {**ARR, "prefixItems": [{"const": 1}, {"const": 1}], "minItems": 2, "uniqueItems": True},
        False,
        "They would be equal.",
    ),
    same(
        "lists of one truth without repetition are two at most",
        unique(arr(BOOL, minItems=1, maxItems=1)),
        unique(arr(BOOL, minItems=1, maxItems=1), maxItems=2),
        "[true] and [false].",
    ),
    pair(
        "one and true are two values",
        unique(enum(1, True), minItems=2),
        {**ARR, "minItems": 2, "maxItems": 2},
        backward="There are two of them, and each comes once.",
        forward=No([None, None]),
    ),
    pair(
        "nought and false are two values",
        unique(enum(0, False), minItems=2),
        False,
        backward=No([0, False]),
        forward="The writer has no instance.",
    ),
    pair(
        "a list without repetition of 20 numbers is one of 20 items",
        unique(integer(minimum=1, maximum=20), minItems=20),
        arr(INT, minItems=20, maxItems=20),
        backward="There are 20 of them.",
        forward=No([0] * 20),
    ),
    pair(
        "repetition is allowed where one item fits at most",
        unique(INT, maxItems=1),
        arr(INT, maxItems=1),
        backward="Only a restriction was dropped.",
        forward="One item does not repeat.",
    ),
    pair(
        "pairs without repetition of pairs",
        unique(arr(integer(minimum=0, maximum=1), minItems=2, maxItems=2)),
        {**ARR, "maxItems": 4},
        backward="There are four such pairs.",
        forward=No([None]),
    ),
    # prefixItems
    pair(
        "a second place loses its type",
        {**ARR, "prefixItems": [INT, STR]},
        {**ARR, "prefixItems": [INT]},
        backward="Only a restriction was dropped.",
        forward=No([1, 1]),
    ),
    same(
        "a second place takes anything",
        {**ARR, "prefixItems": [INT, True]},
        {**ARR, "prefixItems": [INT]},
        "Anything may follow.",
    ),
    pair(
        "a type for all becomes a type for the first",
        arr(INT),
        {**ARR, "prefixItems": [INT]},
        backward="The first is one of all.",
        forward=No([1, ""]),
    ),
    same("no item, but one at least", arr(False, minItems=1), False, "There can be none."),
    same(
        "a second place that nothing fits ends the list",
        {**ARR, "prefixItems": [INT, False]},
        {**ARR, "prefixItems": [INT], "maxItems": 1},
        "There can be no second item.",
    ),
    same(
        "a type for all is spelled out for the first",
        arr(INT),
        {**ARR, "prefixItems": [INT], "items": INT},
        "Each item is an integer.",
    ),
    pair(
        "the rest after two places narrows",
        {**ARR, "prefixItems": [STR, STR], "items": NUM},
        {**ARR, "prefixItems": [STR, STR], "items": INT},
        backward=No(["", "", 0.5]),
        forward="Integers are numbers.",
    ),
    pair(
        "the rest narrows where no rest fits",
        {**ARR, "prefixItems": [STR, STR], "items": NUM, "maxItems": 2},
        {**ARR, "prefixItems": [STR, STR], "items": INT, "maxItems": 2},
        backward="There is no rest.",
        forward="There is no rest.",
    ),
    pair(
        "a place in the middle that nothing fits",
        {**ARR, "prefixItems": [INT, all_of(STR, INT), INT]},
        arr(INT, maxItems=1),
        backward="The list ends before the second place.",
        forward="One integer at most fits the first place.",
    ),
)
