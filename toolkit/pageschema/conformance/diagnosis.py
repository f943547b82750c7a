"""Why a text is not JSON, and what to do: what models, stores and proxies are known to make of an extraction."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from pageschema import jsontext
from pageschema.errors import InvalidJSON

_WIDE = (b"\xff\xfe", b"\xfe\xff")
_COMMENTS = ("//", "/*", "#")
_PYTHON = re.compile(r"'|None\b|True\b|False\b")
_CURLY_QUOTES = "\u201c\u201d\u201e\u2018\u2019"
_NUMBER = re.compile(r"0\d|\+|\.\d|0?x[0-9a-fA-F]")

Diagnosis = tuple[str, str]
"""What makes it no JSON, and the remedy."""


def diagnosed(text: str | bytes, error: InvalidJSON) -> InvalidJSON:
    """Return *error*, which says of *text* that it is not JSON, in words of what happened to it."""
    cause = error.__cause__
    found: Diagnosis | None = None
    if isinstance(text, bytes) and text.startswith(_WIDE):
        found = "UTF-16, where JSON is UTF-8", "store it as UTF-8"
    elif isinstance(cause, json.JSONDecodeError) and text.strip():
        found = next((each for each in (look(cause) for look in _LOOKS) if each), None)
    if found is None:
        return error
    worded = InvalidJSON(f"is not JSON: {found[0]}", where=error.where, remedy=found[1])
    worded.__cause__ = cause
    return worded


def _page(error: json.JSONDecodeError) -> Diagnosis | None:
    if error.doc.lstrip()[:1] != "<":
        return None
    return (
        "a page of HTML or XML",
        "look at what it says: it comes from on the way to the API; fetch it again",
    )


def _fence(error: json.JSONDecodeError) -> Diagnosis | None:
    if "```" not in error.doc:
        return None
    return "it stands in a Markdown fence (```)", "take the Markdown fence (```) and what stands around it away"


def _more(error: json.JSONDecodeError) -> Diagnosis | None:
    if error.msg != "Extra data":
        return None
    if _rest(error)[:1] in {"{", "["} and error.doc[: error.pos].rstrip()[-1:] in {"}", "]"}:
        return "several values stand there", "write one a line, in a file called .jsonl, or check each alone"
    if _NUMBER.match(error.doc[max(error.pos - 1, 0) :]):
        return None
    return (
        f"it goes on after the end, with {_shown(error)}",
        "cut it off there, and store what extraction_schema_json holds alone",
    )


def _comment(error: json.JSONDecodeError) -> Diagnosis | None:
    if not _rest(error).startswith(_COMMENTS):
        return None
    return f"a comment at {_shown(error)}", "take the comments out"


def _comma(error: json.JSONDecodeError) -> Diagnosis | None:
    before, rest = error.doc[: error.pos].rstrip(), _rest(error)
    if rest[:1] == ",":  # Later Pythons point at the comma.
        before, rest = ",", rest[1:].lstrip()
    if not before.endswith(",") or rest[:1] not in {"}", "]"}:
        return None
    return f"a comma too many before '{rest[:1]}'", "take that comma out"


def _python(error: json.JSONDecodeError) -> Diagnosis | None:
    if not _PYTHON.match(_rest(error)):
        return None
    return f"a Python literal at {_shown(error)}", "this is a Python literal: write it with json.dumps"


def _quotes(error: json.JSONDecodeError) -> Diagnosis | None:
    if _rest(error)[:1] not in {*_CURLY_QUOTES}:
        return None
    return f"typographic quotes at {_shown(error)}", 'write straight quotes (")'


def _end(error: json.JSONDecodeError) -> Diagnosis | None:
    if _rest(error) and not error.msg.startswith("Unterminated string"):
        return None
    return "it ends in the middle", "fetch the whole of it again: it was cut off where it was made or stored"


def _number(error: json.JSONDecodeError) -> Diagnosis | None:
    if not _NUMBER.match(_rest(error)) and not _NUMBER.match(error.doc[max(error.pos - 1, 0) :]):
        return None
    return f"a number that JSON writes otherwise at {_shown(error)}", "write numbers like 12.5, or as strings"


def _key(error: json.JSONDecodeError) -> Diagnosis | None:
    if not error.msg.startswith("Expecting property name") or not _rest(error)[:1].isalpha():
        return None
    return f"a key without quotes at {_shown(error)}", 'write keys in straight quotes (")'


def _talk(error: json.JSONDecodeError) -> Diagnosis | None:
    if error.pos > len(error.doc) - len(error.doc.lstrip()):
        return None
    if "{" in error.doc:
        return f"text stands before it: {_shown(error)}", "cut off what stands before the first '{'"
    return f"it begins with {_shown(error)}", "give a result of /extract, or what its extraction_schema_json holds"


def _rest(error: json.JSONDecodeError) -> str:
    return error.doc[error.pos : error.pos + 1_000].lstrip()


def _shown(error: json.JSONDecodeError) -> str:
    return f"'{jsontext.clip(_rest(error).partition(chr(10))[0], 30)}'"


_LOOKS: tuple[Callable[[json.JSONDecodeError], Diagnosis | None], ...] = (
    _page, _fence, _comment, _more, _comma, _python, _quotes, _end, _number, _key, _talk,
)  # fmt: skip
