"""Large schemas: models of 200 properties, enumerations of 1,000 members, definitions by the hundred."""

from __future__ import annotations

from typing import Any

from .pair import INT, NUM, STR, Letter, No, any_of, arr, closed, defs, enum, obj, pair, ref, same, text

NAMES = [f"field_{index:03}" for index in range(200)]
KINDS = [STR, INT, NUM, any_of(STR, {"type": "null"}), arr(INT), text(maxLength=40), enum("a", "b", "c")]
WORDS = [f"word-{index:04}" for index in range(1000)]


def wide(**other: Any) -> dict[str, Any]:
    """200 properties, of which every third is required, some replaced."""
    properties = {name: KINDS[index % len(KINDS)] for index, name in enumerate(NAMES)} | other
    return obj(*NAMES[::3], **{name: part for name, part in properties.items() if part is not None})


def instance(**other: Any) -> dict[str, Any]:
    """A small extraction of it."""
    values = ["", 1, 1, None, [], "", "a"]
    return {name: values[index % len(values)] for index, name in enumerate(NAMES) if index % 3 == 0} | other


def several(leaf: Any) -> dict[str, Any]:
    """A hundred models, each in the next one."""
    models = {f"M{index}": obj("v", v=ref(f"M{index + 1}")) for index in range(99)}
    return defs(ref("M0"), **models, M99=obj("v", v=leaf))


def nested(value: Any) -> Any:
    """An instance of it."""
    for _ in range(100):
        value = {"v": value}
    return value


def referred(last: Any) -> dict[str, Any]:
    """One of 60 models with a tag, each a definition of its own, as Pydantic writes a union; one field of the last."""
    models = {
        f"M{index}": obj("kind", "text", kind={"const": f"m{index}"}, text=STR, size=INT, note=NUM, extra=STR)
        for index in range(59)
    }
    union = any_of(*(ref(f"M{index}") for index in range(60)))
    return defs(union, **models, M59=obj("kind", "text", kind={"const": "m59"}, text=last))


SELF = "Property for property the same."

PAIRS = (
    same(
        "200 properties are reordered",
        wide(),
        obj(*reversed(NAMES[::3]), **dict(reversed(wide()["properties"].items()))),
        SELF,
    ),
    pair(
        "one of 200 properties widens",
        wide(),
        wide(field_001=NUM),
        backward="Integers are numbers.",
        forward=No(instance(field_001=0.5)),
    ),
    pair(
        "one of 200 properties gets another type",
        wide(),
        wide(field_000=INT),
        backward=No(instance()),
        forward=No(instance(field_000=1)),
    ),
    pair(
        "200 properties get one more",
        wide(),
        wide(more=STR),
        backward=Letter("more is not filled.", instance(more=1)),
        forward="The reader says nothing of more.",
    ),
    pair(
        "one of 200 properties goes",
        wide(),
        wide(field_001=None),
        backward="The reader says nothing of it.",
        forward=Letter("It is not filled.", instance(field_001="x")),
    ),
    pair(
        "all texts of 200 properties get a longest length",
        wide(),
        wide(**{name: text(maxLength=100) for name in NAMES[::7]}),
        backward=No(instance(field_000="x" * 101)),
        forward="Fewer texts.",
    ),
    same(
        "200 properties are written with references",
        wide(),
        defs(
            obj(*NAMES[::3], **{name: ref(f"K{index % 7}") for index, name in enumerate(NAMES)}),
            **{f"K{index}": kind for index, kind in enumerate(KINDS)},
        ),
        SELF,
    ),
    pair(
        "200 properties are closed",
        wide(),
        {**wide(), "additionalProperties": False},
        backward=Letter("Only declared ones are filled.", instance(more=1)),
        forward="Only a restriction was added.",
    ),
    pair(
        "all 200 properties become required",
        wide(),
        {**wide(), "required": NAMES},
        backward=No(instance()),
        forward="Only requirements were added.",
    ),
    same("1,000 words are reordered", enum(*WORDS), enum(*reversed(WORDS)), "An enumeration is a set."),
    pair(
        "1,000 words get one more",
        enum(*WORDS),
        enum(*WORDS, "more"),
        backward="All are still there.",
        forward=No("more"),
    ),
    pair("one of 1,000 words goes", enum(*WORDS), enum(*WORDS[:-1]), backward=No(WORDS[-1]), forward="All were there."),
    pair(
        "one of 1,000 words is replaced",
        obj("w", w=enum(*WORDS)),
        obj("w", w=enum(*WORDS[1:], "other")),
        backward=No({"w": WORDS[0]}),
        forward=No({"w": "other"}),
    ),
    pair(
        "1,000 words become a pattern",
        enum(*WORDS),
        text("^word-[0-9]{4}$"),
        backward="Each is word- and four digits.",
        forward=No("word-1000"),
    ),
    pair(
        "1,000 numbers become a range",
        enum(*range(1000)),
        {"type": "integer", "minimum": 0, "maximum": 999},
        backward="Each is between 0 and 999.",
        forward="The integers from 0 to 999 are these.",
    ),
    pair(
        "1,000 numbers become a range but for one",
        enum(*range(1000)),
        {"type": "integer", "minimum": 0, "maximum": 1000},
        backward="Each is between 0 and 1,000.",
        forward=No(1000),
    ),
    pair(
        "a leaf a hundred models deep widens",
        several(INT),
        several(NUM),
        backward="Integers are numbers.",
        forward=No(nested(0.5)),
    ),
    pair(
        "a union of 60 closed models gets one more",
        any_of(*(closed(f"a{i}", **{f"a{i}": INT}) for i in range(60))),
        any_of(*(closed(f"a{i}", **{f"a{i}": INT}) for i in range(61))),
        backward="All are still there.",
        forward=No({"a60": 1}),
    ),
    pair(
        "a tagged union of 60 models gets one more",
        {"oneOf": [obj("k", k={"const": f"t{i}"}, v=INT) for i in range(60)]},
        {"oneOf": [obj("k", k={"const": f"t{i}"}, v=INT) for i in range(61)]},
        backward="All are still there, and the tag belongs to one only.",
        forward=No({"k": "t60"}),
    ),
    pair(
        "a field of one of 60 models that a union refers to widens",
        referred(INT),
        referred(NUM),
        backward="Integers are numbers, and the tag tells the models apart.",
        forward=No({"kind": "m59", "text": 0.5}),
    ),
)
