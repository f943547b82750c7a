"""PS214 outdated-form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject

_WITH_LISTS = ("draft-04", "draft-06", "draft-07", "2019-09")
_BOUNDS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def _find(subject: Subject) -> Iterator[Flaw]:
    declared = subject.value.get("$schema") if isinstance(subject.value, dict) else None
    has_lists = isinstance(declared, str) and any(draft in declared for draft in _WITH_LISTS)
    for place in subject.holding(*_BOUNDS, "items"):
        for keyword, bound in _BOUNDS.items():
            if isinstance(place.schema.get(keyword), bool):
                yield Flaw(
                    pointer=pointer.join(place.pointer, keyword),
                    message=f"'{keyword}' is {str(place.schema[keyword]).lower()}, as in draft 4; today it is a number",
                    remedy=(
                        f"move the number of '{bound}' here, and drop '{bound}'"
                        if place.schema[keyword] and _is_number(place.schema.get(bound))
                        else "drop it"
                    ),
                    fixable=not place.schema[keyword] or _is_number(place.schema.get(bound)),
                )
        if isinstance(place.schema.get("items"), list) and not has_lists:
            yield Flaw(
                pointer=pointer.join(place.pointer, "items"),
                message="'items' is a list, as in draft 7; today it is one schema for all items",
                remedy="write one schema for all items, or an object with a name for each of them",
            )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in reversed(list(_find(subject))):
        if flaw.fixable:
            where, _, keyword = flaw.pointer.rpartition("/")
            schema = pointer.resolve(root, where)
            better = _bound(schema, keyword)
            schema.clear()
            schema.update(better)
    return root


def _bound(schema: dict[str, Any], keyword: str) -> dict[str, Any]:
    """Return *schema* with the bound in the keyword that says what it is."""
    bound = _BOUNDS[keyword]
    if not schema[keyword]:
        return {key: value for key, value in schema.items() if key != keyword}
    return {keyword if key == bound else key: value for key, value in schema.items() if key != keyword}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


OUTDATED_FORM = LintRule(
    code="PS214",
    name="outdated-form",
    severity=Severity.ERROR,
    summary="a keyword with the value that an older draft wanted: `exclusiveMinimum: true`, a list under `items`",
    why=(
        "The keyword is still there but means something else, so that validators refuse the whole schema, and a "
        "decoder that is constrained by it drops the constraint. OpenAPI 3.0 and older generators write these forms."
    ),
    source=(
        "JSON Schema draft 6, release notes: exclusiveMinimum and exclusiveMaximum became numbers; 2020-12 core, "
        "section 10.3.1 and appendix G: prefixItems took the place of lists under items."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "minimum": 0, "exclusiveMinimum": true}
  }
}
""",
    flagged=("/properties/total/exclusiveMinimum",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "exclusiveMinimum": 0}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    silences=("invalid-keyword-value", "tuple"),
)
