"""One difference between the schemas at one place, and how it is made there without the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pageschema.solver import identity


class _Missing(Enum):
    MISSING = 0


MISSING: Final = _Missing.MISSING
"""Stands for what one side does not have."""

NULL = {"type": "null"}
NULLABLE = "*nullable"
COMBINATOR = "*combinator"
WHOLE = "*whole"
LISTED = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What differs: a keyword, or the member `key` of its value.

    Besides keywords, `keyword` may be ``nullable`` (null is an alternative), ``combinator`` (``anyOf`` or ``oneOf``
    holds the alternatives) or ``whole`` (one side is a boolean schema). Members of ``required`` and ``enum`` stand for
    themselves.
    """

    keyword: str
    key: str | int | None = None
    before: Any = MISSING
    after: Any = MISSING

    @property
    def added(self) -> bool:
        """Whether only the new schema has it."""
        return self.before is MISSING

    @property
    def removed(self) -> bool:
        """Whether only the old schema has it."""
        return self.after is MISSING

    def reversed(self) -> Edit:
        """Return the edit that undoes this one."""
        return Edit(keyword=self.keyword, key=self.key, before=self.after, after=self.before)


def apply(schema: Any, edits: Iterable[Edit]) -> Any:
    """Return *schema* with *edits* made."""
    for edit in edits:
        schema = _apply({} if schema is True else schema, edit)
    return schema


def _apply(schema: Any, edit: Edit) -> Any:
    if edit.keyword == WHOLE or not isinstance(schema, dict):
        return edit.after
    if edit.keyword == NULLABLE:
        return _nullable(schema) if edit.after else _not_nullable(schema)
    if edit.keyword == COMBINATOR:
        return {edit.after if keyword == edit.before else keyword: value for keyword, value in schema.items()}
    if edit.key is None:
        kept = {keyword: value for keyword, value in schema.items() if keyword != edit.keyword}
        return kept if edit.removed else {**kept, edit.keyword: edit.after}
    if edit.keyword in NAMED:
        members = {name: value for name, value in schema.get(edit.keyword, {}).items() if name != edit.key}
        return {**schema, edit.keyword: members if edit.removed else {**members, edit.key: edit.after}}
    if edit.keyword == "enum":
        return _enumerate(schema, edit)
    gone = identity(edit.before)
    items = [item for item in schema.get(edit.keyword, []) if identity(item) != gone]
    kept = {**schema, edit.keyword: items if edit.removed else [*items, edit.after]}
    return (
        kept if kept[edit.keyword] else {keyword: value for keyword, value in kept.items() if keyword != edit.keyword}
    )


def _enumerate(schema: dict[str, Any], edit: Edit) -> dict[str, Any]:
    """Add or take away listed values; the edit holds all of them, `key` says which."""
    values = [schema["const"]] if "const" in schema else list(schema.get("enum", []))
    if edit.added:
        values += edit.after
    else:
        gone = {identity(value) for value in edit.before}
        values = [value for value in values if identity(value) not in gone]
    kept = {keyword: value for keyword, value in schema.items() if keyword not in {"const", "enum"}}
    return {**kept, "enum": values} if values else {"not": {}}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, NULL]}


def _not_nullable(schema: dict[str, Any]) -> Any:
    branches = [branch for branch in schema.get("anyOf", []) if branch != NULL]
    if len(branches) == 1:
        return branches[0]
    types = schema.get("type")
    if isinstance(types, list):
        left = [name for name in types if name != "null"]
        return {**schema, "type": left[0] if len(left) == 1 else left}
    return {**schema, "not": NULL}
