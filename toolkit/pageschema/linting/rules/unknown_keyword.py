"""PS210 unknown-keyword."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting import spelling, type_names
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.vocabulary import ELSEWHERE, KEYWORDS, fits
from pageschema.linting.wording import quoted
from pageschema.schema import Place

MOST = 2_000
"""Unknown names that are looked at: comparing one with the keywords takes up to a tenth of a millisecond."""

_KNOWN = KEYWORDS | ELSEWHERE


class _Slip(NamedTuple):
    """A name that is no keyword, and the keyword that was meant; none where a field stands in the wrong place."""

    place: Place
    name: str
    meant: str | None
    is_certain: bool = False


def _slips(subject: Subject) -> Iterator[_Slip]:
    unknown = (
        (place, name)
        for place in subject.holding(*(subject.keywords - _KNOWN))
        for name in place.schema.keys() - _KNOWN
        if not name.startswith("x-")
    )
    for place, name in islice(unknown, MOST):
        slip = _slip(place, name)
        if slip is not None and not _is_said_of_the_root(slip):
            yield slip


def _slip(place: Place, name: str) -> _Slip | None:
    value = place.schema[name]
    for meant, is_certain in ((spelling.folded(name), True), (spelling.misspelt(name), True)):
        if meant is not None and _may_be(meant, value) and meant not in place.schema:
            return _Slip(place=place, name=name, meant=meant, is_certain=is_certain)
    if _is_field(value) and ("properties" in place.schema or place.schema.get("type") == "object"):
        return _Slip(place=place, name=name, meant=None)
    meant = spelling.synonym(name)
    if meant is not None and _may_be(meant, value) and meant not in place.schema:
        return _Slip(place=place, name=name, meant=meant)
    if place.is_property and isinstance(value, bool) and spelling.asks_whether_required(name):
        return _Slip(place=place, name=name, meant="required")
    return None


def _may_be(keyword: str, value: Any) -> bool:
    if keyword == "$ref":
        return isinstance(value, str) and "#" in value
    return fits(keyword, value) and (not keyword.startswith("$") or keyword == "$defs")


def _is_field(value: Any) -> bool:
    return isinstance(value, dict) and (
        value.get("type") in type_names.NAMES
        if isinstance(value.get("type"), str)
        else isinstance(value.get("$ref"), str) and value["$ref"].startswith("#/")
    )


def _is_said_of_the_root(slip: _Slip) -> bool:
    """Whether another rule says it: of a root without properties."""
    return not slip.place.pointer and "properties" not in slip.place.schema


def _find(subject: Subject) -> Iterator[Flaw]:
    for slip in _slips(subject):
        if slip.meant is None:
            message = (
                f"{quoted(slip.name)} looks like a field, but stands beside 'properties', where nobody asks for it"
            )
            remedy = f"move {quoted(slip.name)} into 'properties'"
        else:
            message = f"{quoted(slip.name)} is no keyword of JSON Schema, and is ignored"
            remedy = f"did you mean {quoted(slip.meant)}?"
            if slip.meant == "required" and isinstance(slip.place.schema[slip.name], bool):
                remedy = f"drop it; {quoted(slip.meant)} of the object around lists the names that may not be left out"
        yield Flaw(
            pointer=pointer.join(slip.place.pointer, slip.name),
            message=message,
            remedy=remedy,
            fixable=slip.is_certain,
        )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    renamed = {(slip.place.pointer, slip.name): slip.meant for slip in _slips(subject) if slip.is_certain}
    for where in sorted({where for where, _ in renamed}, key=len, reverse=True):  # the inner ones first: names change
        schema = pointer.resolve(root, where)
        members = list(schema.items())
        schema.clear()
        for name, value in members:
            meant = renamed.get((where, name))
            schema[meant if meant is not None and meant not in schema else name] = value
    return root


UNKNOWN_KEYWORD = LintRule(
    code="PS210",
    name="unknown-keyword",
    severity=Severity.WARNING,
    summary="a misspelt keyword, or a field that stands beside `properties` instead of within",
    why=(
        "What JSON Schema does not know it ignores, so a `desciption` is read by nobody and a `requried` requires "
        "nothing. Names that are near no keyword are taken for annotations of your own and left alone, and so is all "
        "that begins with `x-`."
    ),
    source=(
        "JSON Schema 2020-12 core, section 4.3.1: a keyword that is not known is an annotation. sourcemeta/jsonschema, "
        "rule unknown_keywords_prefix."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "desciption": "The amount due"},
    "number": {"type": "string", "description": "As printed", "max_length": 20}
  },
  "requried": ["total"]
}
""",
    flagged=("/properties/total/desciption", "/properties/number/max_length", "/requried"),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "x-owner": "billing"},
    "number": {"type": "string", "description": "As printed", "maxLength": 20}
  },
  "required": ["total"]
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
    silences=("free-form-object", "missing-description", "untyped-array", "untyped-field"),
)
