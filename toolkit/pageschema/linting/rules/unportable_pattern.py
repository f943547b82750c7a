"""PS207 unportable-pattern."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema.finding import Severity
from pageschema.linting.patterns import foreign, patterns, portable, replace_pattern
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted


def _find(subject: Subject) -> Iterator[Flaw]:
    for pattern in patterns(subject):
        parts = list(foreign(pattern.text))
        if parts:
            yield Flaw(
                pointer=pattern.pointer,
                message=f"{quoted(parts[0].text)} in {pattern.shown} is not known to every engine",
                remedy=parts[0].remedy,
                fixable=not any(foreign(portable(pattern.text))),
            )


def _fix(subject: Subject) -> Any:
    root = subject.fresh_value()
    for pattern in reversed(list(patterns(subject))):
        text = portable(pattern.text)
        if text != pattern.text and not any(foreign(text)):
            replace_pattern(root, pattern, text)
    return root


UNPORTABLE_PATTERN = LintRule(
    code="PS207",
    name="unportable-pattern",
    severity=Severity.WARNING,
    summary="a `pattern` with a construct that only some engines know: look-around, `\\Z`, `(?i)`, `(?P<…>`",
    why=(
        "Patterns of JSON Schema are ECMAScript's, of which `\\Z`, `(?i)`, named groups of Python and possessive "
        "quantifiers are no part. Look-around is, but the engines that decoders are built on do not have it: the "
        "guarantee that an extraction keeps to the schema is then dropped silently."
    ),
    source=(
        "JSON Schema 2020-12 core, section 6.4: what authors should limit themselves to. Measured with "
        "json-schema-to-pydantic, which datalab-to/lift compiles schemas with: look-around and `\\Z` are refused."
    ),
    bad=r"""{
  "type": "object",
  "properties": {
    "vat_id": {"type": "string", "description": "The seller's VAT number", "pattern": "\\ADE[0-9]{9}\\Z"}
  }
}
""",
    flagged=("/properties/vat_id/pattern",),
    good=r"""{
  "type": "object",
  "properties": {
    "vat_id": {"type": "string", "description": "The seller's VAT number", "pattern": "^DE[0-9]{9}$"}
  }
}
""",
    find=_find,
    fix=_fix,
    fix_is_safe=True,
)
