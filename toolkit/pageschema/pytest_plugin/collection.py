"""What ``--pageschema`` adds to a session: the items, and one contract run for all that ask about the endpoint.

With xdist, the contract runs once in each worker that gets one of its items; ``--dist loadscope`` gives one worker all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pageschema.errors import PageSchemaError
from pageschema.project.project import Project
from pageschema.pytest_plugin.item import Group, Item, Judge, Place
from pageschema.pytest_plugin.project import project_of

if TYPE_CHECKING:
    from pageschema.fuzzing import Failure, FuzzResult
    from pageschema.schema import PageSchema

ENDPOINT = "endpoint"


class Collection:
    """Adds the items to the session, and runs the contract once for all that ask about it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._base_url: str | None = config.getoption("--pageschema-base-url")
        self._schemas: dict[str, PageSchema] = {}
        self._chosen: set[str] = set()

    @cached_property
    def project(self) -> Project:
        """The project that the command line would work on from here."""
        return project_of(self._config)

    @property
    def run(self) -> FuzzResult:
        """The contract run; its report is written where one was asked for."""
        if isinstance(self._outcome, PageSchemaError):
            raise self._outcome
        return self._outcome

    def pytest_sessionstart(self) -> None:
        """Refuse what cannot be used before anything is run: with xdist, before there are workers."""
        try:
            self.project.names, self.project.contract.clauses  # noqa: B018 - reading them is what may fail
            if self._base_url is not None:
                _require_usable(self._base_url)
        except PageSchemaError as error:
            raise pytest.UsageError(str(error)) from error

    def pytest_report_header(self) -> str:
        """Return what it takes to see the same again."""
        settings = self.project.config
        requests = self._config.getoption("--pageschema-max-requests") or settings.max_requests
        target = self._base_url or "the embedded emulator"
        count = len(self.project.names)
        schemas = f"{count} schema{'' if count == 1 else 's'}"
        return f"pageschema: {schemas}, {requests} requests to {target}, seed {settings.seed}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Take ids of ours off the arguments, as a failure was reported under: pytest would look for files."""
        arguments = self._config.args
        ours = {argument: own for argument in arguments if (own := self._own_id(argument)) is not None}
        self._chosen = set(ours.values())
        arguments[:] = [argument for argument in arguments if argument not in ours]

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Add our groups to what the session holds."""
        report = yield
        if isinstance(collector, pytest.Session) and report.result is not None:
            report.result = [*report.result, *self._groups(collector)]
        return report

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep of ours those that were asked for by id, if any were."""
        if not self._chosen:
            return
        if missing := self._chosen - {item.nodeid for item in items}:
            raise pytest.UsageError(*(f"not found: {nodeid}" for nodeid in sorted(missing)))
        kept = [item for item in items if not isinstance(item, Item) or item.nodeid in self._chosen]
        self._config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say of a skipped item of ours where it belongs, not where in our code it was skipped."""
        report = yield
        if isinstance(item, Item) and report.skipped and isinstance(report.longrepr, tuple):
            path, line, _ = item.reportinfo()
            report.longrepr = (str(path), (line or 0) + 1, report.longrepr[2].removeprefix("Skipped: "))
        return report

    @cached_property
    def _outcome(self) -> FuzzResult | PageSchemaError:
        from pageschema import jsontext
        from pageschema.project.endpoint import contract_run
        from pageschema.project.files import write_file

        report = self._config.getoption("--pageschema-report")
        try:
            result = contract_run(
                self.project,
                base_url=self._base_url,
                max_requests=self._config.getoption("--pageschema-max-requests"),
                schemas=list(self._sendable()),
            )
            if report:
                write_file(self._config.invocation_params.dir / report, jsontext.dumps(result.as_json()))
        except PageSchemaError as error:
            return error
        return result

    def _own_id(self, argument: str) -> str | None:
        path, separator, name = argument.partition("::")
        place = self._shown(Path(os.path.normpath(self._config.invocation_params.dir / path)))
        return f"{place}::{name}" if separator and place in {self._folder(n) for n in self._group_names()} else None

    def _group_names(self) -> Iterator[str]:
        yield from self.project.names
        yield ENDPOINT

    def _folder(self, name: str) -> str:
        return ENDPOINT if name == ENDPOINT else self._shown(self.project.config.registry / name)

    def _groups(self, session: pytest.Session) -> Iterator[Group]:
        for name in self.project.names:
            items = partial(self._schema_items, name)
            yield Group.from_parent(session, name=name, nodeid=self._folder(name), make=items)
        yield Group.from_parent(session, name=ENDPOINT, nodeid=ENDPOINT, make=self._endpoint_items)

    def _schema_items(self, name: str, group: Group) -> Iterator[Item]:
        from pageschema.project.verification import kept_results

        folder = self.project.config.registry / name
        facts = {"schema": name}

        def item(title: str, judge: Callable[..., list[str]], *given: Any, file: Path = folder, **more: Any) -> Item:
            return _item(group, title, partial(judge, name, *given), lambda: (file, None), {**facts, **more})

        site = partial(self._site, name)
        if name in self.project.targets:
            yield _item(group, "drift", partial(self._drift, name), site, facts)
        yield _item(group, "lint", partial(self._lint, name), site, facts)
        if name in self.project.registry.names():
            for version in self.project.registry.numbers(name):
                yield item(version, self._integrity, version, file=folder / f"{version}.json", version=version)
            yield item("history", self._history)
            for path in kept_results(self.project, name):
                yield item(f"result[{path.name}]", self._result, path, file=path)

    def _endpoint_items(self, group: Group) -> Iterator[Item]:
        from pageschema.fuzzing import CHECKS

        def place() -> Place:
            return self.project.config.root / "pyproject.toml", None  # [tool.pageschema.fuzz] steers the run.

        seed = {"seed": self.project.config.seed}
        for clause in self.project.contract.clauses:
            if clause.binding:
                facts = {"clause": clause.id, "strength": clause.strength.value, **seed}
                yield _item(group, f"clause[{clause.id}]", partial(self._clause, clause.id), place, facts)
        for check in CHECKS:
            facts = {"check": check.name, **seed}
            yield _item(group, f"check[{check.name}]", partial(self._check, check.name), place, facts)

    def _drift(self, name: str) -> list[str]:
        from pageschema.project.drift import status_of

        self._skip_broken(name)
        return [
            _worded(f"{row.file}:{row.line}" if row.line else row.file or name, row.message, row.remedy)
            for row in status_of(self.project, name)
            if not row.ok
        ]

    def _lint(self, name: str) -> list[str]:
        from pageschema.project.telling import Telling

        if name not in self.project.targets:
            self._skip_broken(name)
        schema = self._schema(name)
        return [
            _worded(
                str(finding.origin) or f"{name}#{finding.pointer}", f"{finding.code} {finding.message}", finding.remedy
            )
            for finding in Telling.of(self.project).errors(schema)
        ]

    def _integrity(self, name: str, version: str) -> list[str]:
        return [str(fault) for fault in self.project.registry.faults(name) if fault.version == version]

    def _history(self, name: str) -> list[str]:
        from pageschema.project.steps import history

        self._skip_broken(name)
        return [
            _worded(
                step.path,
                f"{step.version} is a {step.comparison.bump} change from {step.previous}",
                f"freeze it again under a {step.comparison.bump} version; see pageschema log {name}",
            )
            for step in history(self.project, name)
            if step.comparison is not None and step.understated
        ]

    def _result(self, name: str, path: Path) -> list[str]:
        from pageschema.project.verification import result_problems

        self._skip_broken(name)
        schema = self.project.registry.latest(name).schema
        return [_worded(each.where, each.message, each.remedy) for each in result_problems(path, schema)]

    @cached_property
    def _unbroken(self) -> frozenset[str]:
        from pageschema.project.verification import unbroken_clauses

        return frozenset(unbroken_clauses(self.project.contract))

    def _clause(self, clause_id: str) -> list[str]:
        if clause_id in self._unbroken:
            what = "no patch under its breaks breaks this clause and no other"
            return [_worded(f"clause {clause_id}", what, "mend its schema or its breaks in overlay.yaml")]
        failures = [failure for failure in self.run.failures if failure.clause == clause_id]
        if not failures and not self.run.clauses[clause_id].broken:
            pytest.skip(self.run.stopped or f"none of {self.run.requests} requests broke it: send more")
        return [self._told(failure) for failure in failures]

    def _check(self, check: str) -> list[str]:
        return [self._told(f) for f in self.run.failures if f.check == check and f.clause is None]

    def _told(self, failure: Failure) -> str:
        again = f" --base-url {self._base_url}" if self._base_url else ""
        lines = [f"{failure.id}: {failure.message}", f"  {failure.curl(self.run.base_url)}"]
        if failure.replay:
            lines.append(f"  send it again: pageschema replay {failure.replay}{again}")
        return "\n".join(lines)

    def _skip_broken(self, name: str) -> None:
        """Leave the complaint to the item of the version: nothing can be compared with what it was."""
        faults = self.project.registry.faults(name) if name in self.project.registry.names() else ()
        if faults:
            pytest.skip(f"{faults[0].path}: {faults[0].what}")

    def _schema(self, name: str) -> PageSchema:
        """Return what the model gives, or the latest version of a schema without one; a model is asked once."""
        if name not in self._schemas:
            modelled = name in self.project.targets
            self._schemas[name] = self.project.generate(name) if modelled else self.project.registry.latest(name).schema
        return self._schemas[name]

    def _site(self, name: str) -> Place:
        try:
            origin = self._schema(name).origin
        except Exception:  # noqa: BLE001 - the item is about to say it; here it would end the whole session
            origin = None
        if origin is None or origin.file is None:
            return self.project.config.registry / name, None
        return Path(origin.file), origin.line

    def _sendable(self) -> Iterator[PageSchema]:
        """Yield the schemas that there are; what is wrong with the others, their own items say."""
        for name in self.project.names:
            try:
                yield self._schema(name)
            except PageSchemaError:
                continue

    def _shown(self, path: Path) -> str:
        root = self._config.rootpath
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _require_usable(base_url: str) -> None:
    from pageschema.client import KEY_VARIABLE, ExtractClient, is_loopback

    with ExtractClient(base_url, allow_remote=True) as client:
        if not is_loopback(client.host):
            raise pytest.UsageError(
                f"--pageschema-base-url: {base_url} is not on this machine\n"
                f"  what may cost money is asked for by name: pageschema fuzz --base-url {base_url} --allow-remote"
            )
        if not client.has_key:
            raise pytest.UsageError(
                f"--pageschema-base-url: there is no API key to send\n"
                f"  set {KEY_VARIABLE}: export {KEY_VARIABLE}=…, any text for a mock"
            )


def _item(group: Group, name: str, judge: Judge, place: Callable[[], Place], facts: dict[str, Any]) -> Item:
    item: Item = Item.from_parent(group, name=name, judge=judge, place=place, facts=facts)
    return item


def _worded(where: str, what: str, remedy: str) -> str:
    return str(PageSchemaError(what, where=where, remedy=remedy))
