"""What ``--pageschema`` adds to a session: the items of each schema and of the endpoint, and a word at the end."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from pageschema.errors import PageSchemaError
from pageschema.project.project import Project
from pageschema.pytest_plugin.endpoint_items import ENDPOINT, NEEDS, EndpointItems
from pageschema.pytest_plugin.item import Group, Item
from pageschema.pytest_plugin.project import project_of
from pageschema.pytest_plugin.schema_items import FROZEN, SchemaItems
from pageschema.pytest_plugin.settings import Settings

SHARED = "pageschema_shared"


class Collection:
    """Adds the items to the session, finds those asked for by id, and says at the end what the items cannot."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._settings = Settings.of(config)
        self._chosen: set[str] = set()

    @cached_property
    def project(self) -> Project:
        """The project that the command line would work on from here."""
        return project_of(self._config)

    @cached_property
    def _schema_items(self) -> SchemaItems:
        return SchemaItems(self.project, freezing=self._settings.freeze)

    @cached_property
    def _endpoint_items(self) -> EndpointItems:
        folder = getattr(self._config, "workerinput", {}).get(SHARED)
        schemas = self._schema_items.sendable
        return EndpointItems(self.project, self._settings, schemas, folder=Path(folder) if folder else None)

    @cached_property
    def _shared(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="pageschema-", ignore_cleanup_errors=True)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker of xdist's where the contract run is shared."""
        node.workerinput[SHARED] = self._shared.name

    def pytest_unconfigure(self) -> None:
        """Remove what the workers shared."""
        if "_shared" in self.__dict__:
            self._shared.cleanup()

    def pytest_sessionstart(self) -> None:
        """Refuse what cannot be used before anything is run: with xdist, before there are workers."""
        try:
            self.project.names, self.project.contract.clauses  # noqa: B018 - reading them is what may fail
            self._endpoint_items.require_usable()
        except PageSchemaError as error:
            raise pytest.UsageError(str(error)) from error

    def pytest_report_header(self) -> str:
        """Return what it takes to see the same again."""
        config = self.project.config
        requests = self._settings.max_requests or config.max_requests
        target = self._settings.base_url or "the embedded emulator"
        count = len(self.project.names)
        schemas = f"{count} schema{'' if count == 1 else 's'}"
        return f"pageschema: {schemas}, {requests} requests to {target}, seed {config.seed}"

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

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was frozen, and what would have to be installed for items that were skipped."""
        frozen = _facts(terminalreporter, "passed", FROZEN)
        needed = _facts(terminalreporter, "skipped", NEEDS)
        lines = [f"frozen {what}" for what in frozen]
        lines += ["commit what was written under the registry"] * bool(frozen)
        for extra in sorted(set(needed)):
            lines.append(f"{needed.count(extra)} items about the endpoint were skipped: the emulator is not installed")
            lines.append(f"  pip install '{extra}', or leave them out with -k 'not {ENDPOINT}'")
        if lines:
            terminalreporter.section("pageschema")
        for line in lines:
            terminalreporter.write_line(line)

    def _own_id(self, argument: str) -> str | None:
        path, separator, name = argument.partition("::")
        place = self._shown(Path(os.path.normpath(self._config.invocation_params.dir / path)))
        ours = {ENDPOINT, *map(self._folder, self.project.names)}
        return f"{place}::{name}" if separator and place in ours else None

    def _groups(self, session: pytest.Session) -> Iterator[Group]:
        for name in self.project.names:
            items = partial(self._schema_items.items, name)
            yield Group.from_parent(session, name=name, nodeid=self._folder(name), make=items)
        yield Group.from_parent(session, name=ENDPOINT, nodeid=ENDPOINT, make=self._endpoint_items.items)

    def _folder(self, name: str) -> str:
        return self._shown(self.project.config.registry / name)

    def _shown(self, path: Path) -> str:
        root = self._config.rootpath
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _facts(terminal: pytest.TerminalReporter, outcome: str, name: str) -> list[Any]:
    """Return the facts called *name* that items of an outcome have, also of those that other workers ran."""
    reports = terminal.stats.get(outcome, ())
    return [value for report in reports for fact, value in getattr(report, "user_properties", ()) if fact == name]
