"""Broken extractions: one fault each, told truly, of every kind that a schema gives occasion to."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import pytest
from hypothesis import Phase, find, given, settings
from pydantic import BaseModel, ConfigDict, Field

from pageschema import pointer
from pageschema.conformance import check_extraction, peel
from pageschema.errors import InvalidSchema
from pageschema.generation import page_schema
from pageschema.schema import Judge
from pageschema.strategies import BREAKAGES, Broken, breakages_of, broken_extractions


class Line(BaseModel):
    text: str = Field(min_length=2, max_length=20)
    unit_price: float = Field(ge=0, le=1000, multiple_of=0.5)
    count: int


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")
    order_no: str = Field(pattern="^[A-Z]{2}[0-9]{3}$")
    issued: dt.date
    state: Literal["open", "paid"]
    express: bool
    lines: list[Line] = Field(min_length=1, max_length=3)
    tags: set[str] = set()
    note: str | None = None
    parts: list[Order] = []


class Cash(BaseModel):
    kind: Literal["cash"]
    amount: float


class Card(BaseModel):
    kind: Literal["card"]
    number: str


class Payment(BaseModel):
    means: Annotated[Cash | Card, Field(discriminator="kind")]
    fee: float | None = None


ORDER = page_schema(Order)
LOOSE = {"type": "object", "properties": {"a": {}, "b": {"type": ["string", "number", "boolean", "null"]}}}
SCHEMAS = [page_schema(model, form=form) for model in (Order, Payment) for form in ("datalab", "pydantic")] + [LOOSE]
quick = settings(max_examples=25, database=None, deadline=None, derandomize=True)
sized = settings(max_examples=2000, database=None, deadline=None, phases=[Phase.generate, Phase.shrink])
NAMES = [kind.name for kind in BREAKAGES]


def smallest(schema: Any, **asked: Any) -> Broken:
    return find(broken_extractions(schema, **asked), lambda _: True, settings=sized)


@pytest.mark.parametrize("siblings", ["none", "fast"])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_check_has_one_violation_of_a_broken_extraction_where_it_was_broken(schema: Any, siblings: Any):
    @quick
    @given(broken_extractions(schema, siblings=siblings, nulls=siblings == "fast"))
    def one_violation(broken: Broken) -> None:
        (violation,) = check_extraction(broken.value, schema)
        assert violation.keyword == broken.keyword
        absent_or_undeclared = broken.breakage in {"missing", "renamed", "undeclared"}
        parent = pointer.build(pointer.parse(broken.pointer)[:-1])
        assert violation.pointer == (parent if absent_or_undeclared else broken.pointer)

    one_violation()


@quick
@given(broken_extractions(ORDER, breakages=sorted({*NAMES} - {"doubly-encoded"})))
def test_a_validator_refuses_a_broken_extraction_by_the_schema_that_was_sent(broken: Broken):
    assert not Judge(ORDER.value).accepts(broken.value)


@quick
@given(broken_extractions(ORDER, siblings="fast", breakages=["malformed-sibling"]))
def test_where_a_sibling_is_malformed_the_fields_are_right(broken: Broken):
    assert Judge(ORDER.value).accepts(peel(broken.value, ORDER).value)


LINE = {"text": "00", "unit_price": 0, "count": 0}
GOOD = {"order_no": "AA000", "issued": "2000-01-01", "state": "open", "express": False, "lines": [LINE]}
PLAINEST = {
    "null": ("/order_no", "type", GOOD | {"order_no": None}),
    "number-as-text": ("/lines/0/unit_price", "type", GOOD | {"lines": [LINE | {"unit_price": "0"}]}),
    "number-as-printed": ("/lines/0/unit_price", "type", GOOD | {"lines": [LINE | {"unit_price": "12,50"}]}),
    "fraction": ("/lines/0/count", "type", GOOD | {"lines": [LINE | {"count": 12.5}]}),
    "no-text": ("/order_no", "type", GOOD | {"order_no": 0}),
    "boolean-in-words": ("/express", "type", GOOD | {"express": "no"}),
    "unlisted": ("/lines", "type", GOOD | {"lines": LINE}),
    "wrapped": ("/order_no", "type", GOOD | {"order_no": {"value": "AA000"}}),
    "missing": ("/order_no", "required", {name: GOOD[name] for name in GOOD if name != "order_no"}),
    "undeclared": ("/confidence", "additionalProperties", GOOD | {"confidence": "high"}),
    "outside-enum": ("/state", "enum", GOOD | {"state": "OPEN"}),
    "pattern": ("/order_no", "pattern", GOOD | {"order_no": " AA000"}),
    "format": ("/issued", "format", GOOD | {"issued": "31.12.2025"}),
    "too-small": ("/lines/0/unit_price", "minimum", GOOD | {"lines": [LINE | {"unit_price": -1}]}),
    "too-large": ("/lines/0/unit_price", "maximum", GOOD | {"lines": [LINE | {"unit_price": 1001}]}),
    "between-steps": ("/lines/0/unit_price", "multipleOf", GOOD | {"lines": [LINE | {"unit_price": 0.25}]}),
    "too-short": ("/lines/0/text", "minLength", GOOD | {"lines": [LINE | {"text": "0"}]}),
    "too-long": ("/lines/0/text", "maxLength", GOOD | {"lines": [LINE | {"text": "0" * 21}]}),
    "too-few": ("/lines", "minItems", GOOD | {"lines": []}),
    "too-many": ("/lines", "maxItems", GOOD | {"lines": [LINE] * 4}),
    "repeated": ("/tags", "uniqueItems", GOOD | {"tags": ["", ""]}),
}


@pytest.mark.parametrize("name", PLAINEST)
def test_a_failure_shrinks_to_the_smallest_extraction_that_is_broken_in_that_way(name: str):
    where, keyword, value = PLAINEST[name]
    assert smallest(ORDER, breakages=[name]) == Broken(value=value, pointer=where, keyword=keyword, breakage=name)


def test_the_letters_of_a_name_and_the_encoding_can_be_broken():
    renamed = smallest(ORDER, breakages=["renamed"])
    assert renamed.value == GOOD | {"lines": [{"Text": "00", "unit_price": 0, "count": 0}]}
    assert renamed.pointer == "/lines/0/text"
    assert smallest(ORDER, breakages=["doubly-encoded"]).value.startswith('"{')


def test_the_ways_to_break_a_schema_are_those_that_it_gives_occasion_to():
    assert breakages_of(ORDER, siblings="balanced") == NAMES
    assert breakages_of({"properties": {"a": {}}}) == ["listed", "doubly-encoded"]
    ways = breakages_of(page_schema(Payment))
    assert {"outside-enum", "missing", "number-as-printed"} <= {*ways}
    assert not {"fraction", "pattern", "unlisted", "too-few", "malformed-sibling"} & {*ways}


def test_only_the_ways_asked_for_are_drawn():
    @quick
    @given(broken_extractions(ORDER, breakages=["missing", "pattern"]))
    def two(broken: Broken) -> None:
        assert broken.breakage in {"missing", "pattern"}

    two()


def test_what_cannot_be_broken_as_asked_is_refused_at_once():
    with pytest.raises(InvalidSchema, match="nothing of it can be broken"):
        broken_extractions(LOOSE, breakages=["pattern", "malformed-sibling"])
    with pytest.raises(InvalidSchema, match="no objects"):
        broken_extractions({"type": "array"})
    with pytest.raises(ValueError, match="no breakage 'patern'"):
        broken_extractions(LOOSE, breakages=["patern"])
