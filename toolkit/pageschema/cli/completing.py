"""What Tab offers in a shell, beside commands and options: names of this project and of what there is to explain.

A shell asks at each press, in a process of its own. So nothing here imports a model, and what goes wrong offers
nothing: the command itself will say it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pageschema.errors import PageSchemaError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_PACKAGE = Path(__file__).parents[1]


def targets(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the schemas of the project, after ``name@`` their versions, and files where none begins so."""
    return _beginning(_schemas(incomplete), incomplete) or files(_context, _parameter, incomplete)


def schemas(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the schemas of the project, and after ``name@`` their versions."""
    return _beginning(_schemas(incomplete), incomplete)


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell offer files."""
    return [_item(incomplete, type="file")]


def failures(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the failures that were saved, and files where none begins so."""
    return _beginning(_saved(), incomplete) or files(_context, _parameter, incomplete)


def rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the rules of lint, by code and by name."""
    return _beginning(_rules(), incomplete)


def faults(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the faults of the emulator."""
    return _beginning(_units("emulator", "faults"), incomplete)


def profiles(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the profiles."""
    from pageschema.linting import PROFILES

    return _beginning(((profile.name, profile.title) for profile in PROFILES), incomplete)


def explained(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer everything that `explain` knows."""
    places = (("emulator", "faults"), ("evolution", "kinds"), ("fuzzing", "checks"))
    offered = chain(_rules(), *(_units(*place) for place in places), _clauses())
    return list({item.value: item for item in _beginning(offered, incomplete)}.values())


def _item(value: str, **told: str) -> CompletionItem:
    from click.shell_completion import CompletionItem  # Every command imports this module, and seldom asks it anything.

    return CompletionItem(value, **told)


def _beginning(offered: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    found: list[CompletionItem] = []
    with contextlib.suppress(PageSchemaError, OSError):
        for name, summary in offered:
            if name.startswith(incomplete):
                found.append(_item(name, help=" ".join(summary.split())))
    return found


def _schemas(incomplete: str) -> Iterator[tuple[str, str]]:
    from pageschema.project.project import Project

    project = Project.here()
    name, at, _ = incomplete.partition("@")
    if at and name in project.registry.names():
        for number in project.registry.numbers(name):
            yield f"{name}@{number}", ""
    elif not at:
        for name in project.names:
            yield name, project.targets.get(name, "")


def _saved() -> Iterator[tuple[str, str]]:
    from pageschema.project.project import Project

    for path in sorted(Project.here().config.root.glob(".pageschema/failures/*.json")):
        yield path.stem, ""


def _rules() -> Iterator[tuple[str, str]]:
    from pageschema.linting import RULES

    for rule in RULES:
        yield rule.code, f"{rule.name}: {rule.summary}"
        yield rule.name, rule.summary


def _units(*place: str) -> Iterator[tuple[str, str]]:
    """Yield units by the names of their files: to import them would bring FastAPI or Hypothesis along."""
    for path in sorted(_PACKAGE.joinpath(*place).glob("[!_]*.py")):
        yield path.stem.replace("_", "-"), ""


def _clauses() -> Iterator[tuple[str, str]]:
    from pageschema.project.project import Project

    for clause in Project.here().contract.clauses:
        yield clause.id, clause.quote
