"""What is wrong with an extraction is said where it is, in the words of its field, with what to do."""

from __future__ import annotations

import json
import pickle

import pytest

from pageschema.conformance import (
    Conformance,
    ExtractionMismatch,
    assert_extraction,
    check_extraction,
    conformance_schema,
    peel,
    read_result,
)
from pageschema.errors import InvalidJSON, InvalidSchema, NoExtraction
from pageschema.schema import PageSchema, metaschema_fault, second_opinion

LINE = {
    "type": "object",
    "required": ["amount"],
    "properties": {
        "amount": {"type": "number"},
        "note": {"type": "string"},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
    },
    "additionalProperties": False,
}
CARD = {
    "type": "object",
    "required": ["kind", "digits"],
    "properties": {"kind": {"const": "card"}, "digits": {"type": "string"}},
}
BANK = {
    "type": "object",
    "required": ["kind", "iban"],
    "properties": {"kind": {"const": "bank"}, "iban": {"type": "string", "minLength": 15}},
}
INVOICE = {
    "type": "object",
    "required": ["number", "total", "line_items"],
    "properties": {
        "number": {"type": "string", "minLength": 1, "pattern": "^[A-Z0-9-]+$"},
        "total": {"type": "number", "minimum": 0},
        "currency": {"type": "string", "enum": ["EUR", "USD", "other"]},
        "country": {"type": "string", "enum": ["DE", "FR"]},
        "due": {"type": "string", "format": "date"},
        "paid": {"type": "boolean"},
        "pages": {"type": "integer"},
        "credit_score": {"type": "integer"},
        "discount": {"anyOf": [{"type": "number"}, {"type": "null"}]},
        "payment": {"oneOf": [{"$ref": "#/$defs/Card"}, {"$ref": "#/$defs/Bank"}]},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "maxItems": 3},
        "buyer": {"type": "object", "properties": {"name": {"type": "string"}}},
        "numéro de page": {"type": "integer"},
        "line_items": {"type": "array", "items": {"$ref": "#/$defs/Line"}, "minItems": 1},
    },
    "additionalProperties": False,
    "$defs": {"Line": LINE, "Card": CARD, "Bank": BANK},
}
GOOD = {"number": "A-1", "total": 12.5, "line_items": [{"amount": 12.5}]}


def check(schema=INVOICE, *, strict=False, **fields):
    return check_extraction({**GOOD, **fields}, schema, strict=strict)


def places(violations):
    return [(each.pointer, each.keyword) for each in violations]


# The reading


def test_a_good_extraction_has_no_violations():
    assert check() == []
    assert_extraction(GOOD, INVOICE)


def test_the_api_puts_its_own_keys_beside_fields_at_every_depth():
    score = {"score": 4, "reasoning": "clear"}
    extraction = {
        **GOOD,
        "number_citations": ["/page/0/Text/1"],
        "total_score": score,
        "due": None,
        "due_meta": {"extraction_status": "NOT_RESOLVABLE"},
        "line_items_citations": [],
        "payment": {"kind": "card", "kind_citations": [], "digits": "1", "digits_score": score},
        "line_items": [{"amount": 1, "amount_score": {"score": 5}, "parts": [{"amount": 1, "amount_meta": {}}]}],
    }
    assert check_extraction(extraction, INVOICE) == []
    assert check_extraction(extraction | {"due": "2024-12-31"}, INVOICE, strict=True) == []


def test_a_field_that_ends_like_a_sibling_is_a_field():
    assert check(credit_score=700, credit_score_score={"score": 3}) == []
    assert places(check(credit_score={"score": 3})) == [("/credit_score", "type")]
    assert places(check(credit_citations=["x"])) == [("", "additionalProperties")]
    peeled = peel({"credit_score": 1, "credit_score_meta": {}, "total_meta": {}}, INVOICE)
    assert peeled.value == {"credit_score": 1}
    assert dict(peeled.siblings) == {"/credit_score_meta": {}, "/total_meta": {}}


def test_peeling_leaves_its_argument_alone():
    extraction = {**GOOD, "total_meta": {}, "line_items": [{"amount": 1, "amount_meta": {}}]}
    before = json.dumps(extraction)
    check_extraction(extraction, INVOICE)
    assert peel(extraction, INVOICE).value == {**GOOD, "line_items": [{"amount": 1}]}
    assert json.dumps(extraction) == before


