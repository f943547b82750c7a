"""check_extraction: whether what came back is what the page schema asked for."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack

from pageschema.conformance import wording
from pageschema.conformance.conforming import MAX_VIOLATIONS, Conformance
from pageschema.conformance.demands import Demands, unmet
from pageschema.conformance.result import read_result
from pageschema.conformance.violation import Violation
from pageschema.schema import PageSchema


class CheckOptions(TypedDict, total=False):
    """The options of `check_extraction`."""

    strict: bool
    min_score: int | None
    require_citations: bool
    require_verified: bool


class ExtractionMismatch(AssertionError):
    """An extraction breaks its page schema; `violations` says where and how."""

    def __init__(self, violations: list[Violation]) -> None:
        self.violations = tuple(violations)
        places = "place" if len(violations) == 1 else "places"
        lines = [f"the extraction breaks its page schema in {len(violations)} {places}"]
        for each in violations:
            lines += [f"  {each.pointer or '(root)'}: {each.message}", f"    {each.remedy}"]
        super().__init__("\n".join(lines))


def check_extraction(
    result: Any,
    schema: PageSchema | dict[str, Any],
    *,
    strict: bool = False,
    min_score: int | None = None,
    require_citations: bool = False,
    require_verified: bool = False,
) -> list[Violation]:
    """Return where an extraction breaks its page schema, in order of pointer, at most 100 places.

    The API's own keys beside a field are peeled off and their shapes checked. A property that is not required may be
    absent or null; one of a union's branches is enough to allow that.

    Args:
        result: A whole result or the extraction alone; as JSON text, or read.
        schema: The page schema that was sent.
        strict: Take null for what the schema says it is.
        min_score: A field that the API scores below this, from 1 to 5, is a violation (keyword ``score``).
        require_citations: So is a value that cites no block of the document (``citations``); where the result holds
            the document's blocks, in its ``json`` or ``chunks``, also one that cites another.
        require_verified: So is a value whose verification is not ``PASS`` (``verification``).

    Raises:
        NoExtraction: The result failed, is not finished, or is stored elsewhere.
        InvalidJSON: The result is not JSON, or past a bound.
        InvalidSchema: The schema cannot be compiled.
    """
    conformance = Conformance.of(schema, strict=strict)
    extracted = read_result(result, declared=conformance.shapes.root.names)
    if not isinstance(extracted.value, dict):
        return [wording.not_an_object(extracted.value)]
    found = [wording.doubly_encoded()] if extracted.doubly_encoded else []
    found += conformance.violations(extracted.value)
    demands = Demands(min_score=min_score, citations=require_citations, verified=require_verified)
    found += unmet(demands, extracted.value, conformance.shapes, extracted.result)
    return found[:MAX_VIOLATIONS]


def assert_extraction(result: Any, schema: PageSchema | dict[str, Any], **how: Unpack[CheckOptions]) -> None:
    """Raise unless an extraction fits its page schema; the arguments are those of `check_extraction`.

    Raises:
        ExtractionMismatch: It does not; the message says where, how, and what to do.
    """
    violations = check_extraction(result, schema, **how)
    if violations:
        raise ExtractionMismatch(violations)
