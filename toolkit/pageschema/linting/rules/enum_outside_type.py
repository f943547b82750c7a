"""PS302 enum-outside-type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.kinds import EVERY, kind_of_value, kinds_of, kinds_of_type, said
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.trials import Trial, broken
from pageschema.linting.vocabulary import OF_TYPE
from pageschema.linting.wording import field, quoted
from pageschema.schema import Place

_NARROWING = OF_TYPE["string"] | OF_TYPE["number"]


def _find(subject: Subject) -> Iterator[Flaw]:
    trials: list[Trial] = []
    for place in subject.holding("enum", "const"):
        kinds = kinds_of_type(place.schema["type"]) if "type" in place.schema else EVERY
        if "const" in place.schema and kind_of_value(place.schema["const"]) not in kinds:
            yield Flaw(
                pointer=pointer.join(place.pointer, "const"),
                message=f"'const' {quoted(place.schema['const'])} is no {said(kinds)}, the type of {field(place)}",
                remedy=_remedy(place.schema["const"], place),
            )
        values = place.schema.get("enum")
        if not isinstance(values, list) or not values:
            continue
        outside = [
            index
            for index, value in enumerate(values)
            if kind_of_value(value) not in kinds and not (value is None and _allows_null_elsewhere(subject, place))
        ]
        yield from _outside(place, values, outside, said(kinds))
        if place.schema.keys() & _NARROWING and len(outside) < len(values):
            trials += [
                Trial(place=place, pointer=pointer.join(place.pointer, "enum", index), value=value)
                for index, value in enumerate(values)
                if index not in outside and value is not None
            ]
    yield from _refused(subject, trials)


def _outside(place: Place, values: Sequence[Any], outside: list[int], types: str) -> Iterator[Flaw]:
    if len(outside) == len(values) > 1:
        yield Flaw(
            pointer=pointer.join(place.pointer, "enum"),
            message=f"no value in 'enum' is {types}, the type of {field(place)}",
            remedy=_remedy(values[0], place),
        )
        return
    for index in outside:
        yield Flaw(
            pointer=pointer.join(place.pointer, "enum", index),
            message=f"{quoted(values[index])} in 'enum' is not {types}, the type of {field(place)}",
            remedy=_remedy(values[index], place),
            fixable=_may_be_null(values[index], place),
        )


def _refused(subject: Subject, trials: list[Trial]) -> Iterator[Flaw]:
    """Yield a flaw for each value that another keyword refuses; where none is left, another rule says so."""
    wrong = broken(subject, trials)
    refused = {trial.pointer for trial, _ in wrong}
    spared = {trial.place.pointer for trial in trials if trial.pointer not in refused}
    for trial, fault in wrong:
        if trial.place.pointer in spared:
            yield Flaw(
                pointer=trial.pointer,
                message=f"{quoted(trial.value)} in 'enum' breaks '{fault.keyword}' of {field(trial.place)}",
                remedy=f"drop it, or change '{fault.keyword}'",
            )


def _allows_null_elsewhere(subject: Subject, place: Place) -> bool:
    """Whether null is allowed in another way: by OpenAPI's word for it, or by the branch beside this one."""
    if place.schema.get("nullable") is True:
        return True
    if place.keyword not in ("anyOf", "oneOf") or place.parent is None:
        return False
    beside = [child for child in subject.children_of(place.parent) if child.keyword == place.keyword]
    return any("null" in kinds_of(subject, child) for child in beside if child is not place)


def _may_be_null(value: Any, place: Place) -> bool:
    return value is None and isinstance(place.schema.get("type"), (str, list))


def _remedy(value: Any, place: Place) -> str:
    types = place.schema.get("type")
    if value is None:
        return f'write "type": ["{types}", "null"]' if isinstance(types, str) else "add \"null\" to 'type'"
    if types == "string":
        return "write it as a string, in quotes" if not isinstance(value, (dict, list)) else "write it as a string"
    if isinstance(value, str) and types in ("integer", "number", "boolean"):
        return f"write it without quotes, or change 'type' to {kind_of_value(value)}"
    return f"drop it, or let 'type' be {kind_of_value(value)}"


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in _find(subject):
        if flaw.fixable:
            schema = pointer.resolve(root, flaw.pointer.rpartition("/enum/")[0])
            types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            schema["type"] = types if "null" in types else [*types, "null"]
    return root


ENUM_OUTSIDE_TYPE = LintRule(
    code="PS302",
    name="enum-outside-type",
    severity=Severity.ERROR,
    summary="a value in `enum` or `const` that the `type` beside it, or its bounds or pattern, refuse",
    why=(
        "The value is offered to the model and can never be valid: null where the type is string, numbers in quotes "
        "where it is integer. An answer that takes the offer breaks the schema; where no value fits, every answer does."
    ),
    source=(
        "JSON Schema 2020-12 validation, section 6.1: an instance satisfies `type` and `enum`. Of other extraction "
        "APIs some refuse such an enum. Measured with json-schema-to-pydantic, which datalab-to/lift compiles schemas "
        "with: an enum that holds null loses its type."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "status": {"type": "string", "description": "As stamped", "enum": ["open", "paid", null]}
  }
}
""",
    flagged=("/properties/status/enum/2",),
    good="""\
{
  "type": "object",
  "properties": {
    "status": {"type": ["string", "null"], "description": "As stamped", "enum": ["open", "paid", null]}
  }
}
""",
    find=_find,
    fix=_fix,
    silences=("constant-answer", "enum-without-escape"),
)
