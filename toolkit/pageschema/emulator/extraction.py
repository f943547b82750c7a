"""What the emulator extracts: a plausible instance of the page schema that was sent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pageschema import jsontext
from pageschema.emulator.plausible import Stuck, guess_instance
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.schema import Judge
from pageschema.solver import Instance, Unknown, find_instance


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A value that `schema` accepts. Both are shared between requests and must not be modified."""

    value: Any
    schema: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Unextractable:
    """A schema that nothing can be extracted by, which the API says late: in the result."""

    error: str


@lru_cache(maxsize=256)
def extract(text: str) -> Extraction | Unextractable:
    """Return what is extracted by the page schema *text*; the same text always gives the same value."""
    try:
        schema = jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)
    except InvalidJSON:
        return Extraction(value={}, schema={})  # Only a fault lets such a text come this far: no fields, no values.
    try:
        judge = Judge(schema)
    except InvalidSchema as error:
        return Unextractable(error=f"page_schema is not a valid JSON Schema: {error.what}")
    try:
        value = guess_instance(schema)
        if judge.accepts(value):
            return Extraction(value=value, schema=schema)
    except (Stuck, InvalidSchema, RecursionError):
        pass  # The solver knows more, though what it finds looks less like a document.
    return _solve(schema)


def _solve(schema: Any) -> Extraction | Unextractable:
    problem = "no value can satisfy it"
    for candidate in _as_object(schema):
        try:
            found = find_instance(candidate)
        except RecursionError:
            found = Unknown(reason="it is nested too deep")
        if isinstance(found, Instance):
            return Extraction(value=found.value, schema=schema)
        if isinstance(found, Unknown):
            problem = f"no value was found for it: {found.reason}"
    return Unextractable(error=f"Nothing can be extracted by this page_schema: {problem}")


def _as_object(schema: Any) -> tuple[Any, ...]:
    """Return *schema* narrowed to objects, which an extraction is wherever the schema leaves that open, and itself."""
    if not isinstance(schema, dict):
        return (schema,)
    kinds = schema.get("type", "object")
    if "type" in schema and not (isinstance(kinds, list) and "object" in kinds):
        return (schema,)
    return ({**schema, "type": "object"}, schema)
