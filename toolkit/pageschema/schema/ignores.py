"""Findings that an author has asked not to be told of: as a keyword in a schema, as a comment beside a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pageschema import pointer
from pageschema.finding import Origin
from pageschema.schema.walking import map_schema, walk

KEYWORD = "x-pageschema-ignore"
"""Beside the other keywords of a schema; never sent."""


class Ignore(NamedTuple):
    """One rule that is not to be told of at one place.

    `rule` is the word that names it. `pointer` is where that word stands in the schema. From a comment, `origin` is the
    comment's line and `lines` are the first and the last line, of the same file, that it speaks for; from a schema,
    `lines` is None, and it speaks for the schema at `schema` and all below.
    """

    rule: str
    origin: Origin | None = None
    lines: tuple[int, int] | None = None
    pointer: str = ""
    schema: str = ""


def written_ignores(schema: Any) -> Iterator[Ignore]:
    """Yield what the keyword says at each place of *schema*: a rule, a list of them, or reasons by rule."""
    for place in walk(schema):
        if not isinstance(place.schema, dict) or KEYWORD not in place.schema:
            continue
        at, words = pointer.join(place.pointer, KEYWORD), place.schema[KEYWORD]
        if isinstance(words, str):
            yield Ignore(rule=words, pointer=at, schema=place.pointer)
        elif isinstance(words, list) and all(isinstance(word, str) for word in words):
            for index, word in enumerate(words):
                yield Ignore(rule=word, pointer=pointer.join(at, index), schema=place.pointer)
        elif isinstance(words, dict):
            for word in words:
                yield Ignore(rule=word, pointer=pointer.join(at, word), schema=place.pointer)
        else:
            yield Ignore(rule="", pointer=at, schema=place.pointer)


def without_ignores(schema: Any) -> Any:
    """Return *schema* as it is sent: without the keyword. A property of that name stays."""
    return map_schema(schema, lambda each: {key: value for key, value in each.items() if key != KEYWORD})
