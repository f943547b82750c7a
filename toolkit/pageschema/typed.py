"""Typed results: an extraction as the model that was asked for, with what the API says of each field beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pageschema import jsontext, pointer
from pageschema.conformance import (
    ExtractionMismatch,
    FieldEvidence,
    Shape,
    Shapes,
    Violation,
    check_extraction,
    cut,
    evidence_of,
    path,
    peel,
    read_result,
)
from pageschema.generation import page_schema
from pageschema.schema import PageSchema

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound="BaseModel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction(Generic[Model]):
    """An extraction that fits its page schema.

    `value` is the model. `evidence` is what the API says of each field, by its JSON Pointer as it came: the citations,
    the score, the meta of ``/line_items/0/amount``. `result` is the whole result that it was taken from, None where the
    extraction came alone.
    """

    value: Model
    evidence: FieldEvidence = field(repr=False)
    result: dict[str, Any] | None = field(default=None, repr=False)


def parse_extraction(result: Any, model: type[Model], *, strict: bool = False) -> Extraction[Model]:
    """Return an extraction as an instance of the model whose page schema was sent.

    Keys are those of the page schema: a field's validation alias where it has one. A field that was not found is None
    where the model allows that, else its default.

    Args:
        result: A whole result or the extraction alone; as JSON text, or read.
        model: What `page_schema` was given.
        strict: Take null for what the schema says it is.

    Raises:
        ExtractionMismatch: It breaks the page schema (see `check_extraction`), or the model refuses what the page
            schema takes; then the keyword is ``model``.
        NoExtraction: The result failed, is not finished, or is stored elsewhere.
        InvalidJSON: The result is not JSON, or past a bound.
        CannotGenerate: The model has no page schema.
    """
    sent, full = _schemas(model)
    violations = check_extraction(result, sent, strict=strict)
    if violations:
        raise ExtractionMismatch(violations)
    extracted = read_result(result, declared=full.root.names)
    fields = peel(extracted.value, sent).value
    return Extraction(
        value=_loaded(model, fields, full),
        evidence=evidence_of(extracted.value, Shapes(sent.value)),
        result=extracted.result,
    )


@lru_cache(maxsize=64)
def _schemas(model: type[BaseModel]) -> tuple[PageSchema, Shapes]:
    """Return what is sent for a model, and what Pydantic itself says: there an optional field is still nullable."""
    return page_schema(model), Shapes(page_schema(model, form="pydantic").value)


def _loaded(model: type[Model], fields: Any, shapes: Shapes) -> Model:
    from pydantic import ValidationError

    def load(*, of_branches: bool) -> Model:
        filled = _filled(fields, shapes.root, of_branches=of_branches)
        return model.model_validate_json(jsontext.dumps(filled, indent=None))

    try:
        return load(of_branches=False)
    except ValidationError as error:
        try:  # A branch of a union may require more than all do; in another that would be one field too many.
            return load(of_branches=True)
        except ValidationError:
            raise ExtractionMismatch(list(_refusals(error, fields))) from error


def _filled(value: Any, shape: Shape, *, of_branches: bool) -> Any:
    """Return *value* with None for what was not found and may be None, and without null where nothing may be null."""
    if shape.is_empty:
        return value
    if isinstance(value, list):
        return [_filled(item, shape.item(index), of_branches=of_branches) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    found = {
        name: _filled(member, shape.field(name), of_branches=of_branches)
        for name, member in value.items()
        if member is not None or not shape.is_field(name) or name in shape.required or shape.field(name).admits_null
    }
    for name in sorted(shape.spoken_of if of_branches else shape.required):
        if name not in found and shape.field(name).admits_null:
            found[name] = None
    return found


def _refusals(error: ValidationError, fields: Any) -> Iterator[Violation]:
    for each in error.errors(include_url=False, include_context=False):
        where, value = _place(each["loc"], fields)
        yield Violation(
            pointer=where,
            keyword="model",
            message=f"{path(where, fields)} fits the page schema and not the model: {jsontext.clip(each['msg'], 120)}",
            value=cut(value),
            remedy="say the condition in the field's description, or check it after reading instead of in the model",
        )


def _place(location: tuple[int | str, ...], value: Any) -> tuple[str, Any]:
    """Return the pointer of what Pydantic complains of; its names of branches of a union are no part of it."""
    where = ""
    for part in location:
        is_there = (
            isinstance(part, int) and part < len(value) if isinstance(value, list) else part in _members_of(value)
        )
        if is_there:
            where, value = pointer.join(where, part), value[part]
    return where, value


def _members_of(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
