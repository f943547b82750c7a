"""Demands on the evidence of an extraction: what is said beside its fields, turned into violations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pageschema import jsontext, pointer
from pageschema.conformance.evidence import Evidence, FieldEvidence, evidence_of
from pageschema.conformance.shape import Shapes
from pageschema.conformance.violation import Violation, cut
from pageschema.conformance.wording import path
from pageschema.errors import InvalidJSON

VERIFIED = "PASS"
_BLOCKS = ("json", "chunks")
"""Where a result holds the blocks of the document, if it was asked for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What must be said beside each field that has a value.

    Args:
        min_score: No score below this, from 1 to 5.
        citations: Each value cites a block; and where the result holds the blocks of the document, one of those.
        verified: Each value was found again: its verification is ``PASS``.
    """

    min_score: int | None = None
    citations: bool = False
    verified: bool = False


def unmet(
    demands: Demands, extraction: dict[str, Any], shapes: Shapes, result: dict[str, Any] | None
) -> Iterator[Violation]:
    """Yield where the evidence of *extraction* falls short; *result* is the whole result that it was taken from.

    What is said of a field is said of all that stands in it. Where nothing at all is said that is one violation, of the
    extraction.
    """
    if demands == Demands():
        return
    evidence = evidence_of(extraction, shapes)
    values = [where for where in evidence if _is_value(extraction, where)]
    if demands.min_score is not None:
        yield from _scores(demands.min_score, extraction, evidence)
    if demands.citations:
        yield from _citations(extraction, evidence, values)
        yield from _unknown_blocks(extraction, evidence, _blocks(result or {}))
    if demands.verified:
        yield from _verifications(extraction, evidence, values)


def _scores(least: int, extraction: Any, evidence: FieldEvidence) -> Iterator[Violation]:
    if all(each.score is None for each in evidence.values()):
        yield _nothing("score", "scores", "fetch the result again: they come within a minute of it, in fast mode only")
    for where, each in evidence.items():
        if each.score is not None and each.score < least:
            said = f': "{jsontext.clip(each.reasoning)}"' if each.reasoning else ""
            yield Violation(
                pointer=where,
                keyword="score",
                message=f"{path(where, extraction)} has a score of {each.score}, below {least}{said}",
                value=each.score,
                remedy="look at the document, describe the field better, or ask for less with --min-score",
            )


def _citations(extraction: Any, evidence: FieldEvidence, values: list[str]) -> Iterator[Violation]:
    if values and not any(each.citations for each in evidence.values()):
        yield _nothing("citations", "citations", "extract in fast or balanced mode: turbo gives none")
        return
    for where in values:
        if not any(each.citations for each in _around(where, evidence)):
            yield Violation(
                pointer=where,
                keyword="citations",
                message=f"{path(where, extraction)} cites no block of the document",
                value=cut(pointer.resolve(extraction, where)),
                remedy="look whether the document says it: what cites nothing may be made up",
            )


def _unknown_blocks(extraction: Any, evidence: FieldEvidence, blocks: frozenset[str]) -> Iterator[Violation]:
    for where, each in evidence.items() if blocks else ():
        unknown = [block for block in each.citations if block not in blocks]
        if unknown:
            yield Violation(
                pointer=f"{where}_citations",
                keyword="citations",
                message=f"{path(where, extraction)} cites '{jsontext.clip(unknown[0], 60)}', no block of the document",
                value=cut(unknown),
                remedy="look at the value in the document: what it was read from is not there",
            )


def _verifications(extraction: Any, evidence: FieldEvidence, values: list[str]) -> Iterator[Violation]:
    if values and all(each.verification is None for each in evidence.values()):
        yield _nothing("verification", "verification", "extract in balanced mode: no other gives it")
        return
    for where in values:
        status = next((each.verification for each in _around(where, evidence) if each.verification), None)
        if status != VERIFIED:
            feedback = _feedback(evidence[where])
            what = f"was not verified: {status}{feedback}" if status else "has no verification"
            yield Violation(
                pointer=where,
                keyword="verification",
                message=f"{path(where, extraction)} {what}",
                value=cut(pointer.resolve(extraction, where)),
                remedy="look at the document, and describe the field better if the value is wrong",
            )


def _nothing(keyword: str, what: str, remedy: str) -> Violation:
    return Violation(
        pointer="", keyword=keyword, message=f"the extraction has no {what} at all", value=None, remedy=remedy
    )


def _feedback(evidence: Evidence) -> str:
    verification = evidence.meta.get("verification")
    said = verification.get("feedback") if isinstance(verification, dict) else None
    return f', "{jsontext.clip(said)}"' if isinstance(said, str) and said else ""


def _around(where: str, evidence: FieldEvidence) -> Iterator[Evidence]:
    """Yield what is said of a field, then of those that it stands in, inside out."""
    while where:
        if where in evidence:
            yield evidence[where]
        where = where.rpartition("/")[0]


def _is_value(extraction: Any, where: str) -> bool:
    """Return whether a field holds something that was read: a scalar or a list of them, not null, not empty."""
    try:
        value = pointer.resolve(extraction, where)
    except KeyError:  # Evidence beside a field that is not there.
        return False
    if isinstance(value, list):
        return bool(value) and not any(isinstance(item, (dict, list)) for item in value)
    return value is not None and not isinstance(value, dict)


def _blocks(result: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of all blocks that a result holds."""
    stack: list[Any] = []
    for name in _BLOCKS:
        held = result.get(name)
        if isinstance(held, str):
            try:
                held = jsontext.parse(held)
            except InvalidJSON:
                continue
        stack.append(held)
    found = set()
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if isinstance(item.get("id"), str):
                found.add(item["id"])
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)
    return frozenset(found)
