"""PS801 unsupported-keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.kinds import kind_of_value
from pageschema.linting.profile import Profile
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.schema import Place

_LONGEST_PATTERN = 10_000
_TOKEN = re.compile(r"\\k<|\\.|\[\^?\]?(?:\\.|[^\]\\])*(?:\]|\Z)|\(\?<?[=!]", re.DOTALL)
"""What a construct may be, and what only looks like one: an escaped character, and all that stands in a class."""
_SCALARS = frozenset({"string", "number", "integer", "boolean"})


def _find(subject: Subject) -> Iterator[Flaw]:
    profile = subject.profile
    if not profile.unsupported and not profile.values:  # The default says nothing, and no other profile says less.
        return
    for place in subject.places:
        if isinstance(place.schema, dict):
            yield from _keywords(profile, place, place.schema)
            yield from _options(profile, place, place.schema)
            yield from _constructs(profile, place, place.schema)
            yield from _shapes(profile, place, place.schema)


def _keywords(profile: Profile, place: Place, schema: dict[str, Any]) -> Iterator[Flaw]:
    for keyword in profile.unsupported.keys() & schema.keys():
        yield Flaw(
            pointer=pointer.join(place.pointer, keyword),
            message=f"'{keyword}' of {field(place)} {profile.unsupported[keyword]}",
            remedy=f"say it in the description; 'pageschema generate --profile {profile.name}' writes what is taken"
            if profile.form
            else "say it in the description, or in another form",
        )
    for keyword in profile.root_unsupported if place.pointer == "" else ():
        if keyword in schema:
            yield Flaw(
                pointer=pointer.join("", keyword),
                message=f"'{keyword}' stands at the root, where it is not supported",
                remedy="put what it chooses from into a field of its own",
            )
    for keyword in profile.values.keys() & schema.keys():
        if schema[keyword] not in profile.values[keyword]:
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"'{keyword}' of {field(place)} is {quoted(schema[keyword])}, which is not supported",
                remedy=f"write {_choice([quoted(value) for value in profile.values[keyword]])}, or leave it out",
            )


def _options(profile: Profile, place: Place, schema: dict[str, Any]) -> Iterator[Flaw]:
    listed = schema.get("enum")
    options = listed if isinstance(listed, list) else [schema["const"]] if "const" in schema else []
    kinds = dict.fromkeys(kind_of_value(option) for option in options) if profile.option_kinds else {}
    for kind in kinds:
        # A value that is a whole number is one of both.
        if kind not in profile.option_kinds and not (kind == "integer" and "number" in profile.option_kinds):
            keyword = "enum" if isinstance(listed, list) else "const"
            yield Flaw(
                pointer=pointer.join(place.pointer, keyword),
                message=f"'{keyword}' of {field(place)} has a value of type {kind}, which is not supported",
                remedy=f"list values of type {' or '.join(profile.option_kinds)} only",
            )
            return


def _constructs(profile: Profile, place: Place, schema: dict[str, Any]) -> Iterator[Flaw]:
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and "pattern" not in profile.unsupported:
        tokens = dict.fromkeys(_TOKEN.findall(pattern[:_LONGEST_PATTERN])) if profile.pattern_constructs else ()
        for found, words in profile.pattern_constructs.items():
            if any(re.fullmatch(found, token) for token in tokens):
                yield Flaw(
                    pointer=pointer.join(place.pointer, "pattern"),
                    message=f"'pattern' of {field(place)} has {words}, which is not supported: {quoted(pattern)}",
                    remedy="write it without, or say it in the description",
                )
                return


def _shapes(profile: Profile, place: Place, schema: dict[str, Any]) -> Iterator[Flaw]:
    if profile.lone_references and "$ref" in schema and len(schema) > 1 and place.pointer:
        others = ", ".join(f"'{name}'" for name in schema if name != "$ref")
        yield Flaw(
            pointer=pointer.join(place.pointer, "$ref"),
            message=f"'$ref' of {field(place)} has {others[:80]} beside it, which is not supported",
            remedy="move that into the definition, or write the definition out here",
        )
    types = schema.get("type")
    listed = {each for each in types if isinstance(each, str)} if isinstance(types, list) else set()
    if profile.chosen_null and {"array", "null"} <= listed:
        yield Flaw(
            pointer=pointer.join(place.pointer, "type"),
            message=f"'type' of {field(place)} lists null beside array, which is not supported",
            remedy='leave null out and the field out of \'required\', or write "anyOf" with {"type": "null"}',
        )
    if profile.bare_items and place.keyword == "items" and "null" in listed and listed & _SCALARS:
        yield Flaw(
            pointer=pointer.join(place.pointer, "type"),
            message=f"{field(place)} takes null, which is not supported in an array",
            remedy="leave null out: what is not there is no item",
        )


def _choice(values: list[str]) -> str:
    return " or ".join(values) if len(values) < 3 else f"one of {', '.join(values)}"


UNSUPPORTED_KEYWORD = LintRule(
    code="PS801",
    name="unsupported-keyword",
    severity=Severity.ERROR,
    summary="a keyword, or a value of one, that the API of the profile refuses or ignores",
    why=(
        "What is refused fails the request. What is ignored is worse where one relies on it: the answer is bound by a "
        "smaller schema than the one that was sent."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="openai",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "not": {"const": 0}},
    "website": {"type": "string", "description": "Of the seller", "format": "uri"}
  },
  "required": ["total", "website"],
  "additionalProperties": false
}
""",
    flagged=("/properties/total/not", "/properties/website/format"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, never 0"},
    "website": {"type": ["string", "null"], "description": "Of the seller"}
  },
  "required": ["total", "website"],
  "additionalProperties": false
}
""",
    find=_find,
    silences=("conditional-or-combined", "unportable-pattern"),
)
