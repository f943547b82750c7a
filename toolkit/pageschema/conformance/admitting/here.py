"""The place that a subschema speaks of while the conformance schema is written."""

from __future__ import annotations

from dataclasses import dataclass

from pageschema.conformance.shape import Shape


class CannotAdmit(Exception):
    """The schema cannot be rewritten: it is too large, or refers in ways that depend on where it is read from."""


@dataclass(frozen=True, slots=True)
class Here:
    """The place that a subschema speaks of, and what else is said of it.

    For a null in the place of a field there are two readings, and all that is said of one object must take the same:
    `required` are the fields whose null is a null. `elsewhere` are the names of which a schema that applies as well
    takes null for absent.
    """

    shape: Shape
    required: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
