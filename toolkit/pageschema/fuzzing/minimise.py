"""Making a failing request small: the fewest parts and the shortest values that still show the same failure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pageschema.contract import Draft
from pageschema.strategies import UPLOADS, minimal_draft

MAX_ATTEMPTS = 80


def minimise(draft: Draft, fails: Callable[[Draft], bool], *, attempts: int = MAX_ATTEMPTS) -> Draft:
    """Return the smallest draft found for which *fails* still holds.

    Args:
        attempts: How many smaller drafts are tried at most.
        fails: Sends a draft and says whether the same check complains for the same clause. It is asked about every
            step, so a smaller request never stands for another failure.
    """
    left = attempts
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
    """Yield drafts that are simpler in one place, the boldest cuts first."""
    yield from _without_resources(draft)
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


def _without_resources(draft: Draft) -> Iterator[Draft]:
    """Yield drafts that carry what they name, so that a replay depends on nothing kept at the target."""
    minimal = minimal_draft()
    for name in ("checkpoint_id", "file_url"):
        if name in draft.fields:
            fields = {key: value for key, value in draft.fields.items() if key != name}
            yield replace(draft, fields=fields, files={**draft.files, **minimal.files})
    if "schema_id" in draft.fields:
        fields = {key: value for key, value in draft.fields.items() if key not in {"schema_id", "schema_version"}}
        yield replace(draft, fields={**minimal.fields, **fields})


def _smaller(name: str, value: Any) -> Iterator[Any]:
    if name == "page_schema" and "json" in value:
        minimal = minimal_draft().fields["page_schema"]
        if value != minimal and len(str(value)) > len(str(minimal)):
            yield minimal
        for pruned in _pruned(value["json"]):
            yield {"json": pruned}
    elif name == "page_schema" and len(value["text"]) > 1:
        yield {"text": value["text"][: len(value["text"]) // 2]}
    elif value in ("True", "False"):
        yield value.lower()
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
