"""Numbers to the letter: exact multiples, beyond 2^53, integers by value."""

from __future__ import annotations

from .pair import INT, NUM, No, all_of, any_of, enum, integer, num, pair, same

BIG = 2**53

PAIRS = (
    # multiples
    pair(
        "thirds of a unit become tenths",
        num(multipleOf=0.3),
        num(multipleOf=0.1),
        backward="0.3 is three times 0.1.",
        forward=No(0.5),
    ),
    same("a half of a unit among integers", integer(multipleOf=0.5), INT, "Every integer is so many halves."),
    same(
        "one and a half among integers",
        integer(multipleOf=1.5),
        integer(multipleOf=3),
        "An integer that is so many times 1.5 is so many times 3.",
    ),
    same(
        "two fifths among integers",
        integer(multipleOf=0.4),
        integer(multipleOf=2),
        "0.4 n is whole where n is a multiple of five, and 5 times 0.4 is 2.",
    ),
    same(
        "multiples of both are multiples of the least common one",
        all_of(num(multipleOf=0.4), num(multipleOf=0.6)),
        num(multipleOf=1.2),
        "12 is the least common multiple of 4 and 6.",
    ),
    pair(
        "an integer is a multiple of a tiny unit",
        INT,
        num(multipleOf=1e-8),
        backward="One is 100,000,000 of them.",
        forward=No(0.5),
    ),
    pair(
        "large multiples",
        integer(multipleOf=10**18),
        integer(multipleOf=10**9),
        backward="10^18 is 10^9 times 10^9.",
        forward=No(10**9),
    ),
    same(
        "a range without the multiple",
        num(multipleOf=10, minimum=1, maximum=9),
        False,
        "No multiple of ten lies between 1 and 9.",
    ),
    same("a range with one multiple", num(multipleOf=3, minimum=1, maximum=5), {"const": 3}, "Three is the only one."),
    same(
        "what is no multiple in a range of two",
        {**integer(minimum=10, maximum=11), "not": {"multipleOf": 10}},
        {"const": 11},
        "Ten is refused.",
    ),
    same(
        "neither even nor a multiple of three",
        {**integer(minimum=1, maximum=12), "not": any_of({"multipleOf": 2}, {"multipleOf": 3})},
        enum(1, 5, 7, 11),
        "The rest of 1 to 12.",
    ),
    same(
        "even or odd is any integer",
        any_of(integer(multipleOf=2), {**INT, "not": {"multipleOf": 2}}),
        INT,
        "The excluded middle.",
    ),
    same(
        "multiples of five above nought up to ten",
        integer(exclusiveMinimum=0, multipleOf=5, maximum=10),
        enum(5, 10),
        "Five and ten.",
    ),
    same(
        "a list of numbers is cut by a multiple",
        {**enum(1, 2, 3, 4), "multipleOf": 2},
        enum(2, 4),
        "One and three are odd.",
    ),
    pair(
        "what is no multiple of four",
        {**INT, "not": {"multipleOf": 4}},
        {**INT, "not": {"multipleOf": 2}},
        backward=No(2),
        forward="An odd number is no multiple of four.",
    ),
    pair(
        "multiples of two out of reach of three",
        {**integer(multipleOf=2), "not": {"multipleOf": 3}},
        {**INT, "not": {"multipleOf": 6}},
        backward="What is no multiple of three is none of six.",
        forward=No(1),
    ),
    # bounds
    same(
        "a range of one point is a constant",
        num(minimum=5, maximum=5),
        {"const": 5},
        "5 is the one number from 5 to 5.",
    ),
    same(
        "a range of less than a point", num(exclusiveMinimum=5, maximum=5), False, "No number is above 5 and 5 at most."
    ),
    pair(
        "a range between neighbours is not empty",
        num(exclusiveMinimum=0, exclusiveMaximum=1),
        False,
        backward=No(0.5),
        forward="The writer has no instance.",
    ),
    same(
        "a range between neighbours holds no integer",
        integer(exclusiveMinimum=0, exclusiveMaximum=1),
        False,
        "No integer lies between 0 and 1.",
    ),
    pair(
        "a bound moves by the least step",
        num(maximum=0.3),
        num(maximum=0.30000000000000004),
        backward="0.3 is less.",
        forward=No(0.30000000000000004),
    ),
    same("a bound of minus nought", integer(minimum=-0.0), integer(minimum=0), "Minus nought is nought."),
    same(
        "both kinds of bound",
        num(minimum=1, exclusiveMinimum=0),
        num(minimum=1),
        "What is one or more is more than nought.",
    ),
    pair(
        "the stricter of two bounds goes",
        num(maximum=10, exclusiveMaximum=10),
        num(maximum=10),
        backward="Only a restriction was dropped.",
        forward=No(10),
    ),
    # large
    pair("neighbours beyond 2^53 differ", {"const": BIG + 1}, {"const": BIG}, backward=No(BIG + 1), forward=No(BIG)),
    pair(
        "a bound beyond 2^53 moves by one",
        integer(maximum=BIG),
        integer(maximum=BIG + 1),
        backward="Up to 2^53 is up to one more.",
        forward=No(BIG + 1),
    ),
    same(
        "an excluding bound beyond 2^53",
        integer(exclusiveMaximum=BIG + 1),
        integer(maximum=BIG),
        "The integer before 2^53 + 1 is 2^53.",
    ),
    pair(
        "a range of 10^18 numbers gets one more",
        integer(minimum=0, maximum=10**18),
        integer(minimum=0, maximum=10**18 + 1),
        backward="Up to 10^18 is up to one more.",
        forward=No(10**18 + 1),
    ),
    pair(
        "a constant of 30 digits is an integer", {"const": 10**30}, INT, backward="It has no fraction.", forward=No(0)
    ),
    pair(
        "an enumeration with neighbours beyond 2^53 loses one",
        enum(BIG, BIG + 1, BIG + 2),
        enum(BIG, BIG + 2),
        backward=No(BIG + 1),
        forward="Both were there.",
    ),
    pair(
        "an odd number beyond 2^53 is no multiple of two",
        {"const": BIG + 1},
        integer(multipleOf=2),
        backward=No(BIG + 1),
        forward=No(0),
    ),
    # integers by value
    same("a thousand is written as a float", enum(1000.0), enum(1000), "It is the same number."),
    pair("one point nought is an integer", {"const": 1.0}, INT, backward="It has no fraction.", forward=No(0)),
    same("a number without a fraction is an integer", num(multipleOf=1.0), INT, "A multiple of one has no fraction."),
    pair(
        "integers and what has a fraction are all numbers",
        any_of(INT, {**NUM, "not": {"multipleOf": 1}}),
        NUM,
        backward="Both are numbers.",
        forward="A number has a fraction or none.",
    ),
)
