"""A 422 does not name the field that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.contract import Answer, Contract
from pageschema.fuzzing.check import Check
from pageschema.fuzzing.story import Complaint, Story


def judge(story: Story, contract: Contract) -> Iterator[Complaint]:
    """Complain where the one field of the wrong type is not named: no field at all, or another that was declared.

    A name that the contract does not declare is let pass: it may be what the endpoint calls the field inside.
    """
    response, ruling = story.submit.response, story.ruling
    if response is None or response.status != 422 or ruling is None or ruling.answer is not Answer.REJECT:
        return
    field = _typed_field(contract, ruling.clauses[0]) if len(ruling.clauses) == 1 else None
    detail = story.answer.get("detail") if isinstance(story.answer, dict) else None
    if field is None or not isinstance(detail, list):
        return
    named = [name for each in detail for name in _location(each) if name != "body"]
    if field not in named and (not named or set(named) & set(contract.field_types)):
        told = f"names {jsontext.clip(named[0])!r}" if named else "names no field"
        yield Complaint(message=f"the 422 for {field} {told}", sign="another field" if named else "no field")


def _typed_field(contract: Contract, clause_id: str) -> str | None:
    """Return the field whose declared type is all that the clause speaks of."""
    told: Any = contract.clause(clause_id).schema.get("then", {})
    fields = told.get("properties", {}).get("fields", {}).get("properties", {})
    typed = [name for name, schema in fields.items() if schema.get("type") in {"integer", "boolean"}]
    return typed[0] if len(fields) == len(typed) == 1 else None


def _location(error: Any) -> list[str]:
    place = error.get("loc") if isinstance(error, dict) else None
    return [part for part in place if isinstance(part, str)] if isinstance(place, list) else []


CHECK = Check(
    name="error-without-field",
    summary="A 422 does not name the field that is wrong.",
    why="The published clients show nothing else; who reads it mends the wrong field.",
    source="CONTRACT ValidationError.loc: Location; DD/platform/errors: 422 for malformed form fields",
    bad='{"detail": [{"loc": ["body", "file"], …}]} for max_pages=many',
    good='{"detail": [{"loc": ["body", "max_pages"], …}]}',
    judge=judge,
)
