"""PS103 root-not-object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.type_names import NAMES
from pageschema.linting.wording import quoted

_WRAP = 'wrap it in a field: {"type": "object", "properties": {"results": …}}'


def _find(subject: Subject) -> Iterator[Flaw]:
    root = subject.value
    if not isinstance(root, dict):
        if subject.unreadable is None:
            yield Flaw(
                pointer="",
                message=f"a page schema is a JSON object, this is {_kind(root)}",
                remedy=_unlist(root) if isinstance(root, list) else 'write {"type": "object", "properties": {…}}',
            )
        return
    types = root.get("type", "object")
    if _excludes_object(types):
        yield Flaw(
            pointer="/type",
            message=f"the root's 'type' is {quoted(types)}, /extract requires an object with 'properties'",
            remedy=_WRAP if "properties" not in root else 'write "type": "object"',
        )
    if not isinstance(root.get("properties", {}), dict):
        yield Flaw(
            pointer="/properties",
            message=f"'properties' at the root is {_kind(root['properties'])}, /extract requires an object",
            remedy='give each field a schema by name: {"total": {"type": "number"}}',
        )


def _excludes_object(types: Any) -> bool:
    names = types if isinstance(types, list) else [types]
    return bool(names) and "object" not in names and all(isinstance(name, str) and name in NAMES for name in names)


def _unlist(root: list[Any]) -> str:
    if len(root) == 1 and isinstance(root[0], dict) and "properties" in root[0]:
        return "send the schema itself, without the list around it"
    return (
        'write an object with each field by its name: {"type": "object", "properties": {"total": {"type": "number"}}}'
    )


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else quoted(value)


ROOT_NOT_OBJECT = LintRule(
    code="PS103",
    name="root-not-object",
    severity=Severity.ERROR,
    summary="a root that is no object, or whose `type` or `properties` is not an object's",
    why=(
        "An extraction is one object a document. A list of results, such as Pydantic's RootModel[list[Line]], needs a "
        "field to stand in."
    ),
    source=(
        "The contract of /extract: page_schema \"Must contain a 'properties' key\". Datalab's agent skill for the API "
        '(datalab-to/lift): "Schema rejected (400): ensure it\'s a JSON object with `properties`".'
    ),
    bad="""\
{
  "type": "array",
  "items": {
    "type": "object",
    "properties": {"price": {"type": "number", "description": "The price of the line"}}
  }
}
""",
    flagged=("/type",),
    good="""\
{
  "type": "object",
  "properties": {
    "lines": {
      "type": "array",
      "description": "The lines of the invoice",
      "items": {
        "type": "object",
        "properties": {"price": {"type": "number", "description": "The price of the line"}}
      }
    }
  }
}
""",
    find=_find,
    silences=("missing-root-properties", "invalid-keyword-value", "untyped-array"),
)
