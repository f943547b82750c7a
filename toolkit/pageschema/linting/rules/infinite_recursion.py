"""PS303 infinite-recursion."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.recursion import endless, loops
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.schema import Place


def _find(subject: Subject) -> Iterator[Flaw]:
    never = endless(subject) if subject.references and isinstance(subject.value, dict) else frozenset()
    if not never:
        return
    for loop in loops(subject, never):
        turns = [place for place in subject.places if place.pointer in loop and _is_a_level_deeper(place, loop)]
        if turns:
            yield Flaw(
                pointer=turns[0].pointer,
                message=f"{field(turns[0])} must hold another one of what it is in, and so on without end",
                remedy=_remedy(turns[0], in_model=subject.model_schema is not None),
            )


def _is_a_level_deeper(place: Place, loop: frozenset[str]) -> bool:
    return place.keyword in ("properties", "items") and place.parent is not None and place.parent.pointer in loop


def _remedy(place: Place, *, in_model: bool) -> str:
    if place.keyword == "items":
        return "drop 'minItems', so that the last one may be empty"
    if in_model:
        return "let it be absent: write its type as … | None = None"
    return f"take {quoted(str(place.key))} out of 'required', so that the last one may go without"


INFINITE_RECURSION = LintRule(
    code="PS303",
    name="infinite-recursion",
    severity=Severity.ERROR,
    summary="a schema whose every instance must hold another instance of it, without end",
    why=(
        "No finite extraction satisfies it. A model that extracts goes on until it runs out of tokens, or leaves the "
        "innermost one incomplete. It is what a required field of the model's own type makes."
    ),
    source=(
        "JSON Schema 2020-12 core, section 9.4.1: recursion needs an end. Proven from what each instance must hold. "
        "openai-python's converter raises RecursionError on such a model."
    ),
    bad="""\
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
      },
      "required": ["text", "follows"]
    }
  }
}
""",
    flagged=("/$defs/Clause/properties/follows",),
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
      },
      "required": ["text"]
    }
  }
}
""",
    find=_find,
    silences=("required-non-empty-array",),
)
