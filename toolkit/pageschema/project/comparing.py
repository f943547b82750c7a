"""What changed between two schemas, and who breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pageschema import jsontext
from pageschema.config import Requirement
from pageschema.errors import InvalidTarget
from pageschema.evolution import Comparison, diff
from pageschema.project.judging import unmet
from pageschema.project.project import Project
from pageschema.project.targets import STDIN, Resolved, resolve_one
from pageschema.schema import PageSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison, and the readings that were required of it and not met."""

    comparison: Comparison
    unmet: tuple[str, ...]


def compare(
    project: Project,
    targets: Sequence[str],
    *,
    content: Any = "declared",
    require: Requirement | None = None,
    stdin: str = "",
) -> Compared:
    """Compare two targets, or one frozen version of a schema, the latest where none is named, with its model.

    Raises:
        InvalidTarget: A target names nothing or several things, or stands alone and is no schema with a model.
    """
    if len(targets) == 1:
        sides = _with_its_model(project, targets[0])
    else:
        sides = [_named(resolve_one(project, target, stdin=stdin), target) for target in targets]
    (one, old), (other, new) = sides
    comparison = replace(diff(old, new, content=content), old=one, new=other)
    return Compared(comparison=comparison, unmet=tuple(unmet(comparison, require)))


def _named(item: Resolved, target: str) -> tuple[str, Any]:
    """Return what a target holds, and its name: a version by its number, anything else as it was given."""
    name, schema = item.frozen or target, item.json_schema()
    return name, replace(schema, name=name) if isinstance(schema, PageSchema) else schema


def _with_its_model(project: Project, target: str) -> list[tuple[str, Any]]:
    name, _, version = target.partition("@")
    if name not in project.names:
        if target == STDIN or any(sign in name for sign in ":/.\\"):
            raise InvalidTarget(
                "is one side of a comparison only",
                where=f"'{jsontext.clip(target)}'",
                remedy=f"name the other side: pageschema diff OLD {target} (only the name of a schema can stand alone)",
            )
        raise project.unknown(name)
    if name not in project.targets:
        raise InvalidTarget(
            f"the schema {name!r} has no model to compare with",
            where=f"'{jsontext.clip(target)}'",
            remedy=f"name the other side: pageschema diff {target} {name}",
        )
    if name not in project.registry.names():
        raise project.unknown(name)
    frozen, model = project.registry.get(name, version or None), project.targets[name]
    old = f"{frozen.name}@{frozen.version}"
    return [(old, replace(frozen.schema, name=old)), (model, replace(project.generate(name), name=model))]
