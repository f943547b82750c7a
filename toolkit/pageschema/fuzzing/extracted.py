"""What is wrong with an extraction, in kinds: which schema it was made by, and which type stands for which."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from pageschema import pointer
from pageschema.conformance import Violation, read_result
from pageschema.errors import NoExtraction
from pageschema.schema import local_target

MAX_PLACES = 200
_TYPES = {str: "text", bool: "boolean", int: "number", float: "number", list: "array", dict: "object"}


def names_of_another(result: Any, own: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str | None:
    """Return a field of the schema *other* that a result holds, if it holds none of its *own*."""
    if own is None or other is None or not isinstance(result, dict):
        return None
    try:
        extraction = read_result(result).value
    except NoExtraction:
        return None
    names = set(extraction) if isinstance(extraction, dict) else set()
    strange = sorted(names & set(other["properties"]))
    return strange[0] if strange and not names & set(own["properties"]) else None


def kind_of(violation: Violation, schema: Any) -> str:
    """Return what kind of violation it is: for a wrong type, which one stands there for which."""
    if violation.keyword not in {"type", "anyOf", "oneOf"}:
        return violation.keyword
    wanted = _wanted(schema, violation.pointer)
    found = _TYPES.get(type(violation.value), "null")
    return f"{found} for {' or '.join(sorted(wanted)) or 'another type'}"


def _wanted(schema: Any, place: str) -> set[str]:
    """Return the types, null apart, that *schema* has where *place* leads; none where that cannot be told."""
    places = [schema]
    for part in pointer.parse(place):
        places = [child for each in _flat(schema, places) for child in _children(each, part)]
    kinds = (kind for each in _flat(schema, places) for kind in _kinds(each))
    return {"number" if kind == "integer" else str(kind) for kind in kinds if kind != "null"}


def _flat(root: Any, places: list[Any]) -> list[Any]:
    """Return *places* with what their references and alternatives lead to, each once."""
    found: list[Any] = []
    while places:
        place = places.pop()
        if not isinstance(place, dict) or any(place is each for each in found) or len(found) > MAX_PLACES:
            continue
        found.append(place)
        with contextlib.suppress(KeyError):
            places += [local_target(root, place["$ref"])] if isinstance(place.get("$ref"), str) else []
        places += [branch for keyword in ("anyOf", "oneOf", "allOf") for branch in place.get(keyword, [])]
    return found


def _children(place: Any, part: str) -> list[Any]:
    if part.isdecimal():
        return [place["items"]] if "items" in place else []
    return [place["properties"][part]] if part in place.get("properties", {}) else []


def _kinds(place: Any) -> list[Any]:
    kinds = place.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]
