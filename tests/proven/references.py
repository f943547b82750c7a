"""References: anchors, identifiers, dynamic references, pointers with escapes, recursion without end."""

from __future__ import annotations

from .pair import (
    ARR,
    INT,
    NUM,
    OBJ,
    STR,
    No,
    any_of,
    arr,
    closed,
    defs,
    enum,
    integer,
    obj,
    one_of,
    pair,
    ref,
    same,
)

URL = "https://example.com/"


def anchored(target):
    """A reference by anchor."""
    return {"$ref": "#x", "$defs": {"A": {"$anchor": "x", **target}}}


def dynamic_tree(value):
    """A tree that may be extended."""
    return {"$dynamicAnchor": "node", **obj("v", v=value, c=arr({"$dynamicRef": "#node"}))}


def generic_list(items):
    """A list whose items are named by whoever refers to it."""
    inner = {"$id": "list", "type": "array", "items": {"$dynamicRef": "#T"}, "$defs": {"any": {"$dynamicAnchor": "T"}}}
    return {"$id": f"{URL}root", "$ref": "list", "$defs": {"T": {"$dynamicAnchor": "T", **items}, "list": inner}}


def nested(**more):
    """Lists of such lists."""
    return defs(ref("N"), N=arr(ref("N"), **more))


def tagged(*leaves):
    """A tree of nodes told apart by their kind."""
    node = closed("kind", "c", kind={"const": "node"}, c=arr(ref("E")))
    return defs(ref("E"), E=one_of(*(closed("kind", kind={"const": leaf}) for leaf in leaves), ref("Node")), Node=node)


def chain(value):
    """A linked list."""
    return defs(ref("L"), L=obj("v", v=value, n=ref("L")))


