"""PS506 self-confidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pageschema.finding import Severity
from pageschema.linting.kinds import kinds_of
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.linting.wording import field
from pageschema.linting.words import LONGEST_READ, description_at, word_set, words_of_name
from pageschema.schema import Place

_NAMES = frozenset({"confidence", "konfidenz", "confiance", "confianza", "confiança", "confianca", "置信度", "信頼度"})
_ALONE = word_set(
    "score level value rating percent percentage pct overall total extraction ai model llm field ocr parse parsing "
    "classification prediction extracted detection estimated your own self niveau nivel score indice reasoning"
)
"""Words beside `confidence` with which it is still about the answer, not about the document."""
_SAYS_SO = re.compile(
    r"how (?:sure|certain|confident) (?:you|the (?:model|llm|ai|system|extractor))"
    r"|\b(?:your|model'?s?|llm'?s?|ai'?s?|extraction|ocr|self[- ]reported|self[- ]assessed) confidence\b"
    r"|\bconfidence (?:score|level|rating|value)? ?(?:of|in|for|about) "
    r"(?:the |this |your |each )?(?:\w+ ){0,2}(?:extract|answer|classif|predict|pars|ocr|result|assessment)"
    r"|\bconfidence (?:score|level|rating|value)s?\b.{0,40}?(?:\b0(?:\.0)?\b.{0,6}\b(?:1(?:\.0)?|100)\b|low|high)"
    r"|wie sicher (?:du|sie)\b|置信度|信頼度",
    re.IGNORECASE,
)
_ABOUT_STATISTICS = re.compile(
    r"\binterval|\bstatistic|\b9[059](?:\.\d+)? ?%|\bp[- ]?value|\blimits?\b|\bconsumer"
    r"|\b(?:as|is|are|was) (?:printed|stated|reported)|\b(?:printed|stated|reported|given) (?:by|in|on|at)\b"
    r"|\binvestor|\bindex\b|\bsurvey|\bauthors?\b|\bthe (?:test|study|trial|sample|estimator)\b|significance",
    re.IGNORECASE,
)


def _find(subject: Subject) -> Iterator[Flaw]:
    for place in subject.fields:
        if isinstance(place.schema, dict) and _asks_for_confidence(subject, place):
            yield Flaw(
                pointer=place.pointer,
                message=f"{field(place)} asks the model how sure it is of its own answer",
                remedy="drop it: the API scores each field and cites where it stands, beside the extraction",
            )


def _asks_for_confidence(subject: Subject, place: Place) -> bool:
    name = str(place.key)
    words = words_of_name(name) if "onf" in name or "ONF" in name or "度" in name else ()
    is_named = not _NAMES.isdisjoint(words) and all(word in _NAMES or word in _ALONE for word in words)
    text = description_at(subject, place)[:LONGEST_READ]
    if not is_named and not (
        "onfid" in text or "sure" in text or "certain" in text or "sicher" in text or "度" in text
    ):
        return False  # nothing that _SAYS_SO could find
    if _ABOUT_STATISTICS.search(text) or kinds_of(subject, place) & {"object", "array"}:
        return False
    return is_named or (bool(_SAYS_SO.search(text)) and "string" not in kinds_of(subject, place))


SELF_CONFIDENCE = LintRule(
    code="PS506",
    name="self-confidence",
    severity=Severity.WARNING,
    summary="a field that asks the model for its own confidence",
    why=(
        "It is an answer like any other, and comes out near 0.9 whatever the page looks like: it was read nowhere. The "
        "API has scores and citations of its own, computed apart from the extraction."
    ),
    source=(
        "Datalab's documentation, structured extraction, confidence scoring: `<field>_score` with a score from 1 to 5 "
        "and its reasons. Found in 5 of 269 models of public repositories."
    ),
    bad="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, with tax"},
    "confidence": {"type": "number", "description": "How sure you are, from 0 to 1"}
  }
}
""",
    flagged=("/properties/confidence",),
    good="""\
{
  "type": "object",
  "properties": {
    "total": {"type": "number", "description": "The amount due, with tax"},
    "confidence_interval": {"type": "string", "description": "The interval that the study reports, as printed"}
  }
}
""",
    find=_find,
    silences=("enum-without-escape", "invented-default"),
)
