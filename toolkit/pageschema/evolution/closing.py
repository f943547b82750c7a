"""The `declared` reading: a writer fills only the properties that its schema declares.

`declared` returns a schema for exactly those instances: valid under the schema given, and in every object whose schema
declares ``properties`` and says nothing about others, none but declared ones. What applies to the same object together
(``allOf``, a ``$ref`` with siblings, ``then`` …) is closed once, over all the names; alternatives are closed each for
itself. Under ``not`` and ``if`` nothing is closed: a condition is no writer.

Source: design, "The surface": the reading of the content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pageschema import pointer
from pageschema import schema as schemas
from pageschema.evolution import references
from pageschema.evolution.meaning import is_annotation

MAX_PLACES = 20_000
"""Most places that are written out: a shared definition is written once for every way in which it is closed."""

OPEN = "open"
_SPEAKS = ("additionalProperties", "unevaluatedProperties", "patternProperties")
_UNEVALUATED = ("unevaluatedProperties", "unevaluatedItems")
_OF_CHILDREN = ("additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems", "additionalItems")


class Unclosable(Exception):
    """The schema refers in a way that is not followed here."""


def declared(schema: Any) -> Any:
    """Return the schema of what a writer by *schema* hands out, or *schema* itself where that is the same.

    Raises:
        Unclosable: It has a ``$dynamicRef``, a ``$ref`` that names nothing here, or is too large.
    """
    if not isinstance(schema, dict):
        return schema
    return _Closing(root=schema).run()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mode:
    """How a place is written: with its own object closed over `names` and its own, or only what is inside it.

    `names` is None where nothing around the place has declared properties of the same object.
    """

    closes: bool
    names: frozenset[str] | None = None

    def knowing(self, names: frozenset[str] | None) -> _Mode:
        if names is None:
            return self
        return _Mode(closes=True, names=names | (self.names or frozenset()))


_INSIDE = _Mode(closes=False)
_WHOLE = _Mode(closes=True)


@dataclass(slots=True, kw_only=True)
class _Closing:
    root: dict[str, Any]
    written: dict[tuple[str, _Mode], str] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)
    pending: list[tuple[str, Any, _Mode]] = field(default_factory=list)
    targets: dict[str, tuple[str, Any]] = field(default_factory=dict)
    places: int = 0
    uses_open: bool = False

    def run(self) -> Any:
        closed = self._write(self.root, _WHOLE)
        while self.pending:
            name, target, mode = self.pending.pop()
            self.definitions[name] = self._write(target, mode)
        if self.uses_open:
            self.definitions[OPEN] = schemas.rebase(self.root, f"/$defs/{OPEN}")
        if self.definitions:
            closed = {**closed, "$defs": self.definitions} if isinstance(closed, dict) else closed
        return closed

    def _write(self, schema: Any, mode: _Mode) -> Any:
        """Return *schema* closed as *mode* says."""
        if schema is True and mode.names is not None:
            schema = {}
        if not isinstance(schema, dict):
            return schema
        self.places += 1
        if self.places > MAX_PLACES:
            raise Unclosable(f"more than {MAX_PLACES} places would have to be closed")
        if any(keyword in schema for keyword in ("$dynamicRef", "$recursiveRef")):
            raise Unclosable("a dynamic reference is not followed")
        parts = list(self._parts(schema))
        if any(keyword in schema for keyword in _UNEVALUATED) and len(parts) > 1:
            # What counts as evaluated depends on which parts hold, and closing changes that: both have to be met.
            rest = {key: value for key, value in schema.items() if key not in _UNEVALUATED}
            return {"allOf": [self._open(schema), self._write(rest, _INSIDE)]}
        modes, closure = self._plan(parts, mode)
        result = self._children(schema)
        for part in parts:
            if part.keyword:
                self._put(result, schema, part, modes[part.keyword, part.key])
        _also(result, closure)
        return result

    def _plan(self, parts: list[_Part], mode: _Mode) -> tuple[dict[tuple[str, Any], _Mode], dict[str, Any]]:
        """Return how each part in place is written, and what closes the object at this level."""
        modes = {(part.keyword, part.key): _INSIDE for part in parts}
        if not mode.closes or any(self._speaks(part.schema) for part in parts if not part.alternative):
            return modes, {}
        names = {index: self._names(part.schema, set()) for index, part in enumerate(parts)}
        declaring = [index for index, found in names.items() if found is not None]
        groups = {parts[index].keyword for index in declaring if parts[index].alternative}
        joint = [index for index in declaring if not parts[index].alternative]
        if len(groups) == 1 or (not groups and len(joint) == 1 and parts[joint[0]].keyword in {"$ref", "allOf"}):
            # One part alone declares, or alternatives do: it is closed there, over what stands beside it too.
            inner = mode
            for index in joint if groups else ():
                inner = inner.knowing(names[index])
            group = next(iter(groups), None)
            for index, part in enumerate(parts):
                if part.keyword == group or (group is None and index in joint):
                    modes[part.keyword, part.key] = inner
            return modes, {}
        everything = mode
        for index in declaring:
            everything = everything.knowing(names[index])
        if everything.names is None:
            return modes, {}
        if not mode.names and joint == [0] and not groups:
            return modes, {"additionalProperties": False}
        return modes, {"propertyNames": {"enum": sorted(everything.names)}} if everything.names else {
            "maxProperties": 0
        }

    def _parts(self, schema: dict[str, Any]) -> Iterator[_Part]:
        """Yield what applies to the same object: the schema's own keywords first, then what it refers to."""
        yield _Part(schema={key: schema[key] for key in ("properties", *_SPEAKS) if key in schema})
        if isinstance(schema.get("$ref"), str):
            yield _Part(keyword="$ref", schema=self._target(schema["$ref"])[1])
        for keyword in ("then", "else"):
            if keyword in schema and "if" in schema:
                yield _Part(keyword=keyword, schema=schema[keyword])
        for keyword in ("allOf", "anyOf", "oneOf"):
            for index, child in enumerate(schema.get(keyword, ())):
                yield _Part(keyword=keyword, key=index, schema=child, alternative=keyword != "allOf")
        for name, child in schema.get("dependentSchemas", {}).items():
            yield _Part(keyword="dependentSchemas", key=name, schema=child)

    def _put(self, result: dict[str, Any], schema: dict[str, Any], part: _Part, mode: _Mode) -> None:
        """Write one part in place into *result*."""
        keyword, key = part.keyword, part.key
        if keyword == "$ref":
            result["$ref"] = self._refer(schema["$ref"], mode)
        elif keyword in {"then", "else"}:
            result[keyword] = self._write(part.schema, mode)
        elif keyword == "dependentSchemas":
            result.setdefault(keyword, {})[key] = self._write(part.schema, mode)
        elif keyword != "oneOf":
            result.setdefault(keyword, []).append(self._write(part.schema, mode))
        elif key == 0:
            # A closed alternative takes less, so that "exactly one" could come true; the open ones still decide that.
            closed = [self._write(other, mode) for other in schema["oneOf"]]
            if not _disjoint(self.root, schema["oneOf"]):
                result["oneOf"] = [self._open(other) for other in schema["oneOf"]]
            _also(result, {"anyOf": closed})

    def _children(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the keywords that do not apply in place, with the schemas of members and items closed."""
        result: dict[str, Any] = {}
        for keyword, value in schema.items():
            if is_annotation(keyword) or keyword in _ELSEWHERE:
                continue
            if keyword in {"properties", "patternProperties"} and isinstance(value, dict):
                result[keyword] = {name: self._write(child, _WHOLE) for name, child in value.items()}
            elif keyword == "prefixItems" and isinstance(value, list):
                result[keyword] = [self._write(child, _WHOLE) for child in value]
            elif keyword in _OF_CHILDREN or (keyword == "contains" and "maxContains" not in schema):
                result[keyword] = self._write(value, _WHOLE)
            elif keyword in {"not", "if", "propertyNames", "contains"}:
                result[keyword] = self._open(value)
            else:
                result[keyword] = value
        return result

    def _open(self, schema: Any) -> Any:
        moved = schemas.rebase(schema, f"/$defs/{OPEN}")
        self.uses_open = self.uses_open or moved != schema
        return moved

    def _refer(self, reference: str, mode: _Mode) -> str:
        where, target = self._target(reference)
        if (where, mode) not in self.written:
            name = f"{len(self.written)}"
            self.written[where, mode] = name
            self.pending.append((name, target, mode))
        return "#" + pointer.build(["$defs", self.written[where, mode]])

    def _target(self, reference: str) -> tuple[str, Any]:
        if reference not in self.targets:
            try:
                self.targets[reference] = schemas.resolve(self.root, reference)
            except KeyError as error:
                raise Unclosable(f"the reference '{reference}' names nothing here") from error
        return self.targets[reference]

    def _names(self, schema: Any, seen: set[int]) -> frozenset[str] | None:
        """Return the names that *schema* and what applies with it declare, or None where nothing declares any."""
        if not isinstance(schema, dict) or id(schema) in seen:
            return None
        seen.add(id(schema))
        found = frozenset(schema["properties"]) if isinstance(schema.get("properties"), dict) else None
        for part in self._parts(schema):
            names = self._names(part.schema, seen) if part.keyword else None
            if names is not None:
                found = names | (found or frozenset())
        return found

    def _speaks(self, schema: Any, seen: set[int] | None = None) -> bool:
        """Return whether *schema* says something about undeclared properties, whichever alternative holds."""
        seen = set() if seen is None else seen
        if not isinstance(schema, dict) or id(schema) in seen:
            return False
        seen.add(id(schema))
        return any(keyword in schema for keyword in _SPEAKS) or any(
            self._speaks(part.schema, seen) for part in self._parts(schema) if part.keyword and not part.alternative
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A subschema that applies in place; no keyword: the schema's own."""

    schema: Any
    keyword: str = ""
    key: str | int | None = None
    alternative: bool = False


_ELSEWHERE = frozenset(
    {
        "$anchor", "$defs", "$id", "$ref", "$schema", "allOf", "anyOf", "definitions", "dependencies",
        "dependentSchemas", "else", "oneOf", "then",
    }
)  # fmt: skip


def _also(schema: dict[str, Any], more: dict[str, Any]) -> None:
    """Let *schema* ask for *more* too."""
    if any(keyword in schema for keyword in more):
        schema.setdefault("allOf", []).append(more)
    else:
        schema.update(more)


def _disjoint(root: Any, branches: list[Any]) -> bool:
    """Return whether the branches are plainly exclusive: by type, or by a required property with distinct constants."""
    plain = [references.follow(root, branch) for branch in branches]
    if not all(isinstance(branch, dict) for branch in plain):
        return False
    types = [branch.get("type") for branch in plain]
    if len(set(map(str, types))) == len(types) and all(isinstance(name, str) for name in types):
        return not {"integer", "number"} <= set(types)
    tags = set.intersection(*(set(branch.get("required", ())) for branch in plain)) if plain else set()
    return (
        any(type_ == "object" for type_ in types)
        and all(t == "object" for t in types)
        and any(_distinct([branch.get("properties", {}).get(tag) for branch in plain]) for tag in sorted(tags))
    )


def _distinct(members: list[Any]) -> bool:
    values: list[str] = []
    for member in members:
        if not isinstance(member, dict):
            return False
        own = [member["const"]] if "const" in member else member.get("enum", [])
        if not own or not all(isinstance(value, str) for value in own):
            return False
        values += own
    return len(set(values)) == len(values)
