"""An extraction can be had as the model that was asked for, with the evidence of each field."""

from __future__ import annotations

import datetime as dt
import enum
import json
from decimal import Decimal
from typing import Annotated, Literal

import pytest
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, field_validator

from pageschema import ExtractionMismatch, NoExtraction, parse_extraction


class Currency(enum.Enum):
    EURO = "EUR"


class Line(BaseModel):
    text: str
    amount: Decimal
    tax: float | None


class Card(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["card"]
    digits: str
    holder: str | None


class Bank(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Literal["bank"]
    iban: str


class Invoice(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: str = Field(alias="Invoice No.")
    issued: dt.date
    due: dt.date | None
    currency: Currency = Currency.EURO
    pages: int = 1
    paid: bool | None = True
    lines: list[Line]
    credit_score: int | None = None
    payment: Annotated[Card | Bank, Field(discriminator="kind")] | None = None
    prices: dict[str, float] = {}

    @field_validator("pages")
    @classmethod
    def at_most_a_hundred(cls, pages: int) -> int:
        if pages > 100:
            raise ValueError("more than a hundred pages")
        return pages


SCORE = {"score": 4, "reasoning": "printed twice"}
GOOD = {"Invoice No.": "A-1", "issued": "2024-12-31", "lines": [{"text": "x", "amount": 12.1}]}


def test_the_value_is_the_users_model_without_the_keys_of_the_api():
    returned = {**GOOD, "issued_citations": ["/page/0/Text/1"], "lines": [{**GOOD["lines"][0], "amount_score": SCORE}]}
    extraction = parse_extraction(returned, Invoice)
    assert isinstance(extraction.value, Invoice)
    assert extraction.value.number == "A-1"
    assert extraction.value.issued == dt.date(2024, 12, 31)
    assert extraction.value.lines == [Line(text="x", amount=Decimal("12.1"), tax=None)]
    assert extraction.result is None


def test_what_was_not_found_is_none_or_the_default_of_the_field():
    for absent in ({}, {"due": None, "currency": None, "pages": None, "credit_score": None}):
        value = parse_extraction({**GOOD, **absent}, Invoice).value
        assert (value.due, value.currency, value.pages, value.credit_score) == (None, Currency.EURO, 1, None)
    assert parse_extraction(GOOD, Invoice).value.paid is True
    assert parse_extraction({**GOOD, "paid": None}, Invoice).value.paid is None
    assert parse_extraction({**GOOD, "prices": {"a": 1, "b": None}}, Invoice).value.prices == {"a": 1.0}


def test_a_branch_of_a_union_gets_none_for_what_only_it_requires():
    value = parse_extraction({**GOOD, "payment": {"kind": "card", "digits": "1"}}, Invoice).value
    assert value.payment == Card(kind="card", digits="1", holder=None)
    value = parse_extraction({**GOOD, "payment": {"kind": "bank", "iban": "DE1"}}, Invoice).value
    assert value.payment == Bank(kind="bank", iban="DE1")


def test_evidence_goes_by_the_pointer_of_the_field():
    meta = {"extraction_status": "EXTRACTED", "verification": {"status": "PASS", "feedback": ""}}
    line = {**GOOD["lines"][0], "amount_score": SCORE, "amount_citations": ["/page/0/Table/1"]}
    returned = {**GOOD, "lines": [line], "due_meta": meta, "credit_score": 700, "credit_score_citations": ["/page/1"]}
    evidence = parse_extraction(returned, Invoice).evidence
    assert evidence["/lines/0/amount"].citations == ("/page/0/Table/1",)
    assert (evidence["/lines/0/amount"].score, evidence["/lines/0/amount"].reasoning) == (4, "printed twice")
    assert (evidence["/due"].verification, evidence["/due"].meta["extraction_status"]) == ("PASS", "EXTRACTED")
    assert evidence["/credit_score"].citations == ("/page/1",)
    assert (evidence["/issued"].citations, evidence["/issued"].score, evidence["/issued"].meta) == ((), None, {})
    assert {"/lines/0/amount", "/due", "/Invoice No."} <= set(evidence)
    assert "/credit" not in evidence


def test_a_pointer_to_no_field_is_told_the_nearest_one():
    evidence = parse_extraction(GOOD, Invoice).evidence
    with pytest.raises(
        KeyError, match="'/lines/0/amuont' is no field of the extraction, did you mean '/lines/0/amount'"
    ):
        evidence["/lines/0/amuont"]
    with pytest.raises(KeyError, match="a pointer looks like"):
        evidence["?"]


def test_a_whole_result_can_be_given_and_is_kept():
    result = {"status": "complete", "success": True, "extraction_schema_json": json.dumps(GOOD), "page_count": 3}
    extraction = parse_extraction(json.dumps(result), Invoice)
    assert extraction.result is not None
    assert (extraction.value.number, extraction.result["page_count"]) == ("A-1", 3)
    with pytest.raises(NoExtraction):
        parse_extraction({"status": "processing", "success": True}, Invoice)


def test_what_breaks_the_page_schema_is_no_model():
    with pytest.raises(ExtractionMismatch) as caught:
        parse_extraction({**GOOD, "lines": [{"text": "x", "amount": "12,10"}]}, Invoice)
    assert [each.pointer for each in caught.value.violations] == ["/lines/0/amount"]
    with pytest.raises(ExtractionMismatch):
        parse_extraction({**GOOD, "due": None}, Invoice, strict=True)


def test_what_only_the_model_refuses_is_a_violation_of_the_model():
    with pytest.raises(ExtractionMismatch) as caught:
        parse_extraction({**GOOD, "pages": 101}, Invoice)
    (violation,) = caught.value.violations
    assert (violation.pointer, violation.keyword, violation.value) == ("/pages", "model", 101)
    assert violation.message == ("pages fits the page schema and not the model: Value error, more than a hundred pages")


def test_fields_are_read_by_the_name_that_was_asked_for():
    class Choices(BaseModel):
        model_config = ConfigDict(populate_by_name=True)
        total: float = Field(validation_alias=AliasChoices("grand_total", "total"))

    assert parse_extraction({"grand_total": 1.5, "grand_total_citations": ["x"]}, Choices).value.total == 1.5


def test_a_strict_model_is_read_as_json():
    class Strict(BaseModel):
        model_config = ConfigDict(strict=True)
        issued: dt.date
        kind: Currency

    value = parse_extraction({"issued": "2024-01-02", "kind": "EUR"}, Strict).value
    assert value == Strict(issued=dt.date(2024, 1, 2), kind=Currency.EURO)


def test_a_recursive_model_is_filled_at_every_depth():
    class Part(BaseModel):
        name: str
        note: str | None
        parts: list[Part] | None

    Part.model_rebuild(_types_namespace={"Part": Part})
    value = parse_extraction({"name": "a", "parts": [{"name": "b", "parts": [{"name": "c"}]}]}, Part).value
    assert value.parts[0].parts[0] == Part(name="c", note=None, parts=None)
