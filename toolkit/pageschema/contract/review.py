"""What a newer upstream document means for the clauses: which lose their place in it, and which it contradicts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pageschema.contract import openapi
from pageschema.contract.clause import Clause
from pageschema.contract.oracle import Contract
from pageschema.contract.overlay import failing_actions
from pageschema.contract.upstream import DocumentChange, document_changes, key_schemes, operation, resolve
from pageschema.errors import InvalidContract
from pageschema.schema import Judge

_FORM = "multipart/form-data"
_SHAPE = {
    "type": "object",
    "properties": {
        "content": {"type": "object"},
        "required": {"type": "array", "items": {"type": "string"}},
        "fields": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {
                    "anyOf": {"type": "array", "items": {"type": "object"}},
                    "enum": {"type": "array"},
                    "choices": {"type": "array"},
                    "dashboard": {"type": "object"},
                },
            },
        },
    },
}
"""What of an OpenAPI document is read here."""


class Standing(StrEnum):
    """How a clause stands in a newer document."""

    KEPT = "kept"
    TOUCHED = "touched"
    LOST = "lost"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedClause:
    """One clause: *touched* where the words or the schema at its anchors changed, *lost* where an anchor is gone."""

    id: str
    strength: str
    standing: Standing
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the members of a clause in the output of `pageschema contract diff`."""
        return {"id": self.id, "strength": self.strength, "standing": self.standing.value, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a newer document changed, how each clause stands in it, and the overlay's actions that no longer apply."""

    changes: tuple[DocumentChange, ...]
    clauses: tuple[ReviewedClause, ...]
    failing_actions: tuple[str, ...]

    @property
    def breaks(self) -> bool:
        """Whether the overlay must be changed before the document can take the old one's place."""
        return bool(self.failing_actions) or any(
            clause.standing in {Standing.LOST, Standing.CONTRADICTED} for clause in self.clauses
        )

    def as_json(self) -> dict[str, Any]:
        """Return the output of `pageschema contract diff`: of the clauses, those that are not simply kept."""
        return {
            "changes": [change.as_json() for change in self.changes],
            "clauses": [clause.as_json() for clause in self.clauses if clause.standing is not Standing.KEPT],
            "overlay": list(self.failing_actions),
        }


def review_upstream(contract: Contract, newer: Mapping[str, Any], *, where: str = "the newer document") -> Review:
    """Hold a newer upstream document against the contract.

    A clause is contradicted where the document now declares what the clause refuses (a value under its `breaks`, a form
    field, a content type), no longer declares what it allows, or requires what it lets be left out.

    Raises:
        InvalidContract: *newer* describes no ``POST /api/v1/extract`` with a form, or not as OpenAPI has it.
        InvalidSchema: The schema of one of its form fields is no schema.
    """
    if not operation(newer):
        raise InvalidContract(
            "describes no POST /api/v1/extract", where=where, remedy="give the OpenAPI document of the extract endpoint"
        )
    old, new = _Upstream(contract.upstream, where="openapi.yaml"), _Upstream(newer, where=where)
    return Review(
        changes=document_changes(contract.upstream, newer),
        clauses=tuple(_reviewed(clause, old, new) for clause in contract.clauses),
        failing_actions=failing_actions(newer, contract.overlay, where="overlay.yaml"),
    )


class _Upstream:
    """The extract operation of a document, with the references that matter here followed."""

    def __init__(self, document: Mapping[str, Any], *, where: str) -> None:
        self._document = document
        self.operation = operation(document)
        body = self._at(self.operation, "requestBody")
        content = self._at(body, "content")
        schema = self._at(self._at(content, _FORM), "schema")
        properties = self._at(schema, "properties")
        read = {"content": content, "required": _member(schema, "required", [])}
        read["fields"] = {} if isinstance(content, Mapping) and _FORM not in content else properties
        if isinstance(properties, Mapping):
            read["fields"] = {name: resolve(document, field)[0] for name, field in properties.items()}
        if fault := next(iter(Judge(_SHAPE).faults(read)), None):
            raise InvalidContract(
                f"{fault.pointer.rpartition('/')[2]} of the form of POST /api/v1/extract is not as OpenAPI has it",
                where=where,
                remedy="give the document as it was published",
            )
        self.content_types = set(read["content"])
        self.required = set(read["required"])
        self.fields: dict[str, Any] = read["fields"]
        self.keys = key_schemes(document)
        self.types = openapi.field_types({"properties": self.fields})

    def _at(self, value: Any, key: str) -> Any:
        return resolve(self._document, value.get(key))[0] if isinstance(value, Mapping) else None

    def anchored(self, anchor: str) -> Any:
        """Return what stands at an anchor: a form field's schema, or a member of the operation; else None."""
        return self.operation.get(anchor[1:]) if anchor.startswith("/") else self.fields.get(anchor)

    def declares(self, field: str, text: str) -> bool:
        """Return whether the schema of a form field, as it stands, admits the text that the wire carries."""
        schema, kind = self.fields[field], self.types[field]
        listed = _listed(schema)
        if listed is not None and text not in listed:
            return False
        value: Any = text
        if kind == "integer" and re.fullmatch(r"[+-]?[0-9]+", text):
            value = int(text)
        if kind == "boolean" and text.lower() in {"true", "false", "1", "0"}:
            value = text.lower() in {"true", "1"}
        return Judge({"allOf": [schema], "components": self._document.get("components", {})}).accepts(value)


def _reviewed(clause: Clause, old: _Upstream, new: _Upstream) -> ReviewedClause:
    for standing, reasons in (
        (Standing.LOST, _lost(clause, old, new)),
        (Standing.CONTRADICTED, _contradictions(clause, old, new)),
        (Standing.TOUCHED, _touches(clause, old, new)),
    ):
        if reason := next(reasons, ""):
            return ReviewedClause(id=clause.id, strength=clause.strength.value, standing=standing, reason=reason)
    return ReviewedClause(id=clause.id, strength=clause.strength.value, standing=Standing.KEPT)


def _lost(clause: Clause, old: _Upstream, new: _Upstream) -> Iterator[str]:
    for anchor in clause.anchors:
        if old.anchored(anchor) is not None and new.anchored(anchor) is None:
            yield f"{_named(anchor)} is gone"
    if _FORM not in new.content_types and _FORM in old.content_types:
        yield f"{_FORM} is gone"


def _contradictions(clause: Clause, old: _Upstream, new: _Upstream) -> Iterator[str]:
    for patch in clause.breaks:
        sent = patch.get("headers", {}).get("content-type")
        if sent in new.content_types - old.content_types:
            yield f"the document now takes {sent}"
        for field in clause.anchors:
            text = _wire(patch.get("fields", {}).get(field))
            if text is None or field not in old.fields or field not in new.fields:
                continue
            listed = text in (_listed(new.fields[field]) or ()) and text not in (_listed(old.fields[field]) or ())
            if listed or (new.declares(field, text) and not old.declares(field, text)):
                yield f"the document now declares {field}={text!r}, which the clause refuses"
    for field in clause.anchors:
        listed_now = _listed(new.fields.get(field))
        if listed_now is None or listed_now == _listed(old.fields.get(field)):
            continue
        for value in _allowed(clause, field):
            if value not in listed_now:
                yield f"the document no longer lists {field}={value!r}, which the clause allows"
    if set(clause.anchors) & (new.required - old.required) and _asks_for_one_of(clause):
        field = min(set(clause.anchors) & (new.required - old.required))
        yield f"the document now requires {field}, which the clause lets be left out"
    if "/security" in clause.anchors and new.keys != old.keys:
        yield "the document now takes the key in another way"
    for field in sorted(set(new.fields) - set(old.fields)):
        if _refuses_field(clause, field):
            yield f"the document now has the form field {field}, which the clause does not know"


def _touches(clause: Clause, old: _Upstream, new: _Upstream) -> Iterator[str]:
    for anchor in clause.anchors:
        before, after = old.anchored(anchor), new.anchored(anchor)
        if _quoted(clause.quote, before) and not _quoted(clause.quote, after):
            yield f"its sentence no longer stands at {_named(anchor)}"
        if isinstance(after, Mapping) and after.get("deprecated") and not before.get("deprecated"):
            yield f"{_named(anchor)} is deprecated"
        if before != after and not anchor.startswith("/"):
            yield f"{_named(anchor)} is described otherwise"


def _member(value: Any, key: str, default: Any = None) -> Any:
    return value.get(key, default) if isinstance(value, Mapping) else default


def _named(anchor: str) -> str:
    return f"{anchor[1:]} of the operation" if anchor.startswith("/") else f"the form field {anchor}"


def _wire(value: Any) -> str | None:
    if value is None or isinstance(value, Mapping):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _listed(schema: Any) -> list[Any] | None:
    """Return the values that a field's schema lists: by ``enum``, or by the ``choices`` of the upstream's own."""
    if not isinstance(schema, Mapping):
        return None
    dashboard = schema.get("dashboard")
    branches = [schema, *schema.get("anyOf", ()), dashboard]
    found = [
        value
        for branch in branches
        if isinstance(branch, Mapping)
        for key in ("enum", "choices")
        for value in branch.get(key, ())
    ]
    return found or None


def _allowed(clause: Clause, field: str) -> list[Any]:
    """Return the values of a field that a clause enumerates."""
    node: Any = clause.schema
    for key in ("then", "properties", "fields", "properties", field, "enum"):
        node = node.get(key) if isinstance(node, Mapping) else None
    return list(node) if isinstance(node, list) else []


def _asks_for_one_of(clause: Clause) -> bool:
    """Return whether all that breaks the clause is to leave things out: it asks for one of several."""
    return all(
        value is None
        for patch in clause.breaks
        for part in ("fields", "files")
        for value in patch.get(part, {}).values()
    )


def _refuses_field(clause: Clause, field: str) -> bool:
    known = Judge(dict(clause.schema))
    with_field = {"headers": {}, "fields": {field: ""}, "files": {}}
    without: dict[str, Any] = {"headers": {}, "fields": {}, "files": {}}
    return known.accepts(without) and not known.accepts(with_field)


def _quoted(quote: str, anchored: Any) -> bool:
    text = " ".join(json.dumps(anchored, ensure_ascii=False, default=str).split())
    return " ".join(quote.split()) in text
