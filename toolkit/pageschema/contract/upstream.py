"""What changed between two upstream documents, as far as the endpoint that the contract is about goes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pageschema import jsontext, pointer
from pageschema.contract.exchange import EXTRACT_PATH

MAX_DEPTH = 100
"""Objects within objects, and references to references, that are looked at."""
_NAMES = {"properties", "responses", "content", "schemas", "headers", "paths"}
"""Keywords whose members are names of the author's, not keywords."""
_TEXTS = {"description", "summary", "title"}
_SAID = {"requestBody": "form", "responses": "answer", "content": "", "schema": "", "properties": ""}
"""What members that lead to others are called in a sentence; nothing where the sentence is clear without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentChange:
    """One difference: `kind` is added, removed, changed or reworded; `pointer` leads into the document that has it.

    What was removed is pointed at in the old document, anything else in the new one.
    """

    pointer: str
    kind: str
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return the members of a change in the output of `pageschema contract diff`."""
        return {"pointer": self.pointer, "kind": self.kind, "message": self.message}


def document_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[DocumentChange, ...]:
    """Return what differs in the extract operation, all that it refers to, and in the servers and keys it names.

    Other operations of the documents are not looked at: a whole API's document may be held against one endpoint's.
    References are followed, so that a component which was only renamed is no change.
    """
    return tuple(dict.fromkeys(_Walk(old, new).changes()))


def operation(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the extract operation, references still in it; empty where the document has none."""
    found = _member(_member(_member(document, "paths"), EXTRACT_PATH), "post")
    return dict(found) if isinstance(found, Mapping) else {}


def key_schemes(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return by name the security schemes under which the extract operation takes a key; None where one is missing."""
    schemes = _member(_member(document, "components"), "securitySchemes")
    asked = operation(document).get("security")
    entries = asked if isinstance(asked, list) else []
    return {name: _member(schemes, name) for each in entries if isinstance(each, Mapping) for name in each}


def resolve(document: Mapping[str, Any], node: Any, where: str = "") -> tuple[Any, str]:
    """Return what *node* refers to within *document*, and its pointer; *node* and *where* if it refers to nothing."""
    for _ in range(MAX_DEPTH):
        reference = node.get("$ref") if isinstance(node, Mapping) else None
        if not isinstance(reference, str) or not reference.startswith("#"):
            break
        try:
            node, where = pointer.resolve(document, reference[1:]), reference[1:]
        except (LookupError, ValueError):
            break
    return node, where


class _Walk:
    """One comparison of two documents."""

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._old = old
        self._new = new
        self._seen: set[tuple[int, int]] = set()

    def changes(self) -> Iterator[DocumentChange]:
        yield from self._between(self._old.get("servers"), self._new.get("servers"), "/servers", "/servers", "servers")
        where = pointer.join("", "paths", EXTRACT_PATH, "post")
        old, new = operation(self._old), operation(self._new)
        if old and not new:
            yield DocumentChange(pointer=where, kind="removed", message=f"POST {EXTRACT_PATH} is gone")
            return
        yield from self._between(old, new, where, where, "")
        where = "/components/securitySchemes"
        schemes = key_schemes(self._old), key_schemes(self._new)
        yield from self._between(*schemes, where, where, "security scheme", names=True)

    def _between(
        self, old: Any, new: Any, old_at: str, new_at: str, what: str, *, names: bool = False, depth: int = 0
    ) -> Iterator[DocumentChange]:
        old, old_at = resolve(self._old, old, old_at)
        new, new_at = resolve(self._new, new, new_at)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            pair = (id(old), id(new))
            if pair in self._seen or depth > MAX_DEPTH:
                return
            self._seen.add(pair)
            for key in dict.fromkeys([*old, *new]):
                was_at, is_at = pointer.join(old_at, str(key)), pointer.join(new_at, str(key))
                label = _label(what, str(key), names=names)
                if key not in new:
                    yield DocumentChange(pointer=was_at, kind="removed", message=f"{label} is gone")
                elif key not in old:
                    yield DocumentChange(pointer=is_at, kind="added", message=f"{label} is new: {_shown(new[key])}")
                elif not names and key in _TEXTS:
                    if _words(old[key]) != _words(new[key]):
                        message = f"{label} reads otherwise: {_shown(new[key])}"
                        yield DocumentChange(pointer=is_at, kind="reworded", message=message)
                else:
                    under_names = not names and key in _NAMES
                    yield from self._between(
                        old[key], new[key], was_at, is_at, label, names=under_names, depth=depth + 1
                    )
        elif keyed := _keyed(old, new):
            yield from self._between(keyed[0], keyed[1], old_at, new_at, what, names=True, depth=depth + 1)
        elif old != new:
            message = f"{what} was {_shown(old)} and is {_shown(new)}"
            yield DocumentChange(pointer=new_at, kind="changed", message=message)


def _keyed(old: Any, new: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return both lists by what identifies their members, parameters by their names; None where nothing does."""
    if not isinstance(old, list) or not isinstance(new, list):
        return None
    if not all(isinstance(each, Mapping) and "name" in each and "in" in each for each in [*old, *new]):
        return None
    by_name = [{f"{each['in']} {each['name']}": each for each in side} for side in (old, new)]
    return by_name[0], by_name[1]


def _label(what: str, key: str, *, names: bool) -> str:
    """Return what a member is called in a sentence: what only leads to other things is left out."""
    if names and what == "form" and key == "multipart/form-data":
        return "form field"
    if names or key not in _SAID:
        return f"{what} {key}".strip()
    return _SAID[key] or what


def _member(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def _words(text: Any) -> str:
    return " ".join(str(text).split())


def _shown(value: Any) -> str:
    return jsontext.clip(json.dumps(value, ensure_ascii=False, default=str), 80)
