"""PS606 description-in-branch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import description


def _branches(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the pointers of each field without description, and of the one branch beside null that has it."""
    for place in subject.asked_holding("anyOf", "oneOf"):
        if place.keyword in ("anyOf", "oneOf") or description(place.schema):
            continue
        for choice in ("anyOf", "oneOf"):
            branches = place.schema.get(choice)
            if not isinstance(branches, list) or len(branches) < 2:
                continue
            rest = [index for index, branch in enumerate(branches) if branch != {"type": "null"}]
            if len(rest) == 1 and description(branches[rest[0]]):
                yield place.pointer, pointer.join(place.pointer, choice, rest[0])


def _find(subject: Subject) -> Iterator[Flaw]:
    for where, branch in _branches(subject):
        place = subject.by_pointer[where]
        yield Flaw(
            pointer=pointer.join(branch, "description"),
            message=f"the description of {field(place)} stands in its branch, not beside it",
            remedy=(
                "write Field(description=…) around the whole type: Annotated[… | None, Field(…)]"
                if subject.model_schema is not None
                else f"move it up, beside '{pointer.parse(branch)[-2]}'"
            ),
            fixable="description" not in place.schema,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for where, branch in _branches(subject):
        holder = pointer.resolve(root, where)
        if "description" not in holder:
            text = pointer.resolve(root, branch).pop("description")
            rest = dict(holder)
            holder.clear()
            holder.update({"description": text, **rest})
    return root


DESCRIPTION_IN_BRANCH = LintRule(
    code="PS606",
    name="description-in-branch",
    severity=Severity.NOTE,
    summary="a description inside the branch of a field that may be null, instead of beside it",
    why=(
        "It says what the value is where there is one. Tools that show or rewrite a schema look for it beside the "
        "choice, and Datalab's own adapter, which folds null away, is one of them. `Optional[Annotated[…]]` gives this."
    ),
    source=(
        "pydantic: the description of Annotated belongs to the type it annotates. datalab-to/omni_extract_bench, "
        "providers/datalab.py: nullable unions are collapsed."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"anyOf": [{"type": "number", "description": "The amount due"}, {"type": "null"}]}
  }
}
""",
    flagged=("/properties/total/anyOf/0/description",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"anyOf": [{"type": "number"}, {"type": "null"}], "description": "The amount due"}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
)
