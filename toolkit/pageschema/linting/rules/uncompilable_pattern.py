"""PS206 uncompilable-pattern."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.patterns import compile_error, patterns
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    for pattern in patterns(subject):
        error = compile_error(pattern.text)
        if error is not None:
            yield Flaw(
                pointer=pattern.pointer,
                message=f"{pattern.shown} {error.clause}",
                remedy=error.remedy,
            )


UNCOMPILABLE_PATTERN = LintRule(
    code="PS206",
    name="uncompilable-pattern",
    severity=Severity.ERROR,
    summary="a `pattern` that no regular-expression engine compiles",
    why=(
        "One such pattern makes the whole schema unusable to a validator: no extraction can be checked against it, "
        "and a decoder drops the constraint of the schema without a word."
    ),
    source="JSON Schema 2020-12 validation, section 6.3.3; core, section 6.4. Tried with two engines and Python's.",
    bad=r"""{
  "type": "object",
  "properties": {
    "iban": {"type": "string", "description": "The seller's account", "pattern": "^[A-Z]{2}\\d{2}[A-Z0-9{11,30}$"}
  }
}
""",
    flagged=("/properties/iban/pattern",),
    good=r"""{
  "type": "object",
  "properties": {
    "iban": {"type": "string", "description": "The seller's account", "pattern": "^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$"}
  }
}
""",
    find=_find,
    silences=("unportable-pattern",),
)
