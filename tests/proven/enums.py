"""Choices: Enum and Literal as Pydantic writes them."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Literal

from .pair import No, field, model, opt, pair, same

OLD = model(s=Literal["paid", "open"])


def choice(name, *values, base=str):
    """A class of members called m0, m1 …"""
    return Enum(name, {f"m{index}": value for index, value in enumerate(values)}, type=base)


PAIRS = (
    pair(
        "a choice grows",
        OLD,
        model(s=Literal["paid", "open", "void"]),
        backward="Both words are still there.",
        forward=No({"s": "void"}),
    ),
    pair("a choice shrinks", OLD, model(s=Literal["paid"]), backward=No({"s": "open"}), forward="paid was there."),
    pair(
        "one word of a choice is replaced",
        OLD,
        model(s=Literal["paid", "unpaid"]),
        backward=No({"s": "open"}),
        forward=No({"s": "unpaid"}),
    ),
    same("a choice is reordered", OLD, model(s=Literal["open", "paid"]), "An enumeration is a set."),
    same(
        "a choice moves from Literal to Enum",
        OLD,
        model(s=choice("Status", "paid", "open")),
        "The reference leads to the same two words.",
    ),
    same(
        "an Enum gets another name",
        model(s=choice("Status", "paid", "open")),
        model(s=choice("State", "paid", "open")),
        "A definition's name means nothing.",
    ),
    pair(
        "an Enum that two fields share grows",
        model(s=choice("Status", "a", "b"), t=choice("Status", "a", "b")),
        model(s=choice("Status", "a", "b", "c"), t=choice("Status", "a", "b", "c")),
        backward="Both words are still there.",
        forward=No({"s": "c", "t": "a"}),
    ),
    pair(
        "a choice becomes any string",
        OLD,
        model(s=str),
        backward="The words are strings.",
        forward=No({"s": "x"}),
    ),
    pair(
        "a choice of one word becomes a choice of two",
        model(s=Literal["paid"]),
        OLD,
        backward="A constant is one of the two.",
        forward=No({"s": "open"}),
    ),
    pair(
        "an optional choice grows",
        model(s=opt(Literal["a", "b"])),
        model(s=opt(Literal["a", "b", "c"])),
        backward="Both words and null are still there.",
        forward=No({"s": "c"}),
    ),
    pair(
        "a choice gets null as a word of its own",
        model(s=Literal["a"]),
        model(s=Literal["a", None]),  # noqa: PYI061 - null as a member is the point.
        backward="a is still there.",
        forward=No({"s": None}),
    ),
    same(
        "null as a word of the choice or null beside the choice",
        model(s=Literal["a", "b", None]),  # noqa: PYI061 - the same.
        model(s=Literal["a", "b"] | None),
        "Both take a, b and null, and nothing else.",
    ),
    pair(
        "the words of a choice change from numbers to texts",
        model(s=Literal[1, 2]),
        model(s=Literal["1", "2"]),
        backward=No({"s": 1}),
        forward=No({"s": "1"}),
    ),
    pair(
        "a choice of numbers gets a text",
        model(s=Literal[1, 2]),
        model(s=Literal[1, 2, "many"]),
        backward="1 and 2 are still there.",
        forward=No({"s": "many"}),
    ),
    pair(
        "true is not the number one",
        model(s=Literal[1]),
        model(s=Literal[True]),
        backward=No({"s": 1}),
        forward=No({"s": True}),
    ),
    same(
        "an IntEnum becomes a Literal of its numbers",
        model(s=IntEnum("Level", {"low": 1, "high": 2})),
        model(s=Literal[1, 2]),
        "The same two numbers.",
    ),
    pair(
        "a choice of numbers becomes a range that holds them and no more",
        model(s=Literal[1, 2, 3]),
        model(s=field(int, ge=1, le=3)),
        backward="Each of the three is an integer from 1 to 3.",
        forward="The integers from 1 to 3 are the three.",
    ),
    pair(
        "a choice of numbers becomes a range that holds one more",
        model(s=Literal[1, 2, 3]),
        model(s=field(int, ge=1, le=4)),
        backward="Each of the three is an integer from 1 to 4.",
        forward=No({"s": 4}),
    ),
    pair(
        "a choice becomes a length that fits all its words",
        OLD,
        model(s=field(str, max_length=4)),
        backward="Both words have four letters.",
        forward=No({"s": "x"}),
    ),
    pair(
        "a choice becomes a length that one word exceeds",
        model(s=Literal["paid", "cancelled"]),
        model(s=field(str, max_length=4)),
        backward=No({"s": "cancelled"}),
        forward=No({"s": "x"}),
    ),
    same(
        "a choice becomes a pattern of the same words",
        model(s=Literal["AB", "AC"]),
        model(s=field(str, pattern="^A[BC]$")),
        "The pattern is anchored at both ends and matches AB and AC only.",
    ),
    pair(
        "a choice becomes a pattern without an end",
        model(s=Literal["AB", "AC"]),
        model(s=field(str, pattern="^A[BC]")),
        backward="Both words begin so.",
        forward=No({"s": "ABx"}),
    ),
    pair(
        "a list of a choice whose choice grows",
        model(s=list[Literal["a", "b"]]),
        model(s=list[Literal["a", "b", "c"]]),
        backward="Each item is still one of them.",
        forward=No({"s": ["c"]}),
    ),
    same(
        "the default of a choice changes",
        model(s=(Literal["a", "b"], "a")),
        model(s=(Literal["a", "b"], "b")),
        "A default asserts nothing.",
    ),
    same(
        "a choice of true and false becomes a boolean",
        model(s=Literal[True, False]),
        model(s=bool),
        "There are no other booleans.",
    ),
    pair(
        "a word changes only in its case",
        model(s=Literal["EUR"]),
        model(s=Literal["eur"]),
        backward=No({"s": "EUR"}),
        forward=No({"s": "eur"}),
    ),
    same(
        "a choice is written as a union of two choices",
        model(s=Literal["a", "b", "c"]),
        model(s=choice("One", "a", "b") | Literal["c"]),
        "The union of the two holds the same three words.",
    ),
    pair(
        "two choices that share a word become one",
        model(s=choice("One", "a", "b") | choice("Two", "b", "c")),
        model(s=Literal["a", "b"]),
        backward=No({"s": "c"}),
        forward="Both words are of the first choice.",
    ),
    pair(
        "a choice of texts becomes a choice of floats",
        model(s=Literal["0.5"]),
        model(s=choice("Rate", 0.5, 1.0, base=float)),
        backward=No({"s": "0.5"}),
        forward=No({"s": 0.5}),
    ),
    same(
        "a choice of whole floats becomes one of integers",
        model(s=choice("Rate", 1.0, 2.0, base=float)),
        model(s=Literal[1, 2]),
        "1.0 is the number 1, and an integer.",
    ),
)
