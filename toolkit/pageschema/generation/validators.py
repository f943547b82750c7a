"""The validators of a model's fields that a page schema could disagree with."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pageschema.generation.emit import field_infos

_TESTS = frozenset(
    {
        "endswith", "fullmatch", "isalpha", "isdigit", "isinstance", "islower", "isnumeric", "isupper", "len", "lower",
        "match", "search", "sorted", "startswith", "strip", "upper",
    }
)  # fmt: skip
"""Calls that test no more than a pattern, a length or a list of values can say."""
_ERRORS = frozenset({"AssertionError", "PydanticCustomError", "ValueError"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """One validator of a field; `runs_last` where it sees what Pydantic has read already."""

    name: str
    runs_last: bool


def validators_of(cls: type) -> dict[str, list[Validator]]:
    """Return the validators of each field that are worth a trial, by the name of the field.

    A validator that runs first may expect another type than the schema asks for: worth it where that is no plain text.
    One that runs last is worth it where all that it tests could stand in the schema; one that computes a checksum or
    looks something up says what no schema can.
    """
    found: dict[str, list[Validator]] = {}
    fields = field_infos(cls)
    for name, mode, function in (*_decorated(cls), *_annotated(fields)):
        if name not in fields:
            continue
        if mode == "after":
            if _says_a_limit(function):
                found.setdefault(name, []).append(Validator(name=_name(function), runs_last=True))
        elif fields[name].annotation not in {str, str | None}:
            found.setdefault(name, []).insert(0, Validator(name=_name(function), runs_last=False))
    return found


def _decorated(cls: type) -> Iterator[tuple[str, str, Any]]:
    decorators = getattr(cls, "__pydantic_decorators__", None)
    for decorator in getattr(decorators, "field_validators", {}).values():
        fields = field_infos(cls) if "*" in decorator.info.fields else decorator.info.fields
        for name in fields:
            yield name, decorator.info.mode, decorator.func


def _annotated(fields: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    modes = {
        "AfterValidator": "after",
        "BeforeValidator": "before",
        "PlainValidator": "plain",
        "WrapValidator": "wrap",
    }
    for name, info in fields.items():
        for each in info.metadata:
            if type(each).__name__ in modes:
                yield name, modes[type(each).__name__], each.func


def _name(function: Any) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def _says_a_limit(function: Callable[..., Any]) -> bool:
    """Return whether a validator raises, and only ever for what a keyword of JSON Schema could say."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    except (OSError, SyntaxError, TypeError, ValueError):
        return False
    nodes = list(ast.walk(tree))
    definition = next((node for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))), None)
    if definition is None or not any(isinstance(node, (ast.Raise, ast.Assert)) for node in nodes):
        return False
    if any(isinstance(node, (ast.For, ast.While, ast.Try, ast.comprehension, ast.BinOp)) for node in nodes):
        return False
    if any(isinstance(node, ast.Name) and node.id == "info" for node in nodes):
        return False  # It looks at other fields.
    calls = [node.func for node in ast.walk(ast.Module(definition.body, [])) if isinstance(node, ast.Call)]
    names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
    return names <= _TESTS | _ERRORS
