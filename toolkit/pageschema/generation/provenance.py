"""Whence each part of a page schema comes: the line of its field, and what the source says of it besides."""

from __future__ import annotations

import enum
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from pageschema import pointer
from pageschema.errors import CannotGenerate
from pageschema.finding import Origin
from pageschema.generation.emit import CLASS, field_infos, key_of
from pageschema.jsontext import clip
from pageschema.models import (
    attributes_used,
    authors_hooks,
    class_origin,
    field_comment,
    field_origin,
    field_source,
    private_fields,
)
from pageschema.schema import FieldFacts, Place, walk

_DATA = frozenset(
    {
        "Annotated", "Any", "Decimal", "EmailStr", "List", "Literal", "None", "Optional", "Union", "bool", "date",
        "datetime", "decimal", "dt", "float", "int", "list", "str", "time", "typing",
    }
)  # fmt: skip
"""Names in the annotation of what could be extracted; a private attribute of another type is there on purpose."""


Marked: TypeAlias = tuple[Place, type]
"""An object with properties, or an enum, and the class it came from."""


def marked_places(tree: dict[str, Any], classes: list[type]) -> tuple[Marked, ...]:
    """Return every place of *tree* that is marked with its class."""
    found = ((place, classes[place.schema[CLASS]]) for place in walk(tree) if CLASS in _object(place))
    return tuple((place, cls) for place, cls in found if _has_properties(place) or issubclass(cls, enum.Enum))


def origins_of(places: Sequence[Marked], value: dict[str, Any]) -> dict[str, Origin]:
    """Return where each property, definition and enum value at the marked *places* is written, if *value* holds it."""
    origins: dict[str, Origin] = {}
    known: dict[tuple[type, str], Origin] = {}
    present = {place.pointer for place in walk(value)}

    def origin(cls: type, name: str) -> Origin:
        if (cls, name) not in known:
            known[cls, name] = field_origin(cls, name)
        return known[cls, name]

    for place, cls in places:
        if place.pointer not in present:
            continue
        if place.keyword in {"$defs", "definitions"}:
            origins[place.pointer] = class_origin(cls)
        if issubclass(cls, enum.Enum):
            origins |= _members(place, cls)
            continue
        for key, name in _fields_by_key(place, cls).items():
            where = pointer.join(place.pointer, "properties", key)
            if where in present:
                origins[where] = origin(cls, name)
    return origins


def field_facts(places: Sequence[Marked], origins: Mapping[str, Origin]) -> tuple[FieldFacts, ...]:
    """Return what the source says of each field, once a field, and of those that it may have meant to be one."""
    found: dict[Origin, FieldFacts] = {}
    for place, cls in places:
        if issubclass(cls, enum.Enum):
            continue
        for key, name in _fields_by_key(place, cls).items():
            where = pointer.join(place.pointer, "properties", key)
            if where in origins and origins[where] not in found:
                found[origins[where]] = _facts(cls, name, where, origins[where], place.schema["properties"][key])
        for facts in _private(cls, place.pointer):
            found.setdefault(facts.origin, facts)
    return tuple(found.values())


def require_keys(places: Sequence[Marked]) -> None:
    """Refuse a field that the model reads from deeper down only: no property of the page schema would reach it.

    Raises:
        CannotGenerate: There is one.
    """
    for place, cls in places:
        for name, info in field_infos(cls).items() if _has_properties(place) else ():
            path = _only_path(info, cls)
            if path and name in place.schema["properties"]:
                shown = ", ".join(map(repr, path))
                raise CannotGenerate(
                    f"field '{name}': is read from AliasPath({shown}) only, which no property of a page schema reaches",
                    at=field_origin(cls, name),
                    remedy=f"give it a key too: validation_alias=AliasChoices({name!r}, AliasPath({shown}))",
                )


def _object(place: Place) -> dict[str, Any]:
    return place.schema if isinstance(place.schema, dict) else {}


def _has_properties(place: Place) -> bool:
    return isinstance(_object(place).get("properties"), dict)


