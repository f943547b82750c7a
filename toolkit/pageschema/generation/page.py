"""`page_schema`: one model in, one page schema out, with the line of every field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from pageschema import pointer
from pageschema.errors import CannotGenerate
from pageschema.finding import Origin
from pageschema.generation.emit import CLASS, NAMED, emit, field_infos, key_of
from pageschema.generation.inline import inlined, polished, with_root
from pageschema.jsontext import clip
from pageschema.models import class_origin, field_origin
from pageschema.schema import PageSchema, map_schema, walk

if TYPE_CHECKING:
    from pydantic import BaseModel

MAX_SUBSCHEMAS = 20_000
"""Inlining may multiply a schema: twenty definitions that each use the next one twice are a million objects."""


def page_schema(model: type[BaseModel], *, form: Literal["datalab", "pydantic"] = "datalab") -> PageSchema:
    """Return the page schema of a model: the same text on every run.

    Args:
        model: A Pydantic v2 model. Its fields go by their validation alias, which is what loads an extraction.
        form: ``datalab`` is what the API serves best: references inlined (recursive ones stay), an optional field
            left out of ``required`` and of type ``T`` alone, no ``default: null``, no title that only repeats a name,
            a `Decimal` as a number. ``pydantic`` is Pydantic's own schema. In both, the root is an object with
            ``properties``.

    Raises:
        CannotGenerate: A field has no JSON Schema, or the root is no object with named fields.

    Source: upstream contract, ``page_schema``: "Must contain a 'properties' key."
    """
    if not hasattr(model, "model_json_schema") or not isinstance(model, type):
        shown = clip(getattr(model, "__name__", type(model).__name__))
        raise CannotGenerate(
            f"{shown} is no Pydantic model class", remedy="pass a class derived from pydantic.BaseModel"
        )
    classes: list[type] = []
    marked = emit(model, classes)
    value = inlined(marked) if form == "datalab" else with_root(emit(model, None))
    at_class = class_origin(model)
    if value.get("type") != "object" or not isinstance(value.get("properties"), dict):
        raise CannotGenerate(
            f"{model.__name__} is {_kind(value)}, and an extraction is an object with named fields",
            where=str(at_class),
            remedy=f"wrap it in a field: class Document(BaseModel): items: {model.__name__}",
        )
    if form == "datalab":
        if any(count > MAX_SUBSCHEMAS for count, _ in enumerate(walk(value))):
            raise CannotGenerate(
                f"{model.__name__} has more than {MAX_SUBSCHEMAS:,} parts when its references are inlined",
                where=str(at_class),
                remedy='keep the references with form="pydantic", or nest fewer models',
            )
        tree = value = polished(value, classes)
    else:
        tree = with_root(marked)
    return PageSchema.from_value(
        map_schema(value, _without_marks),
        name=_snake_case(model.__name__),
        origin=at_class,
        origins=_origins(tree, value, classes),
    )


def _origins(tree: dict[str, Any], value: dict[str, Any], classes: list[type]) -> dict[str, Origin]:
    """Return where the field behind each property of the marked *tree* stands, for those that *value* holds too."""
    origins: dict[str, Origin] = {}
    known: dict[tuple[type, str], Origin] = {}
    present = {place.pointer for place in walk(value)}
    for place in walk(tree):
        schema = place.schema if isinstance(place.schema, dict) else {}
        properties = schema.get("properties")
        if CLASS not in schema or not isinstance(properties, dict):
            continue
        cls = classes[schema[CLASS]]
        fields = {key_of(info, field, properties): field for field, info in field_infos(cls).items()}
        for key in map(str, properties):
            where = pointer.join(place.pointer, "properties", key)
            if where in present:
                name = fields.get(key, key)
                if (cls, name) not in known:
                    known[cls, name] = field_origin(cls, name)
                origins[where] = known[cls, name]
    return origins


def _without_marks(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in schema.items() if key not in {CLASS, NAMED}}


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = {"array": "an array", "object": "a map without fields of its own", "None": "a union, or of any type"}
    name = str(schema.get("type"))
    return kinds.get(name, f"of type {name}")


def _snake_case(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^\w]+", "_", words).strip("_").lower()
