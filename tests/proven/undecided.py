"""The questions that are not answered as is proven today, each with the reason; whoever decides one strikes it off."""

from __future__ import annotations

from .pair import Direction, Reading

BOTH: tuple[Reading, ...] = ("declared", "open")
LINE_END = "unknown: Python lets $ match before a last line end, so that jsonschema never confirms the witness"
POINT = "unknown: both validators let a point match \\r, and ECMA-262 does not"
DYNAMIC = "unknown: which properties are declared behind a dynamic reference is not told"
RESOURCE = "unknown: which properties are declared in a resource of its own is not told"

_LISTED: tuple[tuple[str, tuple[Reading, ...], Direction, str], ...] = (
    ("texts: a point is written as a class", BOTH, "backward", POINT),
    ("patterns: a trailing line end is allowed", BOTH, "forward", LINE_END),
    ("references: the value of a tree that may be extended widens", ("declared",), "forward", DYNAMIC),
    ("references: what names a list's items from outside widens", ("declared",), "forward", DYNAMIC),
    (
        "references: a resource of its own refers to its own definition, not to the root's",
        ("declared",),
        "forward",
        RESOURCE,
    ),
)
UNDECIDED: dict[str, str] = {
    f"{title} ({reading}, {direction})": reason
    for title, readings, direction, reason in _LISTED
    for reading in readings
}
