"""Applying an OpenAPI Overlay to a document.

Stricter than the specification in one place: an action that changes nothing is an error, since it means that the
document has moved on, or that the action is misspelt.

Source: OpenAPI Overlay Specification 1.1.0, Action Object; targets are RFC 9535 JSONPath.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidContract


def apply_overlay(document: dict[str, Any], overlay: dict[str, Any], *, where: str = "overlay") -> dict[str, Any]:
    """Return *document* with every action of *overlay* applied, in order. Neither argument is modified.

    Raises:
        InvalidContract: An action has no valid target, matches nothing, does nothing, or cannot be merged.
    """
    actions = overlay.get("actions")
    if not isinstance(actions, list):
        raise InvalidContract("an overlay has a list of actions", where=where)
    result = copy.deepcopy(document)
    for number, action in enumerate(actions):
        result = _apply(result, action, where=f"{where}#/actions/{number}")
    return result


def failing_actions(document: Mapping[str, Any], overlay: Mapping[str, Any], *, where: str) -> tuple[str, ...]:
    """Return why each action of *overlay* that *document* does not admit cannot be applied; the others are."""
    result: Any = copy.deepcopy(dict(document))
    found = []
    for number, action in enumerate(overlay["actions"]):
        try:
            result = _apply(result, action, where=f"{where}#/actions/{number}")
        except InvalidContract as error:
            found.append(str(error).partition("\n")[0])
    return tuple(found)


def merge(target: Any, update: Any, *, where: str = "overlay") -> Any:
    """Return *target* with *update* merged in: objects recursively, arrays by appending, the rest by replacing.

    Raises:
        InvalidContract: An object or array would have to become something else.
    """
    if isinstance(target, dict) and isinstance(update, dict):
        merged = dict(target)
        for key, value in update.items():
            merged[key] = merge(target[key], value, where=where) if key in target else copy.deepcopy(value)
        return merged
    if isinstance(target, list):
        return [*target, *copy.deepcopy(update if isinstance(update, list) else [update])]
    if isinstance(target, dict) or isinstance(update, (dict, list)):
        raise InvalidContract(
            f"{jsontext.clip(str(update), 40)!r} cannot be merged into {jsontext.clip(str(target), 40)!r}",
            where=where,
            remedy="remove the old value in an action of its own, then add the new one",
        )
    return update


def _apply(document: Any, action: Any, *, where: str) -> Any:
    target = action.get("target") if isinstance(action, dict) else None
    locations = _find(target, document, where=where)
    if action.get("remove") is True:
        # Backwards, so that what is still to go keeps its index, and children go before their parents.
        for location in reversed(locations):
            if not location:
                raise InvalidContract("the whole document cannot be removed", where=where)
            del _resolve(document, location[:-1])[location[-1]]
        return document
    if "update" in action:
        update = action["update"]
    elif "copy" in action:
        sources = _find(action["copy"], document, where=where)
        if len(sources) != 1:
            raise InvalidContract(f"copy {action['copy']!r} matches {len(sources)} nodes, not one", where=where)
        update = copy.deepcopy(_resolve(document, sources[0]))
    else:
        raise InvalidContract("an action has one of update, copy and remove: true", where=where)
    for location in locations:
        merged = merge(_resolve(document, location), update, where=where)
        if not location:
            document = merged
        else:
            _resolve(document, location[:-1])[location[-1]] = merged
    return document


def _find(path: Any, document: Any, *, where: str) -> list[tuple[str | int, ...]]:
    import jsonpath_rfc9535

    try:
        nodes = jsonpath_rfc9535.find(str(path), document)
    except jsonpath_rfc9535.JSONPathError as error:
        raise InvalidContract(f"{path!r} is no JSONPath: {error}", where=where) from error
    if not nodes:
        raise InvalidContract(
            f"target {path!r} matches nothing", where=where, remedy="review the overlay against the new document"
        )
    return [tuple(node.location) for node in nodes]


def _resolve(document: Any, location: tuple[str | int, ...]) -> Any:
    for part in location:
        document = document[part]
    return document
