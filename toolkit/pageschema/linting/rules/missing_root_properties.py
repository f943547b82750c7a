"""PS101 missing-root-properties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.recognition import is_schema_map
from pageschema.linting.root import with_properties
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import Names, quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    root = subject.value
    if not isinstance(root, dict) or "properties" in root:
        return
    if "$ref" not in root or subject.team(subject.places[0]).is_whole:  # else the reference is what to mend
        what, remedy = _words(root)
        yield Flaw(pointer="", message=what, remedy=remedy, fixable=with_properties(subject) is not None)


def _words(root: dict[str, Any]) -> tuple[str, str]:
    if not root:
        return "is an empty object, which asks for nothing", 'write {"type": "object", "properties": {…}}'
    if isinstance(root.get("$ref"), str):
        return (
            f"the root is a reference to {quoted(root['$ref'])}, and has no 'properties' of its own",
            "write the schema that it refers to at the root",
        )
    if "allOf" in root:
        return (
            "the root is an 'allOf', and has no 'properties' of its own",
            "merge its branches into one object with 'properties'",
        )
    for choice in ("anyOf", "oneOf"):
        if choice in root:
            return (
                f"the root is a choice ('{choice}'), and has no 'properties' of its own",
                "send one of its branches, or one object with the fields of all of them",
            )
    meant = next((key for key, value in root.items() if _is_misnamed(key, value)), None)
    if meant is not None:
        return (
            f"has {quoted(meant)} where /extract looks for 'properties'",
            f"rename {quoted(meant)} to 'properties'",
        )
    if root.keys() & {"$defs", "definitions"}:
        return "has definitions, but no top-level 'properties'", "write the schema of the document itself at the root"
    return (
        "has no top-level 'properties', which /extract requires",
        'wrap the fields: {"type": "object", "properties": {…}}',
    )


def _is_misnamed(key: str, value: Any) -> bool:
    is_map = is_schema_map(value) and bool(value)
    return is_map and (key.casefold() in ("fields", "props") or Names(["properties"]).near(key) is not None)


MISSING_ROOT_PROPERTIES = LintRule(
    code="PS101",
    name="missing-root-properties",
    severity=Severity.ERROR,
    summary="a page schema without `properties` at its root",
    why=(
        "/extract looks for the fields under the root's own `properties`. A reference, a choice or a definition is "
        "valid JSON Schema, but is not looked into. Pydantic writes such a root for every model that refers to "
        "itself, and for every RootModel of a union."
    ),
    source=(
        "The contract of /extract: page_schema \"Must contain a 'properties' key\". pydantic/pydantic #9435 and #5316 "
        "on the root reference of a recursive model."
    ),
    bad="""\
{
  "$ref": "#/$defs/Clause",
  "$defs": {
    "Clause": {
      "type": "object",
      "properties": {
        "heading": {"type": "string", "description": "The clause's heading"},
        "clauses": {
          "type": "array",
          "description": "The clauses within",
          "items": {"$ref": "#/$defs/Clause"}
        }
      }
    }
  }
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "properties": {
    "heading": {"type": "string", "description": "The clause's heading"},
    "clauses": {
      "type": "array",
      "description": "The clauses within",
      "items": {"$ref": "#"}
    }
  }
}
""",
    find=_find,
    fix=with_properties,
    fix_is_safe=True,
)
