"""Numbers as Pydantic limits them: bounds, multiples, Decimal."""

from __future__ import annotations

from typing import Any

from .pair import INT, NULL, NUM, STR, No, any_of, enum, field, integer, model, num, obj, opt, pair, root, same, text

DECIMAL = r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$"
MONEY = r"^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*)$"
ENDLESS_MONEY = r"^(?!^[-+.]*$)[+-]?0*(?:\d{0,3}|(?=[\d.]{1,6}0*$)\d{0,3}\.\d{0,2}0*$)"
"""As Pydantic 2.12 writes max_digits=5, decimal_places=2: its first alternative has no end."""


def decimal(pattern: str | None = None, **limits: Any) -> dict[str, Any]:
    """A model's field of Decimal, as a number or as text."""
    return obj("a", a=any_of(num(**limits), text(pattern)))


PAIRS = (
    pair("a least value is asked for", root(int), root(field(int, ge=0)), backward=No(-1), forward="Fewer integers."),
    pair(
        "a least value is raised",
        root(field(int, ge=0)),
        root(field(int, ge=1)),
        backward=No(0),
        forward="From one on is from nought on.",
    ),
    pair(
        "a greatest value is raised",
        root(field(int, le=9)),
        root(field(int, le=10)),
        backward="Up to nine is up to ten.",
        forward=No(10),
    ),
    same(
        "an integer above nought becomes one from one on",
        root(field(int, gt=0)),
        root(field(int, ge=1)),
        "No integer lies between nought and one.",
    ),
    pair(
        "a number above nought becomes one from one on",
        root(field(float, gt=0)),
        root(field(float, ge=1)),
        backward=No(0.5),
        forward="One is more than nought.",
    ),
    pair(
        "a bound comes to exclude itself",
        root(field(float, ge=0)),
        root(field(float, gt=0)),
        backward=No(0),
        forward="More than nought is nought or more.",
    ),
    pair("a range moves", root(field(int, ge=0, le=10)), root(field(int, ge=5, le=15)), backward=No(0), forward=No(15)),
    pair(
        "a range becomes a range within",
        root(field(int, ge=0, le=10)),
        root(field(int, ge=1, le=9)),
        backward=No(0),
        forward="Within.",
    ),
    pair(
        "a range that holds no integer becomes text",
        root(field(int, gt=0, lt=1)),
        root(str),
        backward="Between nought and one is no integer: the writer has no instance.",
        forward=No(""),
    ),
    same(
        "a range of integers is written with fractions",
        root(field(int, ge=1, le=9)),
        {"type": "integer", "minimum": 0.5, "maximum": 9.5},
        "The integers from 0.5 to 9.5 are one to nine.",
    ),
    pair(
        "multiples of ten become multiples of five",
        root(field(int, multiple_of=10)),
        root(field(int, multiple_of=5)),
        backward="Ten is twice five.",
        forward=No(5),
    ),
    pair(
        "multiples of four become multiples of six",
        root(field(int, multiple_of=4)),
        root(field(int, multiple_of=6)),
        backward=No(4),
        forward=No(6),
    ),
    pair(
        "multiples of two and of three become multiples of six",
        {**INT, "allOf": [{"multipleOf": 2}, {"multipleOf": 3}]},
        root(field(int, multiple_of=6)),
        backward="Two and three have no common divisor.",
        forward="Six is a multiple of both.",
    ),
    pair(
        "a multiple comes with a range that leaves one",
        root(field(int, multiple_of=7, ge=1, le=13)),
        {"const": 7},
        backward="Seven is the one multiple in the range.",
        forward="Seven is a multiple of seven in the range.",
    ),
    same(
        "a number that is a multiple of one is an integer",
        root(field(float, multiple_of=1)),
        root(int),
        "An integer is a number without a fraction.",
    ),
    pair(
        "cents become tenths",
        root(field(float, multiple_of=0.01)),
        root(field(float, multiple_of=0.1)),
        backward=No(0.25),
        forward="A tenth is ten cents.",
    ),
    pair(
        "quarters become halves",
        root(field(float, multiple_of=0.25)),
        root(field(float, multiple_of=0.5)),
        backward=No(0.25),
        forward="A half is two quarters.",
    ),
    pair(
        "an integer is a whole number of cents",
        root(int),
        root(field(float, multiple_of=0.01)),
        backward="One is a hundred cents.",
        forward=No(0.25),
    ),
    pair(
        "a percentage becomes a share",
        root(field(float, ge=0, le=100)),
        root(field(float, ge=0, le=1)),
        backward=No(2),
        forward="Up to one is up to a hundred.",
    ),
    pair(
        "an optional number gets a least value",
        model(a=opt(float)),
        model(a=opt(field(float, ge=0))),
        backward=No({"a": -1}),
        forward="Fewer numbers, and null stays.",
    ),
    pair(
        "a bound of a thousand becomes one of a million",
        model(a=field(int, lt=1000)),
        model(a=field(int, lt=10**6)),
        backward="Less than a thousand is less than a million.",
        forward=No({"a": 1000}),
    ),
    # Decimal.
    pair(
        "a number becomes a Decimal",
        obj("a", a=NUM),
        decimal(DECIMAL),
        backward="A Decimal may come as number.",
        forward=No({"a": "1"}),
    ),
    pair(
        "a Decimal as text gets its pattern",
        decimal(),
        decimal(DECIMAL),
        backward=No({"a": "x"}),
        forward="Fewer texts.",
    ),
    pair(
        "a Decimal gets a least value",
        decimal(DECIMAL),
        decimal(DECIMAL, minimum=0),
        backward=No({"a": -1}),
        forward="Fewer numbers, and the texts stay.",
    ),
    pair(
        "a Decimal of any size becomes one of five digits, two behind the point",
        decimal(DECIMAL),
        decimal(MONEY),
        backward=No({"a": "1234"}),
        forward="Both take a sign, digits, a point, digits, not all signs and points; the new one fewer digits.",
    ),
    pair(
        "a Decimal of any size gets a pattern whose first alternative has no end",
        decimal(DECIMAL),
        decimal(ENDLESS_MONEY),
        backward="The first alternative may be empty and has no end: all but signs and points is taken.",
        forward=No({"a": "x"}),
    ),
    pair("a Decimal becomes text", decimal(DECIMAL), obj("a", a=STR), backward=No({"a": 1}), forward=No({"a": "x"})),
    same(
        "the pattern of a Decimal is written without look-ahead",
        text(DECIMAL),
        text(r"^[+-]?(\d+\.?\d*|\.\d+)$"),
        "A digit before or behind the point: all signs and points is refused, and 0* is digits.",
    ),
    pair(
        "a Decimal may be null",
        decimal(DECIMAL),
        obj("a", a=any_of(NUM, text(DECIMAL), NULL)),
        backward="Two of three.",
        forward=No({"a": None}),
    ),
    pair(
        "an amount in a currency becomes an amount in cents",
        model(a=float),
        model(a=int),
        backward=No({"a": 0.5}),
        forward="Integers are numbers.",
    ),
    pair(
        "a year of four digits becomes any year from 1900 on",
        integer(minimum=1000, maximum=9999),
        integer(minimum=1900),
        backward=No(1000),
        forward=No(10000),
    ),
    pair(
        "a score from one to five becomes one to ten",
        enum(1, 2, 3, 4, 5),
        integer(minimum=1, maximum=10),
        backward="Each of the five is between one and ten.",
        forward=No(6),
    ),
)
