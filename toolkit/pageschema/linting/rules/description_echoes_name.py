"""PS609 description-echoes-name."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.linting.words import description, word_set, words_of, words_of_name

_FILLERS = word_set(
    "the a an of this its for in s der die das des le la les du de l el los las del o os da do il lo dell"
)
_LONGEST = 80


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        text = description(place.schema)
        if text and len(text) <= _LONGEST and _echoes(text, str(place.key)):
            yield Flaw(
                pointer=pointer.join(place.pointer, "description"),
                message=f"the description of {field(place)} repeats its name: {quoted(text)}",
                remedy="say where it stands, how it is written, and what it is not",
            )


def _echoes(text: str, name: str) -> bool:
    said = [word for word in words_of(text) if word not in _FILLERS]
    return bool(said) and said[0] in name.casefold() and set(said) <= set(words_of_name(name))


DESCRIPTION_ECHOES_NAME = LintRule(
    code="PS609",
    name="description-echoes-name",
    severity=Severity.NOTE,
    summary="a description that has no word that is not in the name",
    why=(
        "The model has read the name already. What helps is what the name cannot say: which of two dates, with or "
        "without tax, as printed or in another form."
    ),
    source=(
        "Datalab's documentation, structured extraction: descriptions steer the model. The hand-made schemas of its "
        "benchmark (datalab-to/omni_extract_bench) say what a field is not to be confused with."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "invoice_date": {"type": "string", "description": "The invoice date"}
  }
}
""",
    flagged=("/properties/invoice_date/description",),
    good="""\
{
  "type": "object",
  "properties": {
    "invoice_date": {"type": "string", "description": "The day of issue, not of delivery, as YYYY-MM-DD"}
  }
}
""",
    find=_find,
)
