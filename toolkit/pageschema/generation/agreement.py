"""Extractions that the page schema takes and the model refuses: looked for where something in the model invites it.

Most models leave their schema to Pydantic, and the two agree. Where the author writes one of them by hand, a schema
(`WithJsonSchema`, ``json_schema_extra``, a hook) or a reader (a validator that runs first), an instance of the one is
tried on the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pageschema import pointer
from pageschema.finding import Origin
from pageschema.generation.emit import field_infos, key_of
from pageschema.generation.validators import Validator, validators_of
from pageschema.jsontext import clip
from pageschema.models import authors_hooks, field_origin
from pageschema.schema import APPLICATORS, Disagreement, map_schema

if TYPE_CHECKING:
    from pydantic import BaseModel

_ANNOTATIONS = frozenset(
    {"$comment", "default", "deprecated", "description", "example", "examples", "readOnly", "title", "writeOnly"}
)
_SKIPPED = "SkipJsonSchema"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspect:
    """A field whose schema and whose reader are not written by one hand."""

    cls: type
    name: str
    key: str
    cause: str
    origin: Origin
    validator: Validator | None = None

    @property
    def only_limits(self) -> bool:
        """Whether all there is is a validator that runs last and tests what a keyword of the schema could say."""
        return self.validator is not None and self.validator.runs_last


def disagreements(
    model: type[BaseModel], value: dict[str, Any], origins: Mapping[str, Origin], classes: Sequence[type]
) -> tuple[Disagreement, ...]:
    """Return what the page schema *value* takes and *model* refuses, at most one a field, each with a witness."""
    suspects = [suspect for cls in classes for suspect in _suspects(cls)]
    places: dict[Origin, str] = {}
    for where, origin in origins.items():
        places.setdefault(origin, where)
    suspects = [each for each in suspects if each.cause == _SKIPPED or each.origin in places]
    if not suspects:
        return ()
    found: dict[Origin, Disagreement] = {}
    first = [each for each in suspects if not each.only_limits]
    if first:
        for each in _tried_as_a_whole(model, value, origins, first):
            found.setdefault(each.origin, each)
    for suspect in suspects:
        if suspect.only_limits and suspect.origin not in found:
            found |= {each.origin: each for each in _tried_alone(suspect, value, places[suspect.origin])}
    return tuple(found.values())


def _suspects(cls: type) -> Iterator[_Suspect]:
    validators = validators_of(cls)
    for name, info in field_infos(cls).items():
        cause, validator = _by_hand(info), next(iter(validators.get(name, ())), None)
        if not cause and validator is not None:
            cause = f"validator {validator.name}"
        if cause:
            alias = info.validation_alias if isinstance(info.validation_alias, str) else None
            yield _Suspect(
                cls=cls,
                name=name,
                key=alias or key_of(info, name, {}),
                cause=cause,
                origin=field_origin(cls, name),
                validator=validator if cause.startswith("validator ") else None,
            )


def _by_hand(info: Any) -> str:
    """Return what writes the schema of a field in the place of Pydantic, or "" where nothing does."""
    if any(type(each).__name__ == _SKIPPED for each in info.metadata):
        return _SKIPPED if info.is_required() else ""
    extra = info.json_schema_extra
    if callable(extra) or (isinstance(extra, dict) and _asserts(extra)):
        return "json_schema_extra"
    for each in (*info.metadata, *_within(info.annotation)):
        if type(each).__name__ == "WithJsonSchema":
            return "WithJsonSchema"
        is_own = isinstance(each, type) and not each.__module__.startswith(("pydantic", "pydantic_"))
        if is_own and "__get_pydantic_json_schema__" in vars(each):
            return f"the JSON Schema hook of {each.__name__}"
    return ""


def _asserts(schema: Mapping[str, Any]) -> bool:
    known = {"const", "enum", "format", "pattern", "required", "type", "minimum", "maximum", "minLength", "maxLength"}
    return bool(schema.keys() & (known | APPLICATORS))


def _within(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and the arguments inside it, the metadata of ``Annotated`` among them."""
    stack = [annotation]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(arg for arg in (*get_args(each), *getattr(each, "__metadata__", ())) if arg is not each)


def _tried_as_a_whole(
    model: type[BaseModel], value: dict[str, Any], origins: Mapping[str, Origin], suspects: Sequence[_Suspect]
) -> Iterator[Disagreement]:
    import pydantic

    witness = _ordinary_instance(value)
    if witness is None:
        return
    try:
        with authors_hooks():
            model.model_validate_json(json.dumps(witness))
    except pydantic.ValidationError as error:
        for fault in error.errors(include_url=False):
            yield from _blamed(fault, witness, origins, suspects)
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:  # A value of another type than expected.
        functions = set(_functions(error))
        for suspect in suspects:
            if suspect.validator is not None and suspect.validator.name in functions:
                where = next(at for at, origin in origins.items() if origin == suspect.origin)
                yield _disagreement(suspect, where, f"{type(error).__name__}: {error}", _at(witness, where))
                return
    except Exception:  # noqa: BLE001 - a validator that cannot work here, for want of a file or a package
        return


