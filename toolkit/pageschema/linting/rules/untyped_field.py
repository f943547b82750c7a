"""PS401 untyped-field."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.options import stands_in_a_schema
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.vocabulary import fits
from pageschema.linting.wording import field
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    reported: set[str] = set()
    for place in subject.fields:
        if subject.has_type(place) or _is_refused(place) or stands_in_a_schema(place):
            continue
        culprit = _culprit(subject, place)
        if culprit.pointer not in reported:
            reported.add(culprit.pointer)
            yield Flaw(
                pointer=culprit.pointer, message=f"{field(culprit)} has no type", remedy=_remedy(subject, culprit)
            )


def _is_refused(place: Place) -> bool:
    """Whether what would say the type has a value that is refused: that is what to mend."""
    schema = place.schema if isinstance(place.schema, dict) else {}
    return any(keyword in schema and not fits(keyword, schema[keyword]) for keyword in _SAYING_TYPES)


_SAYING_TYPES = ("anyOf", "oneOf", "allOf", "enum", "$ref")


def _culprit(subject: Subject, place: Place) -> Place:
    """Return the definition that a field without a type refers to, else the field itself."""
    definitions = [member for member in subject.team(place).places if member.keyword in ("$defs", "definitions")]
    return definitions[-1] if definitions else place


def _remedy(subject: Subject, place: Place) -> str:
    if subject.model_schema is not None:
        return "give it a type: str, float, int, bool, a list or a model"
    schema = place.schema if isinstance(place.schema, dict) else {}
    if "properties" in schema:
        return 'add "type": "object"'
    if "items" in schema:
        return 'add "type": "array"'
    return 'add "type": "string", or number, integer, boolean, array or object'


UNTYPED_FIELD = LintRule(
    code="PS401",
    name="untyped-field",
    severity=Severity.WARNING,
    summary="a field that says nothing about the kind of its value",
    why=(
        "What comes back may be a string in one document and an object in the next. Decoders that are constrained by "
        "the schema cannot compile such a field, and drop the constraint for all of them. Pydantic's Any gives this."
    ),
    source=(
        "Measured with json-schema-to-pydantic, which datalab-to/lift compiles schemas with: a property without type "
        "is refused. googleapis/python-genai #2889 and openai/openai-python #2004: open values come back empty."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"description": "The amount due"}
  }
}
""",
    flagged=("/properties/total",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    find=_find,
)
