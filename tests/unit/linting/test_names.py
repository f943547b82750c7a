"""Names and descriptions, which are all that the model reads of what an author means."""

# ruff: noqa: E501 - a row of a table stands on a line, or the table cannot be read

from __future__ import annotations

import json
import unicodedata
from functools import partial
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from pageschema import linting
from pageschema.finding import Severity
from pageschema.generation import page_schema
from pageschema.linting import fix

lint = partial(linting.lint, notes=True)

TEXT = {"type": "string", "description": "As printed"}
BARE = {"type": "string"}
NULL = {"type": "null"}


def schema(root=None, **fields):
    """A page schema with *fields*, each described unless it says otherwise, and what else stands at its root."""
    described = {name: {"description": "One.", **field} for name, field in fields.items()}
    return {"type": "object", "properties": described, **(root or {})}


def plain(**fields):
    return {"type": "object", "properties": fields}


def found(value):
    return [(f.name, f.pointer) for f in lint(value) if f.severity is not Severity.NOTE]


def notes(value):
    return [(f.name, f.pointer) for f in lint(value) if f.severity is Severity.NOTE]


def table(*rows):
    """Rows of (name, value, findings); the name is the test's."""
    return pytest.mark.parametrize(("value", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# Names


@table(
    ("citations", schema(a=TEXT, a_citations=TEXT), [("response-suffix-collision", "/properties/a_citations")]),
    ("meta, in an item", schema(a={"type": "array", "items": schema(b=TEXT, b_meta=TEXT)}), [("response-suffix-collision", "/properties/a/items/properties/b_meta")]),
    ("the score of a score", schema(credit_score=TEXT, credit_score_score=TEXT), [("response-suffix-collision", "/properties/credit_score_score")]),
    ("without the field it would belong to", schema(credit_score=TEXT, notes_meta=TEXT, citations=TEXT), []),
    ("with the field elsewhere", schema(credit=TEXT, report={"type": "object", "properties": {"credit_score": TEXT}}), []),
)  # fmt: skip
def test_a_name_collides_only_beside_the_field_whose_sibling_it_is(value, expected):
    assert found(value) == expected


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        ("Invoice Number", "a space", "'Invoice_Number'"),
        ("total.net", "'.'", "'total_net'"),
        ("a/b~c", "'/'", "'a_b_c'"),
        ("price ($)", "a space", "'price'"),
        (" total", "a space", "'total'"),
        ("2nd_line", "starts with a digit", "letters, digits"),
        ("no\u00a0break", "the character U+00A0", "'no_break'"),
        ("x" * 65, "65 characters", "letters, digits"),
        ("", "empty name", "letters, digits"),
        ("$net", "'$'", "'net'"),
    ],
)
def test_a_name_that_is_hard_to_write_is_found_with_a_better_one(name, said, remedy):
    [finding] = [f for f in lint(schema(**{name: TEXT})) if f.name == "awkward-name"]
    assert said in finding.message
    assert remedy in finding.remedy


@pytest.mark.parametrize(
    "name",
    ["total", "totalAmount", "total-amount", "_id", "x" * 64, "line_1", "numéro_de_page", "Größe", "合計金額", "сумма", "مبلغ", "राशि", unicodedata.normalize("NFD", "numéro")],
)  # fmt: skip
def test_letters_of_any_script_make_a_good_name(name):
    assert found(schema(**{name: TEXT})) == []


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("total", "Total", "only their case differs"),
        ("total_amount", "totalAmount", ""),
        ("total_amount", "totalamount", ""),
        ("line_1", "line1", ""),
        ("numéro", unicodedata.normalize("NFD", "numéro"), "composed in another way"),
        ("total", "t\u043etal", "another alphabet"),
        ("A", "\u0391", "another alphabet"),
    ],
)
def test_two_names_that_a_reader_takes_for_one_are_found_at_the_second(one, other, how):
    [finding] = [f for f in lint(schema(**{one: TEXT, other: TEXT})) if f.severity is not Severity.NOTE]
    assert (finding.name, finding.pointer) == ("confusable-names", f"/properties/{other}")
    assert how in finding.message