@pytest.mark.parametrize(
    ("sibling", "keyword"),
    [
        ({"total_citations": "/page/0"}, "type"),
        ({"total_citations": [1]}, "type"),
        ({"total_meta": []}, "type"),
        ({"total_score": 5}, "type"),
        ({"total_score": {"reasoning": "?"}}, "required"),
        ({"total_score": {"score": "5"}}, "type"),
        ({"total_score": {"score": True}}, "type"),
        ({"total_score": {"score": 4.5}}, "type"),
        ({"total_score": {"score": 0}}, "minimum"),
        ({"total_score": {"score": 6}}, "maximum"),
        ({"total_score": {"score": 6.0, "reasoning": 1}}, "maximum"),
        ({"total_score": {"score": 5, "reasoning": 1}}, "type"),
    ],
)
def test_a_misshapen_sibling_is_a_violation_at_the_sibling(sibling, keyword):
    ((name, _),) = sibling.items()
    (violation,) = check(line_items=[{"amount": 1, name.replace("total", "amount"): sibling[name]}])
    assert violation.message.startswith(f"line_items[0].{name.replace('total', 'amount')} ")
    assert places(check(**sibling)) == [(f"/{name}", keyword)]
    assert (violation.pointer, violation.keyword) == (f"/line_items/0/{name.replace('total', 'amount')}", keyword)


@pytest.mark.parametrize("keyword", ["maxProperties", "propertyNames", "uniqueItems", "unevaluatedProperties"])
def test_siblings_count_for_no_keyword(keyword):
    item = {"type": "object", "properties": {"a": {"type": "integer"}}}
    item |= {"maxProperties": {"maxProperties": 1}, "propertyNames": {"propertyNames": {"maxLength": 1}}}.get(
        keyword, {}
    )
    item |= {"unevaluatedProperties": False} if keyword == "unevaluatedProperties" else {}
    schema = {"type": "object", "properties": {"l": {"type": "array", "items": item}}}
    schema["properties"]["l"]["uniqueItems"] = keyword == "uniqueItems"
    extraction = {"l": [{"a": 1, "a_meta": {"one": 1}}, {"a": 2, "a_meta": {"another": 1}}]}
    assert check_extraction(extraction, schema) == []
    same = {"l": [{"a": 1, "a_meta": {"one": 1}}, {"a": 1, "a_meta": {"another": 1}}]}
    assert places(check_extraction(same, schema)) == ([("/l", "uniqueItems")] if keyword == "uniqueItems" else [])


def test_null_and_absence_are_fine_where_a_field_is_not_required():
    nulls = dict.fromkeys(set(INVOICE["properties"]) - set(INVOICE["required"]))
    assert check(**nulls) == []
    assert check(buyer={"name": None}, line_items=[{"amount": 1, "note": None, "parts": None}]) == []


def test_strictly_null_is_what_the_schema_says_it_is():
    assert check(discount=None, strict=True) == []
    assert places(check(due=None, buyer={"name": None}, strict=True)) == [("/buyer/name", "type"), ("/due", "type")]


def test_null_is_no_value_for_a_required_field_or_an_item():
    violations = check(total=None, tags=[None], line_items=[{"amount": None}, None])
    assert places(violations) == [
        ("/line_items/0/amount", "type"),
        ("/line_items/1", "type"),
        ("/tags/0", "type"),
        ("/total", "type"),
    ]
    assert violations[3].message == "total is null; the schema wants a number"
    assert violations[3].remedy == "leave the field out of 'required' where documents may lack it, or extract again"


@pytest.mark.parametrize(
    ("schema", "extraction", "expected"),
    [
        # A branch may require what others leave open; then null will not do in it.
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": None, "b": "x"}, []),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"a": "x", "b": None}, []),
        ({"allOf": [{"required": ["a"]}]}, {"a": None}, [("/a", "type")]),
        ({"if": {"required": ["b"]}, "then": {"required": ["a"]}}, {"a": None, "b": "x"}, [("/a", "type")]),
        ({"if": {"required": ["b"]}, "then": {"required": ["a"]}}, {"a": None}, []),
        ({"dependentRequired": {"b": ["a"]}}, {"a": None, "b": "x"}, [("/a", "type")]),
        ({"dependentRequired": {"b": ["a"]}}, {"a": "x", "b": None}, []),
        # A null that tells two branches apart is kept.
        (
            {"oneOf": [{"properties": {"c": {"type": "null"}}}, {"properties": {"c": {"type": "string"}}}]},
            {"c": None},
            [],
        ),
        ({"required": ["d"]}, {"d": None}, []),
    ],
)
def test_null_counts_as_absent_where_a_union_or_condition_leaves_it_open(schema, extraction, expected):
    fields = {"a": {"type": "string"}, "b": {"type": "string"}, "d": {"type": ["string", "null"]}}
    schema = {"type": "object", "properties": fields, **schema}
    assert places(check_extraction(extraction, schema)) == expected


