"""PS503 constant-answer."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.options import lists_options, options, tags
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted

_TAGS = frozenset({"type", "kind", "tag", "version", "schema_version", "schemaversion", "$schema", "__typename"})
"""Names of fields that say what the object is to the code that reads it, and to nobody else."""


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        is_null = isinstance(place.schema, dict) and place.schema.get("type") == "null"
        if not (is_null or lists_options(place.schema)) or str(place.key).casefold() in _TAGS:
            continue
        values = options(subject, place)
        if values is None or len(values) > 2:
            continue
        rest = [value for value in values if value is not None]
        if len(rest) > 1 or not (values or is_null):
            continue
        if place.pointer not in tags(subject):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} can only be {quoted(rest[0]) if rest else 'null'}",
                remedy="drop it, and add the value in your own code; or list what else it can be",
            )


CONSTANT_ANSWER = LintRule(
    code="PS503",
    name="constant-answer",
    severity=Severity.WARNING,
    summary="a field with one possible value that is not what tells the branches of a choice apart",
    why=(
        "The answer is that value, whatever the document says: an invoice in dollars comes back as EUR, and the "
        "extraction is valid. What is always the same is not read, and need not be asked. Left alone is what tells the "
        "branches of a choice apart, and a field whose name says that it is a tag or a version for the code that reads "
        'it: `kind: Literal["invoice"]`, and so for `type`, `tag`, `version`, `schema_version`, `$schema` and '
        "`__typename`."
    ),
    source=(
        "JSON Schema 2020-12 validation, sections 6.1.2 and 6.1.3. metacheck #365: a field that could not be "
        "left open was invented in 5 of 5 documents."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "currency": {"type": "string", "const": "EUR", "description": "The currency of the amounts"}
  }
}
""",
    flagged=("/properties/currency",),
    good="""\
{
  "type": "object",
  "properties": {
    "currency": {"type": "string", "description": "The currency of the amounts, as ISO 4217: EUR, USD"}
  }
}
""",
    find=_find,
)
