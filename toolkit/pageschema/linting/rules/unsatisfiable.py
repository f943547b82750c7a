"""PS301 unsatisfiable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext, pointer
from pageschema.finding import Severity
from pageschema.linting.conjunction import Part
from pageschema.linting.emptiness import Empty, empties
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted

_LISTED = frozenset({"type", "enum", "const"})


def _find(subject: Subject) -> Iterator[Flaw]:
    for empty in empties(subject):
        keywords = {part.keyword for part in empty.core}
        members = {part.place.pointer for part in empty.core}
        if "type" in keywords and len(keywords) > 1 and keywords <= _LISTED and len(members) == 1:
            continue  # a value outside its type
        yield _forbidden(empty) or Flaw(
            pointer=empty.place.pointer, message=_message(empty), remedy=_remedy(empty, keywords)
        )


def _forbidden(empty: Empty) -> Flaw | None:
    """Return the flaw of a field that is required and whose schema is false."""
    required = {name for part in empty.core if part.keyword == "required" for name in part.value}
    for part in empty.core:
        if part.keyword == "properties":
            for name, child in part.value.items():
                if child is False and name in required:
                    return Flaw(
                        pointer=pointer.join(part.pointer, name),
                        message=f"nothing satisfies field {quoted(name)}: its schema is false, and it is required",
                        remedy=f"give it a schema, or take {quoted(name)} out of 'required'",
                    )
    return None


def _message(empty: Empty) -> str:
    told = [part for part in empty.core if part.keyword != "type"]
    told = list(empty.core) if len(told) < 2 else told
    shown = [_shown(part, empty) for part in told[:3]]
    what = field(empty.place)
    if len(told) == 1:
        reason = "is empty" if told[0].value == [] else "leaves nothing"
        return f"nothing satisfies {what}: {shown[0]} {reason}"
    verb = "exclude each other" if len(told) == 2 else "leave nothing together"
    return f"nothing satisfies {what}: {', '.join(shown[:-1])} and {shown[-1]} {verb}"


def _shown(part: Part, empty: Empty) -> str:
    value = "" if isinstance(part.value, (dict, list)) else " " + jsontext.clip(_plain(part.value), 30)
    where = part.place.pointer.removeprefix(empty.place.pointer)
    at = f" at '{jsontext.clip(where, 40)}'" if where else ""
    return f"'{part.keyword}'{value}{at}"


def _plain(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else jsontext.dumps(value, indent=None)


def _remedy(empty: Empty, keywords: set[str]) -> str:
    if keywords == {"enum"}:
        return "list the values that are allowed, or drop 'enum'"
    for low, high in (
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
        ("exclusiveMinimum", "exclusiveMaximum"),
    ):
        if {low, high} == keywords - {"type"}:
            return f"swap '{low}' and '{high}', or drop one of them"
    names = [part.keyword for part in empty.core if part.keyword != "type" or len(empty.core) == 2]
    different = list(dict.fromkeys(names))
    if len(different) == 1:
        return f"change {quoted(names[0])}, or drop it" if len(names) == 1 else f"keep one of the two '{names[0]}'"
    return f"change {quoted(different[0])} or {quoted(different[-1])}, or drop one of them"


UNSATISFIABLE = LintRule(
    code="PS301",
    name="unsatisfiable",
    severity=Severity.ERROR,
    summary="a schema that no value satisfies, because of keywords that exclude each other",
    why=(
        "Whatever comes back for such a field breaks the schema, and a decoder that is constrained by it has nothing "
        "to say. It is reported only where it is proven, at the innermost place, with the fewest keywords that do it."
    ),
    source=(
        "JSON Schema 2020-12 core, section 7.6: an instance is valid if every keyword accepts it. Proven with the "
        "solver that compares schemas, formats left out."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "rate": {"type": "number", "description": "The rate of tax in percent", "minimum": 100, "maximum": 0},
    "code": {"type": "string", "description": "As printed", "pattern": "^[A-Z]{3}$", "maxLength": 2}
  }
}
""",
    flagged=("/properties/rate", "/properties/code"),
    good="""\
{
  "type": "object",
  "properties": {
    "rate": {"type": "number", "description": "The rate of tax in percent", "minimum": 0, "maximum": 100},
    "code": {"type": "string", "description": "As printed", "pattern": "^[A-Z]{3}$", "maxLength": 3}
  }
}
""",
    find=_find,
    silences=("constant-answer", "enum-without-escape"),
)
