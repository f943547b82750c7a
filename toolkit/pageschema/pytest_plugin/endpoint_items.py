"""The items of the endpoint: each binding clause and each check, all about one contract run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pageschema.errors import MissingExtra, PageSchemaError
from pageschema.project.project import Project
from pageschema.pytest_plugin.item import Facts, Group, Item, Place, worded
from pageschema.pytest_plugin.settings import Settings
from pageschema.pytest_plugin.sharing import shared

if TYPE_CHECKING:
    from pageschema.fuzzing import Failure, FuzzResult
    from pageschema.schema import PageSchema

ENDPOINT = "endpoint"
NEEDS = "needs"
"""The fact that tells of a skipped item what is to be installed for it."""


class EndpointItems:
    """Makes the items of the endpoint, and runs the contract once, when the first of them asks.

    Workers that have *folder* in common share that run.
    """

    def __init__(
        self,
        project: Project,
        settings: Settings,
        schemas: Callable[[], Iterable[PageSchema]],
        *,
        folder: Path | None,
    ) -> None:
        self._project = project
        self._settings = settings
        self._schemas = schemas
        self._folder = folder

    def items(self, group: Group) -> Iterator[Item]:
        """Yield an item for each binding clause and each check."""
        from pageschema.fuzzing import CHECKS

        seed = {"seed": self._project.config.seed}
        for clause in self._project.contract.clauses:
            if clause.binding:
                facts: Facts = {"clause": clause.id, "strength": clause.strength.value, **seed}
                judge = partial(self._clause, clause.id, facts)
                yield group.item(f"clause[{clause.id}]", judge, self._place, facts)
        for check in CHECKS:
            facts = {"check": check.name, **seed}
            yield group.item(f"check[{check.name}]", partial(self._check, check.name, facts), self._place, facts)

    def require_usable(self) -> None:
        """Refuse an endpoint that no run may be sent to.

        Raises:
            pytest.UsageError: It is not on this machine, or there is no key for it.
        """
        base_url = self._settings.base_url
        if base_url is None:
            return
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

    def _place(self) -> Place:
        return self._project.config.root / "pyproject.toml", None  # [tool.pageschema.fuzz] steers the run.

    def _clause(self, clause_id: str, facts: Facts) -> list[str]:
        if clause_id in self._unbroken:
            what = "no patch under its breaks breaks this clause and no other"
            return [worded(f"clause {clause_id}", what, "mend its schema or its breaks in overlay.yaml")]
        run = self._run(facts)
        failures = [failure for failure in run.failures if failure.clause == clause_id]
        if not failures and not run.clauses[clause_id].broken:
            pytest.skip(run.stopped or f"none of {run.requests} requests broke it: send more")
        return [self._told(failure, run) for failure in failures]

    def _check(self, check: str, facts: Facts) -> list[str]:
        run = self._run(facts)
        return [self._told(failure, run) for failure in run.failures if failure.check == check and not failure.clause]

    def _run(self, facts: Facts) -> FuzzResult:
        """Return the contract run. Without the emulator there is none, and nothing is known of the endpoint: skip."""
        if isinstance(self._outcome, MissingExtra):
            facts[NEEDS] = f"pageschema[{self._outcome.extra}]"
            pytest.skip(self._outcome.what)
        if isinstance(self._outcome, PageSchemaError):
            raise self._outcome
        return self._outcome

    @cached_property
    def _outcome(self) -> FuzzResult | PageSchemaError:
        return shared(self._folder, self._find_out)

    def _find_out(self) -> FuzzResult | PageSchemaError:
        from pageschema import jsontext
        from pageschema.project.endpoint import contract_run
        from pageschema.project.files import write_file

        settings = self._settings
        try:
            result = contract_run(
                self._project,
                base_url=settings.base_url,
                max_requests=settings.max_requests,
                schemas=list(self._schemas()),
            )
            if settings.report:
                write_file(settings.report, jsontext.dumps(result.as_json()))
        except PageSchemaError as error:
            return error
        return result

    @cached_property
    def _unbroken(self) -> frozenset[str]:
        from pageschema.project.verification import unbroken_clauses

        return frozenset(unbroken_clauses(self._project.contract))

    def _told(self, failure: Failure, run: FuzzResult) -> str:
        again = f" --base-url {self._settings.base_url}" if self._settings.base_url else ""
        lines = [f"{failure.id}: {failure.message}", f"  {failure.curl(run.base_url)}"]
        if failure.replay:
            lines.append(f"  send it again: pageschema replay {failure.replay}{again}")
        return "\n".join(lines)
