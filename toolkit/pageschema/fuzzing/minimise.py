"""Making a failing request small: the fewest parts and the shortest values that still show the same failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pageschema.contract import Draft
from pageschema.strategies import UPLOADS, minimal_draft

MAX_ATTEMPTS = 80


def minimise(draft: Draft, fails: Callable[[Draft], bool]) -> Draft:
    """Return the smallest draft found for which *fails* still holds; at most `MAX_ATTEMPTS` are tried.

    Args:
        fails: Sends a draft and says whether the same check complains for the same clause. It is asked about every
            step, so a smaller request never stands for another failure.
    """
    left = MAX_ATTEMPTS
    smaller = True
    while smaller and left > 0:
        smaller = False
        for candidate in _candidates(draft):
            left -= 1
            if fails(candidate):
                draft, smaller = candidate, True
                break
            if left <= 0:
                break
    return draft


def _candidates(draft: Draft) -> Iterator[Draft]:
    """Yield drafts that are smaller in one place, the boldest cuts first."""
    for name in draft.fields:
        yield replace(draft, fields={key: value for key, value in draft.fields.items() if key != name})
    for name in draft.files:
        yield replace(draft, files={key: value for key, value in draft.files.items() if key != name})
    upload = draft.files.get("file")
    if upload is not None and "file" in draft.files and _size(upload) > _size(UPLOADS[0]):
        yield replace(draft, files={**draft.files, "file": UPLOADS[0]})
    for name, value in draft.fields.items():
        for smaller in _smaller(name, value):
            yield replace(draft, fields={**draft.fields, name: smaller})


def _smaller(name: str, value: Any) -> Iterator[Any]:
    if name == "page_schema" and "json" in value:
        minimal = minimal_draft().fields["page_schema"]
        if value != minimal and len(str(value)) > len(str(minimal)):
            yield minimal
        for pruned in _pruned(value["json"]):
            yield {"json": pruned}
    elif name == "page_schema" and len(value["text"]) > 1:
        yield {"text": value["text"][: len(value["text"]) // 2]}
    elif isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]


def _pruned(value: Any) -> Iterator[Any]:
    """Yield *value* without one member, the outermost and largest first."""
    if isinstance(value, Mapping):
        for key in sorted(value, key=lambda name: -len(str(value[name]))):
            yield {name: child for name, child in value.items() if name != key}
        for key, child in value.items():
            for smaller in _pruned(child):
                yield {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]


def _size(upload: Mapping[str, Any]) -> int:
    return len(upload.get("content", b"")) + len(upload.get("filename", ""))
