"""PS607 vague-name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import word_set, words_of_name

_VAGUE = word_set(
    "data info information value values field fields result results output contents details detail misc "
    "other stuff thing things object entry var variable temp tmp foo bar extra item element attribute property "
    "daten angaben donnees datos dados dati"
)
_NUMBERED = re.compile(r"(?:field|column|col|value|item|data|var|prop|key|text|x)_?\d{1,3}", re.IGNORECASE)
_PARTNERS = word_set("name key label unit units currency type field id code category title property parameter")
"""Names beside which ``value`` or ``text`` says enough: the other half of a pair."""


def _find(subject: Subject) -> Iterator[Flaw]:
    has_partner: dict[str, bool] = {}
    for place in subject.fields:
        name, parent = str(place.key), place.parent
        if not _is_vague(name) or parent is None:
            continue
        if parent.pointer not in has_partner:
            siblings = [str(other) for other in parent.schema["properties"] if not _is_vague(str(other))]
            has_partner[parent.pointer] = any(not _PARTNERS.isdisjoint(words_of_name(other)) for other in siblings)
        if not has_partner[parent.pointer]:
            yield Flaw(
                pointer=place.pointer,
                message=f"the name of {field(place)} could be that of any",
                remedy="name it after what stands on the page",
            )


def _is_vague(name: str) -> bool:
    return len(name) < 16 and (name.casefold() in _VAGUE or bool(_NUMBERED.fullmatch(name)))


VAGUE_NAME = LintRule(
    code="PS607",
    name="vague-name",
    severity=Severity.NOTE,
    summary="a name that could be that of any field: `data`, `info`, `value`, `field_1`",
    why=(
        "The name is the first thing that the model knows of a field, and what the answer is written under. A good one "
        "does half of the description's work."
    ),
    source=(
        'Datalab\'s documentation, structured extraction, "Common schema pitfalls": specific field names. Found in 37 '
        "of 269 models of public repositories."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "data": {"type": "string", "description": "The delivery note's number"}
  }
}
""",
    flagged=("/properties/data",),
    good="""\
{
  "type": "object",
  "properties": {
    "delivery_note_number": {"type": "string", "description": "As printed, with its prefix"}
  }
}
""",
    find=_find,
)
