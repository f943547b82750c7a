"""The two schemas side by side: which place of the old one is which of the new, and how the two differ there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pageschema import pointer
from pageschema import schema as schemas
from pageschema.evolution import references
from pageschema.evolution.edit import COMBINATOR, MISSING, NULLABLE, WHOLE, Edit
from pageschema.evolution.meaning import is_annotation, meaning
from pageschema.solver import identity

_SINGLE = (
    "additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip
_NAMED = ("properties", "patternProperties", "dependentSchemas")
_UNIONS = ("anyOf", "oneOf")
_STRUCTURE = frozenset({"$anchor", "$defs", "$id", "$ref", "$schema", "const", "definitions", "enum", "required"})

MAX_UNION_DEPTH = 3
_IDLE = {
    **dict.fromkeys(("minLength", "minItems", "minProperties"), (identity(0),)),
    **dict.fromkeys(("additionalProperties", "items", "unevaluatedItems"), (identity(True), identity({}))),
    "uniqueItems": (identity(False),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One schema at one place; `pointer` is where it is written, behind any references.

    `names` are the references that led here, `notes` the annotations on the way and at the place. `bare` says that null
    was taken from its types.
    """

    pointer: str
    schema: Any
    root: Any = field(repr=False)
    names: tuple[str, ...] = ()
    notes: dict[str, Any] = field(default_factory=dict)
    bare: bool = False

    def child(self, *parts: str | int) -> Side:
        """Return what stands below, references followed."""
        value = self.schema
        for part in parts:
            value = value[part]
        return _settle(Side(pointer=pointer.join(self.pointer, *parts), schema=value, root=self.root))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two places that correspond, and the edits that lead from the one to the other."""

    before: Side
    after: Side
    edits: tuple[Edit, ...]


def pairs(old: Any, new: Any) -> Iterator[Pair]:
    """Yield each pair of corresponding places once, parents before children."""
    seen: set[tuple[str, bool, str, bool]] = set()
    roots = (Side(pointer="", schema=old, root=old), Side(pointer="", schema=new, root=new))
    stack = [(_settle(roots[0]), _settle(roots[1]))]
    while stack:
        before, after = stack.pop()
        places = (before.pointer, before.bare, after.pointer, after.bare)
        if places in seen:
            continue
        seen.add(places)
        edits: list[Edit] = []
        children: list[tuple[Side, Side]] = []
        for found in _compare(before, after):
            if isinstance(found, Edit):
                edits.append(found)
            else:
                children.append(found)
        yield Pair(before=before, after=after, edits=tuple(edits))
        stack.extend(reversed(children))


def whole(old: Any, new: Any) -> Pair:
    """Return the roots with one edit: what was is now what is."""
    before, after = (Side(pointer="", schema=root, root=root) for root in (old, new))
    return Pair(before=before, after=after, edits=(Edit(keyword=WHOLE, before=old, after=new),))


def types_of(side: Side, seen: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """Return the types that a place plainly admits, or None where it says nothing plain."""
    side = _settle(side)
    schema = side.schema
    if not isinstance(schema, dict) or side.pointer in seen or len(seen) > MAX_UNION_DEPTH:
        return None
    if "type" in schema:
        return frozenset(_types(schema["type"]))
    for keyword in _UNIONS:
        if keyword in schema:
            branches = [side.child(keyword, index) for index in range(len(schema[keyword]))]
            found = [types_of(branch, seen | {side.pointer}) for branch in branches]
            known = [types for types in found if types is not None]
            return frozenset().union(*known) if len(known) == len(found) else None
    return None


def _settle(side: Side) -> Side:
    """Follow references that stand alone."""
    notes, names = dict(side.notes), side.names
    for _ in range(50):
        schema = side.schema
        if isinstance(schema, dict):
            notes = {key: value for key, value in schema.items() if is_annotation(key)} | notes
        if not references.is_reference(schema):
            break
        try:
            where, target = schemas.resolve(side.root, schema["$ref"])
        except KeyError:
            break
        names = (*names, schema["$ref"])
        side = Side(pointer=where, schema=target, root=side.root)
    return Side(pointer=side.pointer, schema=side.schema, root=side.root, names=names, notes=notes)


def _compare(before: Side, after: Side) -> Iterator[Edit | tuple[Side, Side]]:
    """Yield the edits at a pair of places, and the pairs below."""
    yield from _annotations(before, after)
    if before.names != after.names and before.names and after.names:
        yield Edit(keyword="$ref", before=before.names[-1], after=after.names[-1])
    if not isinstance(before.schema, dict) or not isinstance(after.schema, dict):
        if meaning(before.schema) != meaning(after.schema):
            yield Edit(keyword=WHOLE, before=before.schema, after=after.schema)
        return
    inner = _without_null(before), _without_null(after)
    if any(inner):
        if not all(inner):
            yield Edit(keyword=NULLABLE, before=inner[0] is not None, after=inner[1] is not None)
        yield inner[0] or before, inner[1] or after
        return
    one, other = before.schema, after.schema
    yield from _members(one, other)
    if "$ref" in one or "$ref" in other:
        yield from _referred(before, after)
    for keyword in (*one, *(keyword for keyword in other if keyword not in one)):
        if is_annotation(keyword) or keyword in _STRUCTURE:
            continue
        if keyword in _NAMED:
            yield from _named(before, after, keyword)
        elif keyword in {*_UNIONS, "allOf", "prefixItems"}:
            yield from _listed(before, after, keyword)
        elif keyword in _SINGLE and isinstance(one.get(keyword), dict) and isinstance(other.get(keyword), dict):
            yield before.child(keyword), after.child(keyword)
        else:
            was, now = (_said(schema, keyword) for schema in (one, other))
            if _differ(was, now, keyword):
                yield Edit(keyword=keyword, before=was, after=now)


def _annotations(before: Side, after: Side) -> Iterator[Edit]:
    for keyword in sorted(before.notes.keys() | after.notes.keys()):
        one, other = before.notes.get(keyword, MISSING), after.notes.get(keyword, MISSING)
        if identity(one) != identity(other):
            yield Edit(keyword=keyword, before=one, after=other)


def _members(one: dict[str, Any], other: dict[str, Any]) -> Iterator[Edit]:
    """Yield the edits to the listed values and the required names."""
    values, others = _values(one), _values(other)
    if values is MISSING or others is MISSING:
        if values is not others:
            yield Edit(keyword="enum", before=values, after=others)
    else:
        known, kept = {identity(v) for v in values}, {identity(v) for v in others}
        added = [value for value in others if identity(value) not in known]
        removed = [value for value in values if identity(value) not in kept]
        if added:
            yield Edit(keyword="enum", key="added", after=added)
        if removed:
            yield Edit(keyword="enum", key="removed", before=removed)
    required, wanted = one.get("required", []), other.get("required", [])
    yield from (Edit(keyword="required", key=name, before=name) for name in required if name not in wanted)
    yield from (Edit(keyword="required", key=name, after=name) for name in wanted if name not in required)


def _values(schema: dict[str, Any]) -> Any:
    listed = schema.get("enum", MISSING)
    if "const" not in schema:
        return listed
    fits = listed is MISSING or identity(schema["const"]) in map(identity, listed)
    return [schema["const"]] if fits else []


def _referred(before: Side, after: Side) -> Iterator[Edit | tuple[Side, Side]]:
    """Yield what a reference with something beside it leads to."""
    one, other = before.schema.get("$ref", MISSING), after.schema.get("$ref", MISSING)
    try:
        sides = tuple(
            _settle(Side(pointer=side.pointer, schema={"$ref": side.schema["$ref"]}, root=side.root))
            for side in (before, after)
        )
    except KeyError:
        sides = ()
    if len(sides) == 2 and all(side.names for side in sides):
        yield sides[0], sides[1]
    elif one != other:
        yield Edit(keyword="$ref", before=one, after=other)


def _named(before: Side, after: Side, keyword: str) -> Iterator[Edit | tuple[Side, Side]]:
    one, other = before.schema.get(keyword, MISSING), after.schema.get(keyword, MISSING)
    if (one is MISSING) != (other is MISSING) and not (one if other is MISSING else other):
        yield Edit(keyword=keyword, before=one, after=other)
        return
    names = dict.fromkeys((*(() if one is MISSING else one), *(() if other is MISSING else other)))
    for name in names:
        was = MISSING if one is MISSING else one.get(name, MISSING)
        now = MISSING if other is MISSING else other.get(name, MISSING)
        if was is not MISSING and now is not MISSING:
            yield before.child(keyword, name), after.child(keyword, name)
        else:
            yield Edit(keyword=keyword, key=name, before=was, after=now)


def _listed(before: Side, after: Side, keyword: str) -> Iterator[Edit | tuple[Side, Side]]:
    """Pair what is listed: by position where that counts, else equals first, then what is called or looks the same."""
    other = keyword
    if keyword in _UNIONS and (keyword in before.schema) != (keyword in after.schema):
        opposite = _UNIONS[1 - _UNIONS.index(keyword)]
        if opposite in before.schema and opposite not in after.schema:
            return  # It is told from the other side.
        if opposite in after.schema and opposite not in before.schema:
            other = opposite
            yield Edit(keyword=COMBINATOR, before=keyword, after=other)
    one, two = before.schema.get(keyword, MISSING), after.schema.get(other, MISSING)
    if one is MISSING or two is MISSING:
        yield Edit(keyword=keyword, before=one, after=two)
        return
    left = {index: before.child(keyword, index) for index in range(len(one))}
    right = {index: after.child(other, index) for index in range(len(two))}
    for first, second in _matches(left, right, keyword):
        yield left.pop(first), right.pop(second)
    yield from (Edit(keyword=other, key=index, before=one[index]) for index in left)
    yield from (Edit(keyword=other, key=index, after=two[index]) for index in right)


def _matches(left: dict[int, Side], right: dict[int, Side], keyword: str) -> list[tuple[int, int]]:
    if keyword == "prefixItems":
        return [(index, index) for index in left if index in right]
    keys: tuple[Callable[[Side], Any], ...] = (
        lambda side: (meaning(side.schema), side.names[-1:]),
        lambda side: meaning(side.schema),
        lambda side: side.names[-1:] or None,
        types_of,
    )
    found: list[tuple[int, int]] = []
    ones, twos = dict(left), dict(right)
    for key in keys:
        ours, theirs = _keyed(ones, key), _keyed(twos, key)
        for label, indices in ours.items():
            for first, second in zip(indices, theirs.get(label, ()), strict=False):
                found.append((first, second))
                del ones[first], twos[second]
    if len(ones) == 1 == len(twos):
        found.append((next(iter(ones)), next(iter(twos))))
    return found


def _keyed(sides: dict[int, Side], key: Callable[[Side], Any]) -> dict[Any, list[int]]:
    keyed: dict[Any, list[int]] = {}
    for index, side in sides.items():
        if (label := key(side)) is not None:
            keyed.setdefault(label, []).append(index)
    return keyed


def _without_null(side: Side) -> Side | None:
    """Return the alternative beside null, or the place with null taken from its types; None where null is none."""
    schema = side.schema
    rest = [keyword for keyword in schema if not is_annotation(keyword)]
    if rest == ["anyOf"] and len(schema["anyOf"]) == 2:
        others = [index for index, branch in enumerate(schema["anyOf"]) if not _is_null(branch)]
        if len(others) == 1:
            inner = side.child("anyOf", others[0])
            return replace(inner, notes=inner.notes | side.notes)
    types = schema.get("type")
    if isinstance(types, list) and "null" in types and len(types) > 1:
        left = [name for name in types if name != "null"]
        return replace(side, schema={**schema, "type": left[0] if len(left) == 1 else left}, bare=True)
    return None


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and {k: v for k, v in schema.items() if not is_annotation(k)} == {"type": "null"}


def _said(schema: dict[str, Any], keyword: str) -> Any:
    """Return what *schema* says with *keyword*; what says nothing counts as missing."""
    value = schema.get(keyword, MISSING)
    if value is MISSING or identity(value) not in _IDLE.get(keyword, ()):
        return value
    # An open object that declares properties is closed for its writer, unless it says that others may come.
    return value if keyword == "additionalProperties" and "properties" in schema else MISSING


def _differ(one: Any, other: Any, keyword: str) -> bool:
    if keyword == "type" and one is not MISSING and other is not MISSING:
        return _types(one) != _types(other)
    return bool(identity(one) != identity(other))


def _types(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value)
