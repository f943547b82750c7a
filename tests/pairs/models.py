"""Two versions of a Pydantic model: random fields, then one to three changes, field by field."""

from __future__ import annotations

import datetime as dt
import decimal
import enum
import uuid
from collections.abc import Callable
from random import Random
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, create_model

from .schemas import Schema

NAMES = ("total", "number", "vendor", "lines", "notes")


class Colour(enum.StrEnum):
    RED = "red"
    BLUE = "blue"


class Line(BaseModel):
    text: str
    amount: float = 0.0


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str


class Wide(BaseModel):
    model_config = ConfigDict(extra="allow")
    text: str
    note: str | None = None


class Node(BaseModel):
    value: int
    children: list[Node] = []


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    name: str


class Pet(BaseModel):
    pet: Annotated[Union[Cat, Dog], Field(discriminator="kind")]  # noqa: UP007


_Field = Callable[[Random], Any]

_PLAIN: tuple[_Field, ...] = (
    lambda _: str,
    lambda _: int,
    lambda _: float,
    lambda _: bool,
    lambda _: Any,
    lambda _: dt.date,
    lambda _: uuid.UUID,
    lambda _: decimal.Decimal,
    lambda _: Colour,
    lambda _: Line,
    lambda _: Closed,
    lambda _: Wide,
    lambda _: Node,
    lambda _: Pet,
    lambda _: dict[str, Any],
    lambda rng: Literal["a", "b"] if rng.random() < 0.5 else Literal["a", "b", "c"],
    lambda rng: Literal[1, "a", True] if rng.random() < 0.5 else Literal[1],
    lambda rng: Annotated[int, Field(ge=rng.choice((0, 1)), le=rng.choice((9, 10)))],
    lambda rng: Annotated[float, Field(gt=rng.choice((0, -0.5)))],
    lambda rng: Annotated[int, Field(multiple_of=rng.choice((2, 3, 4)))],
    lambda rng: Annotated[str, Field(min_length=rng.choice((0, 1, 2)), max_length=rng.choice((3, 4)))],
    lambda rng: Annotated[str, Field(pattern=rng.choice(("^[A-Z]{3}$", "^[A-Z]+$", r"^\d+$", "^[0-9]{2,4}$", "^a")))],
    lambda rng: Annotated[decimal.Decimal, Field(max_digits=rng.choice((5, 6)), decimal_places=2)],
)
_OUTER: tuple[Callable[[Any, Random], Any], ...] = (
    lambda inner, _: inner | None if inner is not Any else Any,
    lambda inner, _: list[inner],
    lambda inner, _: dict[str, inner],
    lambda inner, _: set[inner],
    lambda inner, _: tuple[inner, int],
    lambda inner, _: Union[inner, str],  # noqa: UP007
    lambda inner, rng: Annotated[list[inner], Field(min_length=rng.choice((0, 1)), max_length=rng.choice((2, 3)))],
)
_DEFAULTS = (..., ..., ..., None, "a")
_EXTRA: tuple[Literal["ignore", "allow", "forbid"], ...] = ("ignore", "ignore", "ignore", "forbid", "allow")


def model_pair(rng: Random) -> tuple[Schema, Schema]:
    """Return the schemas of two versions of one model."""
    fields = {name: _field(rng) for name in rng.sample(NAMES, rng.choice((1, 2, 3)))}
    extra = rng.choice(_EXTRA)
    old = _schema(fields, extra)
    for _ in range(rng.choice((1, 1, 2, 3))):
        fields, extra = _changed(rng, fields, extra)
    return old, _schema(fields, extra)


def _type(rng: Random) -> Any:
    made = rng.choice(_PLAIN)(rng)
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        made = rng.choice(_OUTER)(made, rng)
    return made


def _field(rng: Random) -> tuple[Any, Any]:
    return _type(rng), rng.choice(_DEFAULTS)


_Fields = dict[str, tuple[Any, Any]]


def _changed(rng: Random, fields: _Fields, extra: Any) -> tuple[_Fields, Any]:
    fields = dict(fields)
    kind = rng.choice(("add", "remove", "rename", "retype", "retype", "optional", "wrap", "default", "extra"))
    name = rng.choice(list(fields)) if fields else None
    if kind == "extra":
        return fields, rng.choice(_EXTRA)
    if kind == "add" or name is None:
        fields[rng.choice(NAMES)] = _field(rng)
    elif kind == "remove":
        del fields[name]
    elif kind == "rename":
        fields[rng.choice(NAMES)] = fields.pop(name)
    elif kind == "retype":
        fields[name] = (_type(rng), fields[name][1])
    elif kind == "optional":
        fields[name] = (Union[fields[name][0], None], None)  # noqa: UP007
    elif kind == "wrap":
        fields[name] = (rng.choice(_OUTER)(fields[name][0], rng), fields[name][1])
    else:
        fields[name] = (fields[name][0], rng.choice(_DEFAULTS))
    return fields, extra


def _schema(fields: _Fields, extra: Any) -> Schema:
    model = create_model("Invoice", __config__=ConfigDict(extra=extra), **fields)
    return model.model_json_schema()
