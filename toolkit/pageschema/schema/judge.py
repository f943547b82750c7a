"""The one factory of validators: jsonschema-rs judges, jsonschema words faults of a schema and is asked second.

Both are built so that no ``$ref`` is ever fetched and no pattern can run away: ``offline``, an empty registry, a linear
regular-expression engine. Where look-around or a back-reference needs more, the engine gets a bounded backtracker.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from pageschema import jsontext, pointer
from pageschema.errors import InvalidSchema
from pageschema.schema.patterns import explicit_classes

BACKTRACK_LIMIT = 100_000
_NESTED = frozenset({"anyOf", "oneOf", "not", "propertyNames"})
"""Kinds of error whose detail is an error or a schema again, without bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One place where an instance breaks a schema.

    `detail` holds what the keyword asks for, such as ``{"limit": 3}`` or the name of a missing property. `context`
    holds the faults of each branch of a union.
    """

    pointer: str
    keyword: str
    schema_pointer: str
    message: str
    context: tuple[tuple[Fault, ...], ...] = ()
    detail: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Judge:
    """A compiled schema (JSON Schema 2020-12, formats asserted unless *formats* is false) that judges instances.

    Raises:
        InvalidSchema: The schema is not valid, refers outside itself, or has a pattern that cannot be compiled.
    """

    def __init__(self, schema: Any, *, where: str = "", formats: bool = True) -> None:
        self._where = where
        self._validator = _compile(schema, where, formats=formats)
        self.is_valid: Callable[[Any], bool] = self._validator.is_valid
        """`accepts` for millions of instances, without a layer of Python: raises `ValueError` where it cannot judge."""

    def accepts(self, instance: Any) -> bool:
        """Return whether *instance* is valid."""
        try:
            return bool(self._validator.is_valid(instance))
        except ValueError as error:
            raise InvalidSchema(f"the instance cannot be judged: {error}", where=self._where) from error

    def faults(self, instance: Any) -> Iterator[Fault]:
        """Yield what is wrong with *instance*, each place once.

        Raises:
            InvalidSchema: The instance is nested too deep to report on (some 250 levels).
        """
        try:
            for error in self._validator.iter_errors(instance):
                yield _fault(error)
        except ValueError as error:
            raise InvalidSchema(f"the instance cannot be judged: {error}", where=self._where) from error

    def broken_places(self, instance: Any, most: int) -> list[tuple[tuple[str | int, ...], str]]:
        """Return the path and the keyword of each fault, at most *most*: much quicker than `faults`.

        Raises:
            InvalidSchema: The instance is nested too deep to report on (some 250 levels).
        """
        try:
            errors = islice(self._validator.iter_errors(instance), most)
            return [(tuple(error.instance_path), error.kind.name) for error in errors]
        except ValueError as error:
            raise InvalidSchema(f"the instance cannot be judged: {error}", where=self._where) from error


def second_opinion(schema: Any, instance: Any) -> bool | None:
    """Return what jsonschema says of *instance*, or None where it cannot answer.

    It is asked about small instances only: its regular expressions and references are unbounded.
    """
    import jsonschema
    import referencing

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # Python's, of sets that its patterns may hold one day.
            validator = jsonschema.Draft202012Validator(schema, registry=referencing.Registry())
            return bool(validator.is_valid(instance))
    except (RecursionError, referencing.exceptions.Unresolvable, re.error, ValueError, OverflowError):
        return None


def metaschema_fault(schema: Any) -> Fault | None:
    """Return the most telling way in which *schema* breaks the 2020-12 metaschema, or None where it is valid.

    `pointer` names the place in the schema, `message` is one clause about it.
    """
    import jsonschema

    validator = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)
    error = jsonschema.exceptions.best_match(validator.iter_errors(schema))
    if error is None:
        return None
    return Fault(
        pointer=pointer.build(error.absolute_path),
        keyword=str(error.validator),
        schema_pointer=pointer.build(error.absolute_schema_path),
        message=jsontext.clip(error.message, 160),
    )


def _compile(schema: Any, where: str, *, formats: bool) -> Any:
    if isinstance(schema, str):  # jsonschema-rs would read it as JSON text.
        raise InvalidSchema(
            "a schema is an object or a boolean, this is a string", where=where, remedy="read the JSON text first"
        )
    import jsonschema_rs

    problem: Exception
    for look_around in (False, True):
        try:
            return jsonschema_rs.Draft202012Validator(
                explicit_classes(schema) if look_around else schema,
                validate_formats=formats,
                offline=True,
                pattern_options=jsonschema_rs.FancyRegexOptions(backtrack_limit=BACKTRACK_LIMIT)
                if look_around
                else jsonschema_rs.RegexOptions(),
            )
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            problem = error
    raise InvalidSchema(
        jsontext.clip(str(problem).splitlines()[0], 160),
        where=where,
        remedy="pageschema lint says where and what to do",
    ) from problem


def _fault(error: Any) -> Fault:
    context: tuple[tuple[Fault, ...], ...] = ()
    branches = getattr(error.kind, "context", None)
    if branches:
        context = tuple(tuple(_fault(inner) for inner in branch) for branch in branches)
    return Fault(
        pointer=pointer.build(error.instance_path),
        keyword=error.kind.name,
        schema_pointer=pointer.build(error.schema_path),
        message=error.message,
        context=context,
        detail={} if error.kind.name in _NESTED else error.kind.as_dict(),
    )


@lru_cache(maxsize=256)
def cached_judge(text: str) -> Judge:
    """Return the judge for a schema given as JSON text, compiled once."""
    return Judge(jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH))
