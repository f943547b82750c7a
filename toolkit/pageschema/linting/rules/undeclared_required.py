"""PS205 undeclared-required."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.kinds import EVERY
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import SAME_INSTANCE, Subject
from pageschema.linting.wording import Names, quoted
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.holding("required"):
        required = place.schema["required"]
        if not isinstance(required, list) or _is_no_object(place):
            continue
        own = place.schema.get("properties")
        own = own if isinstance(own, dict) else {}
        candidates = [(index, name) for index, name in enumerate(required) if isinstance(name, str) and name not in own]
        declared = _declared(subject, place) if candidates else None
        if declared is None:
            continue
        names = Names(declared)
        for index, name in candidates:
            if name not in declared:
                near = names.near(name)
                yield Flaw(
                    pointer=pointer.join(place.pointer, "required", index),
                    message=f"requires {quoted(name)}, which 'properties' does not declare",
                    remedy=(
                        f"did you mean {quoted(near)}?"
                        if near is not None and near not in required
                        else f"declare {quoted(name)} under 'properties', or take it out of 'required'"
                    ),
                )


def _narrows(subject: Subject, place: Place, holder: Place) -> bool:
    """Whether the property *place* of a branch says more of what the object around it, or another branch, declares."""
    whole = holder
    while whole.keyword in SAME_INSTANCE and whole.parent is not None:
        whole = whole.parent
    if whole is holder:
        return False
    team = subject.team(whole)
    others = (
        member.schema.get("properties")
        for member in team.places
        if member.pointer != holder.pointer and isinstance(member.schema, dict)
    )
    return not team.is_whole or any(isinstance(each, dict) and place.key in each for each in others)


def _is_no_object(place: Place) -> bool:
    """Whether the type says that nothing is required there, which another rule flags."""
    return bool(place.pointer) and place.schema.get("type") in tuple(EVERY - {"object"})


def _declared(subject: Subject, place: Place) -> dict[str, Place] | None:
    """Return the properties that *place* and all that judges the same object declare, or None where that is open.

    It is open where a map declares them (`additionalProperties` with a schema, `patternProperties`), where a part is
    not known, under a condition, in a field that a branch only narrows, and in a definition without properties: such a
    one is mixed into others.
    """
    around = place
    while around.keyword in SAME_INSTANCE and around.parent is not None:
        if around.keyword in ("not", "if"):
            return None
        around = around.parent
    if around.is_property and around.parent is not None and _narrows(subject, around, around.parent):
        return None
    team = subject.team(around)
    if not team.is_whole:
        return None
    declared: dict[str, Place] = {}
    has_properties = False
    for member in team.places:
        if not isinstance(member.schema, dict):
            continue
        if any(isinstance(member.schema.get(key), dict) and member.schema[key] for key in _MAPS):
            return None
        properties = member.schema.get("properties", {})
        if not isinstance(properties, dict):
            return None
        has_properties = has_properties or bool(properties)
        declared |= dict.fromkeys(properties, member)
    return declared if has_properties or around.keyword not in ("$defs", "definitions", "") else None


_MAPS = ("additionalProperties", "unevaluatedProperties", "patternProperties")


UNDECLARED_REQUIRED = LintRule(
    code="PS205",
    name="undeclared-required",
    severity=Severity.ERROR,
    summary="a name in `required` that `properties` does not declare",
    why=(
        "The field is asked for by nobody, so no extraction has it, and each one breaks the schema. It is what a "
        "renamed field leaves behind."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 6.5.3. Measured with json-schema-to-pydantic, which datalab-to/lift "
        "compiles schemas with: the name is ignored."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total_amount": {"type": "number", "description": "The amount due"}
  },
  "required": ["total"]
}
""",
    flagged=("/required/0",),
    good="""\
{
  "type": "object",
  "properties": {
    "total_amount": {"type": "number", "description": "The amount due"}
  },
  "required": ["total_amount"]
}
""",
    find=_find,
)