@table(
    ("other words", schema(total_net=TEXT, total_gross=TEXT), []),
    ("other numbers", schema(q1_1=TEXT, q11=TEXT, line_1=TEXT, line_11=TEXT), []),
    ("one and several", schema(author=TEXT, authors=TEXT), []),
    ("accents", schema(marche=TEXT, marché=TEXT), []),
    ("in two objects", schema(total=TEXT, tax={"type": "object", "properties": {"Total": TEXT}}), []),
    ("in one object below", schema(tax={"type": "object", "properties": {"total": TEXT, "Total": TEXT}}), [("confusable-names", "/properties/tax/properties/Total")]),
)  # fmt: skip
def test_names_that_differ_in_a_letter_or_number_are_told_apart(value, expected):
    assert found(value) == expected


@table(
    ("says nothing", schema(data=TEXT), [("vague-name", "/properties/data")]),
    ("a number", schema(field_1=TEXT, col2=TEXT), [("vague-name", "/properties/field_1"), ("vague-name", "/properties/col2")]),
    ("in an item", schema(a={"type": "array", "items": schema(info=TEXT)}), [("vague-name", "/properties/a/items/properties/info")]),
    ("one half of a pair", schema(a={"type": "array", "items": schema(name=TEXT, value=TEXT)}), []),
    ("a figure and its unit", schema(value=TEXT, unit=TEXT), []),
    ("more than one word", schema(birth_data=TEXT, info_line=TEXT), []),
)  # fmt: skip
def test_a_vague_name_is_a_note(value, expected):
    assert notes(value) == expected
    assert found(value) == []


# Descriptions


TAGGED = {
    "$defs": {
        k: {"type": "object", "properties": {"kind": {"const": k}, "a": TEXT}, "required": ["kind"]}
        for k in ("cat", "dog")
    }
}


@table(
    ("one of two", plain(a=TEXT, b=BARE), [("missing-description", "/properties/b")]),
    ("blank", plain(a=TEXT, b={**BARE, "description": " "}), [("missing-description", "/properties/b")]),
    ("the only field", plain(a=BARE), [("missing-description", "/properties/a")]),
    ("none of several", plain(a=BARE, b={"type": "object", "properties": {"c": BARE}}), [("missing-description", "")]),
    ("in a definition that two fields use", schema({"$defs": {"L": plain(c=TEXT, d=BARE)}}, a={"$ref": "#/$defs/L"}, b={"$ref": "#/$defs/L"}), [("missing-description", "/$defs/L/properties/d")]),
    ("an object, one field of which is undescribed", plain(a={"type": "object", "properties": {"b": TEXT, "c": BARE}}), [("missing-description", "/properties/a"), ("missing-description", "/properties/a/properties/c")]),
    ("by its definition", plain(a={"$ref": "#/$defs/A"}) | {"$defs": {"A": TEXT}}, []),
    ("beside its reference", schema({"$defs": {"A": BARE}}, a={"$ref": "#/$defs/A"}), []),
    ("by its branch", plain(a={"anyOf": [TEXT, NULL]}), []),
    ("by what its items are", plain(a={"type": "array", "items": {"$ref": "#/$defs/A"}}) | {"$defs": {"A": TEXT}}, []),
    ("an object that is described field by field", plain(a={"type": "object", "properties": {"b": TEXT, "c": TEXT}}), []),
    ("and an array of them", plain(a={"type": "array", "items": plain(b=TEXT)}), []),
    ("a tag", plain(kind={"const": "x"}, a=TEXT), []),
    ("what tells branches apart", schema(TAGGED, a={"oneOf": [{"$ref": "#/$defs/cat"}, {"$ref": "#/$defs/dog"}]}), []),
)  # fmt: skip
def test_a_field_is_described_and_a_whole_schema_without_descriptions_is_one_finding(value, expected):
    assert [(name, where) for name, where in found(value) if name != "constant-answer"] == expected


