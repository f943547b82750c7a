"""PS404 mixed-union."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.edits import put
from pageschema.linting.kinds import EVERY, kinds_of
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import word_set, words_of_name
from pageschema.schema import Place

_CHOICES = ("anyOf", "oneOf")
_ARTICLES = {
    "string": "a string", "number": "a number", "integer": "a whole number", "boolean": "true or false",
    "array": "an array", "object": "an object",
}  # fmt: skip
_BOUNDS = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
_DECIMAL = "^(?!^[-+.]*$)[+-]?0*"
"""How the pattern begins that Pydantic gives the string of a Decimal."""
_AMOUNTS = word_set(
    "amount amounts total totals subtotal sum price prices cost costs fee fees tax vat net gross balance discount rate "
    "payment paid payable deductible premium interest refund deposit charge charges salary wage wages income revenue "
    "turnover budget profit loss expense expenses debit credit quantity qty percent percentage weight"
)


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked:
        if not place.pointer or not isinstance(place.schema, dict) or place.keyword in _CHOICES:
            continue
        kinds = _mixed(subject, place)
        if not kinds:
            continue
        yield Flaw(
            pointer=place.pointer,
            message=f"{field(place)} may be {' or '.join(_ARTICLES[kind] for kind in kinds)}",
            remedy=_remedy(kinds, in_model=subject.model_schema is not None),
            fixable=_decimal(place) is not None,
        )


def _mixed(subject: Subject, place: Place) -> list[str]:
    """Return the kinds between which *place* itself leaves the choice, null aside, or nothing where it is one."""
    types = place.schema.get("type")
    if not isinstance(types, list) and not any(key in place.schema for key in _CHOICES):
        return []
    if isinstance(types, list) and not all(isinstance(name, str) and name in EVERY for name in types):
        return []
    found = kinds_of(subject, place) - {"null"}
    if found | {"null"} == EVERY and not isinstance(types, list):
        return []  # nothing is said, or it is not known what
    if "number" in found:
        found -= {"integer"}
    return [kind for kind in _ARTICLES if kind in found] if len(found) > 1 else []


def _remedy(kinds: list[str], *, in_model: bool) -> str:
    if set(kinds) == {"string", "number"}:
        return "keep the number: " + ("float" if in_model else '"type": "number"')
    if "array" in kinds:
        return "keep the array: one value is a list of one"
    return "keep the one that readers need, and say in the description how to write the rest"


def _decimal(place: Place) -> dict[str, Any] | None:
    """Return the schema of a number for the choice that Pydantic writes for a Decimal, or None where it is another.

    It writes the same for `float | str`, but for a pattern in some versions: bounds and the name then say which it is.
    """
    schema = place.schema
    branches = schema.get("anyOf")
    if not isinstance(branches, list) or not all(isinstance(branch, dict) for branch in branches):
        return None
    rest = [branch for branch in branches if branch != {"type": "null"}]
    if [branch.get("type") for branch in rest] != ["number", "string"]:
        return None
    number, text = rest
    if number.keys() - _BOUNDS - {"type"} or text.keys() - {"type", "pattern"}:
        return None
    if not str(text.get("pattern", _DECIMAL)).startswith(_DECIMAL):
        return None
    if "pattern" not in text and len(number) == 1 and _AMOUNTS.isdisjoint(_words_around(place)):
        return None
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    if len(rest) < len(branches):
        return {**beside, "anyOf": [number, {"type": "null"}]}
    return {**number, **beside} if not beside.keys() & number.keys() else None


def _words_around(place: Place) -> tuple[str, ...]:
    around: Place | None = place
    while around is not None and not isinstance(around.key, str):
        around = around.parent
    return words_of_name(str(around.key)) if around is not None else ()


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in _find(subject):
        if flaw.fixable:
            put(root, flaw.pointer, _decimal(subject.by_pointer[flaw.pointer]))
    return root


MIXED_UNION = LintRule(
    code="PS404",
    name="mixed-union",
    severity=Severity.WARNING,
    summary="a field whose value may be of two kinds, such as number or string, which is what `Decimal` gives",
    why=(
        "Which of the two comes back changes from page to page: 1234.5 here, '1.234,50 EUR' there. Whoever reads the "
        "extraction has to handle both, and mostly handles one. A field that may be null is fine."
    ),
    source=(
        "Datalab's documentation, structured extraction: `number` for amounts, not `string`. datalab-to/lift, README: "
        "avoid `anyOf` and `oneOf`. pydantic/pydantic #7457 and #11342 on Decimal."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"anyOf": [{"type": "number"}, {"type": "string"}], "description": "The amount due"}
  }
}
""",
    flagged=("/properties/total",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
)