def _blamed(
    fault: Any, witness: Any, origins: Mapping[str, Origin], suspects: Sequence[_Suspect]
) -> Iterator[Disagreement]:
    """Yield the disagreement that a fault of the model shows, if it is about a suspect."""
    keys = [part for part in fault["loc"] if isinstance(part, str)]
    where = max((at for at in origins if _is_part(_names(at), keys)), key=lambda at: len(_names(at)), default="")
    for suspect in suspects:
        if suspect.cause == _SKIPPED and fault["type"] == "missing" and keys[-1:] == [suspect.key]:
            yield _disagreement(suspect, where, "it is required there, and the page schema leaves it out", witness)
            return
    for suspect in suspects:
        if where and origins[where] == suspect.origin and suspect.cause != _SKIPPED:
            yield _disagreement(suspect, where, fault["msg"], fault.get("input"))
            return


def _tried_alone(suspect: _Suspect, value: dict[str, Any], where: str) -> Iterator[Disagreement]:
    """Yield a value of one field that its validator refuses, from the edges of what its schema takes."""
    import pydantic

    cls: Any = suspect.cls
    if not hasattr(cls, "model_construct"):
        return
    for sample in _edges(value, where):
        try:
            with authors_hooks():
                cls.__pydantic_validator__.validate_assignment(cls.model_construct(), suspect.name, sample)
        except pydantic.ValidationError as error:
            for fault in error.errors(include_url=False):
                if fault["loc"][:1] == (suspect.name,) and fault["type"] in {"value_error", "assertion_error"}:
                    yield _disagreement(suspect, where, fault["msg"], sample)
                    return
        except Exception:  # noqa: BLE001 - a validator of the whole model, over fields that are not there
            return


def _edges(value: dict[str, Any], where: str) -> Iterator[Any]:
    from pageschema.solver import Instance, find_instance

    schema = pointer.resolve(value, where)
    limits: tuple[dict[str, Any], ...] = (
        {"type": ["number", "integer"], "maximum": -1},
        {"type": ["number", "integer"], "const": 0},
        {"type": ["number", "integer"], "minimum": 10**7},
        {"type": "string", "maxLength": 0},
        {"type": "string", "const": "Text with words"},
        {"type": "string", "minLength": 300},
        {"type": "array", "maxItems": 0},
    )
    for limit in limits:
        whole = {"allOf": [schema, limit]} | ({"$defs": value["$defs"]} if "$defs" in value else {})
        answer = find_instance(whole)
        if isinstance(answer, Instance):
            yield answer.value


def _ordinary_instance(value: dict[str, Any]) -> Any:
    """Return an instance such as a document would give: every field there, texts of some length, lists not empty."""
    from pageschema.solver import Instance, find_instance

    tries = (value,) if "$defs" in value else (map_schema(value, _full), value)
    for schema in tries:
        answer = find_instance(schema)
        if isinstance(answer, Instance):
            return answer.value
    return None


def _full(schema: dict[str, Any]) -> dict[str, Any]:
    said = schema.keys() - _ANNOTATIONS
    examples = schema.get("examples")
    if isinstance(schema.get("properties"), dict):
        return {**schema, "required": [key for key, each in schema["properties"].items() if each is not False]}
    if said == {"type"} and isinstance(examples, list) and examples:
        return {**schema, "enum": examples}
    if said == {"type"} and schema["type"] == "string":
        return {**schema, "const": "Text"}
    if said == {"type"} and schema["type"] in {"integer", "number"}:
        return {**schema, "minimum": 1}
    if schema.get("type") == "array" and "maxItems" not in schema and "items" in schema:
        return {"minItems": 1, **schema}
    return schema


def _disagreement(suspect: _Suspect, where: str, reason: str, witness: Any) -> Disagreement:
    return Disagreement(
        pointer=where, origin=suspect.origin, cause=suspect.cause, reason=clip(reason.partition("\n")[0], 80),
        witness=witness,
    )  # fmt: skip


def _names(where: str) -> list[str]:
    """Return the keys of the properties that a pointer goes through."""
    parts = pointer.parse(where)
    names: list[str] = []
    index = 0
    while index < len(parts):
        if parts[index] == "properties" and index + 1 < len(parts):
            names.append(parts[index + 1])
            index += 1
        index += 1
    return names


def _is_part(names: list[str], keys: list[str]) -> bool:
    """Return whether *names* stand among *keys* in that order; between them are the tags of unions."""
    rest = iter(keys)
    return bool(names) and all(name in rest for name in names)


def _at(witness: Any, where: str) -> Any:
    for name in _names(where):
        while isinstance(witness, list) and witness:
            witness = witness[0]
        if not isinstance(witness, dict) or name not in witness:
            return witness
        witness = witness[name]
    return witness


def _functions(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code.co_name
        trace = trace.tb_next
