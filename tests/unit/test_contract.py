import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from pageschema.contract import (
    EXTRACT_PATH,
    KEY_PLACEHOLDER,
    Answer,
    Contract,
    Draft,
    Strength,
    apply_patch,
)
from pageschema.errors import InvalidContract
from pageschema.schema import Judge
from pageschema.strategies import UPLOADS, minimal_draft
from pageschema.strategies.documents import pdf

CONTRACT = Contract.load()
FOLDER = Path(__file__).parents[2] / "contracts" / "datalab"
HEADERS = {"x-api-key": KEY_PLACEHOLDER, "content-type": "multipart/form-data"}
EVERYTHING = {
    "schema_id": "sch_1",
    "schema_version": "1",
    "checkpoint_id": "chk_1",
    "file_url": "https://files.example.com/invoice.pdf",
    "webhook_url": "https://hooks.example.com/done",
}
MINIMAL = minimal_draft()
SAVED = "/api/v1/extraction_schemas"
SAVED_SCHEMA = {
    "id": 7, "schema_id": "sch_k8Hx9mP2nQ4v", "name": "invoice", "description": None, "schema_json": {"properties": {}},
    "version": 1, "version_history": [], "archived": False, "created": "2026-06-04T00:00:00Z", "updated": None,
}  # fmt: skip
SCHEMA_TEXT = '{"type": "object", "properties": {"total": {"type": "number"}}}'


# ---- the files -----------------------------------------------------------------------------------------------------


def test_the_published_document_is_kept_byte_for_byte():
    recorded = re.search(r"`openapi\.yaml`.*`([0-9a-f]{64})`", (FOLDER / "SOURCE.md").read_text("utf-8"))
    assert hashlib.sha256((FOLDER / "openapi.yaml").read_bytes()).hexdigest() == recorded[1]


def test_document_and_overlay_together_are_valid_openapi():
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(CONTRACT.document)


def test_the_document_as_published_stays_as_it_is_beside_the_one_with_the_overlay():
    assert CONTRACT.upstream == yaml.safe_load((FOLDER / "openapi.yaml").read_text("utf-8"))
    assert "DecodedExtractRequest" not in CONTRACT.upstream["components"]["schemas"]


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "cannot be read"),
        ({"openapi.yaml": "a: [", "overlay.yaml": ""}, "is no YAML"),
        ({"openapi.yaml": "when: 2026-13-45", "overlay.yaml": ""}, "is no YAML"),
        ({"openapi.yaml": "[" * 5_000, "overlay.yaml": ""}, "is no YAML"),
        ({"openapi.yaml": "- a", "overlay.yaml": ""}, "holds no object"),
        ({"openapi.yaml": "a: 1", "overlay.yaml": "actions: 5"}, "has a list of actions"),
        ({"openapi.yaml": "a: 1", "overlay.yaml": "actions: []"}, "not where they should be"),
    ],
)
def test_an_unusable_contract_is_one_clear_error(tmp_path, files, what):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(InvalidContract, match=what) as caught:
        Contract.load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_clause_without_a_source_is_an_error_that_names_its_place():
    overlay = yaml.safe_load((FOLDER / "overlay.yaml").read_text("utf-8"))
    del overlay["actions"][0]["update"]["DecodedExtractRequest"]["allOf"][2]["x-pageschema-clause"]["source"]
    with pytest.raises(InvalidContract, match=r"allOf/2.*source"):
        Contract(CONTRACT.upstream, overlay)


# ---- clauses -------------------------------------------------------------------------------------------------------


def test_every_clause_has_its_own_name_and_says_where_it_comes_from():
    names = [clause.id for clause in CONTRACT.clauses]
    assert len(set(names)) == len(names)
    for clause in CONTRACT.clauses:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", clause.id)
        assert clause.quote.strip()
        assert re.match(r"CONTRACT|DD/|SDK|LIFT", clause.source)
        assert clause.breaks


