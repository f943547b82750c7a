"""isjsonschemasubset: made for what Pydantic writes, with the root read as a model."""

from __future__ import annotations

from isjsonschemasubset import JSONSchema, issubset, resolve
from worker import serve


def ask(writer, reader):
    old, new = (resolve(JSONSchema.model_validate(_definitions(one))) for one in (writer, reader))
    return next(issubset(old, new), None) is None


def _definitions(schema):
    if not isinstance(schema, dict):
        raise TypeError("a boolean schema")
    return {**schema, "definitions": schema["$defs"]} if "$defs" in schema else schema


serve(ask)
