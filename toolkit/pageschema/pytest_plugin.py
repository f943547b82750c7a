"""The pytest plugin's warm half: a project's schemas, clauses and checks as test items.

Every item has a stable id and fails with our words, without a traceback. The contract runs once a session, when the
first item that needs it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pytest

from pageschema import jsontext
from pageschema.errors import PageSchemaError
from pageschema.finding import Severity
from pageschema.fuzzing import CHECKS, FuzzResult
from pageschema.project.drift import status_of
from pageschema.project.endpoint import contract_run
from pageschema.project.files import write_file
from pageschema.project.project import Project
from pageschema.project.steps import history
from pageschema.project.targets import resolve_one
from pageschema.schema import PageSchema

ENDPOINT = "endpoint"


class Complaint(Exception):
    """An item has found something wrong; its text is the whole report."""


class Item(pytest.Item):
    """One claim about the project. `judge` returns what is wrong, one text each; none passes."""

    def __init__(self, *, judge: Callable[[], Sequence[str]], place: tuple[Path, int | None], **rest: Any) -> None:
        super().__init__(**rest)
        self.judge = judge
        self.place = place
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
        """Return the file and line (from 0) that an editor jumps to."""
        path, line = self.place
        return path, line - 1 if line else None, self.name


class Group(pytest.Collector):
    """The items of one schema, or of the endpoint."""

    def __init__(self, *, make: Callable[[Group], Iterator[Item]], **rest: Any) -> None:
        super().__init__(**rest)
        self._make = make

    def collect(self) -> list[Item]:
        """Return the items, in a fixed order."""
        return list(self._make(self))


class Collection:
    """Adds the items to the session, and runs the contract once for all that ask about it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @cached_property
    def project(self) -> Project:
        """The project around pytest's root folder."""
        return Project.here(self._config.rootpath)

    @cached_property
    def run(self) -> FuzzResult:
        """The contract run; its report is written where one was asked for."""
        result = contract_run(
            self.project,
            base_url=self._config.getoption("--pageschema-base-url"),
            max_requests=self._config.getoption("--pageschema-max-requests"),
        )
        report = self._config.getoption("--pageschema-report")
        if report:
            write_file(Path(report), jsontext.dumps(result.as_json()))
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Add our items before anyone selects among them."""
        try:
            for name in self.project.names:
                folder = self._shown(self.project.config.registry / name)
                make = self._schema_items(name)
                items.extend(Group.from_parent(session, name=name, nodeid=folder, make=make).collect())
            items.extend(
                Group.from_parent(session, name=ENDPOINT, nodeid=ENDPOINT, make=self._endpoint_items).collect()
            )
        except PageSchemaError as error:
            raise pytest.UsageError(str(error)) from error

    def _schema_items(self, name: str) -> Callable[[Group], Iterator[Item]]:
        def make(group: Group) -> Iterator[Item]:
            folder = self.project.config.registry / name
            if name in self.project.targets:
                place = (folder, None)
                yield _item(group, "drift", partial(_drift, self.project, name), place)
                yield _item(group, "lint", partial(_lint, self.project, name), place)
            if name in self.project.registry.names():
                for version in self.project.registry.numbers(name):
                    place = (folder / f"{version}.json", None)
                    yield _item(group, version, partial(_integrity, self.project, name, version), place)
                yield _item(group, "history", partial(_history, self.project, name), (folder, None))

        return make

    def _endpoint_items(self, group: Group) -> Iterator[Item]:
        place = (self._config.rootpath, None)
        for clause in self.project.contract.clauses:
            if clause.binding:
                yield _item(group, f"clause[{clause.id}]", partial(self._clause, clause.id), place)
        for check in CHECKS:
            yield _item(group, f"check[{check.name}]", partial(self._check, check.name), place)

    def _clause(self, clause_id: str) -> list[str]:
        return [_told(failure, self.run) for failure in self.run.failures if failure.clause == clause_id]

    def _check(self, check: str) -> list[str]:
        return [_told(f, self.run) for f in self.run.failures if f.check == check and f.clause is None]

    def _shown(self, path: Path) -> str:
        root = self._config.rootpath
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def check_against(result: Any, schema: Any, *, strict: bool = False) -> None:
    """Fail where *result* does not fit *schema*: a page schema, a model, a JSON Schema, or a frozen schema's name.

    Raises:
        ExtractionMismatch: It does not fit.
        PageSchemaError: The schema cannot be found or used, or the result holds no extraction.
    """
    from pageschema.conformance import assert_extraction

    if isinstance(schema, str):
        schema = resolve_one(Project.here(), schema).page_schema()
    elif isinstance(schema, type):
        from pageschema.generation import page_schema

        schema = page_schema(schema)
    assert_extraction(result, schema, strict=strict)


def _item(group: Group, name: str, judge: Callable[[], Sequence[str]], place: tuple[Path, int | None]) -> Item:
    item: Item = Item.from_parent(group, name=name, judge=judge, place=place)
    return item


def _drift(project: Project, name: str) -> list[str]:
    return [
        f"{row.file}:{row.line}: {row.message}\n  {row.remedy}"
        for row in status_of(project, name)
        if not row.ok and row.state != "broken"
    ]


def _integrity(project: Project, name: str, version: str) -> list[str]:
    return [str(fault) for fault in project.registry.faults(name) if fault.version == version]


def _lint(project: Project, name: str) -> list[str]:
    from pageschema.linting import lint

    schema: PageSchema = project.generate(name)
    return [
        f"{finding.origin}: {finding.code} {finding.message}\n  {finding.remedy}"
        for finding in lint(schema)
        if finding.severity is Severity.ERROR
    ]


def _history(project: Project, name: str) -> list[str]:
    if project.registry.faults(name):
        return []
    return [
        f"{step.path}: {step.version} is a {step.comparison.bump} change from {step.previous}\n"
        f"  freeze it again under a {step.comparison.bump} version; see pageschema log {name}"
        for step in history(project, name)
        if step.comparison is not None and step.understated
    ]


def _told(failure: Any, run: FuzzResult) -> str:
    lines = [f"{failure.id}: {failure.message}", f"  {failure.curl(run.base_url)}"]
    if failure.replay:
        lines.append(f"  pageschema replay {failure.replay}")
    return "\n".join(lines)
