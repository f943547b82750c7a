"""What stands twice in a list that should have it once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pageschema import jsontext, pointer
from pageschema.linting.edits import drop
from pageschema.linting.subject import Subject


def repeated(subject: Subject, keywords: Sequence[str], *, names: bool = False) -> Iterator[tuple[str, str, Any]]:
    """Yield the pointer, the keyword and the value of each item that stands in its list before.

    Args:
        subject: The schema under lint.
        keywords: Those whose lists are looked at.
        names: Look only at lists of strings; in any other, something else is wrong.
    """
    for place in subject.holding(*keywords):
        for keyword in keywords:
            values = place.schema.get(keyword)
            if not isinstance(values, list) or len(values) < 2:
                continue
            if names and not all(isinstance(value, str) for value in values):
                continue
            seen: set[str] = set()
            for index, value in enumerate(values):
                text = f'"{value}"' if isinstance(value, str) else jsontext.canonical(value)
                if text in seen:
                    yield pointer.join(place.pointer, keyword, index), keyword, value
                seen.add(text)


def without_repeated(subject: Subject, keywords: Sequence[str], *, names: bool = False) -> Any:
    """Return the value of *subject* with each of these items dropped."""
    root = subject.fresh_value()
    for where, _, _ in reversed(list(repeated(subject, keywords, names=names))):
        drop(root, where)
    return root
