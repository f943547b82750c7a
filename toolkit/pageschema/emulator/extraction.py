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
from pageschema.solver.guard import MAX_EFFORT, Guard


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """An object that `schema` accepts. Both are shared between requests and must not be modified."""

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
        guard = Guard(schema)
        value = None if guard.objection else guess_instance(schema)
        if isinstance(value, dict) and guard.effort(value).count <= MAX_EFFORT and judge.accepts(value):
            return Extraction(value=value, schema=schema)
    except (Stuck, InvalidSchema, RecursionError):
        pass  # The solver knows more, though what it finds looks less like a document.
    return _solve(schema)


def _solve(schema: Any) -> Extraction | Unextractable:
    kinds = schema.get("type", "object")
    if "object" not in (kinds if isinstance(kinds, list) else [kinds]):
        return Unextractable(error="Nothing can be extracted by this page_schema: it describes no object.")
    try:
        found = find_instance({**schema, "type": "object"})
    except RecursionError:
        found = Unknown(reason="it is nested too deep")
    if isinstance(found, Instance):
        return Extraction(value=found.value, schema=schema)
    problem = f"no value was found for it: {found.reason}" if isinstance(found, Unknown) else "no value can satisfy it"
    return Unextractable(error=f"Nothing can be extracted by this page_schema: {problem}.")
