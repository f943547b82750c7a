"""PS001 invalid-json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from pageschema.errors import InvalidJSON
from pageschema.finding import Severity
from pageschema.jsontext import MAX_DIGITS, MAX_SCHEMA_DEPTH
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]|[^\s\[\]{},:"]+', re.DOTALL)


def _find(subject: Subject) -> Iterator[Flaw]:
    error = subject.unreadable
    if error is not None:
        what, remedy, cause = error.what, error.remedy, error.__cause__
        if isinstance(cause, json.JSONDecodeError) and subject.text.strip():
            what, remedy = f"{what}, column {cause.colno}", _remedy(subject.text, cause) or remedy
        yield Flaw(pointer="", message=what, remedy=remedy, line=_line(subject.text, error))


def _remedy(text: str, error: json.JSONDecodeError) -> str | None:
    if "trailing comma" in error.msg or (
        text[error.pos : error.pos + 1] in ("}", "]") and _follows_comma(text, error.pos)
    ):
        return "drop the comma before the bracket"
    if text.startswith(("//", "/*", "#"), error.pos):
        return "drop the comment, JSON has none"
    return None


def _follows_comma(text: str, position: int) -> bool:
    return text[:position].rstrip().endswith(",")


def _line(text: str, error: InvalidJSON) -> int:
    """Return the line that *error* is about: the parser says it, or the first token past a bound shows it."""
    cause = error.__cause__
    if isinstance(cause, json.JSONDecodeError):
        return cause.lineno
    if isinstance(cause, UnicodeDecodeError):
        return cause.object[: cause.start].count(b"\n") + 1
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        depth += (token in "[{") - (token in "]}")
        if depth > MAX_SCHEMA_DEPTH or _is_past_bounds(token):
            return text.count("\n", 0, match.start()) + 1
    return 1


def _is_past_bounds(token: str) -> bool:
    if token[0] == '"':
        value = json.loads(token, strict=False) if "\\u" in token else ""
        return any("\ud800" <= character <= "\udfff" for character in value)
    if token[0] == "-" or token[0].isdigit():
        return token == "-Infinity" or len(token) > MAX_DIGITS or abs(float(token)) == float("inf")
    return token in ("NaN", "Infinity")


INVALID_JSON = LintRule(
    code="PS001",
    name="invalid-json",
    severity=Severity.ERROR,
    summary="a text that is not JSON, or past what readers can be trusted with in size, depth or numbers",
    why=(
        "`page_schema` is a form field that holds JSON text. Python's own reader takes NaN, and an editor's byte order "
        "mark or a Markdown fence around a generated answer is easily overlooked; the endpoint refuses each of them, "
        "or hands the text to a model as it stands."
    ),
    source=(
        "RFC 8259, sections 2 to 8.1; RFC 7493 for lone surrogates. The contract of /extract: page_schema is "
        '"The JSON schema for structured extraction", a valid one.'
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due", "maximum": Infinity},
  }
}
""",
    flagged=("",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due"}
  }
}
""",
    find=_find,
    ends=True,
)
