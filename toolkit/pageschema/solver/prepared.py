"""A schema, with what is worked out about it once however many questions it takes part in."""

from __future__ import annotations

from typing import Any

from pageschema.schema import Judge, PageSchema
from pageschema.solver.algebra import Algebra
from pageschema.solver.answer import Unknown
from pageschema.solver.guard import Guard
from pageschema.solver.outcome import Node


class Prepared:
    """A schema with its guard, its judges and its canonical forms."""

    def __init__(self, schema: PageSchema | dict[str, Any] | bool) -> None:  # noqa: FBT001
        self.guard = Guard(schema.value if isinstance(schema, PageSchema) else schema)
        self._judges: dict[bool, Judge] = {}
        self._forms: dict[Algebra, Node | Unknown] = {}

    @property
    def root(self) -> Any:
        """The schema."""
        return self.guard.root

    def judge(self, *, formats: bool) -> Judge:
        """Return the judge of the schema.

        Raises:
            InvalidSchema: It cannot be judged by.
        """
        if formats not in self._judges:
            self._judges[formats] = Judge(self.root, formats=formats)
        return self._judges[formats]

    def form(self, reading: Algebra) -> Node | Unknown:
        """Return the canonical form in one reading, or why there is none."""
        if reading not in self._forms:
            self._forms[reading] = reading.canonicalize(self.root)
        return self._forms[reading]
