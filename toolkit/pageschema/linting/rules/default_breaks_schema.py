"""PS305 default-breaks-schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.edits import drop
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.trials import Trial, broken
from pageschema.linting.wording import field, quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    trials = [
        Trial(place=place, pointer=pointer.join(place.pointer, "default"), value=place.schema["default"])
        for place in subject.asked_holding("default")
    ]
    for trial, fault in broken(subject, trials):
        yield Flaw(
            pointer=trial.pointer,
            message=f"default {quoted(trial.value)} of {field(trial.place)} breaks its own '{fault.keyword}'",
            remedy=_remedy(trial.value, in_model=subject.model_schema is not None),
            fixable=True,
        )
    for facts in subject.facts.fields:
        for place in subject.places_of(facts.origin) if facts.refuses_its_null else ():
            yield Flaw(
                pointer=place.pointer,
                message=f"default None of {field(place)} breaks its own type, and so does an answer of null",
                remedy=_remedy(None, in_model=True),
            )


def _remedy(value: Any, *, in_model: bool) -> str:
    if value is None:
        return "write its type as … | None" if in_model else "drop it, or allow null in its type"
    if isinstance(value, str) and " " in value.strip():
        how = "Field(description=…)" if in_model else '"description"'
        return f"drop it; if it describes the field, write it as {how}"
    return "give a default that is valid, or drop it"


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in _find(subject):
        drop(root, flaw.pointer)
    return root


DEFAULT_BREAKS_SCHEMA = LintRule(
    code="PS305",
    name="default-breaks-schema",
    severity=Severity.WARNING,
    summary="a `default` that its own schema refuses",
    why=(
        "A model that extracts sees the default as an example of the answer, and gives it back where the document is "
        "silent: the extraction then breaks the schema. Pydantic does not check defaults, so `= None` on a field that "
        "is not optional, and a description in the place of the default, go unnoticed."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 9.2: a default should be valid. Found in 10 of 269 models of public "
        "repositories. pydantic: validate_default is off unless it is asked for."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "years": {"type": "integer", "description": "Years of experience", "default": "Years of experience"},
    "currency": {"type": "string", "description": "The currency of the amounts", "default": null}
  }
}
""",
    flagged=("/properties/years/default", "/properties/currency/default"),
    good="""\
{
  "type": "object",
  "properties": {
    "years": {"type": "integer", "description": "Years of experience"},
    "currency": {"type": "string", "description": "The currency of the amounts", "default": "EUR"}
  }
}
""",
    find=_find,
    fix=_fix,
)
