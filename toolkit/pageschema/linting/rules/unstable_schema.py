"""PS702 unstable-schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pageschema import jsontext
from pageschema.finding import Severity
from pageschema.linting.rule import Flaw, LintRule
from pageschema.linting.subject import Subject
from pageschema.schema import Instability


def _find(subject: Subject) -> Iterator[Flaw]:
    for each in subject.facts.instabilities:
        name = jsontext.clip(each.origin.field or "", 40)
        what = f"field '{name}' is" if name else "the schema is"
        keyword = each.pointer.rpartition("/")[2]
        yield Flaw(
            pointer=each.pointer,
            message=f"{what} another on every run: its '{jsontext.clip(keyword, 30)}' {_difference(each)}",
            remedy=_remedy(each, keyword),
            origin=each.origin,
        )


def _difference(each: Instability) -> str:
    if _is_reordered(each.first, each.second):
        return "changes its order"
    return f"was {_shown(each.first)}, then {_shown(each.second)}"


def _shown(value: Any) -> str:
    return jsontext.clip(jsontext.dumps(value, indent=None), 30)


def _remedy(each: Instability, keyword: str) -> str:
    if _is_reordered(each.first, each.second):
        return "a set has no order: sort it, sorted(…), or write a list"
    if keyword == "default":
        return "make it when a value is made: Field(default_factory=…), or drop it"
    return "write a fixed value: this one is computed when the module is imported"


def _is_reordered(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys()
    if not (isinstance(one, list) and isinstance(other, list)):
        return False
    return sorted(map(jsontext.canonical, one)) == sorted(map(jsontext.canonical, other))


UNSTABLE_SCHEMA = LintRule(
    code="PS702",
    name="unstable-schema",
    severity=Severity.WARNING,
    summary="a model whose page schema differs from run to run: by the order of a set, by the clock or by chance",
    why=(
        "The text that is sent, and its digest, change although nobody changed the model: `status` reports a drift "
        "that is none, and no frozen version stays the current one. A time or a random id as default was made when "
        "the module was imported, and is the same for every document. Where the source gives reason to, the model is "
        "loaded in two new processes, under two hash seeds and on two days."
    ),
    source="pydantic, issue 12754: defaults that are sets follow the hash seed. Found in LTC-Benchmark1, models.py.",
    bad="""\
from pydantic import BaseModel, Field

CURRENCIES = {"EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK"}


class Invoice(BaseModel):
    number: str = Field(description="The number of the invoice, as printed")
    currency: str = Field(description="ISO 4217 code of the amounts", examples=list(CURRENCIES))
""",
    flagged=("/properties/currency/examples",),
    good="""\
from pydantic import BaseModel, Field

CURRENCIES = {"EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK"}


class Invoice(BaseModel):
    \"\"\"An invoice.\"\"\"

    number: str | None = Field(None, description="The number of the invoice, as printed")
    currency: str | None = Field(None, description="ISO 4217 code of the amounts", examples=sorted(CURRENCIES))
""",
    find=_find,
    runs_code=True,
    silences=("default-breaks-schema", "invented-default"),
)
