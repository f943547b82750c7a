"""Which characters have a Unicode property: the judge is asked, so its version of Unicode is the one that counts."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache

from pageschema.errors import InvalidSchema
from pageschema.schema import Judge
from pageschema.solver.languages.characters import EVERYTHING, Ranges, ranges

_PLANE = 0x10000


def members(name: str) -> Ranges | None:
    r"""Return the characters of the property *name*, as in ``\p{name}``, or None where the judge knows none of it."""
    return _members(rf"\p{{{name}}}")


def word() -> Ranges | None:
    r"""Return the characters between which and others ``\b`` is, which are more than those of ``\w``."""
    # The definition in annex C of Unicode Technical Standard 18.
    return _members(r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}")


@lru_cache(maxsize=64)
def _members(names: str) -> Ranges | None:
    try:
        inside, outside = Judge({"pattern": rf"^[{names}]*$"}), Judge({"pattern": rf"^[^{names}]*$"})
    except InvalidSchema:
        return None
    found = []
    stack = list(_blocks())
    while stack:
        low, text = stack.pop()
        if outside.accepts(text):
            continue
        if inside.accepts(text):
            found.append((low, low + len(text) - 1))
        else:
            half = len(text) // 2
            stack += [(low, text[:half]), (low + half, text[half:])]
    return ranges(found)


def _blocks() -> Iterator[tuple[int, str]]:
    """Yield all characters, plane by plane, as texts and where each begins."""
    for first, last in EVERYTHING:
        for low in range(first, last + 1, _PLANE):
            codes = array("I", range(low, min(low + _PLANE, last + 1)))
            yield low, codes.tobytes().decode("utf-32")
