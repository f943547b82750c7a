"""The nodes that pytest collects: an item is one claim about the project, a group has those of a schema or endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pageschema.errors import PageSchemaError

Place: TypeAlias = tuple[Path, int | None]
Judge: TypeAlias = Callable[[], Sequence[str]]
Facts: TypeAlias = dict[str, Any]


class Complaint(Exception):
    """An item has found something wrong; its text is the whole report."""


class Item(pytest.Item):
    """One claim about the project.

    `judge` returns what is wrong, one text each; none passes. `place` is asked when the item is about to run: it may
    import a model. `facts` are the properties in a JUnit report; the judge may add to them.
    """

    def __init__(self, *, judge: Judge, place: Callable[[], Place], facts: Facts, **rest: Any) -> None:
        super().__init__(**rest)
        self.judge = judge
        self.place = place
        self.facts = facts
        self.add_marker("pageschema")

    def runtest(self) -> None:
        """Ask, and fail with the answer."""
        try:
            wrong = self.judge()
        finally:
            self.user_properties.extend(self.facts.items())
        if wrong:
            raise Complaint("\n".join(wrong))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return our own words; a traceback only for what is a bug of ours."""
        if isinstance(excinfo.value, (Complaint, PageSchemaError)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return the file and line (from 0) that an editor jumps to, and the title of a failure."""
        path, line = self.place()
        return path, line - 1 if line else None, f"{self.parent.name if self.parent else ''} {self.name}"


class Group(pytest.Collector):
    """The items of one schema, or of the endpoint."""

    def __init__(self, *, make: Callable[[Group], Iterator[Item]], **rest: Any) -> None:
        super().__init__(**rest)
        self._make = make

    def item(self, name: str, judge: Judge, place: Callable[[], Place], facts: Facts) -> Item:
        """Return an item of this group."""
        item: Item = Item.from_parent(self, name=name, judge=judge, place=place, facts=facts)
        return item

    def collect(self) -> list[Item]:
        """Return the items, in a fixed order."""
        return list(self._make(self))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002
        """Return our own words where the folder of one schema cannot be read."""
        return str(excinfo.value) if isinstance(excinfo.value, PageSchemaError) else super().repr_failure(excinfo)


def worded(where: str, what: str, remedy: str) -> str:
    """Return a complaint as errors are worded: place and fault on one line, the remedy on the next."""
    return str(PageSchemaError(what, where=where, remedy=remedy))
