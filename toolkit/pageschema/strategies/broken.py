"""Broken extractions: valid ones with one fault each, of the kinds that a model makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from pageschema import pointer
from pageschema.conformance import check_extraction
from pageschema.conformance.shape import Shapes
from pageschema.errors import InvalidSchema
from pageschema.schema import PageSchema, walk
from pageschema.strategies.breakages import BREAKAGES, Breakage, Edit, Spot
from pageschema.strategies.instances import Siblings, extractions, unshared

TRIES = 12
"""Edits of one kind that are tried on an extraction before another kind is."""

SAMPLE = 40
"""Extractions that are looked at to tell what of a schema can be broken."""

_LOOKING = settings(
    max_examples=SAMPLE,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_PLACES = 2**16
_OF_SIBLINGS = "malformed-sibling"
_ANY_SCHEMA = frozenset({"type", "encoding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An extraction with one fault.

    `pointer` leads to what is broken, the property itself where one is missing or one too many: `check_extraction`
    tells of those at the object. `keyword` is the one that is broken there, `breakage` how, by its name in `BREAKAGES`.
    `value` is what comes where the extraction should be: for ``doubly-encoded`` a JSON text that holds a text.
    """

    value: Any
    pointer: str
    keyword: str
    breakage: str


def broken_extractions(
    schema: PageSchema | dict[str, Any],
    *,
    siblings: Siblings = "none",
    nulls: bool = False,
    breakages: Sequence[str] | None = None,
) -> st.SearchStrategy[Broken]:
    """Return a strategy of extractions with exactly one fault each: to see that whatever reads them notices.

    Each is one of `extractions`, changed in one place, in a way that models go wrong; `check_extraction` has one
    violation of it. A failure shrinks to the plainest way, in the smallest extraction.

    Args:
        schema: What was sent.
        siblings: As for `extractions`; with a mode, the API's own keys are broken too.
        nulls: As for `extractions`: nulls that are no fault, beside the one that there is.
        breakages: Only these ways, by name: one a test, to be sure of each (`breakages_of`). Where *schema* has none of
            the keywords that one breaks, it is left out.

    Raises:
        InvalidSchema: The schema is not valid, nothing satisfies it, no extraction of it is an object, or it cannot be
            broken in any of *breakages*.
        ValueError: There is no breakage of such a name.
    """
    root = unshared(schema)
    kinds = _kinds(root, siblings, breakages)
    if not kinds or (isinstance(root, dict) and "object" not in root.get("type", "object")):
        raise InvalidSchema(
            "nothing of it can be broken in these ways" if not kinds else "its extractions are no objects",
            where=schema.name if isinstance(schema, PageSchema) else "",
            remedy="give the page schema that was sent, and leave out 'breakages'",
        )
    return _broken(extractions(schema, siblings=siblings, nulls=nulls), _Breaking(root, kinds))


def breakages_of(schema: PageSchema | dict[str, Any], *, siblings: Siblings = "none", nulls: bool = False) -> list[str]:
    """Return the ways in which extractions of *schema* can be broken, by name: to run one test for each.

    Hypothesis draws much alike in one run; a test a way, of few examples each, misses none. The arguments are those of
    `broken_extractions`.

    Returns:
        Those that any of 40 extractions, always the same, gives occasion to.

    Raises:
        InvalidSchema: The schema is not valid, or nothing satisfies it.
    """
    root = unshared(schema)
    kinds = _kinds(root, siblings, None)
    possible: set[str] = set()

    @_LOOKING
    @given(extractions(schema, siblings=siblings, nulls=nulls))
    def look(extraction: Any) -> None:
        for kind in kinds:
            if kind.name not in possible and isinstance(extraction, dict):
                broken = _Breaking(root, [kind]).broken(extraction, first=0, at=0)
                possible.update([kind.name] if broken else [])

    look()
    return [kind.name for kind in kinds if kind.name in possible]


class _Breaking:
    """Breaks extractions of one schema."""

    def __init__(self, root: Any, kinds: Sequence[Breakage]) -> None:
        self.kinds = kinds
        self._root = root
        self._shapes = Shapes(root)

    def broken(self, extraction: Any, *, first: int, at: int) -> Broken | None:
        """Return *extraction* broken in the kind numbered *first*, or the next that it gives occasion to."""
        spots = list(_spots(extraction, self._shapes))
        for kind in (*self.kinds[first:], *self.kinds[:first]):
            edits = [edit for spot in spots for edit in kind.edits(spot)]
            start = at % len(edits) if edits else 0
            for edit in islice((*edits[start:], *edits[:start]), TRIES):
                broken = self._applied(edit, extraction, kind)
                if broken is not None:
                    return broken
        return None

    def _applied(self, edit: Edit, extraction: Any, kind: Breakage) -> Broken | None:
        """Return the extraction with *edit*, if that breaks what it is meant to and nothing else."""
        value = _replaced(extraction, pointer.parse(edit.at), edit.value)
        violations = check_extraction(value, self._root)
        if len(violations) != 1:
            return None
        (violation,) = violations
        if violation.keyword not in kind.keywords or violation.pointer not in {edit.at, edit.pointer}:
            return None
        return Broken(value=value, pointer=edit.pointer, keyword=violation.keyword, breakage=kind.name)


@st.composite
def _broken(draw: st.DrawFn, valid: st.SearchStrategy[Any], breaking: _Breaking) -> Broken:
    # The way is drawn first: then the extraction shrinks under it. And what is drawn last is most often zero.
    first = draw(st.integers(0, len(breaking.kinds) - 1))
    at = draw(st.integers(0, _PLACES))
    extraction = draw(valid)
    broken = breaking.broken(extraction, first=first, at=at) if isinstance(extraction, dict) else None
    return reject() if broken is None else broken


def _kinds(root: Any, siblings: Siblings, names: Sequence[str] | None) -> list[Breakage]:
    """Return the kinds asked for that *root* gives occasion to."""
    known = {kind.name for kind in BREAKAGES}
    for name in names or ():
        if name not in known:
            raise ValueError(f"there is no breakage {name!r}; there are {', '.join(sorted(known))}")
    used = {keyword for place in walk(root) if isinstance(place.schema, dict) for keyword in place.schema}
    return [
        kind
        for kind in BREAKAGES
        if (names is None or kind.name in names)
        and kind.keywords & (used | _ANY_SCHEMA)
        and (siblings != "none" or kind.name != _OF_SIBLINGS)
    ]


def _spots(extraction: Any, shapes: Shapes) -> Iterator[Spot]:
    """Yield the places of *extraction* of which the schema says something, from the outside in."""
    ahead = [Spot(pointer="", value=extraction, shape=shapes.root)]
    for spot in ahead:
        yield spot
        if isinstance(spot.value, dict):
            below = [(name, spot.shape.field(name)) for name in spot.value if not spot.shape.is_sibling(name)]
        elif isinstance(spot.value, list):
            below = [(index, spot.shape.item(index)) for index in range(len(spot.value))]
        else:
            continue
        ahead += [
            Spot(pointer=pointer.join(spot.pointer, key), value=spot.value[key], shape=shape)
            for key, shape in below
            if not shape.is_empty
        ]


def _replaced(value: Any, path: Sequence[str], new: Any) -> Any:
    if not path:
        return new
    head, *rest = path
    if isinstance(value, list):
        index = int(head)
        return [*value[:index], _replaced(value[index], rest, new), *value[index + 1 :]]
    return value | {head: _replaced(value[head], rest, new)}
