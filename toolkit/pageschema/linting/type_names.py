"""The seven type names of JSON Schema, and what people write in their place."""

from __future__ import annotations

import re
from typing import Any

NAMES = ("string", "number", "integer", "boolean", "array", "object", "null")

_MEANT: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "array": {"type": "array"},
    "object": {"type": "object"},
    "null": {"type": "null"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"},
    "duration": {"type": "string", "format": "duration"},
    "email": {"type": "string", "format": "email"},
    "uri": {"type": "string", "format": "uri"},
    "uuid": {"type": "string", "format": "uuid"},
}
_ALIASES = {
    "string": "str text txt varchar nvarchar char character strings longtext enum literal bytes file phone",
    "number": "float double decimal numeric real num money amount currency percent percentage numbers",
    "integer": "int long short bigint smallint int32 int64 uint int_ integers int4 int8 whole",
    "boolean": "bool bit flag booleans yesno",
    "array": "list tuple set sequence iterable arrays frozenset arr",
    "object": "dict map mapping record struct hash json model dictionary basemodel objects obj",
    "null": "none nil nonetype undefined void",
    "date-time": "datetime timestamp date-time date_time",
    "duration": "timedelta interval",
    "uri": "url href link",
    "email": "emailstr e-mail",
    "uuid": "guid uuid4",
}
_LOOKUP = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()} | {n: n for n in _MEANT}


def meant(name: str) -> dict[str, Any] | None:
    """Return the schema that the wrong type *name* stands for, or None where that is anyone's guess."""
    if len(name) > 64:
        return None
    bare = name.strip().casefold()
    optional = re.fullmatch(r"(?:typing\.)?optional\[(.+)\]|(.+?)\s*\|\s*(?:none|null)|(.+)\?", bare)
    if optional:
        bare = next(group for group in optional.groups() if group)
    inner = re.fullmatch(r"(?:list|array|set|sequence)\s*[\[<(]\s*([\w.\- ]+?)\s*[\]>)]|([\w.\-]+)\[\]", bare)
    if inner:
        items = meant(next(group for group in inner.groups() if group))
        return {"type": "array", "items": items} if items else None
    bare = re.sub(r"[\[<(].*", "", bare).rpartition(".")[2]
    known = _LOOKUP.get(bare) or _nearest(bare)
    return dict(_MEANT[known]) if known else None


def _nearest(name: str) -> str | None:
    import difflib

    if not 3 <= len(name) <= 20:
        return None
    return next(iter(difflib.get_close_matches(name, NAMES, n=1, cutoff=0.75)), None)
