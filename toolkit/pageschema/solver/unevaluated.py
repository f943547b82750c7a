"""What is left for ``unevaluatedProperties`` and ``unevaluatedItems``, by which subschemas hold.

Each way in which the subschemas beside the keyword may turn out evaluates some names and some items. The keyword says
something about all others; so it becomes a choice of ordinary constraints.

Source: JSON Schema 2020-12 core, sections 11.2 and 11.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

MOST_WAYS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way in which subschemas turn out, and what they have looked at then.

    `holds` and `fails` are the subschemas that do, `has` and `lacks` the keys that are there and those that are not.
    `prefix` items from the first on are evaluated, and every instance of one of `contained`.
    """

    holds: tuple[Any, ...] = ()
    fails: tuple[Any, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    every_name: bool = False
    prefix: int = 0
    every_item: bool = False
    contained: tuple[Any, ...] = ()

    def __and__(self, other: Way) -> Way:
        """Return the way in which both turn out."""
        return Way(
            holds=self.holds + other.holds,
            fails=self.fails + other.fails,
            has=self.has + other.has,
            lacks=self.lacks + other.lacks,
            names=self.names | other.names,
            patterns=self.patterns | other.patterns,
            every_name=self.every_name or other.every_name,
            prefix=max(self.prefix, other.prefix),
            every_item=self.every_item or other.every_item,
            contained=self.contained + other.contained,
        )


class TooMany(Exception):
    """There are more ways than are told apart."""


def ways(schema: dict[str, Any], target: Callable[[str], Any]) -> list[Way]:
    """Return the ways in which what stands beside an unevaluated keyword of *schema* may turn out.

    Args:
        schema: The keyword itself is left aside.
        target: Resolves a reference.

    Raises:
        TooMany: There are more than are told apart.
    """
    kept = {key: value for key, value in schema.items() if not key.startswith("unevaluated")}
    return _ways(kept, target, 0)


def _ways(schema: Any, target: Callable[[str], Any], depth: int) -> list[Way]:
    if depth > MOST_WAYS:
        raise TooMany
    if not isinstance(schema, dict):
        return [Way()]
    own = Way(
        names=frozenset(schema.get("properties", ())),
        patterns=frozenset(schema.get("patternProperties", ())),
        every_name="additionalProperties" in schema or "unevaluatedProperties" in schema,
        prefix=len(schema.get("prefixItems", ())),
        every_item="items" in schema or "unevaluatedItems" in schema,
        contained=(schema["contains"],) if "contains" in schema else (),
    )
    found = [own]
    for choice in _choices(schema, target, depth + 1):
        found = [one & other for one, other in islice(product(found, choice), MOST_WAYS + 1)]
        if len(found) > MOST_WAYS:
            raise TooMany
    return found


def _choices(schema: dict[str, Any], target: Callable[[str], Any], depth: int) -> Iterator[list[Way]]:
    """Yield the ways of each subschema that applies in place."""
    if "$ref" in schema:
        yield _ways(target(schema["$ref"]), target, depth)
    for child in schema.get("allOf", ()):
        yield _ways(child, target, depth)
    for keyword in ("anyOf", "oneOf"):
        for child in schema.get(keyword, ()):
            yield [Way(holds=(child,)) & way for way in _ways(child, target, depth)] + [Way(fails=(child,))]
    if "if" in schema:
        condition = schema["if"]
        yield [
            Way(holds=(condition,)) & way & then
            for way in _ways(condition, target, depth)
            for then in _ways(schema.get("then", True), target, depth)
        ] + [Way(fails=(condition,)) & other for other in _ways(schema.get("else", True), target, depth)]
    for name, child in schema.get("dependentSchemas", {}).items():
        yield [Way(has=(name,)) & way for way in _ways(child, target, depth)] + [Way(lacks=(name,))]
