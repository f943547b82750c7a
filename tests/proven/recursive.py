"""Models that contain themselves: lists, trees, expressions, models that refer to each other."""

from __future__ import annotations

from typing import Any

from .pair import INT, NULL, NUM, STR, Letter, No, any_of, arr, closed, defs, enum, obj, pair, ref, root, same

SAFE = "By induction on depth: each level asks for no more than the writer gives, and refers to the same again."


def linked(value: Any, *required: str, **more: Any) -> dict[str, Any]:
    """A list as a chain of nodes."""
    node = obj("value", *required, value=value, next=any_of(ref("Node"), NULL), **more)
    return defs(ref("Node"), Node=node)


def tree(value: Any, children: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A tree; `children` are more limits on the list of children."""
    node = obj("value", value=value, children=arr(ref("Node"), **(children or {})), **more)
    return defs(ref("Node"), Node=node)


def expression(leaf: Any, *operators: str) -> dict[str, Any]:
    """Arithmetic: a leaf, or two operands."""
    kind = {"const": operators[0]} if len(operators) == 1 else enum(*operators)
    node = obj("op", "left", "right", op=kind, left=ref("Expr"), right=ref("Expr"))
    return defs(ref("Expr"), Expr=any_of(leaf, ref("Binary")), Binary=node)


def json_value(*leaves: Any) -> dict[str, Any]:
    """Lists and maps of lists and maps, down to these leaves."""
    return defs(ref("V"), V=any_of(*leaves, arr(ref("V")), {"type": "object", "additionalProperties": ref("V")}))


ENDLESS = defs(ref("Node"), Node=obj("next", next=ref("Node")))
ENDLESS_LIST = defs(ref("Node"), Node=obj("children", children=arr(ref("Node"), minItems=1)))
TWO_DEEP = obj("value", value=INT, next=any_of(obj("value", value=INT), NULL))

PAIRS = (
    pair("the value of a linked list widens", linked(INT), linked(NUM), backward=SAFE, forward=No({"value": 0.5})),
    pair(
        "the value of a linked list becomes text",
        linked(INT),
        linked(STR),
        backward=No({"value": 1}),
        forward=No({"value": ""}),
    ),
    pair(
        "the nodes of a linked list get an optional field",
        linked(INT),
        linked(INT, note=STR),
        backward=Letter("Nodes hold value and next only.", {"value": 1, "note": 5}),
        forward=SAFE,
    ),
    pair(
        "the nodes of a linked list get a required field",
        linked(INT),
        linked(INT, "note", note=STR),
        backward=No({"value": 1}),
        forward=SAFE,
    ),
    same(
        "the node of a linked list gets another name",
        linked(INT),
        defs(ref("Item"), Item=obj("value", value=INT, next=any_of(ref("Item"), NULL))),
        "Node for node the same.",
    ),
    same(
        "a linked list is unrolled once",
        linked(INT),
        defs(obj("value", value=INT, next=any_of(ref("Node"), NULL)), **linked(INT)["$defs"]),
        "The first node is written in place, and is the same.",
    ),
    same(
        "the nodes of a linked list alternate between two equal definitions",
        linked(INT),
        defs(
            ref("Odd"),
            Odd=obj("value", value=INT, next=any_of(ref("Even"), NULL)),
            Even=obj("value", value=INT, next=any_of(ref("Odd"), NULL)),
        ),
        "By induction on depth: both definitions ask for what a node asks for.",
    ),
    pair(
        "every second node of a linked list widens",
        defs(
            ref("Odd"),
            Odd=obj("value", value=INT, next=any_of(ref("Even"), NULL)),
            Even=obj("value", value=INT, next=any_of(ref("Odd"), NULL)),
        ),
        defs(
            ref("Odd"),
            Odd=obj("value", value=INT, next=any_of(ref("Even"), NULL)),
            Even=obj("value", value=NUM, next=any_of(ref("Odd"), NULL)),
        ),
        backward=SAFE,
        forward=No({"value": 1, "next": {"value": 0.5}}),
    ),
    pair(
        "the end of a linked list may no longer be null",
        linked(INT),
        defs(ref("Node"), Node=obj("value", value=INT, next=ref("Node"))),
        backward=No({"value": 1, "next": None}),
        forward=SAFE,
    ),
    pair(
        "a list of two levels becomes a linked list",
        TWO_DEEP,
        linked(INT),
        backward=Letter(
            "Two levels of values, the second without next.", {"value": 1, "next": {"value": 1, "next": 5}}
        ),
        forward="The reader looks at two levels only, and asks there for what every node gives.",
    ),
    pair(
        "a closed list of two levels becomes a closed linked list",
        closed("value", value=INT, next=any_of(closed("value", value=INT), NULL)),
        defs(ref("Node"), Node=closed("value", value=INT, next=any_of(ref("Node"), NULL))),
        backward="The second level without next is a node.",
        forward=No({"value": 1, "next": {"value": 1, "next": None}}),
    ),
    pair("the value of a tree widens", tree(INT), tree(NUM), backward=SAFE, forward=No({"value": 0.5})),
    pair(
        "the nodes of a tree have two children at most",
        tree(INT),
        tree(INT, {"maxItems": 2}),
        backward=No({"value": 1, "children": [{"value": 1}, {"value": 1}, {"value": 1}]}),
        forward=SAFE,
    ),
    pair(
        "an inner node of a tree must have children",
        tree(INT),
        tree(INT, {"minItems": 1}),
        backward=No({"value": 1, "children": []}),
        forward=SAFE,
    ),
    pair(
        "the children of a tree get names",
        tree(INT),
        defs(
            ref("Node"), Node=obj("value", value=INT, children={"type": "object", "additionalProperties": ref("Node")})
        ),
        backward=No({"value": 1, "children": []}),
        forward=No({"value": 1, "children": {}}),
    ),
    pair(
        "the children of a tree become leaves",
        tree(INT),
        obj("value", value=INT, children=arr(obj("value", value=INT))),
        backward="The reader looks at two levels only, and asks there for what every node gives.",
        forward=Letter(
            "Two levels of values, the second without children.",
            {"value": 1, "children": [{"value": 1, "children": 5}]},
        ),
    ),
    pair(
        "an expression gets an operator",
        expression(NUM, "add"),
        expression(NUM, "add", "mul"),
        backward=SAFE,
        forward=No({"op": "mul", "left": 1, "right": 1}),
    ),
    pair(
        "the leaves of an expression become integers",
        expression(NUM, "add"),
        expression(INT, "add"),
        backward=No(0.5),
        forward=SAFE,
    ),
    pair(
        "the leaves of an expression get variables",
        expression(NUM, "add", "mul"),
        expression(any_of(NUM, STR), "add", "mul"),
        backward=SAFE,
        forward=No("x"),
    ),
    same(
        "the alternatives of an expression are reordered and its operators too",
        expression(NUM, "add", "mul"),
        defs(
            ref("Expr"),
            Expr=any_of(ref("Binary"), NUM),
            Binary=obj("left", "right", "op", op=enum("mul", "add"), left=ref("Expr"), right=ref("Expr")),
        ),
        "The order of alternatives and of words means nothing.",
    ),
    pair(
        "an operand is no longer an expression but a leaf",
        expression(NUM, "add"),
        defs(
            any_of(NUM, obj("op", "left", "right", op={"const": "add"}, left=ref("Expr"), right=NUM)),
            **expression(NUM, "add")["$defs"],
        ),
        backward=No({"op": "add", "left": 1, "right": {"op": "add", "left": 1, "right": 1}}),
        forward="A leaf is an expression.",
    ),
    pair(
        "two models that refer to each other change in one",
        defs(ref("Person"), Person=obj("name", name=STR, pets=arr(ref("Pet"))), Pet=obj("owner", owner=ref("Person"))),
        defs(ref("Person"), Person=obj("name", name=STR, pets=arr(ref("Pet"))), Pet=obj(owner=ref("Person"))),
        backward=SAFE,
        forward=No({"name": "", "pets": [{}]}),
    ),
    pair(
        "any JSON loses null",
        json_value(STR, NUM, NULL),
        json_value(STR, NUM),
        backward=No(None),
        forward=SAFE,
    ),
    pair(
        "nested lists and maps of integers become such of numbers",
        json_value(INT),
        json_value(NUM),
        backward=SAFE,
        forward=No(0.5),
    ),
    same(
        "any JSON is spelled out",
        json_value({"type": ["string", "number", "boolean", "null"]}),
        root(Any),
        "By induction on depth: a value is a scalar, a list of values or a map of values.",
    ),
    pair(
        "a model that must contain itself becomes one that may",
        ENDLESS,
        linked(INT),
        backward="No finite value holds itself without end: the writer has no instance.",
        forward=No({"value": 1}),
    ),
    pair(
        "a tree whose every node must have children becomes a real one",
        ENDLESS_LIST,
        tree(INT),
        backward="No finite tree is without leaves: the writer has no instance.",
        forward=No({"value": 1}),
    ),
    same(
        "a model that must contain itself takes nothing at all",
        ENDLESS,
        ENDLESS_LIST,
        "Neither has a finite instance.",
    ),
    pair(
        "a field that must contain itself becomes optional",
        defs(obj("a", a=INT, b=ref("Node")), **ENDLESS["$defs"]),
        obj("a", a=INT),
        backward="The reader says nothing of b.",
        forward=Letter("The writer fills a only.", {"a": 1, "b": 1}),
    ),
    pair(
        "a map of maps gets a deeper type",
        defs(ref("M"), M={"type": "object", "additionalProperties": ref("M")}),
        {"type": "object", "additionalProperties": {"type": "object"}},
        backward="A map of maps of maps is a map of objects.",
        forward=No({"a": {"b": 1}}),
    ),
    pair(
        "a comment thread gets the author of each comment",
        defs(
            obj("thread", thread=arr(ref("Comment"))),
            Comment=obj("text", text=STR, replies=any_of(arr(ref("Comment")), NULL)),
        ),
        defs(
            obj("thread", thread=arr(ref("Comment"))),
            Comment=obj("text", "author", text=STR, author=STR, replies=any_of(arr(ref("Comment")), NULL)),
        ),
        backward=No({"thread": [{"text": ""}]}),
        forward="By induction on depth: the reader says nothing of author.",
    ),
    pair(
        "the first level of a tree asks for more than the others",
        tree(INT),
        defs(
            obj("value", "children", value=INT, children=arr(ref("Node"))),
            **tree(INT)["$defs"],
        ),
        backward=No({"value": 1}),
        forward="Only a requirement on the first level was added.",
    ),
    pair(
        "a section contains paragraphs and sections, and then tables too",
        defs(ref("Section"), Section=obj("body", body=arr(any_of(STR, ref("Section"))))),
        defs(
            ref("Section"),
            Section=obj("body", body=arr(any_of(STR, ref("Section"), ref("Table")))),
            Table=obj("rows", rows=arr(arr(STR))),
        ),
        backward="By induction on depth: each part of a body is still one of the alternatives.",
        forward=No({"body": [{"rows": []}]}),
    ),
)
