"""PS306 example-breaks-schema."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.trials import Trial, broken
from pageschema.linting.wording import field, quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    trials = [
        Trial(place=place, pointer=pointer.join(place.pointer, "examples", index), value=example)
        for place in subject.asked_holding("examples")
        if isinstance(place.schema.get("examples"), list)
        for index, example in enumerate(place.schema["examples"])
    ]
    for trial, fault in broken(subject, trials):
        yield Flaw(
            pointer=trial.pointer,
            message=f"example {quoted(trial.value)} of {field(trial.place)} breaks its own '{fault.keyword}'",
            remedy="give an example that is valid, or drop it",
        )


EXAMPLE_BREAKS_SCHEMA = LintRule(
    code="PS306",
    name="example-breaks-schema",
    severity=Severity.WARNING,
    summary="a member of `examples` that its own schema refuses",
    why=(
        "Examples steer the model that extracts more than types do. One that the schema refuses teaches it answers "
        "that break the schema: an amount with its currency, a date in the writing of the document."
    ),
    source="JSON Schema 2020-12 validation, section 9.5: examples should be valid.",
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "examples": [118.5, "118,50 EUR"]}
  }
}
""",
    flagged=("/properties/total/examples/1",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "examples": [118.5]}
  }
}
""",
    find=_find,
)
