"""What the API puts beside the fields of an extraction, and the nulls in place of what it did not find."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from pageschema.conformance.shape import Shape

MOST_STYLES = 64

_Look = Sequence[tuple[str, Any]]

_CITATIONS: tuple[list[str], ...] = (["/page/0/Text/3"], ["/page/0/Table/1", "/page/1/Text/0"], [])
_SCORES = [{"score": score, "reasoning": "It stands in the cited block."} for score in (5, 4, 1, 3, 2)]
_METAS = [
    {
        "extraction_status": status,
        "reasoning": "It stands in the cited block.",
        "verification": {"status": verdict, "feedback": feedback},
    }
    for status, verdict, feedback in (
        ("EXTRACTED", "PASS", ""),
        ("EXTRACTED", "FAIL", "The block says something else."),
        ("NOT_RESOLVABLE", "PASS", ""),
        ("EXTRACTED", "WARN", "Hard to read."),
    )
]


def _looks(suffix: str, values: list[Any]) -> list[_Look]:
    both = [[("_citations", _CITATIONS[at % len(_CITATIONS)]), (suffix, value)] for at, value in enumerate(values)]
    return [both[0][:1], *both, []]


LOOKS: Mapping[str, Sequence[_Look]] = {
    "none": [[]],
    "balanced": _looks("_meta", _METAS),
    "fast": _looks("_score", _SCORES),
}
"""What may stand beside one field in a mode, as suffixes and values. A score comes later than the citations."""


@st.composite
def as_returned(
    draw: st.DrawFn, made: st.SearchStrategy[Any], shape: Shape, names: Sequence[str], mode: str, *, nulls: bool
) -> Any:
    """Return extractions of *made* with the API's keys beside their fields, and nulls for some that are not there.

    How that looks is drawn by name, before the extraction: drawn for each field that is there, it would all change with
    each field that a failure can do without, and nothing would shrink.

    Args:
        shape: What is declared at the root.
        names: All names that are declared anywhere.
        mode: Which of `LOOKS`.
        nulls: Whether there are nulls.
    """
    looks = LOOKS[mode]
    style = st.tuples(st.integers(0, len(looks) - 1), st.integers(0, 2 if nulls else 0))
    styles = [draw(style) for _ in names[:MOST_STYLES]]
    style_of = {name: styles[index % MOST_STYLES] for index, name in enumerate(names)}
    seen: Counter[str] = Counter()

    def is_null(name: str) -> bool:
        seen[name] += 1
        return style_of[name][1] == 1 or (style_of[name][1] == 2 and seen[name] % 2 == 1)

    def beside(name: str) -> _Look:
        first = style_of[name][0]
        seen[name] += 1
        return looks[(first + seen[name] - 2) % len(looks)] if first else ()

    def mixed(value: Any, shape: Shape) -> Any:
        if shape.is_empty:
            return value
        if isinstance(value, list):
            return [mixed(item, shape.item(index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        fields = {name: mixed(member, shape.field(name)) for name, member in value.items()}
        fields |= {name: None for name in _left_out(shape) if name not in value and is_null(name)} if nulls else {}
        found: dict[str, Any] = {}
        for name, member in fields.items():
            found[name] = member
            for suffix, sibling in beside(name) if name in shape.names else ():
                if name + suffix not in shape.names | fields.keys():
                    found[name + suffix] = copy.deepcopy(sibling)
        return found

    return mixed(draw(made), shape)


def _left_out(shape: Shape) -> list[str]:
    """Return the properties that may be left out, and that are not null by their own schema."""
    return [name for name in sorted(shape.names - shape.required) if not shape.field(name).admits_null]
