"""Who reads a schema with which version, and whom of them a new version breaks."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pageschema import jsontext
from pageschema.config import Pin
from pageschema.errors import InvalidConfiguration, RegistryError
from pageschema.evolution import Comparison, Verdict, diff
from pageschema.project.project import Project
from pageschema.registry import Frozen
from pageschema.schema import PageSchema

_RANK: Mapping[Verdict, int] = {"no": 0, "unknown": 1, "yes": 2}


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Comparisons of frozen versions with one newer schema. The same pair is never compared twice."""

    schema: PageSchema
    _made: dict[str, Comparison] = field(default_factory=dict)

    def with_(self, old: Frozen) -> Comparison:
        """Return the comparison from *old* to the newer schema."""
        if old.digest not in self._made:
            self._made[old.digest] = diff(old.schema, self.schema)
        return self._made[old.digest]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whether one reader takes every extraction of a new version.

    `witness` is an extraction that it refuses, where the verdict is no. `already` says that the version before is no
    better for it: then the new one is not what breaks it.
    """

    name: str
    version: str
    verdict: Verdict
    witness: Any = None
    already: bool = False

    @property
    def broken(self) -> bool:
        """Whether the new version breaks it, or may, where the one before did not."""
        return self.verdict != "yes" and not self.already

    @property
    def told(self) -> str:
        """The reader and its version, as a part of a sentence."""
        if self.name == self.version:
            return f"a reader of {self.version}"
        return f"the reader {jsontext.clip(self.name)} ({self.version})"

    def as_json(self) -> dict[str, Any]:
        """Return what rows of ``freeze`` and ``status`` hold for it."""
        return {
            "name": self.name,
            "version": self.version,
            "verdict": self.verdict,
            "witness": self.witness,
            "already": self.already,
        }


def readers(project: Project, name: str, new: Comparisons, before: Comparisons) -> tuple[Reader, ...]:
    """Return each configured reader of *name* with the verdict on the newer schema.

    Args:
        new: Comparisons with the newer schema.
        before: Comparisons with the version before it, to tell who was broken already.

    Raises:
        InvalidConfiguration: A reader pins a version that is not frozen.
        RegistryError: A pinned version is not as it was frozen.
    """
    pins = project.config.readers.get(name, ())
    _require_frozen(name, pins, project.registry.numbers(name) if pins else ())
    return tuple(_reader(pin, project.registry.get(name, pin.version), new, before) for pin in pins)


def require_known_readers(project: Project) -> None:
    """Raise where readers are configured for what is no schema, or pin what is not frozen.

    Raises:
        InvalidConfiguration: With the line of the setting, and what was meant.
    """
    for name, pins in project.config.readers.items():
        if name not in project.names:
            near = difflib.get_close_matches(name, project.names, n=1)
            raise InvalidConfiguration(
                f"[tool.pageschema.readers] names {jsontext.clip(name)!r}, and no schema is called that",
                where=pins[0].where if pins else "pyproject.toml",
                remedy=f"did you mean {near[0]}?" if near else f"there is {', '.join(project.names)}",
            )
        with contextlib.suppress(RegistryError):  # What is wrong with the folder is told by whoever needs it.
            if known := project.registry.numbers(name):  # Until then nothing can be pinned, and freezing must go on.
                _require_frozen(name, pins, known)


def _require_frozen(name: str, pins: Sequence[Pin], known: Sequence[str]) -> None:
    for pin in pins:
        if pin.version not in known:
            near = difflib.get_close_matches(pin.version, known, n=1)
            raise InvalidConfiguration(
                f"a reader of {name} pins {jsontext.clip(pin.version)!r}, which is not frozen",
                where=pin.where,
                remedy=f"did you mean {near[0]}?" if near else f"frozen are {', '.join(known)}",
            )


def _reader(pin: Pin, frozen: Frozen, new: Comparisons, before: Comparisons) -> Reader:
    verdict = _verdict(frozen, new)
    return Reader(
        name=pin.name,
        version=pin.version,
        verdict=verdict,
        witness=new.with_(frozen).witnesses["forward"] if verdict == "no" else None,
        already=verdict != "yes" and _RANK[_verdict(frozen, before)] <= _RANK[verdict],
    )


def _verdict(frozen: Frozen, newer: Comparisons) -> Verdict:
    return "yes" if frozen.schema.text == newer.schema.text else newer.with_(frozen).forward
