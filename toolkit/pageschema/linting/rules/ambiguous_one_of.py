"""PS304 ambiguous-one-of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.branches import are_apart, choices, closed
from pageschema.linting.questions import Questions
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field

_NOT_ASKED = frozenset({"oneOf", "$defs", "definitions", "$id", "$schema"})


def _find(subject: Subject) -> Iterator[Flaw]:
    questions = Questions(subject)
    for place, branches in choices(subject, "oneOf"):
        if not place.pointer and "properties" not in place.schema:
            continue  # a root that is a choice is what to mend
        beside = {key: value for key, value in place.schema.items() if key not in _NOT_ASKED}
        for one, other in combinations(branches, 2):
            if are_apart(subject, one, other):
                continue
            both = questions.instance(
                {"allOf": [questions.part(beside), *(closed(each, questions) for each in (one, other))]}
            )
            if both is not None:
                yield Flaw(
                    pointer=pointer.join(place.pointer, "oneOf"),
                    message=(
                        f"branches {one.place.key} and {other.place.key} of 'oneOf' in {field(place)} both take "
                        f"{jsontext.clip(jsontext.dumps(both[0], indent=None), 60)}, so that it is refused"
                    ),
                    remedy="write 'anyOf', or make the branches differ in a required field with its own 'const'",
                    fixable=True,
                )
                break


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in reversed(list(_find(subject))):
        schema = pointer.resolve(root, flaw.pointer.removesuffix("/oneOf"))
        if "anyOf" not in schema:
            members = [("anyOf" if key == "oneOf" else key, value) for key, value in schema.items()]
            schema.clear()
            schema.update(members)
    return root


AMBIGUOUS_ONE_OF = LintRule(
    code="PS304",
    name="ambiguous-one-of",
    severity=Severity.WARNING,
    summary="a `oneOf` of which two branches take the same ordinary value",
    why=(
        "`oneOf` refuses what two branches take, and so the very values that are most alike: an integer where the "
        "branches are integer and number, a party with a name only where both kinds of party have one. `anyOf` takes "
        "them. Branches that a tag tells apart are fine."
    ),
    source=(
        "JSON Schema 2020-12 core, section 10.2.1.3: exactly one. The value in the message was found by the solver "
        "that compares schemas, and confirmed by a validator."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "quantity": {"description": "How many", "oneOf": [{"type": "integer"}, {"type": "number"}]}
  }
}
""",
    flagged=("/properties/quantity/oneOf",),
    good="""\
{
  "type": "object",
  "properties": {
    "quantity": {"description": "How many", "type": "number"}
  }
}
""",
    find=_find,
    fix=_fix,
)
