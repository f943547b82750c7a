"""A clause: one sentence of the contract in machine form. Clauses are data; the overlay holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from pageschema.contract.exchange import Draft
from pageschema.errors import InvalidContract
from pageschema.schema import Judge

EXTENSION = "x-pageschema-clause"
EXAMPLES = ("schema_id", "checkpoint_id", "file_url")
"""Fields that a break fills with an example of something at the target."""


class Strength(StrEnum):
    """How firmly the upstream holds a clause; `assumed` ones can warn, never fail."""

    DOCUMENTED = "documented"
    IMPLIED = "implied"
    ASSUMED = "assumed"


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One clause over a decoded request.

    `breaks` are JSON Merge Patches (RFC 7396) over a `Draft` (headers, fields, files) that turn a valid request into
    one that breaks this clause and no other. `anchors` say where in the upstream document the clause stands: names of
    form fields, and JSON Pointers into the operation.
    """

    id: str
    strength: Strength
    quote: str
    source: str
    schema: Mapping[str, Any]
    breaks: tuple[Mapping[str, Any], ...]
    anchors: tuple[str, ...] = ()

    @property
    def binding(self) -> bool:
        """Whether breaking it must be refused."""
        return self.strength is not Strength.ASSUMED

    def concerns(self, decoded: Mapping[str, Any]) -> bool:
        """Return whether the clause speaks of this request at all: its ``if`` holds, or it has none."""
        return self._condition is None or self._condition.accepts(decoded)

    @cached_property
    def _condition(self) -> Judge | None:
        return Judge(dict(self.schema["if"]), where=self.id) if "if" in self.schema else None


def parse_clause(member: Mapping[str, Any], *, where: str) -> Clause:
    """Read one member of the overlay's ``allOf``.

    Raises:
        InvalidContract: The extension is missing or lacks a member.
    """
    described: Any = member.get(EXTENSION)
    try:
        return Clause(
            id=described["id"],
            strength=Strength(described["strength"]),
            quote=described["quote"],
            source=described["source"],
            schema={key: value for key, value in member.items() if key != EXTENSION},
            breaks=tuple(described["breaks"]),
            anchors=tuple(described.get("anchors", ())),
        )
    except (TypeError, KeyError, ValueError) as error:
        raise InvalidContract(
            f"a clause needs id, strength, quote, source and breaks under {EXTENSION}: {error}", where=where
        ) from error


def apply_patch(draft: Draft, patch: Mapping[str, Any], *, resources: Mapping[str, str] | None = None) -> Draft:
    """Return *draft* changed by a JSON Merge Patch over ``{headers, fields, files}``.

    Args:
        resources: What exists at the target, by field name. It takes the place of the examples in *patch*: a request
            that names what does not exist would be refused for that.

    Source: RFC 7396.
    """
    whole = {"headers": draft.headers, "fields": draft.fields, "files": draft.files}
    merged = merge_patch(whole, patch)
    known = {name: value for name, value in (resources or {}).items() if name in EXAMPLES}
    named = {name: known[name] for name, example in patch.get("fields", {}).items() if example and name in known}
    return Draft(headers=merged["headers"], fields={**merged["fields"], **named}, files=merged["files"])


def merge_patch(target: Any, patch: Any) -> Any:
    """Return *target* changed by *patch*: null deletes, objects merge, anything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result
