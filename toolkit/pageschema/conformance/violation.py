"""Violation: one place where an extraction breaks its page schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_WITHOUT_VALUE = frozenset(
    {"json", "extraction", "encoding", "depth", "file", "worker", "score", "citations", "verification"}
)
_LONGEST_TEXT = 80
_MOST_MEMBERS = 5
_DEEPEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One place where an extraction breaks its page schema, and what to do about it.

    `pointer` leads into the extraction as it came; where a property is missing or one too many, to the object.
    `keyword` is the one of JSON Schema that is broken; or ``encoding``, ``depth``, ``model``; or the evidence that is
    missing: ``score``, ``citations``, ``verification``. `value` is what stands there, long
    texts and large values cut.
    """

    pointer: str
    keyword: str
    message: str
    value: Any
    remedy: str

    @property
    def has_value(self) -> bool:
        """Whether `value` is what stands there: an unreadable record, and evidence that is missing, have none."""
        return self.value is not None or self.keyword not in _WITHOUT_VALUE

    def as_json(self) -> dict[str, Any]:
        """Return the members that ``check --format json`` prints."""
        return {
            "pointer": self.pointer,
            "keyword": self.keyword,
            "message": self.message,
            "value": self.value,
            "remedy": self.remedy,
        }


def cut(value: Any, *, depth: int = 0) -> Any:
    """Return *value* with long texts, many members and deep levels replaced by ``…``."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST_TEXT else value[: _LONGEST_TEXT - 1] + "…"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_LONGEST_TEXT:
        return cut(str(value))
    if isinstance(value, (list, dict)) and value and depth >= _DEEPEST:
        return "…"
    if isinstance(value, list):
        return [cut(item, depth=depth + 1) for item in value[:_MOST_MEMBERS]] + ["…"] * (len(value) > _MOST_MEMBERS)
    if isinstance(value, dict):
        kept = list(value.items())[:_MOST_MEMBERS]
        rest = {"…": "…"} if len(value) > _MOST_MEMBERS else {}
        return {cut(name): cut(member, depth=depth + 1) for name, member in kept} | rest
    return value
