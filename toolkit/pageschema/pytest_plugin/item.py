"""The nodes that pytest collects: an item is one claim about the project, a group has those of a schema or endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from pageschema.errors import PageSchemaError

Place: TypeAlias = tuple[Path, int | None]
Judge: TypeAlias = Callable[[], Sequence[str]]


class Complaint(Exception):
    """An item has found something wrong; its text is the whole report."""


class Item(pytest.Item):
    """One claim about the project.

    `judge` returns what is wrong, one text each; none passes. `place` is asked when the item is about to run: it may
    import a model. `facts` are the properties in a JUnit report.
    """

    def __init__(self, *, judge: Judge, place: Callable[[], Place], facts: dict[str, Any], **rest: Any) -> None:
        super().__init__(**rest)
        self.judge = judge
        self.place = place
        self.user_properties.extend(facts.items())
        self.add_marker("pageschema")

    def runtest(self) -> None:
        """Ask, and fail with the answer."""
        wrong = self.judge()
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

    def collect(self) -> list[Item]:
        """Return the items, in a fixed order."""
        return list(self._make(self))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002
        """Return our own words where the folder of one schema cannot be read."""
        return str(excinfo.value) if isinstance(excinfo.value, PageSchemaError) else super().repr_failure(excinfo)
