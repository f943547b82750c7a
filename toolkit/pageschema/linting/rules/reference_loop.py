"""PS204 reference-loop."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    reported: set[frozenset[str]] = set()
    loop_of = {where: loop for loop in subject.shape.loops for where in loop}
    for reference in subject.references:
        loop = loop_of.get(reference.place.pointer)
        if loop is None or loop in reported or reference.target is None or reference.target.pointer not in loop:
            continue
        reported.add(loop)
        yield Flaw(
            pointer=reference.pointer,
            message=f"{quoted(reference.text)} leads back to itself, with no field or item in between",
            remedy="give it a type and properties of its own, or drop the reference",
        )


REFERENCE_LOOP = LintRule(
    code="PS204",
    name="reference-loop",
    severity=Severity.ERROR,
    summary="a `$ref` that leads back to itself without a field or an item in between",
    why=(
        "Such a schema says of a value only that it is valid if it is valid. Validators answer anything or never stop. "
        "A recursive schema is fine where each turn goes one level deeper."
    ),
    source="JSON Schema 2020-12 core, section 9.4.1: a schema must not loop without end; what it does is undefined.",
    bad="""\
{
  "type": "object",
  "properties": {
    "clause": {"$ref": "#/$defs/Clause", "description": "The first clause"}
  },
  "$defs": {"Clause": {"$ref": "#/$defs/Clause"}}
}
""",
    flagged=("/$defs/Clause/$ref",),
    good="""\
{
  "type": "object",
  "properties": {
    "clause": {"$ref": "#/$defs/Clause", "description": "The first clause"}
  },
  "$defs": {
    "Clause": {
      "type": "object",
      "properties": {
        "text": {"type": "string", "description": "What it says"},
        "follows": {"$ref": "#/$defs/Clause", "description": "The clause after it"}
      }
    }
  }
}
""",
    find=_find,
)