def test_siblings_are_known_through_references_unions_conditions_and_maps():
    inner = {"type": "object", "properties": {"x": {"type": "integer"}}, "additionalProperties": False}
    schema = {
        "$id": "https://example.org/invoice",
        "type": "object",
        "properties": {
            "ref": {"$ref": "#/$defs/I"},
            "absolute": {"$ref": "https://example.org/invoice#/$defs/I"},
            "anchor": {"$ref": "#here"},
            "all": {"allOf": [inner]},
            "any": {"anyOf": [{"type": "null"}, inner]},
            "one": {"oneOf": [inner, {"type": "string"}]},
            "map": {"type": "object", "additionalProperties": inner},
            "like": {"type": "object", "patternProperties": {"^k": inner}},
            "pair": {"type": "array", "prefixItems": [{"type": "string"}, inner], "items": False},
            "then": {"if": True, "then": inner},
        },
        "$defs": {"I": inner, "A": {"$anchor": "here", **inner}},
    }
    value = {"x": 1, "x_score": {"score": 1}}
    extraction = dict.fromkeys(schema["properties"], value) | {
        "map": {"k": value},
        "like": {"k": value},
        "pair": ["a", value],
    }
    assert check_extraction(extraction, schema) == []


# Words


@pytest.mark.parametrize(
    ("fields", "pointer", "message", "remedy"),
    [
        (
            {"line_items": [{"amount": 1}, {"amount": 2}, {"amount": "12,50"}]},
            "/line_items/2/amount",
            'line_items[2].amount is the text "12,50"; the schema wants a number',
            "a decimal comma: ask for a decimal point in the field's description, or declare it as a string",
        ),
        ({"total": "1.234,50 €"}, "/total", 'total is the text "1.234,50 €"', "a decimal comma"),
        ({"total": "$1,234.50"}, "/total", 'total is the text "$1,234.50"', "ask for the bare number"),
        ({"total": "12.50"}, "/total", 'total is the text "12.50"', "a number in quotes"),
        ({"total": "< 0,6"}, "/total", 'total is the text "< 0,6"', "ask for the bare number"),
        ({"total": "n/a"}, "/total", 'total is the text "n/a"', "ask for null in the field's description"),
        ({"total": ""}, "/total", "total is an empty text", "ask for null in the field's description"),
        ({"total": -1}, "/total", "total is the number -1, below the minimum of 0", "look at the document"),
        ({"total": True}, "/total", "total is true; the schema wants a number", "declare the field as what comes back"),
        ({"pages": 1.5}, "/pages", "pages is the number 1.5; the schema wants a whole number", "as a number"),
        ({"discount": "x"}, "/discount", 'discount is the text "x"; the schema wants a number or null', "ask for null"),
        ({"number": 17}, "/number", "number is the number 17; the schema wants a text", "leading zeros"),
        ({"number": ""}, "/number", "number is an empty text, shorter than the minLength of 1", "ask for null"),
        (
            {"number": "a 1"},
            "/number",
            'number is the text "a 1", which does not match ^[A-Z0-9-]+$',
            "with an example",
        ),
        ({"paid": "yes"}, "/paid", 'paid is the text "yes"; the schema wants true or false', "when it is true"),
        ({"due": "31/12/2024"}, "/due", "which is not a date (2024-12-31)", "ask for YYYY-MM-DD"),
        ({"due": "2025-02-30"}, "/due", "which is not a day of the calendar", "look at the document"),
        ({"currency": "U"}, "/currency", 'currency is the text "U"', 'did you mean "USD"?'),
        ({"currency": "in EUR"}, "/currency", 'currency is the text "in EUR"', 'did you mean "EUR"?'),
        ({"currency": "eur"}, "/currency", 'the schema allows "EUR", "USD" or "other"', 'did you mean "EUR"?'),
        ({"currency": "zł"}, "/currency", 'currency is the text "zł"', "when to choose 'other'"),
        ({"country": "Italy"}, "/country", 'the schema allows "DE" or "FR"', "a way out such as 'other'"),
        ({"tags": "a"}, "/tags", 'tags is the text "a"; the schema wants a list', "that it is a list"),
        ({"tags": ["a", "a"]}, "/tags", "tags lists an item twice", "'uniqueItems'"),
        (
            {"tags": list("abcd")},
            "/tags",
            "tags is a list of 4, longer than the maxItems of 3",
            "change the bound",
        ),
        ({"buyer": '{"name": "X"}'}, "/buyer", "the schema wants an object", "JSON in a text: decode it"),
        ({"buyer": [{}]}, "/buyer", "buyer is a list of 1; the schema wants an object", "an array of objects"),
        ({"numéro de page": "1"}, "/numéro de page", "'numéro de page' is the text", "a number in quotes"),
        (
            {"line_items": []},
            "/line_items",
            "line_items is an empty list, shorter than the minItems of 1",
            "extract again",
        ),
        ({"line_items": [{}]}, "/line_items/0", "line_items[0] lacks amount, which the schema requires", "'required'"),
        (
            {"line_items": [{"amoumt": 1, "amount": 1}]},
            "/line_items/0",
            "has amoumt, which",
            "declare it in 'properties'",
        ),
        ({"extra": 1, "more": 2}, "", "the extraction has extra and more, which the schema does not declare", "them"),
    ],
)
def test_a_violation_speaks_of_the_field_and_says_what_to_do(fields, pointer, message, remedy):
    (violation,) = check(**fields)
    assert violation.pointer == pointer
    assert message in violation.message
    assert remedy in violation.remedy


