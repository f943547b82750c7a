"""PS208 backtracking-pattern."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.patterns import patterns
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Flaw]:
    for pattern in patterns(subject):
        from pageschema.linting.backtracking import runs_away  # Few schemas have a pattern.

        if runs_away(pattern.text):
            yield Flaw(
                pointer=pattern.pointer,
                message=f"{pattern.shown} repeats what can match one text in more and more ways as it grows",
                remedy="let each turn begin or end with what its inside cannot match: [a-z]+( [a-z]+)*",
            )


BACKTRACKING_PATTERN = LintRule(
    code="PS208",
    name="backtracking-pattern",
    severity=Severity.WARNING,
    summary="a `pattern` that makes an engine which backtracks try ways without number: `(a+)+`",
    why=(
        "Python's, JavaScript's and Java's engines try every way in which a repeat within a repeat can share out a "
        "text before they give up on it. Thirty characters are enough for minutes, and extractions are text from "
        "strangers' documents. `check` runs on an engine that does not backtrack; readers of your extractions may not."
    ),
    source=(
        "OWASP, Regular expression denial of service. Weideman et al., Analyzing matching time behavior of "
        "backtracking regular expression matchers by using ambiguity of NFA (2016): exponential where a loop is "
        "ambiguous. Flagged only where that is proven."
    ),
    bad=r"""{
  "type": "object",
  "properties": {
    "seller": {"type": "string", "description": "The registered name", "pattern": "^([A-Za-z]+ ?)+$"}
  }
}
""",
    flagged=("/properties/seller/pattern",),
    good=r"""{
  "type": "object",
  "properties": {
    "seller": {"type": "string", "description": "The registered name", "pattern": "^[A-Za-z]+( [A-Za-z]+)*$"}
  }
}
""",
    find=_find,
)
