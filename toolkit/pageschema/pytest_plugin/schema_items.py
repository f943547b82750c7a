"""The items of a schema: drift, lint, each frozen version, history and each kept result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pageschema.errors import PageSchemaError
from pageschema.project.project import Project
from pageschema.pytest_plugin.item import Facts, Group, Item, Place, worded

if TYPE_CHECKING:
    from pageschema.schema import PageSchema

FROZEN = "frozen"
"""The fact that tells of an item what it froze."""


class SchemaItems:
    """Makes the items of each schema; a model is asked once for its schema.

    With *freezing*, one that drifted is frozen under its next version by the item that finds it so.
    """

    def __init__(self, project: Project, *, freezing: bool) -> None:
        self._project = project
        self._freezing = freezing
        self._schemas: dict[str, PageSchema] = {}

    def items(self, name: str, group: Group) -> Iterator[Item]:
        """Yield the items of one schema."""
        from pageschema.project.verification import kept_results

        project, folder = self._project, self._project.config.registry / name

        def item(title: str, judge: Callable[..., list[str]], *given: Any, file: Path = folder, **more: Any) -> Item:
            facts = {"schema": name, **more}
            return group.item(title, partial(judge, name, *given), lambda: (file, None), facts)

        site = partial(self._site, name)
        if name in project.targets:
            facts: Facts = {"schema": name}
            yield group.item("drift", partial(self._drift, name, facts), site, facts)
        yield group.item("lint", partial(self._lint, name), site, {"schema": name})
        if name in project.registry.names():
            for version in project.registry.numbers(name):
                yield item(version, self._integrity, version, file=folder / f"{version}.json", version=version)
            yield item("history", self._history)
            for path in kept_results(project, name):
                yield item(f"result[{path.name}]", self._result, path, file=path)

    def sendable(self) -> Iterator[PageSchema]:
        """Yield the schemas that there are; what is wrong with the others, their own items say."""
        for name in self._project.names:
            try:
                yield self._schema(name)
            except PageSchemaError:
                continue

    def _drift(self, name: str, facts: Facts) -> list[str]:
        from pageschema.project.drift import status_of

        self._skip_broken(name)
        rows = [row for row in status_of(self._project, name) if not row.ok]
        if rows and self._freezing:
            return self._freeze(name, facts)
        return [
            worded(f"{row.file}:{row.line}" if row.line else row.file or name, row.message, row.remedy) for row in rows
        ]

    def _freeze(self, name: str, facts: Facts) -> list[str]:
        from pageschema.project.freezing import freeze

        (row,) = freeze(self._project, [name])
        if row.state == "refused":
            path, line = self._site(name)
            return [worded(f"{path}:{line}" if line else str(path), f"not frozen: {row.message}", row.remedy)]
        step = f" ({row.bump}, backward {row.backward}, forward {row.forward})" if row.bump else ""
        facts[FROZEN] = f"{name} {row.version}{step}"
        return []

    def _lint(self, name: str) -> list[str]:
        from pageschema.project.telling import Telling

        if name not in self._project.targets:
            self._skip_broken(name)
        return [
            worded(
                str(finding.origin) or f"{name}#{finding.pointer}", f"{finding.code} {finding.message}", finding.remedy
            )
            for finding in Telling.of(self._project).errors(self._schema(name))
        ]

    def _integrity(self, name: str, version: str) -> list[str]:
        return [str(fault) for fault in self._project.registry.faults(name) if fault.version == version]

    def _history(self, name: str) -> list[str]:
        from pageschema.project.steps import history

        self._skip_broken(name)
        return [
            worded(
                step.path,
                f"{step.version} is a {step.comparison.bump} change from {step.previous}",
                f"freeze it again under a {step.comparison.bump} version; see pageschema log {name}",
            )
            for step in history(self._project, name)
            if step.comparison is not None and step.understated
        ]

    def _result(self, name: str, path: Path) -> list[str]:
        from pageschema.project.verification import result_problems

        self._skip_broken(name)
        schema = self._project.registry.latest(name).schema
        return [worded(each.where, each.message, each.remedy) for each in result_problems(path, schema)]

    def _skip_broken(self, name: str) -> None:
        """Leave the complaint to the item of the version: nothing can be compared with what it was."""
        registry = self._project.registry
        faults = registry.faults(name) if name in registry.names() else ()
        if faults:
            pytest.skip(f"{faults[0].path}: {faults[0].what}")

    def _schema(self, name: str) -> PageSchema:
        """Return what the model gives, or the latest version of a schema without one."""
        if name not in self._schemas:
            modelled = name in self._project.targets
            latest = self._project.registry.latest
            self._schemas[name] = self._project.generate(name) if modelled else latest(name).schema
        return self._schemas[name]

    def _site(self, name: str) -> Place:
        try:
            origin = self._schema(name).origin
        except Exception:  # noqa: BLE001 - the item is about to say it; here it would end the whole session
            origin = None
        if origin is None or origin.file is None:
            return self._project.config.registry / name, None
        return Path(origin.file), origin.line