def test_a_misspelt_required_field_is_named_in_the_remedy_and_no_other_field_is():
    schema = {"type": "object", "properties": {"total": {}, "total_2": {}}, "required": ["total"]}
    (violation,) = check_extraction({"totals": 1}, schema)
    assert violation.remedy == "totals is there: rename one of the two, or extract again"
    (violation,) = check_extraction({"total_2": 1, "total_meta": {}}, schema)
    assert "total_" not in violation.remedy


@pytest.mark.parametrize(
    ("payment", "expected"),
    [
        ({"kind": "card"}, [("/payment", "required")]),
        ({"kind": "bank", "iban": "short"}, [("/payment/iban", "minLength")]),
        ({"kind": "cash", "digits": 5}, [("/payment/kind", "enum")]),
        ("card", [("/payment", "type")]),
        (5, [("/payment", "type")]),
    ],
)
def test_of_a_union_only_the_branch_that_was_meant_is_worded(payment, expected):
    assert places(check(payment=payment)) == expected


def test_an_unknown_kind_is_told_all_kinds_there_are():
    (violation,) = check(payment={"kind": "cash"})
    assert violation.message == 'payment.kind is the text "cash"; the schema allows "card" or "bank"'


def test_what_fits_two_branches_of_one_of_says_so():
    schema = {"type": "object", "properties": {"n": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}}
    (violation,) = check_extraction({"n": 1}, schema)
    assert (violation.pointer, violation.keyword) == ("/n", "oneOf")
    assert "fits 2 branches" in violation.message


def test_one_of_several_required_names_will_do():
    schema = {"type": "object", "properties": {}, "anyOf": [{"required": ["email"]}, {"required": ["phone"]}]}
    (violation,) = check_extraction({}, schema)
    assert violation.message == "the extraction lacks email or phone, which the schema requires"


@pytest.mark.parametrize(
    "extra",
    [{}, {"unevaluatedProperties": False}, {"properties": {"x": {"$ref": "#/$defs/U/anyOf/0"}}}],
    ids=["hidden unions", "unevaluated", "reference into a union"],
)
def test_unions_are_worded_alike_where_they_cannot_be_hidden_from_the_validator(extra):
    schema = {"type": "object", "properties": {}, "$defs": {"U": {"anyOf": [{"type": "integer"}, CARD]}}, **extra}
    schema["properties"] = {**schema["properties"], "u": {"$ref": "#/$defs/U"}}
    assert places(check_extraction({"u": "x"}, schema)) == [("/u", "type")]
    assert places(check_extraction({"u": {"kind": "card", "digits": 1}}, schema)) == [("/u/digits", "type")]


