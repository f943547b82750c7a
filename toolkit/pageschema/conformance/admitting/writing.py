"""Writing: the conformance schema of one page schema, subschema by subschema."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pageschema.conformance.admitting.arrays import write_array
from pageschema.conformance.admitting.here import CannotAdmit, Here
from pageschema.conformance.admitting.in_place import write_in_place
from pageschema.conformance.admitting.keywords import (
    AS_THEY_STAND,
    CLOSING,
    IN_PLACE,
    NOTHING,
    ON_ARRAYS,
    ON_OBJECTS,
    SAYING,
    TYPES,
    never_null,
    or_null,
)
from pageschema.conformance.admitting.loose import has_loose, siblings_of
from pageschema.conformance.admitting.objects import write_object
from pageschema.conformance.shape import Shape, Shapes, array, members
from pageschema.conformance.siblings import SHAPES
from pageschema.conformance.unions import holds_containers

MOST_PARTS = 100_000
"""How many subschemas and names are written: in a hostile schema each place may have a shape of its own."""


class Writing:
    """Writes the conformance schema of one page schema.

    Raises:
        CannotAdmit: It cannot be written.
    """

    def __init__(self, root: Any, *, strict: bool) -> None:
        self.is_exact = True
        self.strict = strict
        self.shapes = Shapes(root)
        self.nowhere = Here(self.shapes.of([]))
        self._names: dict[Any, str] = {}
        self._definitions: dict[str, Any] = {}
        self._waiting: list[tuple[str, Callable[[], Any]]] = []
        self._with_names: dict[Shape, bool] = {}
        self._left = MOST_PARTS
        written: dict[str, Any] = {"allOf": [self.enter(root, self.shapes.root, several=False)]}
        if has_loose(self, self.shapes.root):
            written["allOf"].append(siblings_of(self, self.shapes.root))
        while self._waiting:
            name, write = self._waiting.pop()
            self._definitions[name] = write()
        if len(written["allOf"]) == 1 and isinstance(written["allOf"][0], dict):
            written = written["allOf"][0]
        self._refuse_all_but_objects(written)
        self.schema = written | ({"$defs": self._definitions} if self._definitions else {})

    def write(self, schema: Any, here: Here, *, nullable: bool = False) -> Any:
        """Return a subschema said of what came; *nullable* where null stands for the absence of the field."""
        self.spend(1)
        if not isinstance(schema, dict):
            return {"type": "null"} if nullable and schema is False else schema
        if schema.keys() & {"$dynamicRef", "$recursiveRef"} or (
            "$id" in schema and self.shapes.root_schema is not schema
        ):
            raise CannotAdmit
        if "$ref" in schema and schema.keys() & SAYING == {"$ref"}:
            return {"$ref": self.reference(schema["$ref"], here, nullable=nullable)}
        written = {keyword: schema[keyword] for keyword in AS_THEY_STAND & schema.keys()}
        self._write_values(schema, here, written)
        if schema.keys() & ON_OBJECTS:
            write_object(self, schema, here, written)
        if schema.keys() & ON_ARRAYS:
            write_array(self, schema, here, written)
        if schema.keys() & IN_PLACE:
            write_in_place(self, schema, here, written)
        return or_null(written) if nullable else written

    def _write_values(self, schema: dict[str, Any], here: Here, written: dict[str, Any]) -> None:
        if "const" in schema:
            if holds_containers(schema["const"]) and not self.is_plain(here.shape):
                self.refuse(written, *TYPES)
            else:
                written["const"] = schema["const"]
        if isinstance(schema.get("enum"), list):
            written["enum"] = schema["enum"]
            if any(map(holds_containers, schema["enum"])) and not self.is_plain(here.shape):
                written["enum"] = [each for each in schema["enum"] if not holds_containers(each)]
                self.refuse(written, *(() if written["enum"] else TYPES))

    def may_be_null(self, name: str, here: Here) -> bool:
        """Return whether null stands for the absence of a field."""
        is_field = name in here.shape.names or (here.shape.has_others and name not in here.shape.siblings)
        return not self.strict and is_field and name not in here.required

    def enter(self, schema: Any, shape: Shape, *, several: bool, nullable: bool = False) -> Any:
        """Write the schema of a place; of *several* all may apply, each with fields that it requires."""
        if self.strict or not shape.spoken_of:
            return self.write(schema, Here(shape), nullable=nullable)
        outer = Here(shape, shape.required, shape.spoken_of if several else frozenset())
        return self.branch(schema, outer, outer.elsewhere, nullable=nullable)

    def branch(self, schema: Any, here: Here, beside: frozenset[str], *, nullable: bool = False) -> Any:
        """Write a schema that may require more fields: their null is a null in it, and not absent *beside* it."""
        if self.strict or not here.shape.spoken_of:
            return self.write(schema, here, nullable=nullable)
        newly = (self.shapes.of([(schema, True)]).required & here.shape.spoken_of) - here.required
        inner = Here(here.shape, here.required | newly, beside)
        written = self.write(schema, inner, nullable=nullable and not newly & beside)
        if newly & beside:
            self.is_exact = False
            written = {"allOf": [written, never_null(newly & beside)]}
            return or_null(written) if nullable else written
        return written

    def said_beside(self, schema: dict[str, Any], these: list[Any], here: Here) -> frozenset[str]:
        """Return the names that are spoken of beside *these* parts of *schema*."""
        if self.strict or not here.shape.spoken_of:
            return frozenset()
        own = here.shape.spoken_of if schema.keys() & CLOSING else frozenset(members(schema, "properties"))
        inner = [each for each in self._parts(schema) if not any(each is other for other in these)]
        self.spend(len(inner))
        shape = self.shapes.of([(each, False) for each in inner])
        is_closing = any(each.keys() & CLOSING for each in shape.applying)
        return here.elsewhere | own | (here.shape.spoken_of if is_closing else shape.names)

    def _parts(self, schema: dict[str, Any]) -> Iterator[Any]:
        if isinstance(schema.get("$ref"), str):
            yield self.target(schema["$ref"])
        for keyword in ("allOf", "anyOf", "oneOf"):
            yield from array(schema, keyword)
        for keyword in ("then", "else"):
            yield schema.get(keyword)
        yield from members(schema, "dependentSchemas").values()

    def sibling(self, suffix: str) -> dict[str, Any]:
        """Return the schema of a key of the API."""
        return {"$ref": self.defined(suffix, lambda: copy.deepcopy(SHAPES[suffix]), name=suffix)}

    def has_names(self, shape: Shape) -> bool:
        """Return whether the API may add to a place, or put null there, or below it."""
        if shape not in self._with_names:
            self._with_names[shape] = any(
                each.names or (each.has_others and not self.strict) for each in self.reachable(shape)
            )
        return self._with_names[shape]

    def is_plain(self, shape: Shape) -> bool:
        """Return whether the API adds nothing, here and below."""
        return not self.has_names(shape)

    def reachable(self, shape: Shape) -> Iterable[Shape]:
        """Yield a shape and all below it."""
        seen = {id(shape): shape}
        stack = [shape]
        while stack:
            each = stack.pop()
            yield each
            self.spend(1)
            for child in each.children():
                if id(child) not in seen:
                    seen[id(child)] = child
                    stack.append(child)

    def target(self, reference: Any) -> Any:
        """Return what a reference names."""
        target = self.shapes.target(reference) if isinstance(reference, str) else None
        if target is None:
            raise CannotAdmit
        return target

    def reference(self, reference: Any, here: Here, *, nullable: bool = False) -> str:
        """Return a reference to the definition that is written of what *reference* names."""
        target = self.target(reference)
        key = (id(target), here, nullable)
        return self.defined(key, lambda: self.write(target, here, nullable=nullable))

    def defined(self, key: Any, write: Callable[[], Any], *, name: str = "") -> str:
        """Return a reference to the definition for *key*, which is written once; later, or recursion would not end."""
        if key not in self._names:
            self._names[key] = name or str(len(self._names))
            self._waiting.append((self._names[key], write))
        return f"#/$defs/{self._names[key]}"

    def scalar(self, written: Any) -> Any:
        """Return what is left of a schema where objects and arrays are not taken."""
        narrowed = dict(written) if isinstance(written, dict) else ({} if written else dict(NOTHING))
        self.refuse(narrowed, "object", "array")
        return narrowed

    def refuse(self, written: dict[str, Any], *types: str) -> None:
        """Take no value of *types*: what is to be said of it cannot be."""
        self.is_exact = False
        allowed = written.get("type", [*TYPES])
        refused = {*types, "integer"} if "number" in types else {*types}
        left = [each for each in ([allowed] if isinstance(allowed, str) else allowed) if each not in refused]
        if left:
            written["type"] = left
        else:
            written |= NOTHING

    def _refuse_all_but_objects(self, written: dict[str, Any]) -> None:
        types = written.get("type", "object")
        if "object" in ([types] if isinstance(types, str) else types):
            written["type"] = "object"
        else:
            written |= NOTHING

    def spend(self, amount: int) -> None:
        """Count what is written, and give up where it is too much."""
        self._left -= amount
        if self._left < 0:
            raise CannotAdmit
