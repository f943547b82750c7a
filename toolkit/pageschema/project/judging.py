"""A new schema before it becomes a version: the verdict on it, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pageschema import jsontext
from pageschema.config import Requirement
from pageschema.evolution import Comparison, Direction
from pageschema.project.project import Project
from pageschema.project.readers import Comparisons, Reader, readers
from pageschema.registry import Frozen
from pageschema.schema import PageSchema

READINGS: dict[Requirement | None, tuple[Direction, ...]] = {
    None: (),
    "backward": ("backward",),
    "forward": ("forward",),
    "full": ("backward", "forward"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why a requirement is not met, and what to do about it."""

    message: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a new schema of *name* means for earlier versions, the latest first, and for the readers."""

    name: str
    against: tuple[tuple[str, Comparison], ...]
    readers: tuple[Reader, ...]

    @property
    def step(self) -> Comparison:
        """The comparison with the latest version: the next number follows from it alone."""
        return self.against[0][1]

    def objection(self, project: Project, require: Requirement | None) -> Objection | None:
        """Return what stands between the new schema and *require*, None where nothing does.

        Old readers are those of each version judged against and, with what asks for forward, each configured reader.
        """
        failing = [(version, made) for version, made in self.against if unmet(made, require)]
        if failing:
            version, comparison = failing[0]
            readings = unmet(comparison, require)
            told = ", ".join(f"{reading} is {getattr(comparison, reading)}" for reading in readings)
            if version != self.against[0][0]:
                told += f" against {version}"
            if len(failing) > 1:
                told += f" (and {len(failing) - 1} more of {len(self.against)} versions)"
            return Objection(
                message=f"{told}: {_evidence(comparison, readings)}",
                remedy=self._remedy(project, version, alone=version != self.against[0][0]),
            )
        broken = [reader for reader in self.readers if reader.broken] if "forward" in READINGS[require] else []
        if not broken:
            return None
        told = "breaks" if broken[0].verdict == "no" else "may break"
        return Objection(
            message=f"{told} {' and '.join(reader.told for reader in broken)}",
            remedy=self._remedy(project, broken[0].version),
        )

    def _remedy(self, project: Project, version: str, *, alone: bool = False) -> str:
        """Return what to do. With *alone* the latest version would not object."""
        old = self.name if version == self.against[0][0] else f"{self.name}@{version}"
        undo = f"undo the breaking change (pageschema diff {old} shows it)"
        if alone:
            return f"{undo}, or judge it by the latest version alone: pageschema freeze {self.name} --no-transitive"
        if project.config.require:
            return f"{undo}, or take require out of pyproject.toml"
        return f"{undo}, or freeze it all the same: pageschema freeze {self.name}"


def judge(project: Project, name: str, schema: PageSchema, latest: Frozen, *, transitive: bool = False) -> Judgement:
    """Compare a new schema with the latest version, with *transitive* with every version, and with what readers pin.

    Raises:
        InvalidConfiguration: A reader pins a version that is not frozen.
        RegistryError: A version is not as it was frozen.
    """
    new = Comparisons(schema)
    versions = tuple(reversed(project.registry.versions(name))) if transitive else (latest,)
    return Judgement(
        name=name,
        against=tuple((frozen.version, new.with_(frozen)) for frozen in versions),
        readers=readers(project, name, new, Comparisons(latest.schema)),
    )


def unmet(comparison: Comparison, require: Requirement | None) -> list[Direction]:
    """Return the readings that *require* asks for and the verdict does not grant."""
    return [reading for reading in READINGS[require] if getattr(comparison, reading) != "yes"]


def _evidence(comparison: Comparison, readings: list[Direction]) -> str:
    """Return the first change that breaks one of *readings*, with the instance that shows it, or why that is open."""
    reading = next((each for each in readings if getattr(comparison, each) == "no"), None)
    if reading is None:
        return comparison.reasons.get(readings[0]) or "neither proven nor refuted"
    change = next((each for each in comparison.changes if reading in each.breaks), None)
    own = change is not None and change.breaks[0] == reading
    shown = f"shown by {_short(change.witness if change and own else comparison.witnesses[reading])}"
    if change is None:
        return shown
    return f"{jsontext.clip(change.pointer, 200) or '(root)'}: {change.message}, {shown}"


def _short(witness: Any) -> str:
    return jsontext.clip(jsontext.dumps(witness, indent=None))
