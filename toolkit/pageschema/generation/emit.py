"""What Pydantic writes: its own schema, or the same with marks for the class each object came from."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pageschema.errors import CannotGenerate
from pageschema.finding import Origin
from pageschema.jsontext import canonical, clip
from pageschema.models import authors_hooks, class_origin, field_origin, models_within

if TYPE_CHECKING:
    from pydantic import BaseModel

CLASS = "\x00class"
"""Marks the schema of an object or an enum with the number of its class."""
NAMED = "\x00named"
"""Marks the schema of a class with its name, which Pydantic makes its title, some versions of it only later."""
MADE_UP = "\x00title"
"""Begins each title that Pydantic derived from a name."""


def emit(model: type[BaseModel], classes: list[type] | None) -> dict[str, Any]:
    """Return Pydantic's own schema, with marks if *classes* is a list to number the classes in."""
    import pydantic.errors

    try:
        with authors_hooks():
            return model.model_json_schema(by_alias=True, mode="validation", schema_generator=_generator(classes))
    except RecursionError as error:
        raise CannotGenerate(
            f"{model.__name__} is nested too deep", at=class_origin(model), remedy="flatten the model"
        ) from error
    except Exception as error:  # Hooks for JSON Schema are the author's code and raise what they like.
        at, annotation = _culprit(model)
        if isinstance(error, pydantic.errors.PydanticInvalidForJsonSchema):
            what = f"{_named(annotation)} has no JSON Schema"
            remedy = "give the field a data type, or leave it out of the schema with SkipJsonSchema[…]"
        elif isinstance(error, pydantic.errors.PydanticUndefinedAnnotation | pydantic.errors.PydanticUserError):
            what = clip(str(error).partition("\n")[0], 200)
            remedy = f"define or import what the annotation names, then call {model.__name__}.model_rebuild()"
        else:
            what = clip(f"{type(error).__name__}: {error}".partition("\n")[0], 200)
            remedy = "mend the JSON Schema hook or json_schema_extra there"
        subject = f"field '{at.field}'" if at.field else model.__name__
        raise CannotGenerate(f"{subject}: {what}", at=at, remedy=remedy) from error


def _generator(classes: list[type] | None) -> Any:
    """Return a generator whose defaults do not depend on the hash seed; with *classes*, one that marks and adapts."""
    from pydantic.json_schema import GenerateJsonSchema
    from pydantic_core import PydanticSerializationError

    class Steady(GenerateJsonSchema):
        # A default that is no JSON is left out in silence here; a choice without JSON Schema likewise.
        ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012 - as Pydantic declares it

        def encode_default(self, dft: Any) -> Any:
            encoded = _steady(dft, super().encode_default(dft))
            if any(isinstance(each, float) and not math.isfinite(each) for each in _leaves(encoded)):
                raise PydanticSerializationError("JSON has neither NaN nor infinity")
            return encoded

    if classes is None:
        return Steady
    numbered = classes

    class Marking(Steady):
        def get_title_from_name(self, name: str) -> str:
            return MADE_UP + name

        def model_schema(self, schema: Any) -> Any:
            return self._marked(super().model_schema(schema), schema["cls"])

        def dataclass_schema(self, schema: Any) -> Any:
            return self._marked(super().dataclass_schema(schema), schema["cls"])

        def typed_dict_schema(self, schema: Any) -> Any:
            return self._marked(super().typed_dict_schema(schema), schema.get("cls"))

        def enum_schema(self, schema: Any) -> Any:
            return {**super().enum_schema(schema), NAMED: schema["cls"].__name__, CLASS: self._number(schema["cls"])}

        def decimal_schema(self, schema: Any) -> Any:
            whole = super().decimal_schema(schema)
            return next((branch for branch in whole.get("anyOf", ()) if branch.get("type") == "number"), whole)

        def default_schema(self, schema: Any) -> Any:
            whole = super().default_schema(schema)
            default = schema.get("default")
            numeric = any(branch.get("type") == "number" for branch in (whole, *whole.get("anyOf", ())))
            if "default" in whole and isinstance(default, Decimal) and numeric:
                whole["default"] = _number(default)
            return whole

        def encode_default(self, dft: Any) -> Any:
            encoded = super().encode_default(dft)
            return _in_numbers(dft, encoded) if isinstance(encoded, (list, dict)) else encoded

        def _marked(self, schema: Any, cls: Any) -> Any:
            if cls is None:
                return schema
            config = getattr(cls, "model_config", None) or getattr(cls, "__pydantic_config__", None) or {}
            extra = config.get("json_schema_extra")
            authored = config.get("title") or (isinstance(extra, dict) and "title" in extra)
            marks: dict[str, Any] = {} if authored else {NAMED: cls.__name__}
            if "properties" in schema:
                marks[CLASS] = self._number(cls)
            return {**schema, **marks}

        def _number(self, cls: type) -> int:
            if cls not in numbered:
                numbered.append(cls)
            return numbered.index(cls)

    return Marking


