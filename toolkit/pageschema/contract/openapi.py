"""Reading an OpenAPI document: from a file, and by path, method and status."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pageschema.errors import InvalidContract

MAX_BYTES = 8 * 1024 * 1024


def read_yaml(path: Path, *, remedy: str = "name a folder with openapi.yaml and overlay.yaml") -> dict[str, Any]:
    """Return the object that a YAML (or JSON) file holds.

    Raises:
        InvalidContract: There is no such file, or it is too large, no YAML, or no object.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidContract(f"larger than {MAX_BYTES:,} bytes", where=str(path))
        text = path.read_text("utf-8")
    except OSError as error:
        raise InvalidContract(f"cannot be read: {error.strerror}", where=str(path), remedy=remedy) from error
    except ValueError as error:
        raise InvalidContract(f"is no YAML: {error}", where=str(path), remedy=remedy) from error
    return parse_yaml(text, where=str(path), remedy=remedy)


def parse_yaml(text: str, *, where: str, remedy: str = "") -> dict[str, Any]:
    """Return the object that a YAML (or JSON) text holds; no tag in it makes anything but plain values.

    Raises:
        InvalidContract: It is no YAML, or no object.
    """
    import yaml

    try:
        value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise InvalidContract(f"is no YAML: {str(error).splitlines()[0]}", where=where, remedy=remedy) from error
    if not isinstance(value, dict):
        raise InvalidContract("holds no object", where=where, remedy=remedy)
    return value


def field_types(body: Mapping[str, Any]) -> dict[str, str]:
    """Return ``integer``, ``boolean``, ``binary`` or ``string`` for each form field of a body schema."""
    return {name: _field_type(schema) for name, schema in body.get("properties", {}).items()}


def response_schema(
    document: Mapping[str, Any], *, method: str, path: str, status: int
) -> dict[str, Any] | bool | None:
    """Return the schema of a JSON answer, self-contained; True where anything may come, None where it is not listed."""
    for template, item in document.get("paths", {}).items():
        pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
        operation = item.get(method.lower())
        if operation is None or not re.fullmatch(pattern, path):
            continue
        answer = operation.get("responses", {}).get(str(status))
        if answer is None:
            return None
        schema = answer.get("content", {}).get("application/json", {}).get("schema")
        return True if schema is None else {"allOf": [schema], "components": document.get("components", {})}
    return None


def _field_type(schema: Mapping[str, Any]) -> str:
    branches = [branch for branch in schema.get("anyOf", [schema]) if branch.get("type") != "null"]
    branch = branches[0] if branches else {}
    if branch.get("format") == "binary" or "contentMediaType" in branch:
        return "binary"
    declared = branch.get("type", "string")
    return declared if declared in {"integer", "boolean"} else "string"
