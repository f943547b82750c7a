"""What is known of the model behind a page schema and does not show in the schema: plain values, for lint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pageschema.finding import Origin
from pageschema.schema.ignores import Ignore


class FieldFacts(NamedTuple):
    """What the source of a model says of one field beside its schema.

    `pointer` is the first property that the field gives; for a field that is not sent, the object that lacks it.
    `first_argument` is the text that ``Field(…)`` is given in the first place, its default. `comment` stands above or
    behind the field, `docstring` below it or in the docstring of the class. `factory` is what makes its default.
    `refuses_its_null` says that the default is None and the model takes no null.
    `used` says whether the file reads or writes it as an attribute.
    """

    pointer: str
    origin: Origin
    is_sent: bool = True
    annotation: str = ""
    first_argument: str | None = None
    comment: str = ""
    docstring: str = ""
    factory: str = ""
    refuses_its_null: bool = False
    used: bool = False


class Disagreement(NamedTuple):
    """An extraction that the page schema takes and the model refuses.

    `cause` is what in the model makes the difference; `reason` is what the model says of the witness.
    """

    pointer: str
    origin: Origin
    cause: str
    reason: str
    witness: Any


class Instability(NamedTuple):
    """A place that says something else when the model is loaded again: under another hash seed, on another day."""

    pointer: str
    origin: Origin
    first: Any
    second: Any


@dataclass(frozen=True, kw_only=True)
class ModelFacts:
    """All of it, for one model; each part is worked out when it is first asked for, since only lint wants to know."""

    read_fields: Callable[[], tuple[FieldFacts, ...]] = tuple
    find_disagreements: Callable[[], tuple[Disagreement, ...]] = tuple
    find_instabilities: Callable[[], tuple[Instability, ...]] = tuple
    find_ignores: Callable[[], tuple[Ignore, ...]] = tuple

    @cached_property
    def fields(self) -> tuple[FieldFacts, ...]:
        """What the source says of each field."""
        return self.read_fields()

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Extractions that the page schema takes and the model refuses; runs the model's validators."""
        return self.find_disagreements()

    @cached_property
    def instabilities(self) -> tuple[Instability, ...]:
        """Places that differ from run to run; where the source looks like it, loads the model in new processes."""
        return self.find_instabilities()

    @cached_property
    def ignores(self) -> tuple[Ignore, ...]:
        """What the author has asked not to be told of, in comments and in ``json_schema_extra``."""
        return self.find_ignores()
