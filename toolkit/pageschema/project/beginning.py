"""init: find the models of a project, name them in its settings, freeze a first version of each, add the hooks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pageschema.config import Config
from pageschema.errors import InvalidConfiguration, InvalidContract, InvalidTarget, PageSchemaError
from pageschema.project.files import write_file
from pageschema.project.freezing import freeze
from pageschema.project.project import Project, shown

MANY = 12
"""More root models than these are not all sent; which are, their author must say."""
SETTINGS = "pyproject.toml"
HOOKS = ".pre-commit-config.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupStep:
    """One thing that `init` did, found done, or left; *refused* and *left* say in `message` and `remedy` what to do."""

    name: str
    state: Literal["done", "unchanged", "refused", "left"]
    message: str
    remedy: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``init --format json`` prints."""
        return {"name": self.name, "state": self.state, "message": self.message, "remedy": self.remedy}


def begin(project: Project, targets: Sequence[str] = ()) -> list[SetupStep]:
    """Set a project up, and return what was done. What is there already stays as it is; a second run changes nothing.

    Args:
        targets: The models that are sent; by default those for which some code asks for a schema, else every root
            model.

    Raises:
        InvalidTarget: A target names no model, none was found, or so many that their author must say which are sent.
        CannotGenerate: The model that a target names has no page schema.
        InvalidConfiguration: The settings cannot be read, or a schema of that name has another model.
    """
    named = _named(project, targets)
    changed = _with(project, named)
    refused = []
    for name in dict(named):
        try:
            changed.generate(name)
        except PageSchemaError as error:
            if targets:
                raise
            refused.append(_refusal(named.pop(name), error))
    changed = _with(project, named)
    steps = [_settings(project, named), *refused] if changed.targets else refused
    steps += [_first_version(changed, name) for name in changed.targets]
    return [*steps, _hooks(changed)] if changed.targets else steps


def _with(project: Project, named: dict[str, str]) -> Project:
    return Project(replace(project.config, models={**project.config.models, **named}))


def _refusal(where: str, error: PageSchemaError) -> SetupStep:
    what, _, remedy = str(error).partition("\n")
    return SetupStep(name=where, state="refused", message=what, remedy=remedy.strip())


def _named(project: Project, targets: Sequence[str]) -> dict[str, str]:
    """Return the models to add to the settings, by the name that their schema gets."""
    if not targets and project.targets:
        return {}
    known = {target: name for name, target in project.targets.items()}
    found: dict[str, str] = {}
    for target in targets or _found(project.config):
        name = known.get(target) or _schema_name(target)
        other = found.get(name) or project.targets.get(name)
        if other not in {None, target}:
            raise InvalidConfiguration(
                f"{other} and {target} would both be called {name!r}",
                remedy=f'name them apart: [tool.pageschema.models] {name} = "{other}", and another for {target}',
            )
        if target not in known:
            found[name] = target
    return found


def _found(config: Config) -> list[str]:
    from pageschema.models.search import find_models

    models = find_models(config.root)
    chosen = [model for model in models if model.is_sent] or models
    if not chosen:
        raise InvalidTarget(
            "there is no Pydantic model here",
            where=str(shown(config.root)) or ".",
            remedy="write one, or name it: pageschema init package/module.py:Model",
        )
    if len(chosen) > MANY:
        first = " ".join(model.target for model in chosen[:3])
        raise InvalidTarget(
            f"there are {len(chosen)} root models here",
            where=str(shown(config.root)) or ".",
            remedy=f"name those that you send: pageschema init {first}",
        )
    return [model.target for model in chosen]


def _schema_name(target: str) -> str:
    model = target.rpartition(":")[2].rpartition(".")[2].removesuffix(".py").rpartition("/")[2]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", model)
    return re.sub(r"[^a-z0-9_]+", "_", words.lower()).strip("_")[:100] or "schema"