def field_infos(cls: type) -> dict[str, Any]:
    """Return the fields of a model or Pydantic dataclass by name; of another class, none."""
    fields = getattr(cls, "__pydantic_fields__", None) or getattr(cls, "model_fields", None)  # Before Pydantic 2.10.
    return fields if isinstance(fields, dict) else {}


def key_of(field: Any, name: str, present: Mapping[str, Any]) -> str:
    """Return the key that a field goes by in *present*: its alias where it has one that is a single key."""
    alias = field.validation_alias if field.validation_alias is not None else field.alias
    for choice in getattr(alias, "choices", (alias,)):
        path = getattr(choice, "path", [choice])
        if len(path) == 1 and isinstance(path[0], str):
            return path[0] if path[0] in present else name
    return name


def _steady(raw: Any, encoded: Any) -> Any:
    """Return the encoded default with what came from sets in sorted order: theirs goes by the hash seed."""
    if isinstance(raw, set | frozenset) and isinstance(encoded, list):
        return sorted(encoded, key=canonical)
    if isinstance(raw, list | tuple) and isinstance(encoded, list) and len(raw) == len(encoded):
        return [_steady(*pair) for pair in zip(raw, encoded, strict=True)]
    if not isinstance(encoded, dict):
        return encoded
    if isinstance(raw, dict) and len(raw) == len(encoded):
        return {key: _steady(*pair) for key, *pair in zip(encoded, raw.values(), encoded.values(), strict=True)}
    keys = {(field.serialization_alias or name): name for name, field in field_infos(type(raw)).items()}
    return {key: _steady(getattr(raw, keys[key], None), each) if key in keys else each for key, each in encoded.items()}


def _in_numbers(raw: Any, encoded: Any) -> Any:
    """Return the encoded default with each `Decimal` in it as a number, which is what its schema asks for."""
    if isinstance(raw, Decimal):
        return _number(raw) if raw.is_finite() else encoded
    if isinstance(raw, list | tuple) and isinstance(encoded, list) and len(raw) == len(encoded):
        return [_in_numbers(*pair) for pair in zip(raw, encoded, strict=True)]
    if isinstance(raw, dict) and isinstance(encoded, dict) and len(raw) == len(encoded):
        return {key: _in_numbers(*pair) for key, *pair in zip(encoded, raw.values(), encoded.values(), strict=True)}
    keys = {(field.serialization_alias or name): name for name, field in field_infos(type(raw)).items()}
    if isinstance(encoded, dict) and keys:
        return {key: _in_numbers(getattr(raw, keys.get(key, ""), None), each) for key, each in encoded.items()}
    return encoded


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in _leaves(each)]
    if isinstance(value, list):
        return [leaf for each in value for leaf in _leaves(each)]
    return [value]


def _culprit(model: type[BaseModel], seen: frozenset[type] = frozenset()) -> tuple[Origin, Any]:
    """Return the innermost field that has no schema by itself, with its annotation; else the class."""
    import pydantic

    config: Any = {**model.model_config, "json_schema_extra": None}
    for name, field in model.model_fields.items():
        try:
            with warnings.catch_warnings(action="ignore"):  # The author has seen them.
                probe = pydantic.create_model("Probe", __config__=config, **{name: (field.annotation, field)})  # type: ignore[call-overload]
                with authors_hooks():
                    probe.model_json_schema(schema_generator=_generator(None))
        except Exception:  # noqa: BLE001 - whatever it is, the caller has it at hand
            for inner in models_within(field.annotation):
                if inner is not model and inner not in seen:
                    at, annotation = _culprit(inner, seen | {model})
                    if at.field:
                        return at, annotation
            return field_origin(model, name), field.annotation
    return class_origin(model), model


def _named(annotation: Any) -> str:
    plain = getattr(annotation, "__name__", None) if isinstance(annotation, type) else None
    return clip(plain or str(annotation).replace("typing.", "").replace("collections.abc.", ""))
