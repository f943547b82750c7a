"""`page_schema`: one model in, one page schema out, with the line of every field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pageschema.errors import CannotGenerate
from pageschema.finding import Origin
from pageschema.generation.agreement import disagreements
from pageschema.generation.emit import CLASS, NAMED, emit
from pageschema.generation.inline import inlined, polished, with_root
from pageschema.generation.provenance import field_facts, marked_places, origins_of, require_json, require_keys
from pageschema.generation.stability import instabilities
from pageschema.jsontext import clip
from pageschema.models import class_origin, ignores_of
from pageschema.schema import Ignore, ModelFacts, PageSchema, map_schema, walk, written_ignores

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
            at=at_class,
            remedy=f"wrap it in a field: class Document(BaseModel): items: {model.__name__}",
        )
    if form == "datalab":
        if any(count > MAX_SUBSCHEMAS for count, _ in enumerate(walk(value))):
            raise CannotGenerate(
                f"{model.__name__} has more than {MAX_SUBSCHEMAS:,} parts when its references are inlined",
                at=at_class,
                remedy='keep the references with form="pydantic", or nest fewer models',
            )
        tree = value = polished(value, classes)
    else:
        tree = with_root(marked)
    places = marked_places(tree, classes)
    require_keys(places)
    origins = origins_of(places, value)
    sent = map_schema(value, _without_marks)
    require_json(sent, origins, at_class)
    return PageSchema.from_value(
        sent,
        name=_snake_case(model.__name__),
        origin=at_class,
        origins=origins,
        facts=ModelFacts(
            read_fields=partial(field_facts, places, origins),
            find_disagreements=partial(disagreements, model, sent, origins, classes),
            find_instabilities=partial(instabilities, model, origins, at_class, classes),
            find_ignores=partial(_ignores, value, at_class, origins),
        ),
    )


def _ignores(value: dict[str, Any], at_class: Origin, origins: Mapping[str, Origin]) -> tuple[Ignore, ...]:
    """Return what is not to be told of: by comments, and by the keyword in a ``json_schema_extra``."""
    whole = PageSchema.from_value(value, origin=at_class, origins=origins)
    written = (each._replace(origin=whole.origin_of(each.pointer)) for each in written_ignores(value))
    return (*ignores_of([at_class, *origins.values()]), *written)


def _without_marks(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in schema.items() if key not in {CLASS, NAMED}}


def _kind(schema: Mapping[str, Any]) -> str:
    kinds = {"array": "an array", "object": "a map without fields of its own", "None": "a union, or of any type"}
    name = str(schema.get("type"))
    return kinds.get(name, f"of type {name}")


def _snake_case(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[^\w]+", "_", words).strip("_").lower()
