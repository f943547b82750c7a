"""Questions to the solver about a place: self-contained schemas, asked only where a cheap test makes the answer likely.

Formats are annotations in a proof that nothing is valid: it then holds under either reading.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from pageschema.linting.subject import Subject
from pageschema.schema import map_schema, rebase

if TYPE_CHECKING:
    from pageschema.solver import Answer

MOST = 60
"""Questions a rule asks of a schema; each takes a fraction of a millisecond, unless an instance has to be built."""

MOST_TEXT = 3_000_000
"""Characters of schema in all of them together: the whole schema goes along where references have to be followed."""

MOST_REFERENCES = 300
WIDEST = 300
"""Past so many references, or steps for one instance, none is followed: a chain of thousands is nobody's schema."""

MOST_UNKNOWN = 3
"""Questions that stay open, each for up to a second, before no more are asked."""

_PREFIX = "/$defs/linted"
_NAMING = frozenset({"$id", "$anchor", "$dynamicAnchor", "$dynamicRef"})


class Questions:
    """Asks about parts of one schema, with its references resolved."""

    def __init__(self, subject: Subject) -> None:
        self._root = subject.value
        self._left = MOST
        self._left_open = MOST_UNKNOWN
        self._size = len(subject.text)
        self._left_text = MOST_TEXT
        self._subject = subject

    @cached_property
    def _moved_root(self) -> Any:
        return rebase(self._root, _PREFIX)

    def part(self, schema: Any) -> Any:
        """Return a part of the schema, for a question: its references lead where they led."""
        return rebase(schema, _PREFIX)

    def is_empty(self, schema: dict[str, Any]) -> bool:
        """Return whether it is proven that nothing satisfies *schema*, made of what `part` gave."""
        from pageschema.solver import NoInstance

        return isinstance(self._answer(schema, formats=False), NoInstance)

    def instance(self, schema: dict[str, Any]) -> tuple[Any] | None:
        """Return an instance of *schema* in a tuple of one, or None where none was found; formats are asserted."""
        from pageschema.solver import Instance

        answer = self._answer(schema, formats=True)
        return (answer.value,) if isinstance(answer, Instance) else None

    def _answer(self, schema: dict[str, Any], *, formats: bool) -> Answer | None:
        from pageschema.solver import Unknown, find_instance

        whole = self._whole(schema)
        if whole is None or self._left_open == 0:
            return None
        answer = find_instance(whole, formats=formats)
        self._left_open -= isinstance(answer, Unknown)
        return answer

    def _whole(self, schema: dict[str, Any]) -> dict[str, Any] | None:
        """Return *schema* with all that it refers to, or None where that cannot be moved, or no question is left."""
        self._left -= 1
        if self._left < 0:
            return None
        if not _refers(schema):
            return schema
        self._left_text -= self._size
        if self._left_text < 0:
            return None
        return {**schema, "$defs": {"linted": self._moved_root}} if self._is_movable else None

    @cached_property
    def _is_movable(self) -> bool:
        """Whether references can be followed at an ordinary cost, and lead by pointers alone."""
        return (
            len(self._subject.references) <= MOST_REFERENCES
            and self._subject.shape.width <= WIDEST
            and not any(
                isinstance(place.schema, dict) and not place.schema.keys().isdisjoint(_NAMING)
                for place in self._subject.places
            )
        )


def _refers(schema: Any) -> bool:
    found = False

    def note(place: dict[str, Any]) -> Any:
        nonlocal found
        found = found or "$ref" in place
        return place

    map_schema(schema, note)
    return found
