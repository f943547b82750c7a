"""Extractions as they come back broken, one fault each: told at its place, with the remedy of that fault."""

from __future__ import annotations

import pytest

from pageschema import check_extraction

ADDRESS = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "zip": {"type": "string"}},
    "required": ["city"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "issued": {"type": "string", "format": "date"},
        "received": {"type": "string", "format": "date-time"},
        "currency": {"type": "string", "enum": ["EUR", "USD"]},
        "total": {"type": "number"},
        "pages": {"type": "integer"},
        "paid": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "address": ADDRESS,
        "any": {"enum": ["a", "b"]},
        "prices": {"type": "object", "additionalProperties": {"type": "number"}},
        "": {"type": "integer"},
        "deep": {"type": "object", "properties": {"": ADDRESS}},
    },
    "required": ["number"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("total", "12,50", "a decimal comma"),
        ("total", "1.234,50", "a decimal comma"),
        ("total", "1,234.50", "thousands separators"),
        ("total", "1'234", "thousands separators"),
        ("total", "$12.50", "a currency or a unit"),
        ("total", "12.50 EUR", "a currency or a unit"),
        ("total", "19 %", "a percent sign"),
        ("total", "(12.50)", "a negative number in its own way"),
        ("total", "12.50-", "a negative number in its own way"),
        ("total", "10-12", "a range"),
        ("total", "1/2", "a fraction"),
        ("total", "about 12", "a number among words"),
        ("total", "2 of 3", "several numbers"),
        ("total", "12.5", "a number in quotes"),
        ("total", "twelve", "where there is no number"),
        ("total", "N/A", "ask for null"),
        ("total", "-", "ask for null"),
        ("total", "not found", "ask for null"),
        ("total", [12.5], "take its one item"),
        ("total", [1, 2], "declare the field as an array"),
        ("total", {"value": 12.5, "unit": "kg"}, "take its 'value' when reading"),
        ("total", {"sum": 12.5}, "declare the field as an object"),
        ("pages", "2.5", "declare the field as a number"),
        ("paid", "true", "true or false in quotes"),
        ("paid", "yes", "not to write 'yes'"),
        ("paid", 1, "not to write '1'"),
        ("paid", "unknown", "ask for null"),
        ("issued", "2024-12-31T00:00:00Z", "declare it as a date-time"),
        ("issued", "2024", "a year alone"),
        ("issued", "12/2024", "a month alone"),
        ("issued", "03/01/2024", "whether day or month stands first"),
        ("issued", "31.12.2024", "ask for YYYY-MM-DD"),
        ("issued", "n.a.", "ask for null"),
        ("received", "2024-12-31", "a date alone"),
        ("received", "2024-12-31T10:00:00", "seldom say the time zone"),
        ("currency", " eur", 'did you mean "EUR"?'),
        ("currency", "unknown", "ask for null"),
        ("any", ["a"], "take its one item"),
        ("tags", "none", "ask for null"),
        ("tags", {"a": 1}, "put it into a list"),
        ("tags", 5, "put it into a list"),
        ("address", '{"city": "Ulm"}', "JSON in a text"),
        ("total_citations", None, "leave the key out"),
        ("total_score", 5, "report it to the API's provider"),
    ],
)
def test_each_fault_has_its_own_remedy(field, value, remedy):
    (violation,) = check_extraction({"number": "1", field: value}, SCHEMA)
    assert violation.pointer == f"/{field}"
    assert remedy in violation.remedy


@pytest.mark.parametrize(
    ("extraction", "remedy"),
    [
        ({"number": "1", "curency": "EUR"}, "did you mean currency?"),
        ({"number": "1", "Is-Sued": "2024-12-31"}, "did you mean issued?"),
        ({"number": "1", "tax_score": {"score": 1}}, "declare tax, or take the key out"),
        ({"number": "1", "more": 1}, "declare it in 'properties'"),
    ],
)
def test_a_property_too_many_is_told_what_it_was_meant_to_be(extraction, remedy):
    (violation,) = check_extraction(extraction, SCHEMA)
    assert (violation.pointer, violation.keyword) == ("", "additionalProperties")
    assert remedy in violation.remedy


def test_fields_that_stand_one_level_deeper_are_told_so():
    violations = check_extraction({"data": {"number": "1", "total": 2}}, SCHEMA)
    assert "the fields stand one level deeper: give what data holds" in [each.remedy for each in violations]


@pytest.mark.parametrize(
    ("extraction", "pointer", "message"),
    [
        ({"": "x"}, "/", "'' is the text \"x\"; the schema wants a whole number"),
        ({"deep": {"": {"city": 5}}}, "/deep//city", "deep.''.city is the number 5; the schema wants a text"),
        ({"deep": {"": {}}}, "/deep/", "deep.'' lacks city, which the schema requires"),
        ({"": 1, "total": "x"}, "/total", 'total is the text "x"; the schema wants a number'),
    ],
)
def test_a_property_without_a_name_is_pointed_at(extraction, pointer, message):
    (violation,) = check_extraction({"number": "1", **extraction}, SCHEMA)
    assert (violation.pointer, violation.message) == (pointer, message)


def test_null_stands_for_what_was_not_found_in_a_map_too():
    assert check_extraction({"number": "1", "prices": {"a": 1, "b": None}}, SCHEMA) == []
    (violation,) = check_extraction({"number": "1", "prices": {"b": None}}, SCHEMA, strict=True)
    assert violation.pointer == "/prices/b"
    only_patterns = {"properties": {}, "patternProperties": {"^x": {"type": "number"}}, "additionalProperties": False}
    assert check_extraction({"x1": None}, only_patterns) == []
    assert [each.keyword for each in check_extraction({"y1": None}, only_patterns)] == ["additionalProperties"]
