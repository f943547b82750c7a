"""The conformance schema held to "peel, then validate" over the keywords that are hard to say with siblings about."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pageschema.conformance import Conformance, check_extraction
from pageschema.conformance.peeling import read
from pageschema.conformance.shape import Shapes
from pageschema.conformance.siblings import sibling_violations
from pageschema.errors import InvalidSchema
from pageschema.schema import Judge

NAMES = ["a", "b", "k", "a_score"]
LEAVES: list[Any] = [
    {}, True, False, {"type": "string"}, {"type": ["number", "null"]}, {"type": "object"}, {"type": "null"},
    {"const": None}, {"const": {"a": 1}}, {"enum": ["x", None]}, {"enum": [[{"a": 1}], {"a": None}]},
    {"not": {"type": "null"}},
]  # fmt: skip
SIBLINGS: dict[str, list[Any]] = {
    "_score": [{"score": 3}, {"score": 5, "reasoning": "x"}, {"score": 9}, None],
    "_citations": [[], ["b"], [1]],
    "_meta": [{}, {"x": None}, "s"],
}


class Search:
    """Schemas and extractions by chance: the same ones of one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.keywords: dict[str, Callable[[int], Any]] = {
            **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), self.schemas),
            **dict.fromkeys(
                ("not", "items", "contains", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "if",
                 "then", "else"),
                self.schema,
            ),
            **dict.fromkeys(("minProperties", "maxProperties", "minContains"), lambda _: self.rng.randint(0, 3)),
            "uniqueItems": lambda _: True,
            "propertyNames": lambda _: self.rng.choice([{"maxLength": 1}, {"pattern": "^a"}]),
            "patternProperties": lambda depth: {self.rng.choice(["^a", "_score$", "^z"]): self.schema(depth)},
            "dependentRequired": lambda _: {self.name(): [self.name()]},
            "dependentSchemas": lambda depth: {self.name(): self.schema(depth)},
            "$ref": lambda _: "#/$defs/" + self.rng.choice("XY"),
            "type": lambda _: self.rng.choice(["object", ["object", "null"], "array"]),
        }  # fmt: skip

    def root(self) -> dict[str, Any]:
        written = self.with_fields(3) | {"$defs": {"X": self.schema(2), "Y": self.schema(2)}}
        return json.loads(json.dumps(written))

    def schema(self, depth: int) -> Any:
        if depth <= 0 or self.rng.random() < 0.2:
            return self.rng.choice(LEAVES)
        return self.with_fields(depth) if self.rng.random() < 0.6 else self.with_keywords(depth)

    def schemas(self, depth: int) -> list[Any]:
        return [self.schema(depth) for _ in range(self.rng.randint(1, 3))]

    def with_fields(self, depth: int) -> dict[str, Any]:
        names = self.rng.sample(NAMES, self.rng.randint(1, 3))
        required = self.rng.sample(names, self.rng.randint(0, len(names)))
        return {"properties": {name: self.schema(depth - 1) for name in names}, "required": required} | (
            self.with_keywords(depth) if self.rng.random() < 0.6 else {}
        )

    def with_keywords(self, depth: int) -> dict[str, Any]:
        return {each: self.keywords[each](depth - 1) for each in self.rng.sample([*self.keywords], 2)}

    def name(self) -> str:
        return self.rng.choice(NAMES)

    def extraction(self, schema: Any, root: dict[str, Any], depth: int = 5) -> Any:
        """Return a value that *schema* may well take, now and then with siblings, and null for a field."""
        if depth < 0 or not isinstance(schema, dict) or self.rng.random() < 0.06:
            return self.rng.choice(["x", 1, None, 2.5, [None], {"a": None}])
        if "const" in schema or "enum" in schema:
            return json.loads(json.dumps(self.rng.choice(schema.get("enum") or [schema["const"]])))
        types = schema.get("type")
        if types in ("string", "null", "number"):
            return {"string": "x", "number": 1}.get(types)
        if types == "array" or schema.keys() & {"items", "prefixItems", "contains"} - schema.keys() & {"properties"}:
            items = [*schema.get("prefixItems", []), schema.get("items", {}), schema.get("contains", {})]
            return [self.extraction(each, root, depth - 1) for each in items[: self.rng.randint(0, 3)]]
        found: dict[str, Any] = {}
        for part in self.parts(schema, root):
            value = self.extraction(part, root, depth - 1)
            if isinstance(value, dict):
                found |= value
        for name, field in schema.get("properties", {}).items():
            if name in schema.get("required", []) or self.rng.random() < 0.6:
                found[name] = self.extraction(field, root, depth - 1) if self.rng.random() < 0.8 else None
        if isinstance(schema.get("additionalProperties"), dict) and self.rng.random() < 0.5:
            found["z"] = self.extraction(schema["additionalProperties"], root, depth - 1)
        for name in [*found]:
            if self.rng.random() < 0.25:
                suffix = self.rng.choice([*SIBLINGS])
                found.setdefault(name + suffix, self.rng.choice(SIBLINGS[suffix]))
        return found

    def parts(self, schema: dict[str, Any], root: dict[str, Any]) -> list[Any]:
        chosen = [*schema.get("allOf", []), *schema.get("dependentSchemas", {}).values()]
        chosen += [self.rng.choice(schema[keyword]) for keyword in ("anyOf", "oneOf") if keyword in schema]
        chosen += [root["$defs"][schema["$ref"][-1]]] if "$ref" in schema else []
        return chosen + [schema[keyword] for keyword in ("then", "else") if keyword in schema]


