"""PS601 response-suffix-collision."""

from __future__ import annotations

from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import quoted

_SUFFIXES = {
    "_citations": ("the citations", "_sources"),
    "_meta": ("the verification", "_details"),
    "_score": ("the confidence score", "_rating"),
}


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        name = str(place.key)
        suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), None)
        if suffix is None or place.parent is None:
            continue
        base = name.removesuffix(suffix)
        if base in place.parent.schema["properties"]:
            what, other = _SUFFIXES[suffix]
            yield Flaw(
                pointer=place.pointer,
                message=f"field {quoted(name)} has the name that the API gives to {what} of {quoted(base)}",
                remedy=f"rename it, for instance to {quoted(base + other)}",
            )


RESPONSE_SUFFIX_COLLISION = LintRule(
    code="PS601",
    name="response-suffix-collision",
    severity=Severity.WARNING,
    summary="a field named like the sibling that the API adds to the field beside it",
    why=(
        "An extraction comes back with `total_citations`, `total_meta` and `total_score` beside `total`. A field of "
        "that name cannot be told from the sibling, and one of the two is lost. A name that only ends like that, such "
        "as `credit_score` without a field `credit`, is fine."
    ),
    source=(
        "Datalab's documentation, structured extraction: confidence scoring, accurate and balanced mode. "
        "khoj-ai/openpaper, jobs/src/schemas.py, has `summary` beside `summary_citations`."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "summary": {"type": "string", "description": "The paper in one sentence"},
    "summary_citations": {"type": "string", "description": "The works that the summary names"}
  }
}
""",
    flagged=("/properties/summary_citations",),
    good="""\
{
  "type": "object",
  "properties": {
    "summary": {"type": "string", "description": "The paper in one sentence"},
    "summary_sources": {"type": "string", "description": "The works that the summary names"}
  }
}
""",
    find=_find,
)
