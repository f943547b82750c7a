"""Unions: of types, of models, told apart by a tag or not."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field

from .pair import Letter, No, cls, field, model, opt, pair, same


def tagged(*models: Any) -> Any:
    """A union told apart by its member kind."""
    joined = models[0]
    for other in models[1:]:
        joined = joined | other
    return Annotated[joined, Field(discriminator="kind")]


def card(**more: Any) -> Any:
    """A card, with more fields."""
    return cls("Card", kind=Literal["card"], digits=str, **more)


CASH = cls("Cash", kind=Literal["cash"])
CHECK = cls("Check", kind=Literal["check"], bank=str)
TWO, THREE = model(p=tagged(card(), CASH)), model(p=tagged(card(), CASH, CHECK))
NUMBERED, NAMED = cls("Numbered", number=int), cls("Named", name=str)

PAIRS = (
    pair("a union grows", model(a=int), model(a=int | str), backward="One of two.", forward=No({"a": "x"})),
    pair("a union shrinks", model(a=int | str), model(a=str), backward=No({"a": 1}), forward="One of two."),
    same("a union is reordered", model(a=int | str), model(a=str | int), "A union has no order."),
    same(
        "integer or number is number",
        model(a=int | float),
        model(a=float),
        "Integers are numbers.",
    ),
    pair(
        "boolean or integer becomes number",
        model(a=bool | int),
        model(a=float),
        backward=No({"a": True}),
        forward=No({"a": 0.5}),
    ),
    pair(
        "a union of three loses null",
        model(a=int | str | None),
        model(a=int | str),
        backward=No({"a": None}),
        forward="Two of three.",
    ),
    pair(
        "an optional union grows",
        model(a=opt(int | str)),
        model(a=opt(int | str | bool)),
        backward="Three of four.",
        forward=No({"a": True}),
    ),
    pair(
        "a scalar or a list of it",
        model(a=int),
        model(a=int | list[int]),
        backward="One of two.",
        forward=No({"a": []}),
    ),
    pair(
        "a union of lists becomes a list of unions",
        model(a=list[int] | list[str]),
        model(a=list[int | str]),
        backward="A list of integers, or of texts, is a list of integers and texts.",
        forward=No({"a": [1, "x"]}),
    ),
    pair(
        "a union of ranges becomes the range over both",
        model(a=field(int, ge=0, le=5) | field(int, ge=6, le=9)),
        model(a=field(int, ge=0, le=9)),
        backward="Each is between 0 and 9.",
        forward="No integer lies between 5 and 6.",
    ),
    pair(
        "a union of ranges of numbers leaves a gap",
        model(a=field(float, ge=0, le=5) | field(float, ge=6, le=9)),
        model(a=field(float, ge=0, le=9)),
        backward="Each is between 0 and 9.",
        forward=No({"a": 5.5}),
    ),
    pair(
        "a model becomes one of two models",
        model(p=NUMBERED),
        model(p=NUMBERED | NAMED),
        backward="One of two.",
        forward=No({"p": {"name": "x"}}),
    ),
    pair(
        "a union of two models loses one",
        model(p=NUMBERED | NAMED),
        model(p=NAMED),
        backward=No({"p": {"number": 1}}),
        forward="One of two.",
    ),
    same(
        "one alternative is wider than the other",
        model(p=NUMBERED | cls("Wide", number=float)),
        model(p=cls("Wide", number=float)),
        "What takes an integer as number takes no more than what takes a number.",
    ),
    pair(
        "two alternatives with the same field become one with a union",
        model(p=cls("One", a=int) | cls("Two", a=str)),
        model(p=cls("Both", a=int | str)),
        backward="a is an integer or a text.",
        forward="By what a is, one of the two takes it.",
    ),
    pair(
        "a variant is added to a tagged union",
        TWO,
        THREE,
        backward="Two of three, and a tag belongs to one only.",
        forward=No({"p": {"kind": "check", "bank": ""}}),
    ),
    pair(
        "a variant is removed from a tagged union",
        THREE,
        TWO,
        backward=No({"p": {"kind": "check", "bank": ""}}),
        forward="Two of three, and a tag belongs to one only.",
    ),
    pair(
        "the tag of a variant is renamed",
        TWO,
        model(p=tagged(card(), cls("Cash", kind=Literal["coins"]))),
        backward=No({"p": {"kind": "cash"}}),
        forward=No({"p": {"kind": "coins"}}),
    ),
    pair(
        "a variant gets an optional field",
        TWO,
        model(p=tagged(card(bank=opt(str)), CASH)),
        backward=Letter("A card holds kind and digits only.", {"p": {"kind": "card", "digits": "", "bank": 5}}),
        forward="The reader says nothing of bank; the tag still tells the variants apart.",
    ),
    pair(
        "a variant gets a required field",
        TWO,
        model(p=tagged(card(bank=str), CASH)),
        backward=No({"p": {"kind": "card", "digits": ""}}),
        forward="The reader asks for less; the tag still tells the variants apart.",
    ),
    pair(
        "a variant without fields of its own gets a required one",
        TWO,
        model(p=tagged(card(), cls("Cash", kind=Literal["cash"], amount=float))),
        backward=No({"p": {"kind": "cash"}}),
        forward="The reader asks for less; the tag still tells the variants apart.",
    ),
    same(
        "a tagged union is written without a discriminator",
        TWO,
        model(p=card() | CASH),
        "Both require kind, with distinct constants: what one takes the other refuses, so oneOf is anyOf.",
    ),
    pair(
        "a variant answers to two tags",
        TWO,
        model(p=tagged(card(), cls("Cash", kind=Literal["cash", "coins"]))),
        backward="cash is one of its two tags.",
        forward=No({"p": {"kind": "coins"}}),
    ),
    same(
        "the variants of a tagged union are reordered",
        TWO,
        model(p=tagged(CASH, card())),
        "A union has no order.",
    ),
    pair(
        "a model becomes a variant of a tagged union",
        model(p=card()),
        TWO,
        backward="The card is a variant, and its tag belongs to no other.",
        forward=No({"p": {"kind": "cash"}}),
    ),
    pair(
        "the tag of the variants gets a default and is no longer required",
        TWO,
        model(
            p=Annotated[
                cls("Card", kind=(Literal["card"], "card"), digits=str) | cls("Cash", kind=(Literal["cash"], "cash")),
                Field(discriminator="kind"),
            ]
        ),
        backward="With its tag a payment is valid under its variant, and the other refuses that tag.",
        forward=No({"p": {}}),
    ),
    pair(
        "a list of a tagged union whose variant gets narrower",
        model(p=list[tagged(card(), CASH)]),
        model(p=list[tagged(cls("Card", kind=Literal["card"], digits=field(str, max_length=4)), CASH)]),
        backward=No({"p": [{"kind": "card", "digits": "12345"}]}),
        forward="Short digits are digits.",
    ),
    pair(
        "a tagged union nested in a tagged union gets a variant",
        model(q=cls("Order", pay=tagged(card(), CASH))),
        model(q=cls("Order", pay=tagged(card(), CASH, CHECK))),
        backward="Two of three, and a tag belongs to one only.",
        forward=No({"q": {"pay": {"kind": "check", "bank": ""}}}),
    ),
    pair(
        "tags are numbers",
        model(p=Annotated[cls("A", kind=Literal[1], x=int) | cls("B", kind=Literal[2]), Discriminator("kind")]),
        model(p=Annotated[cls("A", kind=Literal[1], x=float) | cls("B", kind=Literal[2]), Discriminator("kind")]),
        backward="Integers are numbers.",
        forward=No({"p": {"kind": 1, "x": 0.5}}),
    ),
    pair(
        "variants that forbid others are told apart without a tag",
        model(p=cls("A", extra="forbid", a=int) | cls("B", extra="forbid", b=int)),
        model(p=cls("A", extra="forbid", a=int) | cls("B", extra="forbid", b=int, c=opt(int))),
        backward="The first is the same, and c is optional.",
        forward=No({"p": {"b": 1, "c": 2}}),
    ),
    pair(
        "a union of texts with two patterns becomes one pattern",
        model(a=field(str, pattern="^[0-9]+$") | field(str, pattern="^[A-Z]+$")),
        model(a=field(str, pattern="^([0-9]+|[A-Z]+)$")),
        backward="Each is one side of the alternation.",
        forward="Each side of the alternation is one of the two.",
    ),
)