def test_a_wrong_type_is_not_also_told_that_its_value_is_not_allowed():
    assert places(check(currency=5)) == [("/currency", "type")]


def test_a_broken_member_is_not_also_called_undeclared():
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "unevaluatedProperties": False}
    assert places(check_extraction({"a": 1}, schema)) == [("/a", "type")]
    assert places(check_extraction({"a": 1, "b": 1}, schema)) == [("", "unevaluatedProperties"), ("/a", "type")]


def test_large_values_are_cut():
    (violation,) = check(total="x" * 1_000)
    assert violation.value == "x" * 79 + "…"
    (violation,) = check(total=[[[[1]]]] * 50)
    assert violation.value == [["…"]] * 5 + ["…"]
    assert len(violation.message) < 200


def test_violations_come_in_the_order_of_the_extraction_and_no_more_than_a_hundred():
    violations = check(line_items=[{"amount": "x"}] * 3_000)
    assert [each.pointer for each in violations] == [f"/line_items/{number}/amount" for number in range(100)]


def test_a_failed_assertion_lists_places_words_and_remedies():
    with pytest.raises(ExtractionMismatch) as caught:
        assert_extraction({**GOOD, "total": "12,50", "paid": 1}, INVOICE)
    assert isinstance(caught.value, AssertionError)
    assert [each.pointer for each in caught.value.violations] == ["/paid", "/total"]
    text = str(caught.value)
    assert "in 2 places" in text
    assert '/total: total is the text "12,50"; the schema wants a number' in text
    assert "a decimal comma" in text


def test_a_page_schema_or_its_value_can_be_given():
    assert check(PageSchema.from_value(INVOICE), total="x") == check(total="x")
    with pytest.raises(InvalidSchema):
        check({"type": "object", "properties": {"a": {"type": "text"}}})
    with pytest.raises(InvalidSchema, match="not JSON"):
        check({"properties": {"a": {1}}})


# Results

WHOLE = {"status": "complete", "success": True, "page_count": 1, "extraction_schema_json": json.dumps(GOOD)}


@pytest.mark.parametrize(
    "result",
    [
        GOOD,
        json.dumps(GOOD),
        json.dumps(GOOD).encode(),
        WHOLE,
        {**WHOLE, "extraction_schema_json": GOOD},
        json.dumps(WHOLE),
        {"extraction_schema_json": json.dumps(GOOD)},
        {**WHOLE, "status": "a status of the future"},
    ],
)
def test_a_whole_result_or_the_extraction_alone_can_be_given_as_text_or_value(result):
    assert read_result(result).value == GOOD
    assert check_extraction(result, INVOICE) == []


@pytest.mark.parametrize(
    ("result", "what", "remedy"),
    [
        ({"status": "processing", "success": True}, "not finished (status 'processing')", "fetch the result again"),
        ({"status": "queued", "success": True}, "not finished (status 'queued')", "fetch the result again"),
        ({"success": True, "request_id": "r", "request_check_url": "u"}, "not finished", "fetch the result again"),
        ({**WHOLE, "success": False, "error": "boom " * 40}, 'failed: "boom boom', "extract again"),
        ({"status": "failed", "error": None, "extraction_schema_json": None}, "the extraction failed", "extract again"),
        (
            {"status": "complete", "success": False, "error": "no such type", "error_in": "VALIDATION"},
            'failed: "no such type"',
            "mend the page schema",
        ),
        (
            {**WHOLE, "extraction_schema_json": None, "result_url": "https://x", "expires_in": 3600},
            "stored elsewhere, at its result_url",
            "download that URL within 3600 s",
        ),
        ({**WHOLE, "extraction_schema_json": None}, "is empty", "extract again"),
        ({**WHOLE, "extraction_schema_json": " "}, "is empty", "extract again"),
        ({**WHOLE, "extraction_schema_json": "null"}, "holds null", "extract again"),
        ({"status": "complete", "success": True, "markdown": "#"}, "has no extraction_schema_json", "/extract"),
        ({**WHOLE, "extraction_schema_json": "```json\n{}\n```"}, "is not JSON", "take the Markdown fence"),
        ({**WHOLE, "extraction_schema_json": "Here you are: ```{}```"}, "is not JSON", "take the Markdown fence"),
        ({**WHOLE, "extraction_schema_json": '{"number": "A'}, "is not JSON: it ends in the middle", "extract again"),
        ({**WHOLE, "extraction_schema_json": '{"total": NaN}'}, "NaN is not JSON", "extract again"),
        ({**WHOLE, "extraction_schema_json": "\ufeff{}"}, "byte order mark", "without BOM"),
        ({**WHOLE, "extraction_schema_json": "{} // done"}, "is not JSON", "extract again"),
    ],
)
def test_a_result_without_an_extraction_says_why_and_what_to_do(result, what, remedy):
    for given in (result, json.dumps(result)):
        with pytest.raises(NoExtraction) as caught:
            check_extraction(given, INVOICE)
        assert what in caught.value.what
        assert remedy in caught.value.remedy
        assert len(str(caught.value)) < 300


