"""A newer upstream document is held against the clauses before it takes the old one's place."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pageschema.contract import Contract
from pageschema.contract.openapi import read_yaml
from pageschema.contract.overlay import apply_overlay
from pageschema.contract.review import review_upstream
from pageschema.errors import InvalidContract, InvalidSchema

CONTRACT = Contract.load()
FOLDER = Path(__file__).parent / "upstream"
BODY = "/components/schemas/Body_extract_api_v1_extract_post"
OPERATION = "/paths/~1api~1v1~1extract/post"


def newer(name: str):
    return apply_overlay(CONTRACT.upstream, read_yaml(FOLDER / f"{name}.yaml"))


def standings(document) -> dict[str, tuple[str, str]]:
    review = review_upstream(CONTRACT, document)
    return {
        clause.id: (clause.standing.value, clause.reason)
        for clause in review.clauses
        if clause.standing.value != "kept"
    }


def test_the_document_itself_changes_nothing():
    review = review_upstream(CONTRACT, copy.deepcopy(CONTRACT.upstream))
    assert review.as_json() == {"changes": [], "clauses": [], "overlay": []}
    assert not review.breaks


def test_every_clause_says_where_in_the_document_it_stands():
    fields = CONTRACT.body_schema["properties"]
    for clause in CONTRACT.clauses:
        assert clause.anchors, clause.id
        assert all(anchor in fields or anchor in {"/security", "/requestBody"} for anchor in clause.anchors), clause.id


def test_modes_that_are_listed_contradict_what_was_assumed_of_them():
    assert standings(newer("modes")) == {
        "extraction-mode-listed": (
            "contradicted",
            "the document now declares extraction_mode='turbo', which the clause refuses",
        ),
        "output-format-listed": ("touched", "the form field output_format is described otherwise"),
    }
    changes = {(change.pointer, change.kind) for change in review_upstream(CONTRACT, newer("modes")).changes}
    assert (f"{BODY}/properties/extraction_mode/default", "added") in changes
    assert (f"{OPERATION}/responses/400", "added") in changes
    assert (f"{BODY}/properties/extraction_mode/description", "reworded") in changes


def test_what_moved_away_takes_its_clauses_along():
    assert standings(newer("moved")) == {
        "api-key": ("contradicted", "the document now takes the key in another way"),
        "form-body": ("contradicted", "the document now takes application/json"),
        "schema-version-from-one": ("touched", "the form field schema_version is described otherwise"),
        "schema-version-integer": (
            "contradicted",
            "the document now declares schema_version='latest', which the clause refuses",
        ),
        "schema-version-needs-schema-id": ("touched", "the form field schema_version is described otherwise"),
        "workflowstepdata-id-integer": ("lost", "the form field workflowstepdata_id is gone"),
    }


def test_a_field_that_must_be_sent_and_one_that_is_new_are_held_against_the_clauses():
    found = standings(newer("scores"))
    assert found["schema-required"] == (
        "contradicted",
        "the document now requires page_schema, which the clause lets be left out",
    )
    assert found["known-fields"] == (
        "contradicted",
        "the document now has the form field include_scores, which the clause does not know",
    )
    assert found["page-schema-properties"] == (
        "touched",
        "its sentence no longer stands at the form field page_schema",
    )
    assert found["webhook-url-https"] == ("touched", "the form field webhook_url is deprecated")
    assert "source-required" not in found


def test_an_action_that_no_longer_applies_is_named_and_the_others_are_tried():
    document = copy.deepcopy(CONTRACT.upstream)
    del document["components"]["schemas"]["HTTPValidationError"]["properties"]["detail"]
    review = review_upstream(CONTRACT, document)
    (reason,) = review.failing_actions
    assert "HTTPValidationError.properties.detail" in reason
    assert review.breaks


def test_a_component_that_was_only_renamed_and_other_operations_are_no_change():
    document = copy.deepcopy(CONTRACT.upstream)
    schemas = document["components"]["schemas"]
    schemas["ExtractForm"] = schemas.pop("Body_extract_api_v1_extract_post")
    content = document["paths"]["/api/v1/extract"]["post"]["requestBody"]["content"]
    content["multipart/form-data"]["schema"]["$ref"] = "#/components/schemas/ExtractForm"
    document["paths"]["/api/v1/convert"] = {"post": {"summary": "Convert"}}
    review = review_upstream(CONTRACT, document)
    assert review.as_json() == {"changes": [], "clauses": [], "overlay": []}


def test_a_document_without_the_endpoint_is_refused():
    with pytest.raises(InvalidContract, match=r"describes no POST /api/v1/extract"):
        review_upstream(CONTRACT, {"openapi": "3.1.0", "paths": {}})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.data())
def test_any_damage_to_the_document_is_told_and_never_a_crash(data):
    document = copy.deepcopy(CONTRACT.upstream)
    places = [("components", "schemas", "Body_extract_api_v1_extract_post", "properties"), ("paths",), ("components",)]
    holder = document
    for key in data.draw(st.sampled_from([(), *places])):
        holder = holder[key]
    key = data.draw(st.sampled_from(sorted(holder)))
    holder[key] = data.draw(JSON.filter(lambda value: value != holder[key]))
    try:
        review = review_upstream(CONTRACT, document)
    except (InvalidContract, InvalidSchema):
        return
    if key not in {"info", "openapi", "security"}:
        assert review.changes


def test_a_reference_that_leads_round_ends():
    document = copy.deepcopy(CONTRACT.upstream)
    schemas = document["components"]["schemas"]
    schemas["InitialResponse"]["properties"] = {
        name: {"$ref": "#/components/schemas/InitialResponse"} for name in "abcdefgh"
    }
    assert review_upstream(CONTRACT, document).changes
