"""PS501 enum-without-escape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.edits import put
from pageschema.linting.options import lists_options, needs_an_answer, options, tags
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import stands_for_nothing, word_set, words_of_name

_ESCAPES = word_set(
    # English.
    "other others unknown none neither neutral undefined unspecified unclear unsure uncertain undetermined "
    "inconclusive indeterminate misc miscellaneous general generic no not non never else any custom unclassified "
    "uncategorized uncategorised unassigned unrelated irrelevant missing absent false null nil na default various "
    "mixed unsupported "
    # German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Russian.
    "sonstige sonstiges sonstiger andere anderes anderer unbekannt unklar kein keine keiner nein nicht autre "
    "autres inconnu inconnue aucun aucune otro otra otros otras desconocido desconocida ninguno ninguna outro "
    "outra outros outras desconhecido desconhecida nenhum nenhuma não nao altro altra altri sconosciuto nessuno "
    "nessuna overig overige anders onbekend geen nee inne inny inna nieznany brak nie annat annan övrigt okänd "
    "ingen nej другое другой другие неизвестно нет"
)
_ESCAPES_WITHOUT_SPACES = re.compile(r"其他|其它|未知|无|無|不明|不详|なし|その他|기타|없음|غير")
_LONGEST_READ = 1_000


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        if not lists_options(place.schema) or not needs_an_answer(subject, place):
            continue
        values = options(subject, place)
        if not values or len(values) < 2 or not all(isinstance(value, str) for value in values):
            continue
        if any(map(_is_escape, values[:_LONGEST_READ])):
            continue
        if place.pointer not in tags(subject):
            in_model = subject.model_schema is not None
            allow = "write its type as … | None" if in_model else "allow null"
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} must be one of {len(values)} values, none of which says that it is not there",
                remedy=f"{allow}, or add a value such as 'other' or 'unknown'",
                fixable=_with_null(place.schema) is not None,
            )


def _is_escape(value: str) -> bool:
    return (
        stands_for_nothing(value)
        or not _ESCAPES.isdisjoint(words_of_name(value))
        or bool(_ESCAPES_WITHOUT_SPACES.search(value))
    )


def _with_null(schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return *schema* with null as one more value, or None where that is not one edit."""
    if isinstance(schema.get("enum"), list) and isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"], "enum": [*schema["enum"], None]}
    for choice in ("anyOf", "oneOf"):
        if isinstance(schema.get(choice), list) and not schema.keys() & {"type", "enum", "$ref", "allOf"}:
            return {**schema, choice: [*schema[choice], {"type": "null"}]}
    if isinstance(schema.get("$ref"), str) and not schema.keys() & {"anyOf", "type", "enum", "allOf", "oneOf"}:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {"anyOf": [{"$ref": schema["$ref"]}, {"type": "null"}], **beside}
    return None


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in _find(subject):
        if flaw.fixable:
            put(root, flaw.pointer, _with_null(pointer.resolve(root, flaw.pointer)))
    return root


ENUM_WITHOUT_ESCAPE = LintRule(
    code="PS501",
    name="enum-without-escape",
    severity=Severity.WARNING,
    summary="a required enum without null and without a value such as `other` or `unknown`",
    why=(
        "Where the document is silent, or says something that is not on the list, one of the values is made up: it is "
        "all that the schema allows, and nobody can tell it from a value that was read."
    ),
    source=(
        "phantomfill-lint, and the paper behind it: a value invented in 20 of 20 documents for a required enum without "
        "escape. Found in 21 of 269 models of public repositories."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "terms": {"type": "string", "description": "When it is to be paid", "enum": ["14 days", "30 days"]}
  },
  "required": ["terms"]
}
""",
    flagged=("/properties/terms",),
    good="""\
{
  "type": "object",
  "properties": {
    "terms": {"type": "string", "description": "When it is to be paid", "enum": ["14 days", "30 days", "other"]}
  },
  "required": ["terms"]
}
""",
    find=_find,
    fix=_fix,
)
