"""Is this a valid JSON Schema? Fast, all faults at once; `judge.metaschema_fault` words the single most telling one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pageschema import pointer
from pageschema.errors import InvalidSchema

if TYPE_CHECKING:
    from pageschema.schema.judge import Fault

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
    from pageschema.schema.judge import Fault

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


def is_plainly_valid(schema: dict[str, Any]) -> bool:
    """Return whether each keyword of *schema* itself has a value that every draft allows: never wrong about a yes.

    The schemas within are not looked at. Of a keyword that few schemas have, the answer is no: ask the metaschema.
    """
    for keyword, value in schema.items():
        check = _PLAIN.get(keyword)
        if check is None or not check(value):
            return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_bound(value: Any) -> bool:
    return type(value) in {int, float}


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_schema(value: Any) -> bool:
    return isinstance(value, dict)


def _are_schemas(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _are_named_schemas(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


def _are_names(value: Any) -> bool:
    return (
        isinstance(value, list) and all(isinstance(each, str) for each in value) and 0 < len(value) == len(set(value))
    )


def _is_type(value: Any) -> bool:
    return value in _TYPES if isinstance(value, str) else _are_names(value) and _TYPES.issuperset(value)


_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_PLAIN: Mapping[str, Callable[[Any], bool]] = {
    "type": _is_type,
    **dict.fromkeys(("title", "description", "format"), _is_text),
    **dict.fromkeys(("properties", "$defs"), _are_named_schemas),
    **dict.fromkeys(("anyOf", "allOf", "oneOf"), _are_schemas),
    "items": _is_schema,
    "additionalProperties": lambda value: isinstance(value, (dict, bool)),
    "required": _are_names,
    **dict.fromkeys(("minimum", "maximum"), _is_bound),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _is_count),
    "enum": _is_list,
    "examples": _is_list,
    "pattern": _is_text,
    "$ref": _is_text,
    "default": lambda _: True,
}


def compiles(pattern: str) -> bool:
    """Return whether the judge can use *pattern*, be it of ``pattern`` or a key of ``patternProperties``."""
    from pageschema.schema.judge import Judge

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
