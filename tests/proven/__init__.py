"""Pairs of schemas with proven answers, by family; the first eleven are what Pydantic writes or has written."""

from __future__ import annotations

from . import (
    arrays,
    combined,
    enums,
    exact,
    fields,
    large,
    lists,
    mappings,
    nested,
    numbers,
    objects,
    patterns,
    recursive,
    references,
    texts,
    unevaluated,
    unions,
    values,
)  # fmt: skip
from .pair import Pair

PYDANTIC: dict[str, tuple[Pair, ...]] = {
    family.__name__.rpartition(".")[2]: family.PAIRS
    for family in (fields, enums, unions, nested, recursive, mappings, lists, numbers, texts, patterns, large)
}
ANY: dict[str, tuple[Pair, ...]] = {
    family.__name__.rpartition(".")[2]: family.PAIRS
    for family in (combined, objects, unevaluated, arrays, exact, values, references)
}
FAMILIES = PYDANTIC | ANY
