"""PS202 invalid-type-name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting import type_names
from pageschema.linting.edits import put
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _wrong(subject: Subject) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """Yield the pointer of the schema, that of the wrong name in it, and the schema that the name stands for."""
    for place in subject.holding("type"):
        types = place.schema["type"]
        for index, name in enumerate(types) if isinstance(types, list) else [(None, types)]:
            if isinstance(name, str) and name not in type_names.NAMES:
                parts = ("type",) if index is None else ("type", index)
                yield place.pointer, pointer.join(place.pointer, *parts), type_names.meant(name)


def _find(subject: Subject) -> Iterator[Flaw]:
    for _, where, meant in _wrong(subject):
        name = quoted(pointer.resolve(subject.value, where))
        if meant is None:
            remedy = f"write one of {', '.join(type_names.NAMES)}, or drop 'type' and list the values in 'enum'"
        else:
            remedy = f"did you mean {json.dumps(meant)[1:-1]}?"
        yield Flaw(
            pointer=where,
            message=f"{name} is no type of JSON Schema",
            remedy=remedy,
            fixable=meant is not None,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for holder, where, meant in _wrong(subject):
        if meant is None:
            continue
        put(root, where, meant["type"])
        schema = pointer.resolve(root, holder)
        for keyword, value in meant.items():
            if isinstance(schema["type"], str):
                schema.setdefault(keyword, value)
        if isinstance(schema["type"], list):
            schema["type"] = list(dict.fromkeys(name for name in schema["type"] if isinstance(name, str)))
    return root


INVALID_TYPE_NAME = LintRule(
    code="PS202",
    name="invalid-type-name",
    severity=Severity.ERROR,
    summary="a `type` that JSON Schema does not have, such as `str`, `float` or `date`",
    why=(
        "No validator compiles the schema, and a model that reads the name in its own way makes a string of it: a date "
        "or an amount then comes back as whatever stands on the page."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 6.1.1: null, boolean, object, array, number, string, integer. "
        "Measured with json-schema-to-pydantic, which datalab-to/lift compiles schemas with: an unknown type becomes "
        "string."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "date", "description": "The date of the invoice"},
    "total": {"type": ["float", "null"], "description": "The amount due"}
  }
}
""",
    flagged=("/properties/issued/type", "/properties/total/type/0"),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"type": "string", "format": "date", "description": "The date of the invoice"},
    "total": {"type": ["number", "null"], "description": "The amount due"}
  }
}
""",
    find=_find,
    fix=_fix,
    silences=("invalid-keyword-value",),
)