def is_right_in_some_reading(extraction: Any, schema: dict[str, Any], judge: Judge, *, strict: bool) -> bool:
    """Return whether any choice of the nulls that may mean absent makes *extraction* valid once it is peeled."""
    reading = read(extraction, Shapes(schema))
    if any(sibling_violations(reading.siblings, extraction)):
        return False
    optional = [] if strict else [null for null in reading.nulls if not null.is_required]
    for absent in itertools.product([False, True], repeat=min(len(optional), 6)):
        for null, is_absent in zip(optional, absent, strict=False):
            null.holder[null.name] = None
            if is_absent:
                null.holder.pop(null.name)
        if judge.accepts(reading.value):
            return True
    return False


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.integers(0, 2**32), st.booleans())
def test_whatever_the_schema_what_is_taken_as_it_came_is_right_once_read_and_exactly_that_where_it_says_so(
    seed, strict
):
    search = Search(seed)
    schema = search.root()
    try:
        judge = Judge(schema)
    except InvalidSchema:
        assume(False)
    conformance = Conformance(schema, strict=strict)
    as_it_came = Judge(conformance.schema)
    for _ in range(10):
        extraction = search.extraction(schema, schema)
        if not isinstance(extraction, dict):
            continue
        is_taken = as_it_came.accepts(extraction)
        is_fine = not check_extraction(extraction, schema, strict=strict)
        assert conformance.accepts(extraction) == is_fine, extraction
        if is_taken or is_fine:
            assert is_right_in_some_reading(extraction, schema, judge, strict=strict), extraction
        if conformance.is_exact:
            assert is_taken == is_fine, extraction


@pytest.mark.parametrize(
    "schema",
    [
        {
            "properties": {"a": {"type": "string"}},
            "$ref": "#/$defs/X",
            "$defs": {"X": {"unevaluatedProperties": False}},
        },
        {"properties": {"a": {"type": "string"}}, "oneOf": [{"unevaluatedProperties": False}]},
    ],
)
def test_null_for_a_field_that_a_closed_part_does_not_see_is_fine(schema):
    assert check_extraction({"a": None}, schema) == []
    assert Conformance(schema).accepts({"a": None})
    assert check_extraction({"a": "x"}, schema)
