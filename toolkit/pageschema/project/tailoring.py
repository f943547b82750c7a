"""A page schema in the form that another API wants: what its profile says, written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from pageschema import jsontext
from pageschema.errors import InvalidTarget
from pageschema.finding import Finding, Severity
from pageschema.linting import Profile, lint
from pageschema.linting.branches import are_apart, choices
from pageschema.linting.subject import Subject
from pageschema.schema import PageSchema, map_schema, walk

BOUNDS = frozenset(
    {
        "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "multipleOf", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "propertyNames",
        "minProperties", "maxProperties", "not", "if", "then", "else", "dependentRequired", "dependentSchemas",
        "discriminator", "default", "unevaluatedItems", "unevaluatedProperties",
    }
)  # fmt: skip
"""Keywords that can be left out without asking for other fields: all they do is refuse some answers."""

_SCALARS = frozenset({"string", "number", "integer", "boolean"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tailored:
    """A page schema in an API's form. `lost` says what was left out, `amiss` what that API will still not take."""

    schema: PageSchema
    lost: tuple[str, ...] = ()
    amiss: tuple[str, ...] = ()


def tailored(schema: PageSchema, profile: Profile) -> Tailored:
    """Return *schema* in the form of *profile*: it asks for the same fields, with fewer bounds.

    Raises:
        InvalidTarget: The API takes no JSON Schema.
    """
    if not profile.form:
        raise InvalidTarget(
            f"{profile.title} has no form of its own: it takes no JSON Schema",
            remedy=f"leave --profile out, and keep to what 'pageschema lint --profile {profile.name}' says",
        )
    if profile.name == "datalab":
        return Tailored(schema=schema)
    value = map_schema(schema.value, _Tailor(profile).changed)
    text = schema.text if value == schema.value else jsontext.dumps(value) + "\n"
    found = replace(schema, text=text, value=value)
    amiss = [finding for finding in lint(found, profile=profile.name) if _is_about(finding, profile)]
    return Tailored(
        schema=found,
        lost=tuple(_lost(schema.value, profile)),
        amiss=tuple(f"{finding.pointer or 'the root'}: {finding.message}" for finding in amiss),
    )


def _is_about(finding: Finding, profile: Profile) -> bool:
    """Return whether a finding says what the API of *profile* will not take, or takes worse than others."""
    return finding.code.startswith("PS8") or profile.severities.get(finding.name) is Severity.ERROR


def _lost(value: dict[str, Any], profile: Profile) -> Iterator[str]:
    apart = _told_apart(value)
    for place in walk(value):
        if isinstance(place.schema, dict):
            for keyword in place.schema:
                if _is_left_out(keyword, place.schema[keyword], profile) and keyword != "discriminator":
                    shown = jsontext.clip(jsontext.dumps(place.schema[keyword], indent=None), 60)
                    yield f"{place.pointer or 'the root'}: '{keyword}' of {shown} is left out"
            if "oneOf" in place.schema and _chooses_any(place.schema, profile) and place.pointer not in apart:
                told = "'oneOf' is written as 'anyOf', and no longer refuses what two of its branches take"
                yield f"{place.pointer or 'the root'}: {told}"
            yield from (f"{place.pointer or 'the root'}: {told}" for told in _weakened(place.schema, profile))


def _told_apart(value: dict[str, Any]) -> set[str]:
    """Return where a ``oneOf`` stands of which no two branches take the same value, as those of a tagged union."""
    subject = Subject.read(value)
    return {
        place.pointer
        for place, branches in choices(subject, "oneOf")
        if all(are_apart(subject, one, other) for one, other in combinations(branches, 2))
    }


def _weakened(schema: dict[str, Any], profile: Profile) -> Iterator[str]:
    """Yield what *schema* says in its own form and cannot say in that of *profile*."""
    if profile.closes_objects and schema.get("additionalProperties") is True and "properties" in schema:
        yield "'additionalProperties' of true is left out: no other fields are asked for"
    fields, required = schema.get("properties"), schema.get("required")
    if profile.needs_null and isinstance(fields, dict) and isinstance(required, list):
        strict = [name for name in required if _is_scalar(fields.get(name)) and not _takes_null(fields[name])]
        if strict:
            yield f"null is taken by fields that are required: {jsontext.clip(', '.join(map(str, strict)), 200)}"
    items = schema.get("items")
    items = _in_one(items) if isinstance(items, dict) else None
    if profile.bare_items and items is not None and _is_scalar(items) and _takes_null(items):
        yield "null is left out of the items"


def _chooses_any(schema: dict[str, Any], profile: Profile) -> bool:
    return "oneOf" in profile.unsupported and "anyOf" not in profile.unsupported and "anyOf" not in schema


