"""Models in models: fields of inner models, shared definitions, inheritance, generics, root models, extra fields."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, RootModel

from .pair import INT, NUM, STR, Letter, No, cls, defs, field, model, obj, opt, pair, ref, root, same

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int


def line(**more: Any) -> Any:
    """An invoice's line, with more fields."""
    return cls("Line", text=str, **more)


def deep(leaf: Any) -> dict[str, Any]:
    """Six models, one in the other."""
    inner = cls("L5", v=leaf)
    for level in range(4, -1, -1):
        inner = cls(f"L{level}", v=inner)
    return model(v=inner)


def at(depth: int, value: Any) -> Any:
    """A value so many v deep."""
    return value if depth == 0 else {"v": at(depth - 1, value)}


LINES = model(lines=list[line()])
SCALED = cls("Base", id=int, note=opt(str))
SAME = "Field for field the same; a definition's name, or its being written in place, means nothing."

PAIRS = (
    pair(
        "a line gets an optional field",
        LINES,
        model(lines=list[line(amount=opt(float))]),
        backward=Letter("A line holds its text only.", {"lines": [{"text": "", "amount": "x"}]}),
        forward="The reader says nothing of amount.",
    ),
    pair(
        "a line gets a required field",
        LINES,
        model(lines=list[line(amount=float)]),
        backward=No({"lines": [{"text": ""}]}),
        forward="The reader says nothing of amount.",
    ),
    pair(
        "a line loses a required field",
        model(lines=list[line(amount=float)]),
        LINES,
        backward="The reader says nothing of amount.",
        forward=No({"lines": [{"text": ""}]}),
    ),
    pair(
        "the amount of a line may be null",
        model(lines=list[line(amount=float)]),
        model(lines=list[line(amount=float | None)]),
        backward="A number is a number or null.",
        forward=No({"lines": [{"text": "", "amount": None}]}),
    ),
    same("an inner model gets another name", LINES, model(lines=list[cls("Row", text=str)]), SAME),
    same(
        "an inner model is written in place",
        model(buyer=cls("Party", name=str)),
        obj("buyer", buyer=obj("name", name=STR)),
        SAME,
    ),
    pair(
        "an inner model becomes a free object",
        model(buyer=cls("Party", name=str)),
        model(buyer=dict[str, Any]),
        backward="Any object is taken.",
        forward=No({"buyer": {}}),
    ),
    pair(
        "an inner model becomes text",
        model(buyer=cls("Party", name=str)),
        model(buyer=str),
        backward=No({"buyer": {"name": ""}}),
        forward=No({"buyer": ""}),
    ),
    pair(
        "an inner model may be left out",
        model(buyer=cls("Party", name=str)),
        model(buyer=opt(cls("Party", name=str))),
        backward="The same model, or null.",
        forward=No({}),
    ),
    pair(
        "an inner model becomes a list of it",
        model(buyer=cls("Party", name=str)),
        model(buyer=list[cls("Party", name=str)]),
        backward=No({"buyer": {"name": ""}}),
        forward=No({"buyer": []}),
    ),
    pair(
        "a model used twice changes once",
        model(buyer=cls("Party", name=str), seller=cls("Party", name=str)),
        model(buyer=cls("Party", name=str, vat=str), seller=cls("Party", name=str, vat=str)),
        backward=No({"buyer": {"name": ""}, "seller": {"name": ""}}),
        forward="The reader says nothing of vat.",
    ),
    same(
        "a model used twice becomes two equal models",
        model(buyer=cls("Party", name=str), seller=cls("Party", name=str)),
        model(buyer=cls("Buyer", name=str), seller=cls("Seller", name=str)),
        SAME,
    ),
    pair(
        "two equal models grow apart",
        model(buyer=cls("Buyer", name=str), seller=cls("Seller", name=str)),
        model(buyer=cls("Buyer", name=str), seller=cls("Seller", name=str | None)),
        backward="A text is a text or null.",
        forward=No({"buyer": {"name": ""}, "seller": {"name": None}}),
    ),
    pair(
        "a leaf six models deep widens",
        deep(int),
        deep(float),
        backward="Integers are numbers.",
        forward=No(at(7, 0.5)),
    ),
    pair("a leaf six models deep becomes text", deep(int), deep(str), backward=No(at(7, 1)), forward=No(at(7, "x"))),
    pair(
        "a field moves into an inner model",
        model(total=float, currency=str),
        model(total=cls("Money", amount=float, currency=str)),
        backward=No({"total": 1, "currency": ""}),
        forward=No({"total": {"amount": 1, "currency": ""}}),
    ),
    pair(
        "an inner model all of whose fields are optional gets a required one",
        model(terms=cls("Terms", days=opt(int))),
        model(terms=cls("Terms", days=int)),
        backward=No({"terms": {}}),
        forward="An integer is an integer or null.",
    ),
    pair(
        "an optional inner model gets a required field",
        model(terms=opt(cls("Terms", days=int))),
        model(terms=opt(cls("Terms", days=int, rate=float))),
        backward=No({"terms": {"days": 1}}),
        forward="The reader says nothing of rate.",
    ),
    same(
        "fields are inherited instead of written",
        model(id=int, note=opt(str), total=float),
        cls("Invoice", base=SCALED, total=float).model_json_schema(),
        "Pydantic writes inherited fields out.",
    ),
    pair(
        "an heir narrows an inherited field",
        cls("Invoice", base=SCALED, total=float).model_json_schema(),
        cls("Invoice", base=SCALED, total=float, note=(str, "")).model_json_schema(),
        backward=No({"id": 1, "total": 1, "note": None}),
        forward="A text is a text or null.",
    ),
    pair(
        "the base gets a field",
        cls("Invoice", base=SCALED, total=float).model_json_schema(),
        cls("Invoice", base=cls("Base", base=SCALED, page=opt(int)), total=float).model_json_schema(),
        backward=Letter("No page is filled.", {"id": 1, "total": 1, "page": "x"}),
        forward="The reader says nothing of page.",
    ),
    pair(
        "the parameter of a generic model widens",
        Page[int].model_json_schema(),
        Page[float].model_json_schema(),
        backward="Integers are numbers.",
        forward=No({"items": [0.5], "total": 0}),
    ),
    same(
        "a generic model is written without its parameter",
        Page[int].model_json_schema(),
        model(items=list[int], total=int),
        SAME,
    ),
    pair(
        "the parameter of a generic model becomes a model",
        model(page=Page[int]),
        model(page=Page[cls("Line", text=str)]),
        backward=No({"page": {"items": [1], "total": 1}}),
        forward=No({"page": {"items": [{"text": ""}], "total": 1}}),
    ),
    pair("a root model widens", root(int), root(float), backward="Integers are numbers.", forward=No(0.5)),
    pair(
        "a root model of a list gets a bound",
        root(list[int]),
        root(field(list[int], min_length=1)),
        backward=No([]),
        forward="Fewer lists.",
    ),
    same(
        "a field is wrapped into a root model",
        model(iban=str),
        model(iban=RootModel[str]),
        "A root model is written as what it holds.",
    ),
    pair(
        "a root model of models gets an alternative",
        root(cls("A", a=int)),
        root(cls("A", a=int) | cls("B", b=int)),
        backward="One of two.",
        forward=No({"b": 1}),
    ),
    # Extra fields.
    pair(
        "a model starts to forbid extra fields",
        model(a=int),
        model(a=int, extra="forbid"),
        backward=Letter("The writer fills a only.", {"a": 1, "x": 1}),
        forward="Only a restriction was added.",
    ),
    pair(
        "a model starts to allow extra fields",
        model(a=int),
        model(a=int, extra="allow"),
        backward="additionalProperties: true is what is meant without it.",
        forward="The reader is open, and takes any extra field.",
    ),
    pair(
        "a model that forbids extra fields allows them",
        model(a=int, extra="forbid"),
        model(a=int, extra="allow"),
        backward="Only a restriction was dropped.",
        forward=No({"a": 1, "x": 1}),
    ),
    pair(
        "a model that forbids extra fields gets an optional one",
        model(a=int, extra="forbid"),
        model(a=int, b=opt(str), extra="forbid"),
        backward="The writer fills a only, and b may be left out.",
        forward=No({"a": 1, "b": ""}),
    ),
    pair(
        "a model that forbids extra fields loses an optional one",
        model(a=int, b=opt(str), extra="forbid"),
        model(a=int, extra="forbid"),
        backward=No({"a": 1, "b": ""}),
        forward="The writer fills a only, and b may be left out.",
    ),
    pair(
        "a model that allows extra fields gets an optional one",
        model(a=int, extra="allow"),
        model(a=int, b=opt(str), extra="allow"),
        backward=No({"a": 1, "b": 5}),
        forward="The reader takes anything as b.",
    ),
    pair(
        "a model that forbids extra fields renames an optional one",
        model(a=opt(int), extra="forbid"),
        model(b=opt(int), extra="forbid"),
        backward=No({"a": 1}),
        forward=No({"b": 1}),
    ),
    pair(
        "an inner model starts to forbid extra fields",
        model(p=cls("P", a=int)),
        model(p=cls("P", a=int, extra="forbid")),
        backward=Letter("The writer fills a only.", {"p": {"a": 1, "x": 1}}),
        forward="Only a restriction was added.",
    ),
    pair(
        "a closed model opens and its field goes",
        model(a=int, b=opt(str), extra="forbid"),
        model(a=int),
        backward="The reader says nothing of b.",
        forward=Letter("The writer fills a only.", {"a": 1, "x": 1}),
    ),
    pair(
        "extra fields get a type",
        defs({**obj("a", a=INT), "additionalProperties": STR}),
        defs({**obj("a", a=INT), "additionalProperties": NUM}),
        backward=No({"a": 1, "x": ""}),
        forward=No({"a": 1, "x": 1}),
    ),
    pair(
        "a declared field takes what extra fields took",
        {**obj("a", a=INT), "additionalProperties": INT},
        {**obj("a", a=INT, b=NUM), "additionalProperties": INT},
        backward="Whether b or another, an extra field is an integer and hence a number.",
        forward=No({"a": 1, "b": 0.5}),
    ),
    # What another Pydantic writes otherwise.
    same(
        "a free object says that it is free",
        obj("d", d={"type": "object", "title": "D"}),
        obj("d", d={"type": "object", "additionalProperties": True, "title": "D"}),
        "Any member is taken in both.",
    ),
    same(
        "a reference stands alone or in an allOf with its description",
        defs(obj("p", p={"allOf": [ref("P")], "description": "who"}), P=obj("a", a=INT)),
        defs(obj("p", p={**ref("P"), "description": "who"}), P=obj("a", a=INT)),
        "An allOf of one is that one.",
    ),
    same(
        "a constant is written as enum, as const, or as both",
        obj("k", k={"enum": ["a"], "type": "string"}),
        obj("k", k={"const": "a", "enum": ["a"], "type": "string"}),
        "Each takes a and nothing else.",
    ),
    same(
        "definitions move from definitions to $defs",
        {"$ref": "#/definitions/P", "definitions": {"P": obj("a", a=INT)}},
        {"$ref": "#/$defs/P", "$defs": {"P": obj("a", a=INT)}},
        "Where a definition stands means nothing.",
    ),
    same(
        "the root is written out instead of referred to",
        defs(ref("P"), P=obj("a", a=INT)),
        obj("a", a=INT),
        SAME,
    ),
    same(
        "titles go, defaults and descriptions come",
        {"title": "M", **obj(a={"title": "A", **INT})},
        {"description": "A model.", **obj(a={"default": 1, "description": "a", **INT})},
        "None of them asserts anything.",
    ),
    same(
        "a title stands where a property is called title",
        obj("title", title=STR),
        {**obj("title", title={**STR, "title": "Title"}), "title": "Book"},
        "The keyword asserts nothing, and the property is the same.",
    ),
    same(
        "an unused definition is dropped",
        defs(obj(a=INT), Old=obj("b", b=STR)),
        obj(a=INT),
        "Nothing refers to it.",
    ),
)