def require_json(sent: dict[str, Any], origins: Mapping[str, Origin], at_class: Origin) -> None:
    """Refuse what an author put into the schema and JSON has no value for: NaN, infinity, what a hook left there.

    Raises:
        CannotGenerate: There is such a value.
    """
    if _is_json(sent):
        return
    innermost = [place for place in walk(sent) if not _is_json(place.schema)][-1]
    keyword = next((key for key, value in innermost.schema.items() if not _is_json(value)), "")
    where = pointer.join(innermost.pointer, keyword)
    while where and where not in origins:
        where = where.rpartition("/")[0]
    at = origins.get(where, at_class)
    subject = f"field '{at.field}'" if at.field else at.model
    raise CannotGenerate(
        f"{subject}: its '{clip(keyword)}' holds what JSON has no value for",
        at=at,
        remedy="give it a value that JSON has: no NaN, no infinity; a date as text, a set as a list",
    )


def _is_json(value: Any) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return False
    return True


def _fields_by_key(place: Place, cls: type) -> dict[str, str]:
    properties = place.schema["properties"]
    fields = {key_of(info, field, properties): field for field, info in field_infos(cls).items()}
    return {key: fields.get(key, key) for key in map(str, properties)}


def _members(place: Place, cls: type[enum.Enum]) -> Iterator[tuple[str, Origin]]:
    names: dict[str, str] = {}
    for member in cls:
        if isinstance(member.value, (str, int, float, bool, type(None))):
            names.setdefault(json.dumps(member.value), member.name)
    for index, value in enumerate(place.schema.get("enum", ())):
        name = names.get(json.dumps(value))
        origin = field_origin(cls, name) if name else None
        if origin is not None and origin.line is not None:
            yield pointer.join(place.pointer, "enum", index), origin


def _facts(cls: type, name: str, where: str, origin: Origin, schema: Any) -> FieldFacts:
    written = field_source(cls, name)
    is_described = isinstance(schema, dict) and "description" in schema
    info = field_infos(cls).get(name)
    return FieldFacts(
        pointer=where,
        origin=origin,
        annotation=written.annotation if written else "",
        first_argument=written.first_argument if written else None,
        comment="" if is_described else field_comment(cls, name),
        docstring=written.docstring if written else "",
        factory=_called(getattr(info, "default_factory", None)),
        refuses_its_null=_refuses_its_null(cls, pointer.parse(where)[-1], info),
    )


def _refuses_its_null(cls: type, key: str, info: Any) -> bool:
    """Return whether a field whose default is None is given no null by the model that has it, as tried on the model."""
    validator = getattr(cls, "__pydantic_validator__", None)
    if info is None or validator is None or getattr(info, "default", ...) is not None:
        return False
    from pydantic import ValidationError

    try:
        with authors_hooks():
            validator.validate_python({key: None})
    except ValidationError as error:
        return any(fault["loc"] == (key,) for fault in error.errors(include_url=False, include_context=False))
    except Exception:  # noqa: BLE001 - validators are the author's code and raise what they like
        return False
    return False


def _private(cls: type, where: str) -> Iterator[FieldFacts]:
    for base in cls.__mro__:
        for name, written in private_fields(base) if field_infos(base) else ():
            if written.is_explicitly_private or not _is_data(written.annotation, base):
                continue
            yield FieldFacts(
                pointer=where,
                origin=field_origin(base, name),
                is_sent=False,
                annotation=written.annotation,
                used=name in attributes_used(base),
            )


def _is_data(annotation: str, cls: type) -> bool:
    space = vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {}
    words = re.findall(r"[^\W\d]\w*", re.sub(r"(['\"]).*?\1", "", annotation))
    return all(word in _DATA or _is_model_or_enum(space.get(word)) for word in words)


def _is_model_or_enum(value: Any) -> bool:
    return isinstance(value, type) and (bool(field_infos(value)) or issubclass(value, enum.Enum))


def _called(factory: Any) -> str:
    """Return the names of what a default factory is or calls."""
    if factory is None:
        return ""
    called = getattr(getattr(factory, "__code__", None), "co_names", ())
    return " ".join([*str(getattr(factory, "__qualname__", "")).split("."), *called])


def _only_path(info: Any, cls: type) -> list[str | int]:
    """Return the path that a field is read from, where it goes by no key at all."""
    config = getattr(cls, "model_config", None) or getattr(cls, "__pydantic_config__", None) or {}
    if config.get("populate_by_name") or config.get("validate_by_name"):
        return []
    alias = info.validation_alias
    paths = [getattr(choice, "path", [choice]) for choice in getattr(alias, "choices", (alias,))]
    if alias is None or any(len(path) == 1 and isinstance(path[0], str) for path in paths):
        return []
    return list(paths[0])