def _is_left_out(keyword: str, value: Any, profile: Profile) -> bool:
    if keyword in profile.values:
        return value not in profile.values[keyword]
    return keyword in BOUNDS and (keyword in profile.unsupported or keyword in profile.left_out)


class _Tailor:
    def __init__(self, profile: Profile) -> None:
        self._profile = profile

    def changed(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return one schema in the form of the profile; those within it are so already."""
        profile = self._profile
        if "anyOf" in profile.unsupported:
            schema = _in_one(schema)
        found: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword == "oneOf" and _chooses_any(schema, profile):
                found["anyOf"] = value
                continue
            if keyword == "const" and "const" in (*profile.unsupported, *profile.left_out) and "enum" not in schema:
                found["enum"] = [value]
                continue
            if not _is_left_out(keyword, value, profile):
                found[keyword] = value
        fields = found.get("properties")
        if isinstance(fields, dict):
            self._complete(found, fields)
        if profile.bare_items and _is_scalar(found.get("items")):
            found["items"] = _without_null(found["items"])
        if profile.chosen_null:
            found = _chosen(found)
        return _alone(found) if profile.lone_references else found

    def _complete(self, found: dict[str, Any], fields: dict[str, Any]) -> None:
        profile = self._profile
        listed = found.get("required")
        required = set(listed) if isinstance(listed, list) else set()
        if profile.needs_null:
            found["properties"] = {name: nullable(s) if _is_scalar(s) else s for name, s in fields.items()}
        if profile.requires_all:
            fields = {name: s if name in required else nullable(s) for name, s in fields.items()}
            found["properties"] = fields
            found["required"] = list(fields)
        if profile.closes_objects and not isinstance(found.get("additionalProperties"), dict):
            found["additionalProperties"] = False


def nullable(schema: Any) -> Any:
    """Return *schema* such that null is taken as well."""
    if not isinstance(schema, dict):
        return schema
    found = dict(schema)
    if "$ref" in found:
        return {"anyOf": [{"$ref": found.pop("$ref")}, {"type": "null"}], **found}
    if "const" in found:
        found = {
            ("enum" if key == "const" else key): ([value] if key == "const" else value) for key, value in found.items()
        }
    if isinstance(found.get("enum"), list) and None not in found["enum"]:
        found["enum"] = [*found["enum"], None]
    types = found.get("type")
    if isinstance(types, str) and types != "null":
        found["type"] = [types, "null"]
    elif isinstance(types, list) and "null" not in types:
        found["type"] = [*types, "null"]
    branches = found.get("anyOf")
    if isinstance(branches, list) and not any(_is_null(branch) for branch in branches):
        found["anyOf"] = [*branches, {"type": "null"}]
    return found


def _alone(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with no keyword beside its reference."""
    if "$ref" not in schema or len(schema) == 1 or not {"anyOf", "properties", "$defs"}.isdisjoint(schema):
        return schema
    return {"anyOf": [{"$ref": schema["$ref"]}], **{key: value for key, value in schema.items() if key != "$ref"}}


def _chosen(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with an array that may be null as a choice between the two."""
    if not isinstance(schema.get("type"), list) or set(schema["type"]) != {"array", "null"} or "anyOf" in schema:
        return schema
    around = {keyword: value for keyword, value in schema.items() if keyword in ("title", "description")}
    array = {keyword: value for keyword, value in schema.items() if keyword not in around}
    return {"anyOf": [{**array, "type": "array"}, {"type": "null"}], **around}


def _in_one(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* with its choice between one type and null as a list of types; unchanged where it has another."""
    branches = schema.get("anyOf")
    if not isinstance(branches, list) or len(branches) != 2 or {"type": "null"} not in branches:
        return schema
    other = branches[1 - branches.index({"type": "null"})]
    rest = {keyword: value for keyword, value in schema.items() if keyword != "anyOf"}
    if not isinstance(other, dict) or not isinstance(other.get("type"), str) or not rest.keys().isdisjoint(other):
        return schema
    return {**nullable(other), **rest}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    found = dict(schema)
    if isinstance(found.get("type"), list):
        rest = [each for each in found["type"] if each != "null"]
        found["type"] = rest[0] if len(rest) == 1 else rest
    if isinstance(found.get("enum"), list):
        found["enum"] = [each for each in found["enum"] if each is not None]
    return found


def _takes_null(schema: dict[str, Any]) -> bool:
    return _is_null(schema) or None in (schema.get("enum") or ())


def _is_null(schema: Any) -> bool:
    types = schema.get("type") if isinstance(schema, dict) else None
    return types == "null" or (isinstance(types, list) and "null" in types)


def _is_scalar(schema: Any) -> bool:
    types = schema.get("type") if isinstance(schema, dict) else None
    listed = types if isinstance(types, list) else [types]
    return isinstance(schema, dict) and ("enum" in schema or any(each in _SCALARS for each in listed))