@pytest.mark.parametrize(
    "description",
    ["string", "String", "TODO", "todo: describe", "...", "…", "-", "description", "The description", "Description of the field", "field", "A string", "str", "tbd", "to be added", "N/A", "none", "xxx", "<description>", "[insert description here]", "lorem ipsum dolor sit amet", "placeholder", "Beschreibung", "说明"],
)  # fmt: skip
def test_a_placeholder_is_no_description(description):
    value = plain(issuer={**BARE, "description": description}, b=TEXT)
    assert found(value) == [("placeholder-description", "/properties/issuer/description")]


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("description", "Description"),
        ("text", "The text"),
        ("number", "number"),
        ("tested_on", "Test date"),
        ("issuer", "Company name"),
        ("share", "%"),
        ("code", "[A-Z]{2}"),
        ("value", "The value of the property"),
        ("notes", "Any field that is not listed above"),
        ("emetteur", "Nom de l'émetteur"),
        ("発行日", "日付"),
    ],
)
def test_a_short_description_is_no_placeholder(name, description):
    assert found(plain(**{name: {**BARE, "description": description}})) == []


def test_a_placeholder_below_the_fields_is_found_too():
    value = plain(a={"type": "array", "description": "Who signed", "items": {**BARE, "description": "string"}})
    assert found(value) == [("placeholder-description", "/properties/a/items/description")]


@table(
    ("in the branch", plain(a={"anyOf": [TEXT, NULL]}), [("description-in-branch", "/properties/a/anyOf/0/description")]),
    ("beside it as well", plain(a={"anyOf": [TEXT, NULL], "description": "x y"}), []),
    ("of its own branch each", plain(a={"anyOf": [TEXT, {"type": "integer", "description": "Its number"}]}), []),
    ("in what the branch refers to", plain(a={"anyOf": [{"$ref": "#/$defs/A"}, NULL]}) | {"$defs": {"A": TEXT}}, []),
)  # fmt: skip
def test_a_description_in_the_branch_beside_null_is_a_note(value, expected):
    assert notes(value) == expected


def test_a_description_is_moved_up_and_nothing_else_changes():
    value = plain(a={"anyOf": [NULL, {**TEXT, "maxLength": 3}], "title": "A"})
    moved = {"description": "As printed", "anyOf": [NULL, {**BARE, "maxLength": 3}], "title": "A"}
    assert json.loads(fix(value)) == plain(a=moved)


class Slip(BaseModel):
    shop: Annotated[str, Field(description="Who sold it")] | None = None


def test_a_description_in_the_branch_of_a_model_is_told_in_python():
    [finding] = [f for f in lint(page_schema(Slip, form="pydantic")) if f.name == "description-in-branch"]
    assert (finding.origin.field, finding.fixable) == ("shop", False)
    assert "Annotated[" in finding.remedy


SIX = dict.fromkeys("abcdef", TEXT)


@table(
    ("six fields", plain(**SIX), [("undescribed-root", "")]),
    ("described", plain(**SIX) | {"description": "A slip"}, []),
    ("few", plain(a=TEXT, b=TEXT), []),
)
def test_a_root_of_many_fields_says_what_document_it_is_for(value, expected):
    assert notes(value) == expected


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("invoice_date", "The invoice date."),
        ("invoiceDate", "Date of invoice"),
        ("city", "City"),
        ("Größe", "die Größe"),
    ],
)
def test_a_description_that_repeats_the_name_is_a_note(name, description):
    value = plain(**{name: {**BARE, "description": description}})
    assert notes(value) == [("description-echoes-name", f"/properties/{name}/description")]
    assert found(value) == []


@pytest.mark.parametrize("description", ["Date of issue", "Invoice date, as YYYY-MM-DD", "The day"])
def test_a_word_that_is_not_in_the_name_says_something(description):
    assert notes(plain(invoice_date={**BARE, "description": description})) == []
