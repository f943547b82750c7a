r"""Patterns that look around, as the engine that can look around must be told them.

jsonschema-rs translates ``\d``, ``\w`` and ``\s`` to what ECMA-262 means by them, but hands a pattern that looks around
on as it stands, to an engine for which they go by Unicode. Pydantic's own pattern of a ``Decimal`` is one of these.

Source: ECMA-262, section 22.2.2.9 (CharacterClassEscape).
"""

from __future__ import annotations

import re
from typing import Any

from pageschema.schema.walking import map_schema

_DIGIT = "0-9"
_WORD = "0-9A-Z_a-z"
_SPACE = "\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_WITHIN = {
    "d": _DIGIT,
    "D": "\x00-/:-\U0010ffff",
    "w": _WORD,
    "W": r"\x00-/:-@\[-\^`{-" + "\U0010ffff",
    "s": _SPACE,
    "S": "\x00-\x08\x0e-\x1f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff"
    "\u3001-\ufefe\uff00-\U0010ffff",
}
_REFUSED = {"(?:)": "(?:a{0})", "[^]": "[\x00-\U0010ffff]", "[]": r"[^\x00-\U0010ffff]"}
"""Nothing, anything and no character: ECMA-262 takes them, the engine does not, or not everywhere."""
_TOKEN = re.compile(r"\\(?s:.)|\(\?:\)|\[\^?\]|\[|\]")


def explicit_classes(schema: Any) -> Any:
    r"""Return *schema* with ``\d``, ``\w``, ``\s`` and their opposites written out in its patterns."""
    return map_schema(schema, _explicit)


def _explicit(schema: dict[str, Any]) -> dict[str, Any]:
    told = dict(schema)
    if isinstance(told.get("pattern"), str):
        told["pattern"] = _written_out(told["pattern"])
    if isinstance(told.get("patternProperties"), dict):
        told["patternProperties"] = {_written_out(key): child for key, child in told["patternProperties"].items()}
    return told


def _written_out(pattern: str) -> str:
    inside = False

    def replaced(token: re.Match[str]) -> str:
        nonlocal inside
        text = token.group()
        if text.startswith("\\"):
            written = _WITHIN.get(text[1])
            return text if written is None else written if inside else f"[{written}]"
        if not inside and text in _REFUSED:
            return _REFUSED[text]
        inside = text == "[" or (inside and not text.endswith("]"))
        return text

    return _TOKEN.sub(replaced, pattern)
