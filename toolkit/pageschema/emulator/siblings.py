"""What the API mixes into an extraction: ``<field>_citations``, ``<field>_meta``, ``<field>_score`` beside each field.

Source: facts on extraction modes in DD/docs/recipes/structured-extraction: api-overview, confidence-scoring.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pageschema.schema import local_target

SUFFIXES = {
    "turbo": (),
    "fast": ("_citations", "_score"),
    "balanced": ("_citations", "_meta"),
    "accurate": ("_citations", "_meta"),
}
"""What each extraction mode mixes in. Accurate is what balanced was called in the older documentation."""
MAX_DEPTH = 100
"""Deeper objects go without siblings, so that no recursion here can run out of stack."""

_BRANCHES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("if", "then", "else", "not")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enriched:
    """An extraction with siblings, and the mean of its scores where there are any."""

    value: Any
    score_average: float | None


def with_siblings(value: Any, schema: Any, *, mode: str, scored: bool) -> Enriched:
    """Return an extraction as the API hands it out.

    A field has no sibling whose name the schema declares as a field itself: ``total_score`` stays a field.

    Args:
        value: An instance of *schema*; it is not modified.
        schema: Siblings stand beside the properties it declares, at every depth.
        mode: ``balanced``, ``accurate``, ``fast`` or ``turbo``.
        scored: Whether the scores of fast mode are there already; they come after the extraction.
    """
    suffixes = tuple(suffix for suffix in SUFFIXES[mode] if scored or suffix != "_score")
    mixer = _Mixer(root=schema, suffixes=suffixes)
    mixed = mixer.mix(value, [schema], 0)
    average = round(sum(mixer.scores) / len(mixer.scores), 2) if mixer.scores else None
    return Enriched(value=mixed, score_average=average)


@dataclass(slots=True, kw_only=True)
class _Mixer:
    root: Any
    suffixes: tuple[str, ...]
    scores: list[int] = field(default_factory=list)
    blocks: int = 0

    def mix(self, value: Any, schemas: list[Any], depth: int) -> Any:
        if depth > MAX_DEPTH or not self.suffixes:
            return value
        if isinstance(value, list):
            applied = list(self._applied(schemas))
            return [self.mix(item, list(_items(applied, index)), depth + 1) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        declared: dict[str, list[Any]] = {}
        for schema in self._applied(schemas):
            for name, property_schema in _properties(schema).items():
                declared.setdefault(name, []).append(property_schema)
        taken = {name for schema in self._applied(schemas, conditions=True) for name in _properties(schema)}
        mixed: dict[str, Any] = {}
        for name, item in value.items():
            mixed[name] = self.mix(item, declared.get(name, []), depth + 1)
            if name in declared:
                for suffix in self.suffixes:
                    if name + suffix not in taken and name + suffix not in value:
                        mixed[name + suffix] = self._sibling(suffix, name, item)
        return mixed

    def _applied(self, schemas: list[Any], *, conditions: bool = False) -> Iterator[dict[str, Any]]:
        """Yield every object schema that applies in place, each once."""
        stack = list(schemas)
        seen: set[int] = set()
        while stack:
            schema = stack.pop()
            if not isinstance(schema, dict) or id(schema) in seen:
                continue
            seen.add(id(schema))
            yield schema
            if isinstance(schema.get("$ref"), str):
                with contextlib.suppress(KeyError):
                    stack.append(local_target(self.root, schema["$ref"]))
            for keyword in _BRANCHES:
                branches = schema.get(keyword)
                stack.extend(branches if isinstance(branches, list) else ())
            if conditions:
                stack.extend(schema[keyword] for keyword in _CONDITIONS if keyword in schema)
                dependent = schema.get("dependentSchemas")
                stack.extend(dependent.values() if isinstance(dependent, dict) else ())

    def _sibling(self, suffix: str, name: str, value: Any) -> Any:
        found = value is not None
        if suffix == "_citations":
            self.blocks += 1
            return [f"/page/0/Text/{self.blocks}"] if found else []
        if suffix == "_score":
            score = 5 - len(name) % 2 if found else 2
            self.scores.append(score)
            return {"score": score, "reasoning": "The value stands in the cited block." if found else "Not found."}
        return {
            "extraction_status": "EXTRACTED" if found else "NOT_RESOLVABLE",
            "reasoning": "The value stands in the cited block." if found else "The document does not say.",
            "verification": {"status": "PASS", "feedback": ""},
        }


def _properties(schema: dict[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties")
    return properties if isinstance(properties, dict) else {}


def _items(schemas: list[dict[str, Any]], index: int) -> Iterator[Any]:
    for schema in schemas:
        prefix = schema.get("prefixItems")
        if isinstance(prefix, list) and index < len(prefix):
            yield prefix[index]
        elif "items" in schema:
            yield schema["items"]
