"""One candidate for each place, no two the same: a bipartite matching along augmenting paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pageschema.solver.outcome import Candidate, identity


def distinct_choice(choices: Sequence[Sequence[Candidate]]) -> list[Candidate] | None:
    """Return one candidate of each choice, all of them different JSON values, or None where that cannot be."""
    named = [{identity(candidate.value): candidate for candidate in choice} for choice in choices]
    holder: dict[Any, int] = {}

    def seat(place: int, tried: set[Any]) -> bool:
        free = next((value for value in named[place] if value not in holder), None)
        if free is not None:
            holder[free] = place
            return True
        for value in named[place]:
            if value in tried:
                continue
            tried.add(value)
            if seat(holder[value], tried):
                holder[value] = place
                return True
        return False

    if not all(seat(place, set()) for place in range(len(choices))):
        return None
    seats = {place: value for value, place in holder.items()}
    return [named[place][seats[place]] for place in range(len(choices))]
