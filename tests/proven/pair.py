"""What a pair of schemas and its proven answers are, and short words to write them with.

An answer is worked out by hand and carries its proof: an instance for a no, which a validator checks, and an argument
for a yes, which a reader follows. None was taken from a program that compares schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model

Reading: TypeAlias = Literal["declared", "open"]
Direction: TypeAlias = Literal["backward", "forward"]

READINGS: tuple[Reading, ...] = ("declared", "open")
DIRECTIONS: tuple[Direction, ...] = ("backward", "forward")


@dataclass(frozen=True, slots=True)
class No:
    """No in both readings: the writer hands out `instance`, and the reader refuses it.

    `ecma`: Python reads the pattern otherwise than ECMA-262, so that jsonschema cannot confirm the instance.
    """

    instance: Any
    ecma: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """Yes, by `argument`, for what the writer fills; no to the letter, by an `instance` with an undeclared property."""

    argument: str
    instance: Any


@dataclass(frozen=True, slots=True)
class OpenOnly:
    """An answer to the letter only: which properties are declared here is a matter of definition."""

    answer: str | No


Answer: TypeAlias = str | No | Letter | OpenOnly
"""A string is a yes in both readings, and the argument for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two versions of a schema; `name` is a sentence about the change."""

    name: str
    old: Any
    new: Any
    backward: Answer
    forward: Answer

    def sides(self, direction: Direction) -> tuple[Any, Any]:
        """Return the writer's schema and the reader's."""
        return (self.old, self.new) if direction == "backward" else (self.new, self.old)

    def truths(self) -> Iterator[tuple[Reading, Direction, str | No]]:
        """Yield the answer to each question that has one."""
        for direction in DIRECTIONS:
            answer = getattr(self, direction)
            match answer:
                case Letter():
                    yield "declared", direction, answer.argument
                    yield "open", direction, No(answer.instance)
                case OpenOnly():
                    yield "open", direction, answer.answer
                case _:
                    yield "declared", direction, answer
                    yield "open", direction, answer


def pair(name: str, old: Any, new: Any, *, backward: Answer, forward: Answer) -> Pair:
    """Return a pair; the order is that of a table."""
    return Pair(name=name, old=old, new=new, backward=backward, forward=forward)


def same(name: str, old: Any, new: Any, argument: str) -> Pair:
    """Return a pair of schemas that say the same."""
    return Pair(name=name, old=old, new=new, backward=argument, forward=argument)


# Schemas as Pydantic writes them. A type alone is a required field, a pair is a type and its default.


def cls(name: str, /, *, base: Any = None, extra: Any = None, **fields: Any) -> type[BaseModel]:
    """Return a model."""
    full = {key: value if isinstance(value, tuple) else (value, ...) for key, value in fields.items()}
    if base is None:
        return create_model(name, __config__=ConfigDict(extra=extra), **full)
    return create_model(name, __base__=base, **full)


def model(*, extra: Any = None, **fields: Any) -> dict[str, Any]:
    """Return the schema of a model with these fields."""
    return cls("Invoice", extra=extra, **fields).model_json_schema()


def field(type_: Any, /, **limits: Any) -> Any:
    """Return a type with limits."""
    return Annotated[type_, Field(**limits)]


def opt(type_: Any) -> tuple[Any, None]:
    """Return a type that may be null and is left out by default."""
    return type_ | None, None


def root(type_: Any) -> dict[str, Any]:
    """Return the schema of a model that is nothing but a value of a type."""
    return RootModel[type_].model_json_schema()


# Schemas as people write them.

STR, INT, NUM, BOOL, NULL = ({"type": name} for name in ("string", "integer", "number", "boolean", "null"))
OBJ, ARR = {"type": "object"}, {"type": "array"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    """Return an object that declares *properties*."""
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def closed(*required: str, **properties: Any) -> dict[str, Any]:
    """Return an object with *properties* and no others."""
    return {**obj(*required, **properties), "additionalProperties": False}


def arr(items: Any, **more: Any) -> dict[str, Any]:
    """Return an array of *items*."""
    return {"type": "array", "items": items, **more}


def text(pattern: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a string."""
    return {"type": "string", **({} if pattern is None else {"pattern": pattern}), **more}


def num(**more: Any) -> dict[str, Any]:
    """Return a number."""
    return {"type": "number", **more}


def integer(**more: Any) -> dict[str, Any]:
    """Return an integer."""
    return {"type": "integer", **more}


def ref(name: str) -> dict[str, str]:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def defs(schema: dict[str, Any], /, **definitions: Any) -> dict[str, Any]:
    """Return *schema* with definitions."""
    return {**schema, "$defs": definitions}


def any_of(*branches: Any, **more: Any) -> dict[str, Any]:
    """Return a union."""
    return {"anyOf": list(branches), **more}


def all_of(*branches: Any, **more: Any) -> dict[str, Any]:
    """Return an intersection."""
    return {"allOf": list(branches), **more}


def one_of(*branches: Any, **more: Any) -> dict[str, Any]:
    """Return an exclusive union."""
    return {"oneOf": list(branches), **more}


def enum(*values: Any) -> dict[str, Any]:
    """Return an enumeration."""
    return {"enum": list(values)}
