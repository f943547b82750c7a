"""PS307 dead-branch."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.branches import choices
from pageschema.linting.kinds import kinds_around, said
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    for keyword in ("anyOf", "oneOf"):
        for place, branches in choices(subject, keyword):
            around = kinds_around(subject, branches[0].place)
            dead = [branch for branch in branches if not branch.kinds & around]
            if len(dead) == len(branches):
                continue  # nothing is left at all, which is another finding
            for branch in dead:
                own = branch.kinds
                if branch.place.schema is False:
                    message = f"a branch of {field(place)} is false, and can never hold"
                elif own and around:
                    message = f"{said(own)} is a branch of {field(place)} that can never hold beside {said(around)}"
                else:
                    continue  # nothing satisfies it wherever it stands, which is another finding
                yield Flaw(
                    pointer=branch.place.pointer,
                    message=message,
                    remedy=f"allow {said(own)} beside '{keyword}' too, or drop the branch" if own else "drop it",
                )


DEAD_BRANCH = LintRule(
    code="PS307",
    name="dead-branch",
    severity=Severity.WARNING,
    summary="a branch of `anyOf` or `oneOf` that can never hold beside the `type` around it",
    why=(
        "A branch only narrows what the schema around it allows. Where that says `string`, a branch for null allows no "
        "null: a field that was meant to be optional is not."
    ),
    source=(
        "JSON Schema 2020-12 core, section 10.2.1: branches apply to the same instance as the keywords beside them. "
        "sourcemeta/jsonschema, rule unsatisfiable_in_place_applicator_type."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "paid": {"type": "string", "description": "The day of payment", "anyOf": [{"format": "date"}, {"type": "null"}]}
  }
}
""",
    flagged=("/properties/paid/anyOf/1",),
    good="""\
{
  "type": "object",
  "properties": {
    "paid": {"description": "The day of payment", "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
  }
}
""",
    find=_find,
)
