"""A result's extraction does not fit the page schema that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.conformance import Violation, check_extraction, read_result
from pageschema.contract import Answer, Contract
from pageschema.errors import NoExtraction
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.extracted import kind_of
from pageschema.fuzzing.story import Complaint, Kind, Outcome, Story

OF_TWO = frozenset({Kind.TOGETHER, Kind.VERSION, Kind.UNKNOWN_RESOURCE})
"""Stories about which of two schemas an extraction is by: they have checks of their own."""

UNPROMISED = frozenset(
    {
        "exclusiveMaximum", "exclusiveMinimum", "format", "maxItems", "maxLength", "maximum", "minItems", "minLength",
        "minimum", "multipleOf", "pattern", "uniqueItems",
    }
)  # fmt: skip
"""Keywords that no source says the API keeps."""

MAX_VIOLATIONS = 20


def judge(story: Story, _contract: Contract) -> Iterator[Complaint]:
    """Complain of an extraction that belongs to another schema, or of each kind of violation once."""
    if (
        story.kind in OF_TWO
        or story.outcome is not Outcome.ACCEPTED
        or story.page_schema is None
        or story.ruling is None
    ):
        return
    if story.ruling.answer is not Answer.ACCEPT or _is_elsewhere(story.result):
        return
    schema = dict(story.page_schema)
    try:
        violations = check_extraction(story.result, schema)
        extraction = read_result(story.result).value
    except NoExtraction as error:
        yield Complaint(message=f"a complete result holds no extraction: {error.what}", sign="no extraction")
        return
    if isinstance(extraction, dict) and extraction and not set(extraction) & set(schema["properties"]):
        strange = jsontext.clip(next(iter(extraction)))
        yield Complaint(message=f"holds {strange!r} and not one field of the schema sent", sign="another schema")
        return
    told: dict[str, Complaint] = {}
    for each in [violation for violation in violations if _is_binding(violation)][:MAX_VIOLATIONS]:
        message = f"{each.pointer or 'the extraction'}: {jsontext.clip(each.message, 160)}"
        sign = kind_of(each, schema)
        told.setdefault(sign, Complaint(message=message, sign=sign))
    yield from told.values()


def _is_binding(violation: Violation) -> bool:
    """Whether the API is known to keep what is broken; null is what it gives for what it has not found.

    Source: LIFT README, absent fields come back null; no source says that patterns, formats or bounds are kept.
    """
    return violation.value is not None and violation.keyword not in UNPROMISED


def _is_elsewhere(result: Any) -> bool:
    """Whether the result is kept at a URL, and may not be here.

    Source: DD/docs/recipes/structured-extraction, result_url.
    """
    return bool(result.get("result_url")) and result.get("extraction_schema_json") is None


CHECK = Check(
    name="nonconforming-extraction",
    summary="A result's extraction does not fit the page schema that was sent.",
    why="People build on the extraction because of the schema.",
    source="CONTRACT page_schema; DD/docs/recipes/structured-extraction/api-overview, extraction_schema_json",
    bad='{"total": "12,50"} for {"total": {"type": "number"}}',
    good='{"total": 12.5, "total_citations": ["/page/0/Text/3"]}',
    judge=judge,
    by_request=True,
)
