"""What jsonschema-rs keeps verbatim, because its canonical form has no words for some part of it, taken apart.

One part without a canonical form leaves the whole document without one. Here the document is read keyword by keyword;
its subschemas become nodes again, most of them canonical.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from pageschema import pointer
from pageschema import schema as schemas
from pageschema.solver.algebra import TYPES, Algebra
from pageschema.solver.answer import Unknown
from pageschema.solver.formula import All, Listed, Not, OfType, One, Opaque, Part, Some, Typed
from pageschema.solver.outcome import Node
from pageschema.solver.shapes import ArrayShape, Contained, Leaf, ObjectShape
from pageschema.solver.unevaluated import TooMany, ways

_OF_STRINGS = frozenset({"format", "maxLength", "minLength", "pattern"})
_OF_NUMBERS = frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"})
_OF_OBJECTS = frozenset(
    {
        "additionalProperties", "maxProperties", "minProperties", "patternProperties", "properties", "propertyNames",
        "required",
    }
)  # fmt: skip
_OF_ARRAYS = frozenset(
    {"contains", "items", "maxContains", "maxItems", "minContains", "minItems", "prefixItems", "uniqueItems"}
)
_NAMES = frozenset({"$anchor", "$dynamicAnchor", "$dynamicRef", "$id"})
_DOCUMENT = "document"
MOST_PLACES = 300
"""Subschemas up to which a document is read in parts: each part takes along what it refers to."""


class _Unreadable(Exception):
    """A subschema has no node of its own."""


def read(node: Node, reading: Algebra) -> Part | None:
    """Return what a verbatim *node* says, or None where it names its parts in ways that are not followed here."""
    root = node.to_json_schema()
    if not isinstance(root, dict):
        return None
    root = {keyword: value for keyword, value in root.items() if keyword not in {"$id", "$schema"}}
    try:
        document = _Document(root, reading)
        return All(tuple(document.parts(node)))
    except _Unreadable:
        return None


class _Document:
    def __init__(self, root: dict[str, Any], reading: Algebra) -> None:
        self.root = root
        self.reading = reading
        places = [place.schema for place in schemas.walk(root) if isinstance(place.schema, dict)]
        if len(places) > MOST_PLACES or any(not _NAMES.isdisjoint(place) for place in places):
            raise _Unreadable

    def node(self, schema: Any) -> Node:
        """Return the node of a subschema of the document, which takes along what it refers to.

        Raises:
            _Unreadable: It has none.
        """
        found = self.reading.canonicalize(self._standing_alone(schema))
        if isinstance(found, Unknown):
            raise _Unreadable
        return found

    def parts(self, whole: Node) -> Iterator[Part]:
        """Yield what the keywords of the root say; what cannot be told in parts is said by *whole*."""
        root = self.root
        if "type" in root:
            yield OfType((root["type"],) if isinstance(root["type"], str) else tuple(root["type"]))
        if "const" in root:
            yield Listed((root["const"],))
        if "enum" in root:
            yield Listed(tuple(root["enum"]))
        yield from self._typed()
        if "$ref" in root:
            yield self.node(self._target(root["$ref"]))
        yield from self._combined()
        yield from self._dependent()
        try:
            yield from self._left_over()
        except TooMany:
            yield Opaque(whole)

    def _combined(self) -> Iterator[Part]:
        root = self.root
        if "allOf" in root:
            yield All(tuple(map(self.node, root["allOf"])))
        if "anyOf" in root:
            yield Some(tuple(map(self.node, root["anyOf"])))
        if "oneOf" in root:
            yield One(tuple(map(self.node, root["oneOf"])))
        if "not" in root:
            yield Not(self.node(root["not"]))
        if "if" in root and any(root.get(keyword, True) not in (True, {}) for keyword in ("then", "else")):
            condition = self.node(root["if"])
            then, otherwise = self.node(root.get("then", True)), self.node(root.get("else", True))
            yield Some((All((condition, then)), All((Not(condition), otherwise))))

    def _dependent(self) -> Iterator[Part]:
        for name, required in self.root.get("dependentRequired", {}).items():
            yield Some((self._lacks(name), Typed("object", ObjectShape(required=tuple(required)))))
        for name, schema in self.root.get("dependentSchemas", {}).items():
            yield Some((self._lacks(name), self.node(schema)))

    def _left_over(self) -> Iterator[Part]:
        """Yield what is said of names and items that no other keyword has looked at."""
        root = self.root
        names, items = root.get("unevaluatedProperties"), root.get("unevaluatedItems")
        if names is None and items is None:
            return
        options = []
        for way in ways(root, self._target):
            parts: list[Part] = [*map(self.node, way.holds), *(Not(self.node(child)) for child in way.fails)]
            parts += [Typed("object", ObjectShape(required=way.has))] if way.has else []
            parts += map(self._lacks, way.lacks)
            if names is not None and not way.every_name:
                everything = self.reading.everything()
                known = dict.fromkeys(sorted(way.names), everything), dict.fromkeys(sorted(way.patterns), everything)
                left = ObjectShape(properties=known[0], patterns=known[1], others=self.node(names))
                parts.append(_where("object", left))
            if items is not None and not way.every_item:
                prefix = (self.reading.everything(),) * way.prefix
                left_items = self.node({"anyOf": [items, *way.contained]} if way.contained else items)
                parts.append(_where("array", ArrayShape(prefix=prefix, items=left_items)))
            options.append(All(tuple(parts)))
        yield Some(tuple(options))

    def _lacks(self, name: str) -> Part:
        return _where("object", ObjectShape(properties={name: self.reading.nothing()}))

    def _typed(self) -> Iterator[Part]:
        for keywords in (_OF_STRINGS, _OF_NUMBERS):
            own = {keyword: value for keyword, value in self.root.items() if keyword in keywords}
            if own:
                yield self.node(own)
        if not _OF_OBJECTS.isdisjoint(self.root):
            yield _where("object", self._object())
        if not _OF_ARRAYS.isdisjoint(self.root):
            yield _where("array", self._array())

    def _object(self) -> ObjectShape:
        root = self.root
        return ObjectShape(
            required=tuple(root.get("required", ())),
            properties=self._nodes("properties"),
            patterns=self._nodes("patternProperties"),
            others=self._optional("additionalProperties"),
            names=self._optional("propertyNames"),
            low=int(root.get("minProperties", 0)),
            high=_count(root, "maxProperties"),
        )

    def _array(self) -> ArrayShape:
        root = self.root
        contains = (
            Contained(
                schema=self.node(root["contains"]),
                low=int(root.get("minContains", 1)),
                high=_count(root, "maxContains"),
            ),
        ) if "contains" in root else ()  # fmt: skip
        return ArrayShape(
            prefix=tuple(map(self.node, root.get("prefixItems", ()))),
            items=self._optional("items"),
            low=int(root.get("minItems", 0)),
            high=_count(root, "maxItems"),
            distinct=root.get("uniqueItems") is True,
            contains=contains,
        )

    def _nodes(self, keyword: str) -> Mapping[str, Node]:
        return {name: self.node(child) for name, child in self.root.get(keyword, {}).items()}

    def _optional(self, keyword: str) -> Node | None:
        return self.node(self.root[keyword]) if keyword in self.root else None

    def _target(self, reference: str) -> Any:
        try:
            return schemas.resolve(self.root, reference)[1]
        except KeyError as error:
            raise _Unreadable from error

    def _standing_alone(self, schema: Any) -> Any:
        """Return *schema* with what it refers to beside it, the same text for the same meaning wherever it stood."""
        references = _references(schema)
        if not references:
            return schema
        definitions = self._definitions(references) if "$defs" not in schema else None
        if definitions is not None:
            return {**schema, "$defs": definitions}
        prefix = f"/$defs/{_DOCUMENT}"
        moved = schemas.rebase(schema, prefix)
        return {**moved, "$defs": {_DOCUMENT: schemas.rebase(self.root, prefix)}}

    def _definitions(self, references: set[str]) -> dict[str, Any] | None:
        """Return the definitions that are reached, or None where more than definitions is referred to."""
        definitions = self.root.get("$defs", {})
        reached: set[str] = set()
        todo = list(references)
        while todo:
            name = _definition(todo.pop())
            if name is None or name not in definitions:
                return None
            if name not in reached:
                reached.add(name)
                todo.extend(_references(definitions[name]))
        return {name: child for name, child in definitions.items() if name in reached}


def _where(kind: str, leaf: Leaf) -> Part:
    """Return that values of one type fit *leaf*, which says nothing of others."""
    return Some((OfType(tuple(name for name in TYPES if name != kind)), Typed(kind, leaf)))


def _references(schema: Any) -> set[str]:
    return {
        place.schema["$ref"]
        for place in schemas.walk(schema)
        if isinstance(place.schema, dict) and isinstance(place.schema.get("$ref"), str)
    }


def _definition(reference: str) -> str | None:
    """Return the name of the definition that *reference* leads to, or into."""
    parts = pointer.parse(unquote(reference[1:])) if reference.startswith("#/") else ()
    return parts[1] if len(parts) > 1 and parts[0] == "$defs" else None


def _count(schema: dict[str, Any], keyword: str) -> int | None:
    return int(schema[keyword]) if keyword in schema else None
