"""Is this a valid JSON Schema? Fast, all faults at once; `judge.metaschema_fault` words the single most telling one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pageschema import pointer
from pageschema.errors import InvalidSchema
from pageschema.schema.judge import Fault, Judge

NEWEST = "https://json-schema.org/draft/2020-12/schema"
_VALIDATORS = {
    "http://json-schema.org/draft-04/schema": "Draft4Validator",
    "http://json-schema.org/draft-06/schema": "Draft6Validator",
    "http://json-schema.org/draft-07/schema": "Draft7Validator",
    "https://json-schema.org/draft/2019-09/schema": "Draft201909Validator",
    NEWEST: "Draft202012Validator",
}


def metaschema_faults(schema: Any) -> Iterator[Fault]:
    """Yield each way in which *schema* breaks the metaschema, in any order, a place more than once.

    Judged by the draft that ``$schema`` at the root names, and by 2020-12 where it names none that is known. Formats
    are annotations there, so a ``pattern`` that no engine compiles breaks nothing: ask `compiles`.
    """
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    draft = declared.rstrip("#") if isinstance(declared, str) else NEWEST
    validator = _metaschema(draft if draft in _VALIDATORS else NEWEST)
    if not validator.is_valid(schema):
        for error in validator.iter_errors(_with_named_keys(schema)):
            yield Fault(
                pointer=pointer.build("" if part == _EMPTY_KEY else part for part in error.instance_path),
                keyword=error.kind.name,
                schema_pointer=pointer.build(error.schema_path),
                message=error.message,
            )


def compiles(pattern: str) -> bool:
    """Return whether the judge can use *pattern*, be it of ``pattern`` or a key of ``patternProperties``."""
    try:
        Judge({"pattern": pattern})
    except InvalidSchema:
        return False
    return True


_EMPTY_KEY = "\ue000an empty key"
"""Stands in for ``""``, which jsonschema-rs leaves out of the path of an error (0.60)."""


def _with_named_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {key or _EMPTY_KEY: _with_named_keys(member) for key, member in value.items()}
    return [_with_named_keys(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=len(_VALIDATORS))
def _metaschema(uri: str) -> Any:
    import jsonschema_rs

    return getattr(jsonschema_rs, _VALIDATORS[uri])({"$ref": uri}, offline=True, validate_formats=False)
