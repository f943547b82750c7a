"""Telling causes apart: what about a request may be the reason why it fails, in words that two requests can share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from pageschema import jsontext
from pageschema.contract import Answer, Draft, Ruling
from pageschema.errors import InvalidJSON
from pageschema.schema import walk
from pageschema.strategies import minimal_draft

LARGE, DEEP = 4_000, 6
"""From so many characters, or levels, on the size of a page schema may be the reason."""

Traits = frozenset[str]


def traits(draft: Draft, ruling: Ruling | None) -> Traits:
    """Return in what a request differs from the smallest one that the contract accepts, a few words for each.

    They name kinds, not values: two requests that fail for one reason should share a trait.
    """
    found = set(_fields(draft.fields)) | set(_uploads(draft.files))
    if ruling is not None and ruling.answer is Answer.REJECT:
        found |= {f"breaks {name}" for name in ruling.clauses}
    return frozenset(found)


def same_cause(one: Traits, other: Traits) -> bool:
    """Return whether two failures of one kind may have one reason: all about the one is true of the other too."""
    return one <= other or other <= one


def _fields(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if name == "page_schema":
            yield from _page_schema(value)
        elif value == "":
            yield "an empty field"
        elif value in ("True", "False") and isinstance(value, str):
            yield "a boolean written True or False"
        else:
            yield name
            if isinstance(value, str) and not value.isascii():
                yield f"{name} outside ASCII"


def _page_schema(held: Any) -> Iterator[str]:
    value = held.get("json") if isinstance(held, Mapping) else None
    if isinstance(held, Mapping) and "text" in held:
        with contextlib.suppress(InvalidJSON):
            value = jsontext.parse(held["text"], max_depth=jsontext.MAX_SCHEMA_DEPTH)
    if not isinstance(value, Mapping):
        yield "a page_schema that is no object"
        return
    text = jsontext.dumps(value, indent=None)
    if len(text) > LARGE:
        yield "a large page_schema"
    if not text.isascii() or "\\u" in text:
        yield "a page_schema outside ASCII"
    for place in walk(dict(value)):
        if place.pointer.count("/") > 2 * DEEP:
            yield "a deep page_schema"
        if not isinstance(place.schema, Mapping):
            yield "a page_schema with a boolean schema"
            continue
        for keyword, said in place.schema.items():
            if keyword == "type":
                kinds = said if isinstance(said, list) else [said]
                yield from (f"page_schema type {jsontext.clip(str(kind), 20)}" for kind in kinds if kind not in _PLAIN)
            elif keyword != "properties":
                yield f"page_schema {jsontext.clip(keyword, 40)}"


_PLAIN = ("object", "number")
"""The types that the smallest page schema has."""


def _uploads(files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    known = minimal_draft().files["file"]
    for name, upload in files.items():
        if name != "file":
            yield f"a file called {jsontext.clip(name, 40)}"
            continue
        if upload.get("content_type") != known["content_type"]:
            yield f"file of type {jsontext.clip(str(upload.get('content_type')), 80)}"
        elif upload.get("content") != known["content"]:
            yield "a file of several pages"
        if not str(upload.get("filename", "")).isascii():
            yield "a file name outside ASCII"