def test_fields_that_are_called_like_keys_of_a_result_make_no_result_of_an_extraction():
    schema = {"type": "object", "properties": {"status": {"type": "string"}, "success": {"type": "boolean"}}}
    assert check_extraction({"status": "failed", "success": False}, schema) == []
    assert read_result({"status": "failed", "amount": 3}).result is None


def test_an_extraction_encoded_twice_is_read_and_said_to_be():
    twice = {**WHOLE, "extraction_schema_json": json.dumps(json.dumps({**GOOD, "total": "x"}))}
    assert places(check_extraction(twice, INVOICE)) == [("", "encoding"), ("/total", "type")]
    assert read_result(twice).doubly_encoded


def test_raw_line_feeds_inside_of_texts_are_read_as_the_api_means_them():
    text = '{"number": "A-1", "buyer": {"name": "A\nB\tC"}, "total": 1, "line_items": [{"amount": 1}]}'
    assert read_result({**WHOLE, "extraction_schema_json": text}).value["buyer"]["name"] == "A\nB\tC"
    assert check_extraction({**WHOLE, "extraction_schema_json": text}, INVOICE) == []


@pytest.mark.parametrize("extraction", [[GOOD], "text", 5, True])
def test_an_extraction_that_is_no_object_is_a_violation(extraction):
    (violation,) = check_extraction({**WHOLE, "extraction_schema_json": json.dumps(extraction)}, {"properties": {}})
    assert (violation.pointer, violation.keyword) == ("", "type")


@pytest.mark.parametrize(
    "given",
    [
        "",
        "nonsense",
        b"\xff",
        b"\xef\xbb\xbf{}",
        '{"a": NaN}',
        "[" * 2_000,
        '{"total": ' + "9" * 5_000 + "}",
        {"total": float("nan")},
        {"total": float("inf")},
        {"total": 10**5_000},
        {"total": {1, 2}},
        {1: 2},
        {"number": "\ud800"},
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_is_not_json_is_refused_and_never_judged(given):
    with pytest.raises(InvalidJSON) as caught:
        check_extraction(given, INVOICE)
    assert caught.value.remedy


# Hostile input


def nested(depth, leaf):
    for _ in range(depth):
        leaf = {"a": leaf}
    return leaf


BRANCHES = [
    {"type": "object", "properties": {"a": {"$ref": "#/$defs/R"}, "b": {"type": "integer"}}},
    {"type": "object", "properties": {"a": {"$ref": "#/$defs/R"}, "c": {"type": "integer"}}},
    {"type": "integer"},
]


@pytest.mark.parametrize("union", ["anyOf", "oneOf"])
@pytest.mark.parametrize("depth", [1, 16, 200])
def test_a_fault_deep_in_a_recursive_union_is_found_without_trying_every_path(union, depth):
    schema = {"type": "object", "properties": {"r": {"$ref": "#/$defs/R"}}, "$defs": {"R": {union: BRANCHES}}}
    (violation,) = check_extraction({"r": nested(depth, "bad")}, schema)
    assert violation.pointer == "/r" + "/a" * depth


@pytest.mark.parametrize("extra", [{}, {"unevaluatedProperties": False}])
@pytest.mark.parametrize("depth", [300, 490])
def test_what_is_nested_too_deep_to_word_is_still_a_violation(depth, extra):
    schema = {
        "type": "object",
        "properties": {"r": {"$ref": "#/$defs/R"}},
        "$defs": {"R": {"anyOf": BRANCHES}},
        **extra,
    }
    (violation,) = check_extraction({"r": nested(depth, "bad")}, schema)
    assert (violation.pointer, violation.keyword) == ("", "depth")
    assert check_extraction({"r": nested(depth, 1)}, schema) == []


def test_a_schema_of_many_nested_unions_is_worded_for_a_flat_extraction():
    schema = {"type": "integer"}
    for _ in range(45):
        schema = {"anyOf": [{"type": "object", "properties": {"a": schema}}, {"type": "null"}]}
    schema = {"type": "object", "properties": {"r": schema}}
    assert places(check_extraction({"r": {"a": {"a": "bad"}}}, schema)) == [("/r/a/a", "type")]
    assert places(check_extraction({"r": nested(45, "bad")}, schema)) == [("", "depth")]


def test_numbers_compare_exactly_and_large_ones_are_cut():
    schema = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9007199254740992}}}
    assert check_extraction('{"n": 9007199254740992}', schema) == []
    assert places(check_extraction('{"n": 9007199254740993}', schema)) == [("/n", "maximum")]
    (violation,) = check_extraction('{"n": ' + "9" * 3_000 + "}", schema)
    assert len(json.dumps(violation.as_json())) < 500