PAIRS = (
    same("an anchor is written out", anchored(INT), INT, "It names an integer."),
    pair(
        "what an anchor names widens", anchored(INT), anchored(NUM), backward="Integers are numbers.", forward=No(0.5)
    ),
    same(
        "an identifier is written out",
        {"$ref": f"{URL}a", "$defs": {"A": {"$id": f"{URL}a", **INT}}},
        INT,
        "It names an integer.",
    ),
    same(
        "a relative identifier is written out",
        {"$id": f"{URL}root", "$ref": "a", "$defs": {"A": {"$id": "a", **INT}}},
        INT,
        "It names an integer.",
    ),
    same(
        "a dynamic reference without a rival is a reference",
        {"$dynamicRef": "#n", "$defs": {"N": {"$dynamicAnchor": "n", **INT}}},
        INT,
        "There is one such anchor.",
    ),
    pair(
        "the value of a tree that may be extended widens",
        dynamic_tree(INT),
        dynamic_tree(NUM),
        backward="By induction on depth; the anchor is the root.",
        forward=No({"v": 0.5}),
    ),
    same(
        "a tree that may be extended is a tree",
        dynamic_tree(INT),
        defs(ref("N"), N=obj("v", v=INT, c=arr(ref("N")))),
        "The anchor is the root itself, as nothing extends it.",
    ),
    same(
        "a list's items are named from outside",
        generic_list(INT),
        arr(INT),
        "The outermost anchor counts, and it is an integer.",
    ),
    pair(
        "what names a list's items from outside widens",
        generic_list(INT),
        generic_list(NUM),
        backward="Integers are numbers.",
        forward=No([0.5]),
    ),
    same(
        "a reference has a limit beside it", defs({**ref("A"), "minimum": 5}, A=INT), integer(minimum=5), "Both hold."
    ),
    same(
        "a reference leads to a reference",
        defs(ref("A"), A=ref("B"), B=ref("C"), C=INT),
        INT,
        "The last names an integer.",
    ),
    same(
        "a reference leads into a property",
        obj(a=INT, b={"$ref": "#/properties/a"}),
        obj(a=INT, b=INT),
        "It names an integer.",
    ),
    same(
        "a pointer with escapes",
        {"$ref": "#/$defs/a~1b%25", "$defs": {"a/b%": INT}},
        INT,
        "~1 is a slash, %25 a percent sign.",
    ),
    pair(
        "what stands in a group of definitions widens",
        {"$ref": "#/definitions/group/full", "definitions": {"group": {"full": INT}}},
        {"$ref": "#/definitions/group/full", "definitions": {"group": {"full": NUM}}},
        backward="Integers are numbers.",
        forward=No(0.5),
    ),
    pair(
        "a model in a group of definitions widens",
        defs(obj("a", a={"$ref": "#/$defs/group/full"}), group={"full": obj("v", v=INT)}),
        defs(obj("a", a={"$ref": "#/$defs/group/full"}), group={"full": obj("v", v=NUM)}),
        backward="Integers are numbers.",
        forward=No({"a": {"v": 0.5}}),
    ),
    pair(
        "what stands in a place of the author's own widens",
        {"$ref": "#/x-parts/a", "x-parts": {"a": INT}},
        {"$ref": "#/x-parts/a", "x-parts": {"a": NUM}},
        backward="Integers are numbers.",
        forward=No(0.5),
    ),
    pair(
        "an example that is referred to as a schema widens",
        {"$ref": "#/examples/0", "examples": [INT]},
        {"$ref": "#/examples/0", "examples": [NUM]},
        backward="Integers are numbers.",
        forward=No(0.5),
    ),
    pair(
        "a resource of its own refers to its own definition, not to the root's",
        {
            "$id": f"{URL}r",
            "$ref": "s",
            "$defs": {"S": {"$id": "s", "$ref": "#/$defs/v", "$defs": {"v": INT}}, "v": INT},
        },
        {
            "$id": f"{URL}r",
            "$ref": "s",
            "$defs": {"S": {"$id": "s", "$ref": "#/$defs/v", "$defs": {"v": NUM}}, "v": INT},
        },
        backward="Integers are numbers.",
        forward=No(0.5),
    ),
    pair(
        "a root that refers to itself becomes two levels",
        obj(child={"$ref": "#"}),
        obj(child=OBJ),
        backward="The child is an object.",
        forward=No({"child": {"child": 1}}),
    ),
    pair(
        "a property called $ref changes its type",
        obj("$ref", **{"$ref": STR}),
        obj("$ref", **{"$ref": INT}),
        backward=No({"$ref": ""}),
        forward=No({"$ref": 1}),
    ),
    pair(
        "a property called $defs changes its type",
        obj("$defs", **{"$defs": INT}),
        obj("$defs", **{"$defs": NUM}),
        backward="Integers are numbers.",
        forward=No({"$defs": 0.5}),
    ),
    # recursion
    same("lists without end are nothing", nested(minItems=1), False, "The innermost list would hold another."),
    same(
        "objects without end are nothing",
        defs(ref("N"), N=obj("n", n=ref("N"))),
        False,
        "The innermost object would hold another.",
    ),
    same(
        "two models without end are nothing",
        defs(ref("A"), A=obj("b", b=ref("B")), B=obj("a", a=ref("A"))),
        False,
        "The innermost would hold the other.",
    ),
    pair(
        "two models of which one may end become two objects",
        defs(ref("A"), A=obj("b", b=ref("B")), B=obj("a", a=any_of(ref("A"), {"type": "null"}))),
        obj("b", b=obj("a", a={})),
        backward="A holds b, which holds a.",
        forward=No({"b": {"a": 1}}),
    ),
    same(
        "a field without end cannot be there",
        defs(obj(a=INT, b=ref("N")), N=obj("n", n=ref("N"))),
        obj(a=INT, b=False),
        "No value fits b.",
    ),
    pair(
        "lists of even depth become lists of any depth",
        defs(ref("E"), E=arr(ref("O"), maxItems=1), O=arr(ref("E"), minItems=1, maxItems=1)),
        nested(),
        backward="They are lists of lists.",
        forward=No([[]]),
    ),
    pair(
        "sets of sets become lists of lists",
        nested(uniqueItems=True),
        nested(),
        backward="Only a restriction was dropped.",
        forward=No([[], []]),
    ),
    pair(
        "lists three deep become lists of any depth",
        arr(arr({**ARR, "maxItems": 0})),
        nested(),
        backward="Lists of lists of empty lists.",
        forward=No([[[[]]]]),
    ),
    pair(
        "what is no chain of integers becomes what is none of numbers",
        {"not": ref("L"), "$defs": chain(INT)["$defs"]},
        {"not": ref("L"), "$defs": chain(NUM)["$defs"]},
        backward=No({"v": 0.5}),
        forward="A chain of integers is one of numbers.",
    ),
    pair(
        "keys that lead on get one more letter",
        defs(ref("N"), N={**OBJ, "patternProperties": {"^c": ref("N")}, "additionalProperties": False}),
        defs(ref("N"), N={**OBJ, "patternProperties": {"^[cd]": ref("N")}, "additionalProperties": False}),
        backward="By induction on depth: c is one of c and d.",
        forward=No({"d": {}}),
    ),
    same(
        "two children at most are two places",
        nested(maxItems=2),
        defs(ref("N"), N={**ARR, "prefixItems": [ref("N"), ref("N")], "items": False}),
        "By induction on depth.",
    ),
    pair(
        "a kind of leaf is added to a tree",
        tagged("leaf"),
        tagged("leaf", "other"),
        backward="By induction on depth; a kind belongs to one alternative.",
        forward=No({"kind": "other"}),
    ),
    same(
        "exactly one alternative of a recursive union is any",
        tagged("leaf"),
        defs(ref("E"), E=any_of(closed("kind", kind={"const": "leaf"}), ref("Node")), Node=tagged()["$defs"]["Node"]),
        "By induction on depth: the kinds exclude each other.",
    ),
    pair(
        "a tree's height is bounded by writing it out",
        defs(ref("T"), T=closed(l=ref("T"), r=ref("T"))),
        closed(l=closed(l=closed(), r=closed()), r=closed(l=closed(), r=closed())),
        backward=No({"l": {"l": {"l": {}}}}),
        forward="By induction on depth: each level is a tree.",
    ),
    pair(
        "a recursive choice between a chain and its end",
        defs(ref("L"), L=any_of({"const": "end"}, closed("n", n=ref("L")))),
        defs(ref("L"), L=any_of(enum("end", "stop"), closed("n", n=ref("L")))),
        backward="By induction on length.",
        forward=No("stop"),
    ),
    pair(
        "a chain whose length is even",
        defs(ref("E"), E=any_of({"const": 0}, closed("n", n=ref("O"))), O=closed("n", n=ref("E"))),
        defs(ref("L"), L=any_of({"const": 0}, closed("n", n=ref("L")))),
        backward="It is a chain.",
        forward=No({"n": 0}),
    ),
    pair(
        "a chain whose length is a multiple of six is one of a multiple of two",
        defs(
            ref("A"),
            A=any_of({"const": 0}, closed("n", n=ref("B"))),
            **{a: closed("n", n=ref(b)) for a, b in zip("BCDEF", "CDEFA", strict=True)},
        ),
        defs(ref("E"), E=any_of({"const": 0}, closed("n", n=ref("O"))), O=closed("n", n=ref("E"))),
        backward="Six is three times two.",
        forward=No({"n": {"n": 0}}),
    ),
    pair(
        "a binary tree with bounded leaves",
        defs(ref("T"), T=any_of(integer(minimum=0), arr(ref("T"), minItems=2, maxItems=2))),
        defs(ref("T"), T=any_of(integer(minimum=0), arr(ref("T")))),
        backward="Two children are children.",
        forward=No([]),
    ),
    pair(
        "sums of sums get products",
        defs(ref("S"), S=any_of(NUM, {**ARR, "prefixItems": [{"const": "+"}], "items": ref("S"), "minItems": 1})),
        defs(ref("S"), S=any_of(NUM, {**ARR, "prefixItems": [enum("+", "*")], "items": ref("S"), "minItems": 1})),
        backward="By induction on depth: + is one of the two.",
        forward=No(["*"]),
    ),
    pair(
        "what refers only from a place that cannot be",
        {**OBJ, "properties": {"a": {"allOf": [STR, ref("N")]}}, "$defs": {"N": obj(n=ref("N"))}},
        {**OBJ, "properties": {"a": False}},
        backward="No text is an object.",
        forward="a is not there.",
    ),
)
