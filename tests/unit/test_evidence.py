"""What the API says beside a field can be demanded: a score, a citation that exists, a verification."""

from __future__ import annotations

import json

import pytest

from pageschema import check_extraction

SCHEMA = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "total": {"type": "number"},
        "note": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "lines": {
            "type": "array",
            "items": {"type": "object", "properties": {"text": {"type": "string"}, "amount": {"type": "number"}}},
        },
    },
    "required": ["number"],
}
BLOCKS = {"children": [{"id": "/page/0/Page/0", "children": [{"id": "/page/0/Text/1"}, {"id": "/page/0/Table/2"}]}]}


def meta(status, feedback=""):
    return {"extraction_status": "EXTRACTED", "verification": {"status": status, "feedback": feedback}}


def places(violations):
    return [(each.pointer, each.keyword) for each in violations]


def whole(extraction, **more):
    return {"status": "complete", "success": True, "extraction_schema_json": json.dumps(extraction), **more}


def test_nothing_is_demanded_unless_it_is_asked_for():
    assert check_extraction({"number": "1", "number_score": {"score": 1}}, SCHEMA) == []


def test_a_low_score_is_a_violation_of_its_field():
    extraction = {
        "number": "1",
        "number_score": {"score": 2, "reasoning": "blurred"},
        "total": 3.5,
        "total_score": {"score": 4},
        "lines": [{"amount": 1, "amount_score": {"score": 3}}],
    }
    low, nested = check_extraction(extraction, SCHEMA, min_score=4)
    assert places([low, nested]) == [("/number", "score"), ("/lines/0/amount", "score")]
    assert low.message == 'number has a score of 2, below 4: "blurred"'
    assert low.value == 2
    assert check_extraction(extraction, SCHEMA, min_score=2) == []


@pytest.mark.parametrize(
    ("demand", "keyword", "remedy"),
    [
        ({"min_score": 1}, "score", "fetch the result again"),
        ({"require_citations": True}, "citations", "turbo gives none"),
        ({"require_verified": True}, "verification", "balanced mode"),
    ],
)
def test_an_extraction_without_any_evidence_is_one_violation(demand, keyword, remedy):
    (violation,) = check_extraction({"number": "1", "total": 2, "note": "x"}, SCHEMA, **demand)
    assert (violation.pointer, violation.keyword) == ("", keyword)
    assert remedy in violation.remedy


def test_each_value_has_to_cite_a_block():
    extraction = {"number": "1", "number_citations": ["/page/0/Text/1"], "total": 2, "note": "x", "note_citations": []}
    assert places(check_extraction(extraction, SCHEMA, require_citations=True)) == [
        ("/total", "citations"),
        ("/note", "citations"),
    ]


def test_what_was_not_found_or_is_empty_needs_no_evidence():
    extraction = {"number": "1", "number_citations": ["b"], "number_meta": meta("PASS"), "note": None, "lines": []}
    assert check_extraction(extraction, SCHEMA, require_citations=True, require_verified=True) == []


def test_the_evidence_of_a_list_is_that_of_its_items():
    extraction = {
        "number": "1",
        "number_citations": ["b"],
        "tags": ["x"],
        "tags_citations": ["b"],
        "lines": [{"text": "t", "amount": 1}],
        "lines_citations": ["b"],
    }
    assert check_extraction(extraction, SCHEMA, require_citations=True) == []
    del extraction["lines_citations"]
    assert places(check_extraction(extraction, SCHEMA, require_citations=True)) == [
        ("/lines/0/text", "citations"),
        ("/lines/0/amount", "citations"),
    ]


@pytest.mark.parametrize("blocks", [{"json": BLOCKS}, {"json": json.dumps(BLOCKS)}, {"chunks": {"blocks": [BLOCKS]}}])
def test_a_citation_names_a_block_of_the_document_where_the_result_holds_it(blocks):
    extraction = {"number": "1", "number_citations": ["/page/0/Text/1", "/page/9/Text/1"]}
    (violation,) = check_extraction(whole(extraction, **blocks), SCHEMA, require_citations=True)
    assert (violation.pointer, violation.keyword, violation.value) == (
        "/number_citations",
        "citations",
        ["/page/9/Text/1"],
    )
    assert violation.message == "number cites '/page/9/Text/1', no block of the document"
    assert check_extraction(whole(extraction), SCHEMA, require_citations=True) == []
    extraction["number_citations"].pop()
    assert check_extraction(whole(extraction, **blocks), SCHEMA, require_citations=True) == []


def test_only_a_verification_that_passed_verifies():
    extraction = {
        "number": "1",
        "number_meta": meta("FAIL", "the block says 7"),
        "total": 1,
        "total_meta": meta("PASS"),
        "note": "x",
        "tags": ["y"],
        "tags_meta": meta("WARN"),
    }
    failed, missing, warned = check_extraction(extraction, SCHEMA, require_verified=True)
    assert places([failed, missing, warned]) == [
        ("/number", "verification"),
        ("/note", "verification"),
        ("/tags", "verification"),
    ]
    assert failed.message == 'number was not verified: FAIL, "the block says 7"'
    assert missing.message == "note has no verification"
    assert all(each.remedy for each in (failed, missing, warned))


def test_evidence_beside_a_field_that_is_not_there_is_judged_all_the_same():
    extraction = {"number": "1", "total_score": {"score": 1}, "note_citations": ["x"]}
    assert places(check_extraction(extraction, SCHEMA, min_score=3)) == [("/total", "score")]
