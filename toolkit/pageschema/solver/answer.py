"""What the solver answers: an instance, the proof that there is none, or that it could not tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Instance:
    """A valid instance, confirmed by the validators; `value` is the JSON value."""

    value: Any


@dataclass(frozen=True, slots=True)
class NoInstance:
    """Nothing is valid, and that is proven."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Neither an instance was found nor its absence proven.

    `reason` says what stood in the way. `pointer` is where in an instance the solver was when it gave up, as a JSON
    Pointer with ``*`` for any item or further property. `searchable` says that candidates can be judged at an ordinary
    cost, so that a search may go on where reasoning ended.
    """

    reason: str
    pointer: str = ""
    searchable: bool = False


Answer: TypeAlias = Instance | NoInstance | Unknown
