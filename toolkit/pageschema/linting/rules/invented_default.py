"""PS505 invented-default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pageschema import pointer
from pageschema.finding import Severity
from pageschema.linting.edits import drop
from pageschema.linting.kinds import kinds_of
from pageschema.linting.options import options
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field, quoted
from pageschema.linting.words import stands_for_a_value, stands_for_nothing

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|\+?[\d() -]{9,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{4,}")
_CONSTRAINTS = frozenset({"pattern", "minLength", "maxLength"})


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.asked_holding("default"):
        default = place.schema["default"]
        if not isinstance(default, str) or not place.pointer:
            continue
        what = _looks_like(default, place.schema)
        if what is None or "string" not in kinds_of(subject, place) or options(subject, place) is not None:
            continue
        yield Flaw(
            pointer=pointer.join(place.pointer, "default"),
            message=f"default {quoted(default)} of {field(place)} {what}",
            remedy=(
                "drop it, and write its type as … | None = None; put what describes the field in Field(description=…)"
                if subject.model_schema is not None
                else "drop it; put what describes the field in its 'description'"
            ),
            fixable=True,
        )


def _looks_like(default: str, schema: dict[str, Any]) -> str | None:
    """Return what *default* looks like that no document says; None where another rule tries it on its schema."""
    if schema.keys() & _CONSTRAINTS:
        return None
    if _DATE.fullmatch(default.strip()):
        return "is a date that no document gave"
    if "format" in schema:
        return None
    if not default.strip():
        return None  # says that nothing was found
    if stands_for_nothing(default):
        return "cannot be told from a text that was read"
    if stands_for_a_value(default):
        return "is a placeholder"
    if _ADDRESS.fullmatch(default.strip()):
        return "is an answer that no document gave"
    is_text = " " in default.strip() and len(_LETTERS.findall(default[:200])) > 1
    return "reads like an answer, or like a description" if is_text or _WITHOUT_SPACES.search(default) else None


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for flaw in _find(subject):
        drop(root, flaw.pointer)
    return root


INVENTED_DEFAULT = LintRule(
    code="PS505",
    name="invented-default",
    severity=Severity.WARNING,
    summary="a `default` that reads like an answer: a sentence, a name, a date, a placeholder",
    why=(
        "The model gives it back where the document is silent, and loading does the same where the field is left out: "
        "either way it cannot be told from what was read. Often it is a description in the wrong place."
    ),
    source=(
        "enoch3712/ExtractThinker, examples, and docling-project/docling, docs/examples: descriptions and sample "
        "answers as defaults. Found in 10 of 269 models of public repositories. simonw/llm #816."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "street": {"type": "string", "description": "Street and number", "default": "123 Main St"},
    "seller": {"type": "string", "description": "Who sends the invoice", "default": "N/A"}
  }
}
""",
    flagged=("/properties/street/default", "/properties/seller/default"),
    good="""\
{
  "type": "object",
  "properties": {
    "street": {"type": "string", "description": "Street and number"},
    "seller": {"type": "string", "description": "Who sends the invoice"}
  }
}
""",
    find=_find,
    fix=_fix,
)
