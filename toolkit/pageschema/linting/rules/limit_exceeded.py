"""PS805 limit-exceeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.rules.deep_nesting import levels
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field

_SPLIT = "split it by part of the document, or ask for less"


def _find(subject: Subject) -> Iterator[Flaw]:
    limits = subject.profile.limits
    counts: tuple[tuple[str, int | None, Callable[[], int]], ...] = (
        ("fields", limits.properties, lambda: len(subject.fields)),
        ("options in enums", limits.options, lambda: sum(len(listed) for listed in _enums(subject))),
        ("characters of names, options and constants", limits.text, lambda: _text(subject)),
        ("characters of names, options and descriptions", limits.strings, lambda: _text(subject) + _described(subject)),
        ("characters of JSON", limits.size, lambda: len(jsontext.dumps(subject.value, indent=None))),
        ("fields that are not required", limits.optional, lambda: len(subject.fields) - len(subject.required)),
        ("fields of several types", limits.unions, lambda: sum(_is_union(place.schema) for place in subject.fields)),
    )
    for what, most, count in counts:
        if most is not None and (found := count()) > most:
            yield Flaw(
                pointer="", message=f"has {found:,} {what}, more than the {most:,} that are taken", remedy=_SPLIT
            )
    below = levels(subject, limits.levels + 1)[limits.levels + 1 :] if limits.levels is not None else []
    for place, names in below[0][:1] if below else ():
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} stands in {len(names) - 1} objects below the root, and {limits.levels} are taken",
            remedy="lift the objects in between: fields of one object, with longer names",
        )
    yield from _long_texts(subject)
    yield from _long_enums(subject)


def _long_texts(subject: Subject) -> Iterator[Flaw]:
    limits = subject.profile.limits
    for place in subject.fields if limits.name or limits.description else ():
        described = place.schema.get("description") if isinstance(place.schema, dict) else None
        for what, most, text in (("name", limits.name, place.key), ("description", limits.description, described)):
            if most is not None and isinstance(text, str) and len(text) > most:
                yield Flaw(
                    pointer=place.pointer,
                    message=f"{field(place)} has a {what} of {len(text):,} characters, and {most:,} are taken",
                    remedy="shorten it",
                )


def _long_enums(subject: Subject) -> Iterator[Flaw]:
    if subject.profile.limits.long_enum is None:
        return
    many, most = subject.profile.limits.long_enum
    for place in subject.places:
        listed = place.schema.get("enum") if isinstance(place.schema, dict) else None
        if isinstance(listed, list) and len(listed) > many:
            length = sum(len(each) for each in listed if isinstance(each, str))
            if length > most:
                yield Flaw(
                    pointer=pointer.join(place.pointer, "enum"),
                    message=f"{field(place)} has {len(listed):,} options of {length:,} characters, and where there are "
                    f"more than {many:,}, {most:,} are taken",
                    remedy="list codes, and say in the description what they stand for; or ask for the text as printed",
                )


def _enums(subject: Subject) -> list[list[Any]]:
    schemas = [place.schema for place in subject.places if isinstance(place.schema, dict)]
    return [schema["enum"] for schema in schemas if isinstance(schema.get("enum"), list)]


def _text(subject: Subject) -> int:
    named = sum(len(str(place.key)) for place in subject.places if place.keyword in ("properties", "$defs"))
    options = sum(len(each) for listed in _enums(subject) for each in listed if isinstance(each, str))
    schemas = [place.schema for place in subject.places if isinstance(place.schema, dict)]
    return named + options + sum(len(s["const"]) for s in schemas if isinstance(s.get("const"), str))


def _described(subject: Subject) -> int:
    schemas = [place.schema for place in subject.places if isinstance(place.schema, dict)]
    told = [schema.get(keyword) for schema in schemas for keyword in ("title", "description")]
    return sum(len(each) for each in told if isinstance(each, str))


def _is_union(schema: Any) -> bool:
    types = schema.get("type") if isinstance(schema, dict) else None
    return isinstance(schema, dict) and ("anyOf" in schema or (isinstance(types, list) and len(types) > 1))


LIMIT_EXCEEDED = LintRule(
    code="PS805",
    name="limit-exceeded",
    severity=Severity.ERROR,
    summary="a schema that is larger or deeper than the API of the profile takes, or a name or description too long",
    why=(
        "The request is refused, or the schema cannot be compiled in time. Several requests on one document, each for "
        "a part of it, keep within the limits."
    ),
    source="What each profile names as its sources: see the page on profiles.",
    profile="azure",
    bad="""\
{
  "type": "object",
  "properties": {
    "the_amount_that_the_buyer_has_to_pay_after_all_discounts_are_taken": {
      "type": "number",
      "description": "With tax"
    }
  }
}
""",
    flagged=("/properties/the_amount_that_the_buyer_has_to_pay_after_all_discounts_are_taken",),
    good="""\
{
  "type": "object",
  "properties": {"amount_due": {"type": "number", "description": "What the buyer has to pay, after all discounts"}}
}
""",
    find=_find,
    silences=("awkward-name", "deep-nesting", "large-enum", "large-schema", "long-description", "many-properties"),
)
