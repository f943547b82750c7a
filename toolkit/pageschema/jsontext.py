"""The one guarded reader of JSON, and the texts written back.

``json.loads`` takes NaN, duplicate keys, UTF-16 and lone surrogates, raises ``RecursionError`` on depth and a bare
``ValueError`` on long integers. Everything that reaches pageschema from outside comes through `parse` instead.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, TypeAlias

from pageschema.errors import InvalidJSON

JsonValue: TypeAlias = Any
"""None, bool, int, float, str, list or dict with string keys; nested at will."""

MAX_BYTES = 32 * 1024 * 1024
MAX_SCHEMA_DEPTH = 200
MAX_DEPTH = 500
MAX_DIGITS = 4_000
"""Longest run of digits in a number: CPython refuses 4,301 and jsonschema-rs misjudges such integers."""

_BRACKET_OR_STRING = re.compile(r'[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""An unclosed string counts as one up to the end of the text, or the scan of a hostile text would be quadratic.

The quantifiers are possessive: what could be given back takes a hundred times as much memory as the text.
"""
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


def parse(
    text: str | bytes,
    *,
    where: str = "",
    max_bytes: int = MAX_BYTES,
    max_depth: int = MAX_DEPTH,
    unique_keys: bool = False,
) -> JsonValue:
    """Read one JSON value, strictly and within bounds.

    Args:
        text: UTF-8 when bytes.
        where: Names the input in errors: a path, a URL, a form field.
        max_bytes: Size bound on the text.
        max_depth: Bound on nested arrays and objects.
        unique_keys: Refuse an object with two members of one name; without it the last one counts.

    Raises:
        InvalidJSON: Not JSON (NaN, a byte order mark, a lone surrogate, trailing text included), or past a bound.

    Source: RFC 8259; RFC 7493 (I-JSON) for surrogates.
    """
    decoded = _decode(text, where=where, max_bytes=max_bytes)
    _guard_depth(decoded, where=where, max_depth=max_depth)

    def refuse_constant(name: str) -> NoReturn:
        raise InvalidJSON(f"{name} is not JSON", where=where, remedy="write null, or leave the key out")

    def unique(members: list[tuple[str, JsonValue]]) -> JsonValue:
        found = dict(members)
        if len(found) < len(members):
            seen: set[str] = set()
            twice = next(name for name, _ in members if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            raise InvalidJSON(
                f"the key {clip(twice)!r} stands twice in one object", where=where, remedy="keep one of the two"
            )
        return found

    def integer(digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            raise InvalidJSON(f"a number of {len(digits)} digits", where=where, remedy=f"keep to {MAX_DIGITS} digits")
        return int(digits)

    def real(digits: str) -> float:
        number = float(digits) if len(digits) <= MAX_DIGITS else float("inf")
        if number in (float("inf"), float("-inf")):
            raise InvalidJSON(
                f"the number {clip(digits)} is past what a double holds", where=where, remedy="send it as a string"
            )
        return number

    try:
        value = json.loads(
            decoded,
            parse_constant=refuse_constant,
            parse_int=integer,
            parse_float=real,
            object_pairs_hook=unique if unique_keys else None,
        )
    except json.JSONDecodeError as error:
        raise InvalidJSON(
            _what(decoded, error),
            where=f"{where}:{error.lineno}:{error.colno}" if where else "",
            remedy=_remedy(decoded),
        ) from error
    if _SURROGATE_ESCAPE.search(decoded):
        _refuse_lone_surrogates(value, where=where)
    return value


def dumps(value: JsonValue, *, indent: int | str | None = 2) -> str:
    """Return readable JSON that keeps key order; every text is valid UTF-8. *indent* is as in `json.dumps`."""
    separators = (",", ": ") if indent is not None else (",", ":")
    try:
        text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False)
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value, ensure_ascii=True, indent=indent, separators=separators, allow_nan=False)
    return text


def canonical(value: JsonValue) -> str:
    """Return one text for all spellings of *value*: sorted keys, no spaces, 1.0 as 1.

    RFC 8785 where it reaches; integers past 2^53, which it excludes, are kept exact.
    """
    import rfc8785

    try:
        return rfc8785.dumps(value).decode("utf-8")
    except (rfc8785.CanonicalizationError, UnicodeEncodeError):
        exact = _with_integers(value)
        return json.dumps(exact, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def _with_integers(value: JsonValue) -> JsonValue:
    """Return *value* with every float that is an integer written as one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _with_integers(item) for key, item in value.items()}
    return [_with_integers(item) for item in value] if isinstance(value, list) else value


def digest(text: str) -> str:
    """Return the SHA-256 of *text* in UTF-8, as lower-case hexadecimal."""
    import hashlib  # It loads a library that few commands need.

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def clip(text: str, length: int = 80) -> str:
    """Return *text* cut to *length* characters, safe to print: control and bidirectional characters are escaped."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text[: length + 1])
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def _decode(text: str | bytes, *, where: str, max_bytes: int) -> str:
    if isinstance(text, bytes):
        if len(text) > max_bytes:
            raise InvalidJSON(f"larger than {max_bytes:,} bytes", where=where, remedy="split it, or raise the bound")
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InvalidJSON(
                f"byte {error.start} is not UTF-8", where=where, remedy="save the file as UTF-8"
            ) from error
    elif len(text) > max_bytes:
        raise InvalidJSON(f"larger than {max_bytes:,} characters", where=where, remedy="split it, or raise the bound")
    elif not text.isascii():
        _require_whole_pairs(text, where=where)
    if text.startswith("\ufeff"):
        raise InvalidJSON("starts with a byte order mark", where=where, remedy="save it as UTF-8 without BOM")
    return text


def _guard_depth(text: str, *, where: str, max_depth: int) -> None:
    if text.count("[") + text.count("{") <= max_depth:
        return
    depth = 0
    for match in _BRACKET_OR_STRING.finditer(text):
        character = match.group()
        if character in "[{":
            depth += 1
            if depth > max_depth:
                raise InvalidJSON(f"nested deeper than {max_depth} levels", where=where, remedy="flatten it")
        elif character in "]}":
            depth -= 1


def _what(text: str, error: json.JSONDecodeError) -> str:
    if not text.strip():
        return "is empty"
    message = (error.msg[0].lower() + error.msg[1:]).removesuffix(" at")
    rest = text[error.pos : error.pos + 40]
    shown = rest[:1] + rest[1:].partition("\n")[0]
    place = f"'{clip(shown, 30)}'" if rest else "the end"
    return f"is not JSON: {message} at {place}"


def _remedy(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        return "write a JSON value"
    if stripped.startswith("```"):
        return "take the Markdown fence (```) away"
    if stripped.startswith(("{'", "[{'")):
        return "this is a Python literal: write it with json.dumps"
    return "mend the JSON there"


def _require_whole_pairs(text: str, *, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidJSON(
            "a string holds half of a surrogate pair", where=where, remedy="escape the whole pair, or drop it"
        ) from error


def _refuse_lone_surrogates(value: JsonValue, *, where: str) -> None:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            _require_whole_pairs(item, where=where)
        elif isinstance(item, dict):
            stack.extend(item)
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
