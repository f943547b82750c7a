"""Texts: lengths and formats."""

from __future__ import annotations

from .pair import No, field, model, opt, pair, root, same, text

DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
UNASSERTED = "A format asserts nothing."

PAIRS = (
    # Lengths.
    pair(
        "a text gets a longest length",
        root(str),
        root(field(str, max_length=3)),
        backward=No("xxxx"),
        forward="Fewer texts.",
    ),
    pair(
        "a text must not be empty", root(str), root(field(str, min_length=1)), backward=No(""), forward="Fewer texts."
    ),
    pair(
        "a longest length grows by one",
        root(field(str, max_length=9)),
        root(field(str, max_length=10)),
        backward="Up to nine is up to ten.",
        forward=No("x" * 10),
    ),
    pair(
        "the bounds of a length move",
        root(field(str, min_length=1, max_length=3)),
        root(field(str, min_length=2, max_length=4)),
        backward=No("x"),
        forward=No("xxxx"),
    ),
    pair(
        "a length that no text has is mended",
        text(minLength=3, maxLength=2),
        text(minLength=2, maxLength=3),
        backward="No text is longer than two and shorter than three: the writer has no instance.",
        forward=No("xx"),
    ),
    pair(
        "an optional text must not be empty",
        model(a=opt(str)),
        model(a=opt(field(str, min_length=1))),
        backward=No({"a": ""}),
        forward="Fewer texts, and null stays.",
    ),
    same(
        "a point is written as a class",
        text("^.{1}$"),
        text("^[^\\n\\r\\u2028\\u2029]$"),
        "A dot is any character but the four line ends.",
    ),
    same(
        "not being empty is a length or a pattern",
        text(minLength=1),
        text("[\\s\\S]"),
        "One character, whichever, is a length of one or more.",
    ),
    # Formats.
    same(
        "a date becomes a text",
        model(a=str),
        {**model(a=str), "properties": {"a": {"type": "string", "format": "date"}}},
        UNASSERTED,
    ),
    same("a UUID becomes an e-mail address", text(format="uuid"), text(format="email"), UNASSERTED),
    same("a format stands where a number is", {"type": "integer"}, {"type": "integer", "format": "int32"}, UNASSERTED),
    pair(
        "a date gets a pattern beside its format",
        text(format="date"),
        text(DATE, format="date"),
        backward=No(""),
        forward="Fewer texts.",
    ),
)
