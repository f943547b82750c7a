"""Applying an OpenAPI Overlay to a document.

Source: OpenAPI Overlay Specification 1.1.0, section 4.4 (actions in order; ``update`` merges objects recursively,
appends to arrays, replaces the rest; ``remove`` deletes); targets are RFC 9535 JSONPath.
"""

from __future__ import annotations

import copy
from typing import Any

from pageschema.errors import InvalidContract


def apply_overlay(document: dict[str, Any], overlay: dict[str, Any], *, where: str = "overlay") -> dict[str, Any]:
    """Return *document* with every action of *overlay* applied. Neither argument is modified.

    Raises:
        InvalidContract: An action has no valid target, or its target matches nothing: the document has moved on.
    """
    import jsonpath_rfc9535

    result = copy.deepcopy(document)
    for number, action in enumerate(overlay.get("actions", [])):
        place = f"{where}#/actions/{number}"
        target = action.get("target")
        try:
            nodes = jsonpath_rfc9535.find(str(target), result)
        except jsonpath_rfc9535.JSONPathError as error:
            raise InvalidContract(f"target {target!r} is no JSONPath: {error}", where=place) from error
        if not nodes:
            raise InvalidContract(
                f"target {target!r} matches nothing", where=place, remedy="review the overlay against the new document"
            )
        for location in [node.location for node in nodes]:
            result = _act(result, list(location), action)
    return result


def _act(document: Any, location: list[str | int], action: dict[str, Any]) -> Any:
    if not location:
        return merge(document, action["update"]) if "update" in action else document
    parent = document
    for part in location[:-1]:
        parent = parent[part]
    if action.get("remove") is True:
        del parent[location[-1]]
    elif "update" in action:
        parent[location[-1]] = merge(parent[location[-1]], action["update"])
    return document


def merge(target: Any, update: Any) -> Any:
    """Return *target* with *update* merged in, as the specification has it."""
    if isinstance(target, dict) and isinstance(update, dict):
        return target | {key: merge(target[key], value) if key in target else value for key, value in update.items()}
    if isinstance(target, list):
        return [*target, *(update if isinstance(update, list) else [update])]
    return update
