"""A project: its settings, its registry, and the model behind each schema."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pageschema.config import Config, load_config
from pageschema.errors import InvalidTarget

if TYPE_CHECKING:
    from pageschema.contract import Contract
    from pageschema.registry import Registry
    from pageschema.schema import PageSchema

MODEL_FILE = "model.py"


@dataclass(frozen=True)
class Project:
    """What the use cases work on. The models are imported, and with that run, only when a use case needs them."""

    config: Config

    @classmethod
    def here(cls, start: Path | None = None) -> Project:
        """Return the project around *start*, by default around the current folder.

        Raises:
            InvalidConfiguration: ``[tool.pageschema]`` cannot be used.
        """
        return cls(load_config(start))

    @property
    def name(self) -> str:
        """What the project is called on a page: as its folder."""
        return self.config.root.resolve().name

    @cached_property
    def registry(self) -> Registry:
        """The folder of frozen versions, named as the user would from the current folder."""
        from pageschema.registry import Registry  # A file is linted without it.

        return Registry(shown(self.config.registry))

    @cached_property
    def contract(self) -> Contract:
        """The contract of the extract endpoint that the project holds to."""
        from pageschema.contract import Contract  # Seldom needed, and slow to import.

        return Contract.load(self.config.contract)

    @cached_property
    def targets(self) -> dict[str, str]:
        """The TARGET of the model behind each schema, by name: configured, or ``<registry>/<name>/model.py``."""
        found: dict[str, str] = {}
        if self.config.registry.is_dir():
            for folder in sorted(self.config.registry.iterdir()):
                if (folder / MODEL_FILE).is_file():
                    found[folder.name] = os.path.relpath(folder / MODEL_FILE, self.config.root)
        return found | dict(self.config.models)

    @property
    def names(self) -> tuple[str, ...]:
        """Every schema that has a model or a frozen version."""
        return tuple(sorted({*self.targets, *self.registry.names()}))

    def require_schemas(self) -> None:
        """Raise where there is nothing to look at: in the wrong folder all would seem well.

        Raises:
            InvalidTarget: No schema has a model or a frozen version.
        """
        if not self.names:
            raise InvalidTarget(
                "there is no schema here yet",
                where=str(self.registry.path),
                remedy='name a model in pyproject.toml: [tool.pageschema.models] invoice = "billing.models:Invoice"',
            )

    def generate(self, name: str) -> PageSchema:
        """Return the page schema that the model of *name* gives today.

        Raises:
            InvalidTarget: *name* has no model, or its TARGET names none or several.
            CannotGenerate: The model has no page schema.
        """
        from pageschema.generation import page_schema
        from pageschema.models import load_models

        target = self.targets.get(name)
        if target is None:
            raise InvalidTarget(
                f"the schema {name!r} has no model",
                where=str(shown(self.config.registry / name)),
                remedy=f"write {MODEL_FILE} there, or name the model in [tool.pageschema.models]",
            )
        sites = load_models(target, root=self.config.root)
        if len(sites) != 1:
            models = ", ".join(site.model.__name__ for site in sites)
            raise InvalidTarget(
                f"holds {len(sites)} root models ({models}), one is needed for the schema {name!r}",
                where=target,
                remedy=f'say which: [tool.pageschema.models] {name} = "{target}:{sites[0].model.__name__}"',
            )
        return replace(page_schema(sites[0].model), name=name)

    def unknown(self, name: str) -> InvalidTarget:
        """Return the error that says there is no schema called *name*."""
        import difflib

        if name.endswith(".py") or ":" in name:
            return InvalidTarget(
                f"{name!r} is a model, not the name of a schema",
                remedy=f'give it one: [tool.pageschema.models] my_document = "{name}"',
            )
        if name in self.names:
            return InvalidTarget(
                f"{name!r} has no frozen version yet",
                where=str(self.registry.path),
                remedy=f"freeze it: pageschema freeze {name}",
            )
        near = difflib.get_close_matches(name, self.names, n=1)
        known = ", ".join(self.names) or "none yet: add a model in [tool.pageschema.models]"
        return InvalidTarget(
            f"no schema is called {name!r}",
            where=str(self.registry.path),
            remedy=f"did you mean {near[0]}?" if near else f"there is {known}",
        )


def shown(path: Path) -> Path:
    """Return *path* as a user would write it: relative to the current folder where it lies below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
