"""PS308 swallowed-branch."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from pageschema.finding import Severity
from pageschema.linting.branches import Branch, are_apart, choices, closed
from pageschema.linting.kinds import EVERY
from pageschema.linting.questions import Questions
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field


def _find(subject: Subject) -> Iterator[Flaw]:
    questions = Questions(subject)
    for place, branches in choices(subject, "anyOf"):
        if not place.pointer and "properties" not in place.schema:
            continue  # no place for a choice at all, which is another finding
        swallowed: set[str] = set()
        for one, other in permutations(branches, 2):
            if {one.place.pointer, other.place.pointer} & swallowed or _is_fine(subject, one, other):
                continue
            beyond = {"allOf": [closed(one, questions), {"not": closed(other, questions)}]}
            if questions.is_empty(beyond):
                swallowed.add(one.place.pointer)
                yield Flaw(
                    pointer=one.place.pointer,
                    message=(
                        f"branch {one.place.key} of {field(place)} takes nothing "
                        f"that branch {other.place.key} does not take"
                    ),
                    remedy=f"drop it, or narrow branch {other.place.key}",
                )


def _is_fine(subject: Subject, one: Branch, other: Branch) -> bool:
    """Whether nobody minds: the two are apart, or an integer stands beside a number, as for ``int | float``.

    Nor does anybody where null is allowed twice. A branch that takes anything is untyped, which is another finding.
    """
    if are_apart(subject, one, other):
        return True
    ours, theirs = one.kinds, other.kinds
    return ours == {"null"} or theirs == EVERY or not ours <= theirs or (ours == {"integer"} and "number" in theirs)


SWALLOWED_BRANCH = LintRule(
    code="PS308",
    name="swallowed-branch",
    severity=Severity.NOTE,
    summary="a branch of `anyOf` that takes nothing which another branch does not take as well",
    why=(
        "The choice is none: a date or any string is any string, and the model that extracts is told of two forms "
        "where it may always use the wider one. An integer beside a number is left alone."
    ),
    source=(
        "Proven with the solver that compares schemas, formats left out and each object with the fields it declares. "
        "sourcemeta/jsonschema, rule duplicate_anyof_branches."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "issued": {
      "description": "The date of issue",
      "anyOf": [{"type": "string", "maxLength": 10}, {"type": "string"}]
    }
  }
}
""",
    flagged=("/properties/issued/anyOf/0",),
    good="""\
{
  "type": "object",
  "properties": {
    "issued": {"description": "The date of issue", "type": "string"}
  }
}
""",
    find=_find,
)
