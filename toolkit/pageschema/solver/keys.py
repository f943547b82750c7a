"""The keys of an object: which names meet a demand, and what stands under them.

Names that stand in some schema are looked at one by one. All others fall into regions by the patterns that they match;
within a region every name is as good as any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pageschema.solver import algebra
from pageschema.solver.outcome import Candidate, Goal, Node, Outcome, distinct
from pageschema.solver.regex import matches
from pageschema.solver.shapes import ObjectShape, SomeKey

if TYPE_CHECKING:
    from pageschema.solver.search import Search

MOST_KEYS = 500
PLAIN = ("x", "y", "z", "x1", "x2", "x3")
"""Names that people read more easily than the shortest ones, the first of which is empty."""
ANY_KEY = SomeKey()


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Names that stand in no schema and match the same patterns: some of them, and what their values must be.

    `names` is exhausted where these are all there are.
    """

    names: Outcome
    under: tuple[Node, ...]


def under(layers: Collection[ObjectShape], name: str) -> tuple[Node, ...]:
    """Return what the value of the key *name* must be."""
    return algebra.merge(node for layer in layers for node in layer.under(name))


def allowed(search: Search, layers: Collection[ObjectShape], name: str) -> bool:
    """Return whether an object may have the key *name*; where that cannot be judged, it may."""
    nodes = [layer.names for layer in layers if layer.names is not None]
    return all(not search.judgeable(node) or search.accepts(node, name) for node in nodes)


def meets(search: Search, demand: SomeKey, name: str) -> bool:
    """Return whether *name* is one that *demand* asks for."""
    return (
        name not in demand.names
        and (demand.pattern is None or matches(demand.pattern, name))
        and not any(matches(pattern, name) for pattern in demand.patterns)
        and not any(search.accepts(node, name) for node in demand.refuse_name)
    )


def regions(
    search: Search, layers: Collection[ObjectShape], demand: SomeKey, *, listed: frozenset[str], want: int
) -> Iterator[Region]:
    """Yield the regions of names that meet *demand* and are not *listed*; together they hold all such names.

    Args:
        search: Solves for names.
        layers: The object.
        demand: What is asked of the name.
        listed: Every name that stands in some schema.
        want: How many names of each region are of use.
    """
    reading = search.reading
    required = [reading.of_type("string"), *(layer.names for layer in layers if layer.names is not None)]
    refused = [*demand.refuse_name, *map(reading.of_pattern, demand.patterns)]
    if demand.pattern is not None:
        required.append(reading.of_pattern(demand.pattern))
    if listed:
        refused.append(reading.of_values(sorted(listed)))
    told: dict[str | None, bool] = {demand.pattern: True}
    told.update(dict.fromkeys(demand.patterns, False))
    patterns = dict.fromkeys(pattern for layer in layers for pattern in layer.patterns)
    undecided = [pattern for pattern in patterns if pattern not in told]

    def part(known: dict[str | None, bool], take: list[Node], refuse: list[Node], rest: list[str]) -> Iterator[Region]:
        search.budget.spend()
        names = search.solve(Goal(algebra.merge(take), tuple(refuse)), want, at="*")
        if names.empty and not names.needs:
            return
        if rest:
            pattern, rest = rest[0], rest[1:]
            node = reading.of_pattern(pattern)
            yield from part({**known, pattern: False}, take, [*refuse, node], rest)
            yield from part({**known, pattern: True}, [*take, node], refuse, rest)
            return
        held = (node for layer in layers for node in layer.matching(False, [p for p in layer.patterns if known[p]]))
        yield Region(names=_plainer(search, names, take, refuse, want), under=algebra.merge(held))

    yield from part(told, required, refused, undecided)


def _plainer(search: Search, names: Outcome, take: list[Node], refuse: list[Node], want: int) -> Outcome:
    """Return *names* with plain ones first, where the patterns leave a choice."""
    if names.exhausted or not all(map(search.judgeable, (*take, *refuse))):
        return names
    plain = [
        Candidate(name)
        for name in PLAIN
        if all(search.accepts(node, name) for node in take) and not any(search.accepts(node, name) for node in refuse)
    ]
    return replace(names, candidates=tuple(islice(distinct((*plain, *names.candidates)), want)))