@pytest.mark.parametrize(
    "clause", [c for c in CONTRACT.clauses if c.source.startswith("CONTRACT")], ids=lambda clause: clause.id
)
def test_what_a_clause_quotes_from_the_document_stands_there(clause):
    text = (FOLDER / "openapi.yaml").read_text("utf-8")
    if clause.quote in " ".join(text.split()):
        return
    # A declaration in short: `max_pages: anyOf integer, null` means that these words stand under that key.
    key, _, said = clause.quote.partition(":")
    declared = [yaml.safe_dump(found) for found in under(yaml.safe_load(text), key)]
    words = re.findall(r"[\w/-]+", said.replace(", in header", ""))
    assert any(all(word in place for word in words) for place in declared), f"not in the document: {clause.quote}"


def under(value, key):
    if isinstance(value, dict):
        for name, child in value.items():
            if name == key:
                yield child
            yield from under(child, key)
    elif isinstance(value, list):
        for child in value:
            yield from under(child, key)


GOOD = {
    "a file and a page schema": MINIMAL,
    "a checkpoint": Draft(fields={**MINIMAL.fields, "checkpoint_id": "chk_1"}),
    "a file URL": Draft(fields={**MINIMAL.fields, "file_url": EVERYTHING["file_url"]}),
    "a saved schema": Draft(fields={"schema_id": "sch_1"}, files=MINIMAL.files),
    "a pinned schema": Draft(fields={"schema_id": "sch_1", "schema_version": 1}, files=MINIMAL.files),
}


@pytest.mark.parametrize("name", GOOD)
def test_each_combination_of_source_and_schema_is_accepted(name):
    ruling = CONTRACT.judge(GOOD[name].encode(), resources=EVERYTHING)
    assert (ruling.answer, ruling.doubts, ruling.reason) == (Answer.ACCEPT, (), "")


@pytest.mark.parametrize(
    ("clause", "number"),
    [(clause, number) for clause in CONTRACT.clauses for number in range(len(clause.breaks))],
    ids=lambda value: value.id if not isinstance(value, int) else str(value),
)
def test_each_break_of_a_clause_breaks_that_clause_and_no_other(clause, number):
    rulings = [
        CONTRACT.judge(apply_patch(draft, clause.breaks[number]).encode(), resources=EVERYTHING)
        for draft in GOOD.values()
    ]
    if clause.binding:
        assert (Answer.REJECT, (clause.id,)) in [(ruling.answer, ruling.clauses) for ruling in rulings]
    else:
        assert (Answer.UNSPECIFIED, (clause.id,)) in [(ruling.answer, ruling.doubts) for ruling in rulings]


def test_a_clause_concerns_only_requests_that_have_what_it_speaks_of():
    plain = CONTRACT.judge(MINIMAL.encode())
    ranged = CONTRACT.judge(Draft(fields={**MINIMAL.fields, "max_pages": 2}, files=MINIMAL.files).encode())
    assert set(ranged.concerned) - set(plain.concerned) == {"max-pages-integer"}
    assert {"api-key", "source-required", "page-schema-properties"} <= set(plain.concerned)


def test_only_documented_and_implied_clauses_can_reject():
    assert {clause.strength for clause in CONTRACT.clauses} == set(Strength)
    assert [c.id for c in CONTRACT.clauses if c.binding] == [
        c.id for c in CONTRACT.clauses if c.strength in {"documented", "implied"}
    ]


def test_what_may_not_exist_at_the_target_is_left_open_until_it_is_named():
    for name, value in EVERYTHING.items():
        fields = {**MINIMAL.fields, name: value}
        if name.startswith("schema"):
            fields = {"schema_id": "sch_1", name: value}
        draft = Draft(fields=fields, files={} if name in {"checkpoint_id", "file_url"} else MINIMAL.files)
        assert CONTRACT.judge(draft.encode()).answer is Answer.UNSPECIFIED
        assert CONTRACT.judge(draft.encode(), resources=EVERYTHING).answer is Answer.ACCEPT


def test_a_document_beyond_the_limits_of_one_request_is_left_open():
    def ruling(pages):
        return CONTRACT.judge(replace(MINIMAL, files={"file": {**UPLOADS[0], "content": pdf(pages)}}).encode())

    assert (ruling(7_000).answer, ruling(7_001).answer) == (Answer.ACCEPT, Answer.UNSPECIFIED)