def test_names_and_texts_are_safe_to_print():
    (violation,) = check(**{"\x1b[31mred\u202e": 1})
    assert "\x1b" not in violation.message
    assert "\u202e" not in violation.message


def test_a_poll_that_says_only_processing_is_no_extraction():
    with pytest.raises(NoExtraction, match="not finished"):
        check_extraction({"status": "processing"}, {"type": "object", "properties": {"total": {"type": "number"}}})


# The conformance schema


def test_a_page_schema_of_objects_lists_references_and_tagged_unions_is_decided_by_one_schema():
    conformance = Conformance(INVOICE)
    assert conformance.is_exact
    assert conformance.accepts(
        {**GOOD, "due": None, "total_score": {"score": 5}, "payment": {"kind": "card", "digits": "1"}}
    )
    assert not conformance.accepts({**GOOD, "total_score": {"score": 6}})
    assert not conformance.accepts([GOOD])
    assert conformance.schema == conformance_schema(INVOICE)


def test_the_conformance_schema_is_a_json_schema_that_any_validator_can_use():
    schema = conformance_schema(INVOICE)
    assert metaschema_fault(schema) is None
    assert second_opinion(schema, {**GOOD, "total_citations": ["x"], "due": None})
    assert not second_opinion(schema, {**GOOD, "total_citations": [1]})
    assert not second_opinion(conformance_schema(INVOICE, strict=True), {**GOOD, "due": None})


@pytest.mark.parametrize(
    "item",
    [{"minProperties": 1}, {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, {"not": {"required": ["a", "b"]}}],
    ids=["count", "overlap", "not"],
)
def test_what_cannot_be_said_of_an_extraction_as_it_came_is_still_decided(item):
    schema = {"type": "object", "properties": {"x": {"properties": {"a": {"type": "integer"}, "b": {}}, **item}}}
    conformance = Conformance(schema)
    assert not conformance.is_exact
    assert conformance.accepts({"x": {"a": 1, "a_meta": {}}})
    assert not conformance.accepts({"x": {"a": "1"}})
    assert not conformance.accepts({"x": {"a": "1", "b": 2}})


def test_a_hostile_schema_is_read_the_slow_way_in_bounded_work():
    names = [f"n{number}" for number in range(300)]
    branches = [{"properties": {name: {"type": "integer"} for name in names}, "additionalProperties": False}] * 120
    conformance = Conformance({"properties": {"x": {"anyOf": branches}}})
    assert conformance.schema == {"not": {}}
    assert conformance.accepts({"x": {"n1": 1, "n1_meta": {}}})
    assert not conformance.accepts({"x": {"n1": "1"}})
    assert places(conformance.violations({"x": {"n1": "1"}})) == [("/x", "anyOf")]


def test_a_compiled_schema_travels_to_another_process():
    there = pickle.loads(pickle.dumps(Conformance(INVOICE, strict=True)))
    assert there.accepts(GOOD)
    assert not there.accepts({**GOOD, "due": None})