def _settings(project: Project, named: dict[str, str]) -> SetupStep:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = project.config.root / SETTINGS
    if not named:
        return SetupStep(name=SETTINGS, state="unchanged", message=f"names the models of {', '.join(project.targets)}")
    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        table = document
        for key in ("tool", "pageschema", "models"):
            table = table.setdefault(key, tomlkit.table(is_super_table=key != "models"))
        for name, target in named.items():
            table[name] = target
        text = tomlkit.dumps(document)
    except (TOMLKitError, OSError, ValueError, AttributeError) as error:
        raise InvalidConfiguration(f"cannot be extended: {error}", where=str(path), remedy="mend the file") from error
    write_file(path, text)
    added = ", ".join(f"{name} ({target})" for name, target in named.items())
    return SetupStep(name=SETTINGS, state="done", message=f"names under [tool.pageschema.models] {added}")


def _first_version(project: Project, name: str) -> SetupStep:
    where = f"{shown(project.config.registry)}/{name}"
    if name in project.registry.names():
        return SetupStep(name=where, state="unchanged", message=f"is frozen as {project.registry.latest(name).version}")
    try:
        (frozen,) = freeze(project, [name])
    except PageSchemaError as error:
        return _refusal(where, error)
    if frozen.state == "refused":
        return SetupStep(name=where, state="refused", message=frozen.message, remedy=frozen.remedy)
    return SetupStep(name=where, state="done", message=f"frozen as {frozen.version}")


def _hooks(project: Project) -> SetupStep:
    """Add the hooks to what pre-commit reads, as ones of this environment: nothing is fetched."""
    from pageschema.contract.openapi import parse_yaml

    root = project.config.root
    path = root / HOOKS
    text = path.read_text("utf-8") if path.is_file() else ""
    if "pageschema" in text:
        return SetupStep(name=HOOKS, state="unchanged", message="has the hooks")
    if not text and not (root / ".git").exists():
        return _no_hooks(root.resolve())
    joined = f"{text.rstrip()}\n{_HOOK_LINES}" if text.strip() else f"repos:\n{_HOOK_LINES}"
    try:
        fits = parse_yaml(joined, where=HOOKS)["repos"][-1]["hooks"][0]["id"] == _LINT
    except (InvalidContract, KeyError, TypeError, IndexError):
        fits = False
    if not fits:
        return SetupStep(
            name=HOOKS,
            state="left",
            message="its list of repos does not end the file",
            remedy=f"add to it:\n{_HOOK_LINES}",
        )
    write_file(path, joined)
    return SetupStep(
        name=HOOKS, state="done", message="lints models before each commit, and looks for drift and breaks"
    )


def _no_hooks(root: Path) -> SetupStep:
    """Say what to do where pre-commit would not read the file: it does so at the top of a repository alone."""
    top = next((folder for folder in root.parents if (folder / ".git").exists()), None)
    if top is None:
        message, remedy = "no hooks: this is no git repository", "run git init, then pageschema init again"
    else:
        entry = f"sh -c 'cd {root.relative_to(top).as_posix()} && pageschema status'"
        message = f"no hooks: they belong at the top of the repository, in {top / HOOKS}"
        remedy = f"let each enter this folder there, with an entry such as {entry}"
    return SetupStep(name=HOOKS, state="left", message=message, remedy=remedy)


_LINT = "pageschema-lint"
_ALWAYS = "language: system, pass_filenames: false, always_run: true"


_HOOK_LINES = f"""  - repo: local
    hooks:
      - id: {_LINT}
        name: pageschema lint
        entry: pageschema lint --touched
        language: system
        types_or: [python, json]
        require_serial: true
      - {{id: pageschema-status, name: pageschema status, entry: pageschema status, {_ALWAYS}}}
      - {{id: pageschema-compat, name: pageschema compat, entry: pageschema freeze --dry-run --require full, {_ALWAYS}}}
"""
