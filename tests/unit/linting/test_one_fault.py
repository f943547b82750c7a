"""Whole schemas as authors write them: each fault is one finding, and what only looks like a fault is none."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json

import pytest

from pageschema.linting import fix, lint


def text(description="Name of the supplier as printed at the top", **more):
    return {"type": "string", "description": description, **more}


def number(description="Total amount due including taxes", **more):
    return {"type": "number", "description": description, **more}


def array(items, **more):
    return {"type": "array", "description": "Lines of the table, as printed", "items": items, **more}


def record(**fields):
    return {"type": "object", "description": "A party to the contract", "properties": fields}


def schema(root=None, **fields):
    return {"type": "object", "description": "An invoice", "properties": fields, **(root or {})}


def found(value):
    return [(finding.code, finding.pointer) for finding in lint(value)]


ANY_OF_A_KIND = {"anyOf": [record(total=number()), record(paid=number("Amount paid"))]}
FIGURES = {"type": "array", "description": "The figures", "properties": {"total": number()}}

FAULTS = {
    # Roots
    "an array with fields": ({"type": "array", "properties": {"total": number()}}, ("PS103", "/type")),
    "null with fields": ({"type": "null", "properties": {"total": number()}}, ("PS103", "/type")),
    "a choice of objects that overlap": ({"description": "One of two", "oneOf": ANY_OF_A_KIND["anyOf"]}, ("PS101", "")),
    "fields in a list": (schema() | {"properties": ["total", "vendor"]}, ("PS103", "/properties")),
    "what Ollama takes": ({"model": "x", "format": schema(total=number())}, ("PS006", "")),
    "what LlamaExtract takes": ({"name": "x", "data_schema": schema(total=number())}, ("PS006", "")),
    "a schema in the place of its fields": (schema() | {"properties": {"type": "object", "properties": {"total": number()}}}, ("PS201", "/properties/type")),
    # Values of keywords
    "branches in an object": (schema(total={"description": "Due", "anyOf": {"type": "number"}}), ("PS201", "/properties/total/anyOf")),
    "no branches": (schema(total={"description": "Due", "anyOf": []}), ("PS201", "/properties/total/anyOf")),
    "a row of items, as in draft 7": (schema(period=array([text("First day"), text("Last day")])), ("PS214", "/properties/period/items")),
    "fields of an array": (schema(lines=FIGURES), ("PS402", "/properties/lines")),
    "optional on a field": (schema(total=number(optional=True)), ("PS210", "/properties/total/optional")),
    "a prompt for a description": (schema(total={"type": "number", "prompt": "The amount due"}), ("PS210", "/properties/total/prompt")),
    # Formats
    "a format of one's own": (schema(due=text(format="currency")), ("PS211", "/properties/due/format")),
    "a mask for a format": (schema(due=text(format="DD/MM/YYYY")), ("PS211", "/properties/due/format")),
    "a format with a slip": (schema(due=text(format="datetime")), ("PS211", "/properties/due/format")),
    "a name that an optional object lacks": (
        schema(box={"description": "A box", "anyOf": [record(lid=record(color=text()) | {"required": ["colour"]}), {"type": "null"}]}),
        ("PS205", "/properties/box/anyOf/0/properties/lid/required/0"),
    ),
    # Contradictions
    "a condition that leaves nothing": (schema(a=text(**{"not": {"type": "string"}})), ("PS301", "/properties/a")),
    "branches that exclude each other": (schema(a={"description": "A", "allOf": [{"type": "string"}, {"type": "number"}]}), ("PS301", "/properties/a")),
    "an item that cannot be": (schema(a=array(text("One"), contains={"type": "integer"})), ("PS301", "/properties/a")),
    "a contradiction beside a condition": (schema(a=text(minLength=3, maxLength=2, **{"not": {"const": "x"}})), ("PS301", "/properties/a"), ("PS407", "/properties/a/not")),
    "a constant that is not on the list": (schema(a=text(const="x", enum=["y", "other"])), ("PS301", "/properties/a")),
    "required of an array": (schema(lines=array(record(total=number()), required=["total"])), ("PS211", "/properties/lines/required")),
    # Values
    "one word in two cases": (schema(state=text(enum=["Paid", "open", "paid"])), ("PS212", "/properties/state/enum/2")),
    "one word with a space behind": (schema(state=text(enum=["paid", "paid "])), ("PS212", "/properties/state/enum/1")),
    "a list too long to choose from": (schema({"required": ["code"]}, code=text(enum=[f"C{i}" for i in range(300)])), ("PS412", "/properties/code")),
    "a mask for a default": (schema(due=text(default="YYYY-MM-DD")), ("PS505", "/properties/due/default")),
    "a description for a default": (schema(total=number(), seller={"type": "string", "default": "The name of the seller"}), ("PS505", "/properties/seller/default")),
    "a closed list in one object of a choice": (
        schema(paid={"description": "How", "anyOf": [record(by=text(enum=["card", "cash"])) | {"required": ["by"]}, record(iban=text())]}),
        ("PS501", "/properties/paid/anyOf/0/properties/by"),
    ),
    # Patterns
    "a pattern between slashes": (schema(zip=text(pattern=r"/^\d{5}$/")), ("PS207", "/properties/zip/pattern")),
    "a pattern between slashes with flags": (schema(zip=text(pattern="/^[a-z]+$/gi")), ("PS207", "/properties/zip/pattern")),
    # Descriptions
    "a slot of Jinja": (schema(due=text("Due date, written as {{ date_format }}")), ("PS605", "/properties/due/description")),
    "a slot of a shell": (schema(due=text("Due date, written as ${DATE_FORMAT}")), ("PS605", "/properties/due/description")),
    "a slot of an f-string": (schema(due=text("Due date, written as {DATE_FORMAT}")), ("PS605", "/properties/due/description")),
    "a branch with a field undescribed": (schema(paid={"description": "How", "anyOf": [record(card={"type": "string"}), record(iban=text())]}), ("PS604", "/properties/paid/anyOf/0/properties/card")),
}  # fmt: skip


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_finding(row):
    value, *expected = row
    assert found(value) == expected


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fix_of_one_fault_shows_no_other(row):
    value, *expected = row
    assert set(found(json.loads(fix(value)))) <= set(expected)


CLEAN = {
    "fields named like keywords": schema(required=text("Whether a deposit is asked for"), **{"$ref": text("Our reference"), "$id": text("Number of the file")}),
    "braces that are printed": schema(a=text("Copied as it is, with braces, such as {net: 30} or {1}"), b=text("Path of the form /orders/{id}")),
    "slashes that are printed": schema(a=text("The reference", pattern="^/[a-z]+/$"), b=text("The path", pattern="/docs/")),
    "units that differ in case": schema({"required": ["unit"]}, unit=text("The unit", enum=["mW", "MW", "other"])),
    "formats of other tools": schema(a={"type": "integer", "description": "Count", "format": "int64"}, b=text(format="uuid4"), c=text(format="decimal"), d=text(format="x-ours")),
    "confidence that authors state": schema(confidence_level=number("Confidence level of the test stated by the authors, in percent")),
    "a figure that a form computes": schema(computed_tax=number("Tax computed, line 16 of the form")),
    "a score without its field": schema(credit_score=number("Score of the bureau")),
    "what is to be done in the document": schema(a=text("To be paid by the tenant"), b=text("To be returned")),
    "alternatives told apart by a tag": schema(paid={"description": "How", "anyOf": [record(kind={"const": "card"}, last4=text("Digits")), record(kind={"const": "wire"}, iban=text("Account"))]}),
}  # fmt: skip


@pytest.mark.parametrize("value", CLEAN.values(), ids=CLEAN)
def test_what_only_looks_like_a_fault_is_none(value):
    assert found(value) == []


@pytest.mark.parametrize(
    ("name", "meant"), [("datetime", "date-time"), ("URL", "uri"), ("mm/dd/yyyy", "date"), ("guid", "uuid")]
)
def test_a_format_that_is_not_known_is_answered_with_the_one_that_is(name, meant):
    [finding] = lint(schema(a=text(format=name)))
    assert meant in finding.remedy
