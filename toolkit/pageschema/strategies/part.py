"""What building a schema's strategies yields piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pageschema.strategies import scalars


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Values for one place of an extraction; `size` is how many values one is made of, on average."""

    strategy: st.SearchStrategy[Any]
    size: float = 1


ANYTHING = Part(strategy=scalars.ANYTHING, size=2)
