"""Whether a field lets the truth be answered: that something is not there, that it was not read."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json
from enum import StrEnum
from functools import partial
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from pageschema import linting
from pageschema.finding import Severity
from pageschema.generation import page_schema
from pageschema.linting import fix

lint = partial(linting.lint, notes=True)

TEXT = {"type": "string", "description": "As printed"}
NULL = {"type": "null"}
STATES = {"type": "string", "enum": ["open", "paid"]}


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {name: {"description": "One.", **field} for name, field in fields.items()}
    return {"type": "object", "properties": described, **(root or {})}


def required(root=None, **fields):
    return schema({"required": list(fields), **(root or {})}, **fields)


def found(value):
    return [(f.name, f.pointer) for f in lint(value) if f.severity is not Severity.NOTE]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# That it is not on the list


@table(
    ("a closed list", required(a=STATES), [("enum-without-escape", "/properties/a")]),
    ("without a type", required(a={"enum": ["open", "paid"]}), [("enum-without-escape", "/properties/a")]),
    ("by reference", required({"$defs": {"S": STATES}}, a={"$ref": "#/$defs/S"}), [("enum-without-escape", "/properties/a")]),
    ("of two references, the required one", schema({"$defs": {"S": STATES}, "required": ["b"]}, a={"$ref": "#/$defs/S"}, b={"$ref": "#/$defs/S"}), [("enum-without-escape", "/properties/b")]),
    ("constants", required(a={"anyOf": [{"const": "open"}, {"const": "paid"}]}), [("enum-without-escape", "/properties/a")]),
    ("in an item", schema(a={"type": "array", "items": required(b=STATES)}), [("enum-without-escape", "/properties/a/items/properties/b")]),
    ("not required", schema(a=STATES), []),
    ("or null", required(a={"type": ["string", "null"], "enum": ["open", "paid", None]}), []),
    ("or null, as a branch", required({"$defs": {"S": STATES}}, a={"anyOf": [{"$ref": "#/$defs/S"}, NULL]}), []),
    ("with a default", required(a={**STATES, "default": "open"}), []),
    ("or any text", required(a={"anyOf": [STATES, {"type": "string"}]}), []),
    ("numbers", required(a={"type": "integer", "enum": [1, 2]}), []),
    ("items", required(a={"type": "array", "items": STATES}), []),
)  # fmt: skip
def test_a_required_choice_has_a_way_out(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    "escape",
    ["other", "Other", "OTHER_ASSET", "unknown", "n/a", "N.A.", "none", "not_stated", "unclear", "", "-", "no", "neutral", "Sonstiges", "keine Angabe", "autre", "otros", "desconocido", "outro", "altro", "overig", "其他", "不明", "その他", "другое"],
)  # fmt: skip
def test_a_way_out_is_known_in_many_words_and_tongues(escape):
    assert found(required(a={"type": "string", "enum": ["red", "blue", escape]})) == []


@pytest.mark.parametrize("value", ["noble", "another day", "northern", "note", "nanometre", "notary"])
def test_a_value_that_only_begins_like_a_way_out_is_none(value):
    assert found(required(a={"type": "string", "enum": ["red", value]})) == [("enum-without-escape", "/properties/a")]


KINDS = {"$defs": {k: required(form={"type": "string", "enum": [k, k + "s"]}, a=TEXT) for k in ("cat", "dog")}}


@pytest.mark.parametrize("choice", ["anyOf", "oneOf"])
def test_what_tells_the_branches_of_a_choice_apart_needs_no_way_out(choice):
    branches = [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}]
    assert found(schema(KINDS, pet={choice: branches})) == []
    assert found(schema(KINDS, pet=branches[0])) == [("enum-without-escape", "/$defs/cat/properties/form")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (STATES, {"type": ["string", "null"], "enum": ["open", "paid", None]}),
        ({"$ref": "#/$defs/S"}, {"anyOf": [{"$ref": "#/$defs/S"}, NULL]}),
        ({"anyOf": [{"const": "a"}, {"const": "b"}]}, {"anyOf": [{"const": "a"}, {"const": "b"}, NULL]}),
    ],
)
def test_null_is_allowed_only_when_told_to_guess(before, after):
    value = required({"$defs": {"S": STATES}} if "$ref" in before else {}, a=before)
    assert json.loads(fix(value)) == value
    mended = json.loads(fix(value, unsafe=True))
    assert mended["properties"]["a"] == {"description": "One.", **after}
    assert found(mended) == []


class State(StrEnum):
    OPEN = "open"
    PAID = "paid"


class Cat(BaseModel):
    kind: Literal["cat"] = Field(description="What it is")
    lives: int | None = Field(None, description="How many are left")


class Dog(BaseModel):
    kind: Literal["dog"] = Field(description="What it is")
    tricks: int | None = Field(None, description="How many it knows")


class Bill(BaseModel):
    state: State = Field(description="Whether it is paid")
    before: State | None = Field(None, description="Whether it was paid at the last reminder")
    lines: Annotated[list[str], Field(min_length=1)] = Field(description="What is billed")
    currency: Literal["EUR"] = Field(description="The currency of the amounts")
    pet: Cat | Dog = Field(description="Whose treatment is billed", discriminator="kind")


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
def test_a_model_is_read_as_its_schema_is(form):
    findings = [f for f in lint(page_schema(Bill, form=form)) if f.severity is not Severity.NOTE]
    assert {(f.name, f.origin.field) for f in findings} == {
        ("enum-without-escape", "state"),
        ("required-non-empty-array", "lines"),
        ("constant-answer", "currency"),
    }
    assert all('"' not in f.remedy and "minItems" not in f.remedy for f in findings)  # it speaks Python


ITEMS = {"type": "array", "items": {"type": "string"}}


@table(
    ("one", required(a={**ITEMS, "minItems": 1}), [("required-non-empty-array", "/properties/a")]),
    ("three", required(a={**ITEMS, "minItems": 3}), [("required-non-empty-array", "/properties/a")]),
    ("by reference", required({"$defs": {"L": {**ITEMS, "minItems": 1}}}, a={"$ref": "#/$defs/L"}), [("required-non-empty-array", "/properties/a")]),
    ("not required", schema(a={**ITEMS, "minItems": 1}), []),
    ("or null", required(a={**ITEMS, "type": ["array", "null"], "minItems": 1}), []),
    ("none will do", required(a={**ITEMS, "minItems": 0}), []),
    ("not even a number", required(a={**ITEMS, "minItems": True}), [("invalid-keyword-value", "/properties/a/minItems")]),
)  # fmt: skip
def test_a_required_array_may_be_empty(value, expected):
    assert found(value) == expected


def test_the_least_number_of_items_is_dropped_only_when_told_to_guess():
    value = required({"$defs": {"L": {**ITEMS, "minItems": 1}}}, a={"$ref": "#/$defs/L"}, b={"$ref": "#/$defs/L"})
    assert json.loads(fix(value)) == value
    assert json.loads(fix(value, unsafe=True))["$defs"]["L"] == ITEMS


@table(
    ("a constant", schema(a={"const": "EUR"}), [("constant-answer", "/properties/a")]),
    ("a list of one", schema(a={"type": "boolean", "enum": [True]}), [("constant-answer", "/properties/a")]),
    ("or null", schema(a={"anyOf": [{"const": "EUR"}, NULL]}), [("constant-answer", "/properties/a")]),
    ("by reference", schema({"$defs": {"C": {"const": "EUR"}}}, a={"$ref": "#/$defs/C"}), [("constant-answer", "/properties/a")]),
    ("null", schema(a=NULL), [("constant-answer", "/properties/a")]),
    ("the kind of the object", schema(type={"const": "invoice"}, version={"const": 2}), []),
    ("two values", schema(a={"enum": ["EUR", "USD"]}), []),
    ("no value at all", {"properties": {"a": False, "b": TEXT}}, []),
)  # fmt: skip
def test_a_field_has_more_than_one_answer(value, expected):
    assert found(value) == expected


def notes(value, name):
    return [f for f in lint(value) if f.name == name]


def test_required_fields_that_may_not_be_null_are_one_note_a_schema():
    party = {"type": "object", "description": "x", "properties": {"n": TEXT, "m": TEXT}, "required": ["n", "m"]}
    value = required(a=TEXT, b=TEXT, c=TEXT, d=TEXT, e={"type": ["string", "null"]}, f=party)
    [across] = notes(value, "required-not-nullable")
    assert across.pointer == ""
    assert across.message == "requires 'a', 'b', 'c' and 3 more, none of which may be null"
    [within] = notes(schema(f=party), "required-not-nullable")
    assert (within.pointer, within.message) == (
        "/properties/f/required",
        "requires 'n', 'm', none of which may be null",
    )
    assert notes(required(a=TEXT, b=ITEMS, c=STATES), "required-not-nullable") == []


# Defaults


@pytest.mark.parametrize(
    "default",
    ["Company name", "The name of the company", "John Doe", "123 Main St", "2024-01-31", "31.12.2024", "2024-01-31T10:00:00Z", "N/A", "unknown", "Not specified", "TODO", "string", "<name>", "jane@example.com", "https://example.com/x", "+49 30 1234567", "keine Angabe", "株式会社の名前", "不明"],
)  # fmt: skip
def test_a_default_that_reads_like_an_answer_hides_that_nothing_was_found(default):
    value = schema(a={"type": "string", "default": default})
    assert found(value) == [("invented-default", "/properties/a/default")]
    assert json.loads(fix(value)) == value
    assert json.loads(fix(value, unsafe=True)) == schema(a={"type": "string"})


@table(
    ("a code", schema(a={**TEXT, "default": "EUR"}), []),
    ("an identifier", schema(a={**TEXT, "default": "us-east-1"}), []),
    ("an empty text", schema(a={**TEXT, "default": ""}), []),
    ("null", schema(a={"type": ["string", "null"], "default": None}), []),
    ("a number", schema(a={"type": "number", "default": 0}), []),
    ("one of a list", schema(a={"enum": ["Not specified", "paid in full"], "default": "Not specified"}), []),
    ("a date among dates", schema(a={"type": "string", "format": "date", "default": "2024-01-31"}), [("invented-default", "/properties/a/default")]),
    ("what is another finding", schema(a={"type": "string", "format": "date", "default": "The day of issue"}), [("default-breaks-schema", "/properties/a/default")]),
    ("a text for a number", schema(a={"type": "number", "default": "The amount due"}), [("default-breaks-schema", "/properties/a/default")]),
    ("in an item", schema(a={"type": "array", "items": {"type": "string", "default": "One of them"}}), [("invented-default", "/properties/a/items/default")]),
)  # fmt: skip
def test_a_default_that_no_one_takes_for_an_answer_is_left_alone(value, expected):
    assert found(value) == expected


# What is not read


def described(name, description, **more):
    return {"type": "object", "properties": {name: {"type": "number", "description": description, **more}}}


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("confidence", "From 0 to 1"),
        ("confidence_score", "How reliable it is"),
        ("extractionConfidence", "As a percentage"),
        ("overall_confidence", "Over all fields"),
        ("certainty", "How certain you are of the total"),
        ("quality", "Your confidence in the answer"),
        ("score", "Confidence score between 0 and 1"),
        ("sicherheit", "Wie sicher du dir bist"),
        ("置信度", "0 到 1"),
    ],
)
def test_the_model_is_not_asked_how_sure_it_is(name, description):
    assert found(described(name, description)) == [("self-confidence", f"/properties/{name}")]


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("confidence_interval_low", "Lower end of the 95% interval"),
        ("confidence_level", "The confidence level of the interval, such as 95"),
        ("consumer_confidence", "The index of the survey"),
        ("credit_score", "The score of the bureau, as printed"),
        ("personne_de_confiance", "Number of trusted persons"),
        ("amount", "Make sure that it is the amount with tax"),
        ("count", "Lots of which a certain number were sold"),
        ("extent", "How certain the diagnosis is, as stated by the doctor"),
    ],
)
def test_confidence_that_stands_in_the_document_is_read(name, description):
    assert found(described(name, description)) == []


def test_a_scale_of_confidence_is_one_finding():
    scale = required(confidence={"type": "string", "enum": ["low", "medium", "high"]})
    assert found(scale) == [("self-confidence", "/properties/confidence")]


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("days", "Calculate the days between issue and due date"),
        ("total", "Sum up the lines"),
        ("total", "Take all lines and add up the amounts."),
        ("total", "The total. Compute it from the lines if it is missing"),
        ("average_price", "Average of the unit prices"),
        ("growth", "Percentage change between the two years"),
        ("duration", "Difference between start and end, in days"),
        ("computed_total", "The total"),
        ("total_calculated", "What the lines come to"),
        ("margin", "Calculated as profit through revenue"),
        ("tage", "Berechne die Tage bis zur Fälligkeit"),
        ("mittel", "Durchschnitt der Preise"),
        ("jours", "Calculer les jours de retard"),
        ("dias", "Calcula los días de retraso"),
        ("天数", "请计算逾期天数"),
    ],
)
def test_the_model_is_not_asked_to_compute(name, description):
    assert found(described(name, description)) == [("asks-to-compute", f"/properties/{name}")]


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("total", "The total, as printed"),
        ("total", "Sum of all line items before tax"),
        ("subtotal", "Sum of the lines"),
        ("tax", "Tax amount calculated on the net amount"),
        ("tax_rate", "Rate that is used to calculate the tax"),
        ("ldl", "Calculated LDL cholesterol"),
        ("average_balance", "Average of the daily balances, as printed"),
        ("mean", "Mean of three readings, as stated in the report"),
        ("free_cash_flow", "As stated; do not calculate it"),
        ("interest", "Never calculate it yourself"),
        ("items_count", "Number of items"),
        ("shares", "Weighted-average diluted shares"),
    ],
)
def test_a_figure_that_documents_print_is_read(name, description):
    assert found(described(name, description)) == []


def test_words_about_computing_are_no_request_where_no_number_is_asked_for():
    assert found(schema(method={"type": "string", "description": "Calculated as the sum of what"})) == []
