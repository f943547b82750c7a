"""Judging single records: is it fine, and if not, what is wrong with it.

Most records are fine, and of those that are not, most break a keyword or two at a place of their own. Both are told by
one compiled validator. What it leaves open is read as `check` reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from pageschema import jsontext, pointer
from pageschema.audit.summary import Sample
from pageschema.conformance import Conformance, Violation, check_extraction, read_result
from pageschema.conformance.shape import Shapes
from pageschema.errors import InvalidJSON, InvalidSchema, NoExtraction, PageSchemaError
from pageschema.schema import Judge, PageSchema, walk

EXTRACTION = "extraction_schema_json"
_ENVELOPE = frozenset({EXTRACTION, "detail", "request_check_url", "status"})
"""Keys of what may be a whole result, or the answer to a request that was refused."""
_UNFINISHED = frozenset({"failed", "error", "processing"})
_PLAIN = frozenset(
    {
        "enum", "const", "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maximum",
        "minItems", "minLength", "minimum", "multipleOf", "pattern", "required", "type", "uniqueItems",
    }
)  # fmt: skip
_CHOOSING = frozenset(
    {"anyOf", "oneOf", "not", "if", "contains", "dependentSchemas", "propertyNames", "unevaluatedItems",
     "unevaluatedProperties", "$dynamicRef"}
)  # fmt: skip
_MOST_PLACES = 100
_MOST_REMEMBERED = 20_000


class Broken(NamedTuple):
    """One place where a record is broken, and its `kind`: the pointer without indices and keys of maps, the keyword."""

    pointer: str
    kind: tuple[str, str]
    violation: Violation | None = None


class Judging:
    """One page schema, compiled to judge many records."""

    def __init__(self, text: str, *, strict: bool) -> None:
        root = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
        self.schema = PageSchema(text=text, value=root)
        self.strict = strict
        self.shapes = Shapes(root)
        self.envelope = _ENVELOPE - self.shapes.root.names
        """Keys that make a whole result of an object, where the schema declares none of that name."""
        self._conformance = Conformance.of(self.schema, strict=strict)
        self._judge = Judge(self._conformance.schema)
        self.is_plain = self._conformance.is_exact and not _has_unions(self._conformance.schema)
        self.accepts: Callable[[Any], bool] = self._judge.is_valid
        """Whether an extraction is fine; what it does not accept may still be, in the schemas that are not exact."""
        self.accepts_bare: Callable[[Any], bool] = Judge(_without(self.envelope, self._conformance.schema)).is_valid
        """The same of what a line holds; it accepts no whole result. Cheaper than to look for its keys first."""
        self._remembered: dict[tuple[tuple[Any, ...], str], tuple[Broken] | None] = {}

    def take(self, value: Any) -> Any:
        """Return the extraction in what a line holds; what is not plainly one is read slowly.

        Raises:
            LookupError: It is not plainly one.
        """
        if EXTRACTION in self.envelope and EXTRACTION in value:
            held = value[EXTRACTION]
            if value.get("success", True) is not False and value.get("status") not in _UNFINISHED:
                return held
            raise LookupError
        if value.keys().isdisjoint(self.envelope):
            return value
        raise LookupError

    def extraction(self, record: Any) -> Any:
        """Return the extraction that a record holds, None where it holds none."""
        try:
            value = read_result(record, declared=self.shapes.root.names).value
        except (InvalidJSON, NoExtraction):
            return None
        return value if isinstance(value, dict) else None

    def broken(self, record: Any) -> list[Broken]:
        """Return what is wrong with a record, read as strictly as `check` reads it; nothing where it is fine."""
        try:
            violations = check_extraction(record, self.schema, strict=self.strict)
            extraction = self.extraction(record)
        except (InvalidJSON, NoExtraction, InvalidSchema) as error:
            return [unreadable(error)]
        return [
            Broken(each.pointer, (self.general(each.pointer, extraction), each.keyword), each) for each in violations
        ]

    def worded(self, sample: Sample, keyword: str) -> Sample:
        """Return *sample* with its violation in words."""
        if sample.violation is not None:
            return sample
        for each in self.broken(sample.record):
            if (each.pointer, each.kind[1]) == (sample.pointer, keyword):
                return replace(sample, violation=each.violation, record=None)
        message = f"{sample.pointer or 'the extraction'} breaks '{keyword}'"
        violation = Violation(
            pointer=sample.pointer, keyword=keyword, message=message, value=None, remedy="look at the record"
        )
        return replace(sample, violation=violation, record=None)

    def broken_quickly(self, extraction: Any) -> Sequence[Broken] | None:
        """Return what is wrong with an extraction, without words; None where that takes reading.

        A keyword that stands alone at its place is what `check` names too.
        """
        if not self.is_plain:
            return None
        try:
            places = self._judge.broken_places(extraction, _MOST_PLACES + 1)
        except InvalidSchema:
            return None
        if len(places) == 1:
            return self._named(places[0])
        if len(places) > _MOST_PLACES:
            return None
        if not _stand_alone(places):
            return None
        found = [named for place in places for named in self._named(place) or ()]
        return found if len(found) == len(places) else None

    def general(self, where: str, extraction: Any) -> str:
        """Return a pointer with ``*`` for each index, and for each key that the schema does not name."""
        path: list[Any] = []
        for part in pointer.parse(where):
            is_item = isinstance(extraction, list)
            path.append(int(part) if is_item else part)
            extraction = extraction[path[-1]] if path[-1] in extraction or is_item else None
        return pointer.build(self._general(path))

    def _general(self, path: Any) -> list[str]:
        shape, parts = self.shapes.root, []
        for part in path:
            if isinstance(part, int):
                parts.append("*")
                shape = shape.item(part)
            else:
                parts.append(part if part in shape.names or shape.is_sibling(part) else "*")
                shape = shape.field(part)
        return parts

    def _named(self, place: tuple[tuple[Any, ...], str]) -> tuple[Broken] | None:
        """Return a path and a keyword as what is told of them; None if `check` may tell something else."""
        try:
            return self._remembered[place]
        except KeyError:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            return self._remembered.setdefault(place, self._as_told(*place))

    def _as_told(self, path: tuple[Any, ...], keyword: str) -> tuple[Broken] | None:
        if keyword not in _PLAIN:
            return None
        shape = self.shapes.root
        for part in path:
            if isinstance(part, str) and shape.is_sibling(part):
                return None
            shape = shape.item(part) if isinstance(part, int) else shape.field(part)
        return (Broken(pointer.build(path), (pointer.build(self._general(path)), keyword)),)


def _stand_alone(places: Sequence[tuple[Any, str]]) -> bool:
    """Return whether each place has one fault, or is an object that misses several properties."""
    keywords: dict[Any, str] = {}
    return all(
        keyword == keywords.setdefault(path, keyword) and (keyword == "required" or number == 1)
        for (path, keyword), number in Counter(places).items()
    )


def _without(names: Iterable[str], schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* for objects that have none of *names*."""
    return schema | {"properties": schema.get("properties", {}) | dict.fromkeys(names, False)}


def _has_unions(schema: Any) -> bool:
    """Return whether what is wrong with an instance may take a choice: then a validator says too much of it."""
    return any(isinstance(place.schema, dict) and place.schema.keys() & _CHOOSING for place in walk(schema))


def unreadable(error: PageSchemaError) -> Broken:
    """Return what is wrong with a record that holds no extraction to judge."""
    keyword = {InvalidJSON: "json", NoExtraction: "extraction"}.get(type(error), "depth")
    violation = Violation(
        pointer="", keyword=keyword, message=error.what, value=None, remedy=error.remedy or "extract again"
    )
    return Broken("", ("", keyword), violation)


@lru_cache(maxsize=256)
def judging(text: str, *, strict: bool) -> Judging:
    """Return what judges records by the schema *text*, compiled once a process."""
    return Judging(text, strict=strict)