def test_what_a_webhook_is_told_has_a_shape():
    call = CONTRACT.document["webhooks"]["request-complete"]["post"]["requestBody"]["content"]["application/json"]
    judge = Judge({"allOf": [call["schema"]], "components": CONTRACT.document["components"]})
    assert judge.accepts({"request_id": "r", "request_check_url": "/r", "webhook_secret": None})
    assert not judge.accepts({"request_id": "r"})


def test_a_broken_request_is_rejected_even_where_what_it_names_is_not_known():
    draft = Draft(fields={**MINIMAL.fields, "schema_id": "sch_unknown"}, files=MINIMAL.files)
    assert CONTRACT.judge(draft.encode()).clauses == ("schema-exclusive",)


# ---- requests and answers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "value", "conforms"),
    [
        ("POST", EXTRACT_PATH, 200, {"request_id": "r", "request_check_url": "/x"}, True),
        ("POST", EXTRACT_PATH, 200, {"request_id": "r"}, False),
        ("POST", EXTRACT_PATH, 200, {"request_id": "", "request_check_url": "/x"}, False),
        ("POST", EXTRACT_PATH, 200, {"success": False, "request_id": "", "request_check_url": ""}, True),
        ("POST", EXTRACT_PATH, 200, {"request_id": 7, "request_check_url": "/x"}, False),
        ("POST", EXTRACT_PATH, 200, {"request_id": "r", "request_check_url": "/x", "versions": None, "new": 1}, True),
        ("POST", EXTRACT_PATH, 422, {"detail": [{"loc": ["body", 0], "msg": "m", "type": "t", "input": None}]}, True),
        ("POST", EXTRACT_PATH, 422, {"detail": "one sentence"}, True),
        ("POST", EXTRACT_PATH, 422, {"detail": [{"msg": "m"}]}, False),
        ("POST", EXTRACT_PATH, 422, {}, False),
        ("POST", EXTRACT_PATH, 400, {"detail": "both"}, True),
        ("POST", EXTRACT_PATH, 400, {"error": "both"}, False),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "processing"}, True),
        ("GET", EXTRACT_PATH + "/r", 200, {"success": True}, False),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "complete", "extraction_schema_json": "{}"}, True),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "complete", "extraction_schema_json": {}}, True),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "complete", "extraction_schema_json": []}, False),
        ("GET", EXTRACT_PATH + "/r", 404, {"detail": "gone"}, True),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "complete", "images": {}, "versions": "1", "json": []}, True),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "complete", "total_cost": "1 cent"}, False),
        ("GET", EXTRACT_PATH + "/r", 200, {"status": "a state that is new", "and": "a field"}, True),
        ("POST", SAVED, 200, SAVED_SCHEMA, True),
        ("POST", SAVED, 201, SAVED_SCHEMA, True),
        ("POST", SAVED, 200, {**SAVED_SCHEMA, "schema_json": '{"properties": {}}'}, False),
        ("GET", SAVED + "/sch_1", 200, {**SAVED_SCHEMA, "version": 0}, False),
        ("GET", SAVED + "/sch_1", 404, {"detail": "no such schema"}, True),
        ("PUT", SAVED + "/sch_1", 200, {**SAVED_SCHEMA, "version_history": [1, "of any kind"]}, True),
        ("GET", SAVED, 200, {"schemas": [SAVED_SCHEMA], "total": 1}, True),
        ("GET", SAVED, 200, [SAVED_SCHEMA], False),
    ],
)
def test_an_answer_is_judged_by_the_document_for_its_method_path_and_status(method, path, status, value, conforms):
    judge = CONTRACT.response_judge(method=method, path=path, status=status)
    assert isinstance(judge, Judge)
    assert judge.accepts(value) is conforms


@pytest.mark.parametrize(
    ("method", "path", "status", "known"),
    [
        ("POST", EXTRACT_PATH, 500, True),
        ("POST", EXTRACT_PATH, 529, True),
        ("POST", EXTRACT_PATH, 302, None),
        ("GET", EXTRACT_PATH + "/r", 418, None),
        ("GET", "/elsewhere", 200, None),
        ("DELETE", EXTRACT_PATH, 200, None),
        ("DELETE", SAVED + "/sch_1", 204, True),
    ],
)
def test_an_answer_without_a_shape_is_free_and_one_that_is_not_listed_is_unknown(method, path, status, known):
    assert CONTRACT.response_judge(method=method, path=path, status=status) is known
