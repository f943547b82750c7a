import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from pageschema.client import ExtractClient
from pageschema.contract import (
    EXTRACT_PATH,
    KEY_PLACEHOLDER,
    Answer,
    Contract,
    Draft,
    Part,
    Request,
    apply_patch,
    multipart,
)
from pageschema.contract.decode import read_parts
from pageschema.emulator import Emulator
from pageschema.fuzzing.probe import Prober
from pageschema.fuzzing.resources import save_schema
from pageschema.fuzzing.story import Outcome
from pageschema.strategies import UPLOADS, broken_drafts, extract_requests, page_schema_values, valid_drafts

CONTRACT = Contract.load()
HEADERS = {"x-api-key": KEY_PLACEHOLDER, "content-type": "multipart/form-data"}
EVERYTHING = {
    "schema_id": "sch_1",
    "schema_version": "1",
    "checkpoint_id": "chk_1",
    "file_url": "https://x.example/a.pdf",
    "webhook_url": "https://hooks.example.com/done",
}
KNOWN = {name: EVERYTHING[name] for name in ("file_url", "webhook_url")}
VALID = valid_drafts(CONTRACT, resources=EVERYTHING)

# ---- any bytes -----------------------------------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8"))
CONTENT_TYPES = st.one_of(
    st.sampled_from(
        ["multipart/form-data; boundary=x", "multipart/form-data", "application/json", "multipart/form-data; boundary="]
    ),
    TEXT,
    st.text(),
)
SCRAPS = st.sampled_from(
    [
        b"--x\r\n", b"--x--\r\n", b"\r\n", b"\n", b'Content-Disposition: form-data; name="page_schema"\r\n\r\n', b"{}",
        b'Content-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n', b"%PDF-",
        b'{"properties": {"a": {}}}', b"name=", b'"', b"\\", b";", b"--", b"\x00", b"\xff",
    ]
)  # fmt: skip


@given(content_type=CONTENT_TYPES, body=st.one_of(st.binary(), st.lists(SCRAPS).map(b"".join)))
def test_any_bytes_get_a_ruling_and_the_same_one_again(content_type, body):
    headers = (("x-api-key", KEY_PLACEHOLDER), ("content-type", content_type))
    request = Request(method="POST", path=EXTRACT_PATH, headers=headers, body=body)
    ruling = CONTRACT.judge(request)
    assert ruling == CONTRACT.judge(replace(request))
    assert bool(ruling.clauses) is (ruling.answer is Answer.REJECT)
    assert bool(ruling.reason) is (ruling.answer is Answer.UNSPECIFIED)


@given(draft=VALID, at=st.integers(0), scrap=st.one_of(SCRAPS, st.binary(max_size=4)), cut=st.integers(0, 3))
def test_a_valid_body_with_a_change_anywhere_gets_a_ruling(draft, at, scrap, cut):
    request = draft.encode()
    at %= len(request.body) + 1
    changed = replace(request, body=request.body[:at] + scrap + request.body[at + cut :])
    assert CONTRACT.judge(changed, resources=EVERYTHING).answer in set(Answer)


# ---- there and back ------------------------------------------------------------------------------------------------

NAMES = st.text(st.characters(codec="utf-8", exclude_characters='"\\%\r\n\x00'), min_size=1)
PARTS = st.builds(
    Part,
    name=NAMES,
    content=st.binary(),
    filename=st.none() | NAMES,
    content_type=st.none() | st.sampled_from(["text/plain", "application/pdf"]),
)


@given(st.lists(PARTS))
def test_the_parts_of_a_request_are_read_back_as_they_were(parts):
    request = multipart(parts, headers=HEADERS)
    assert read_parts(request.body, request.header("content-type").partition(";")[2]) == parts


@given(
    page_schema=page_schema_values(),
    upload=st.sampled_from(UPLOADS),
    fields=st.fixed_dictionaries(
        {},
        optional={
            "max_pages": st.integers(-999_999_999, 999_999_999),
            "skip_cache": st.booleans(),
            "mode": TEXT.filter(bool),
            "webhook_url": TEXT.filter(bool),
            "unheard of": TEXT.filter(bool),
        },
    ),
)
def test_a_draft_is_decoded_to_what_it_holds(page_schema, upload, fields):
    draft = Draft(fields={"page_schema": {"json": page_schema}, **fields}, files={"file": upload})
    decoded = CONTRACT.decode(draft.encode())
    assert decoded.opaque is None
    assert len(decoded.readings) == 1
    [reading] = decoded.readings
    assert reading["fields"] == draft.fields
    assert reading["files"]["file"]["filename"] == upload["filename"]
    assert reading["files"]["file"]["size"] == len(upload["content"])


# ---- what is generated ---------------------------------------------------------------------------------------------


@given(VALID)
def test_a_valid_draft_breaks_no_clause(draft):
    assert CONTRACT.judge(draft.encode(), resources=EVERYTHING).answer is not Answer.REJECT


@pytest.mark.parametrize("clause", [clause for clause in CONTRACT.clauses if clause.binding], ids=lambda c: c.id)
@settings(max_examples=20)
@given(data=st.data())
def test_a_broken_draft_breaks_its_clause_and_no_other(clause, data):
    draft = data.draw(broken_drafts(CONTRACT, clause=clause, valid=VALID, resources=EVERYTHING))
    assert CONTRACT.judge(draft.encode(), resources=EVERYTHING).clauses == (clause.id,)


@pytest.mark.parametrize("resources", [EVERYTHING, {}], ids=["all resources", "none"])
def test_nine_of_ten_valid_drafts_are_accepted_and_the_others_left_open(resources):
    answers = Counter()

    @seed(1)
    @settings(max_examples=400, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(valid_drafts(CONTRACT, resources=resources))
    def count(draft):
        answers[CONTRACT.judge(draft.encode(), resources=resources).answer] += 1

    count()
    assert answers[Answer.REJECT] == 0
    assert answers[Answer.ACCEPT] >= 0.9 * answers.total()


def test_requests_for_a_test_of_ones_own_are_valid_or_broken_in_one_place():
    answers = Counter()

    @seed(1)
    @settings(max_examples=300, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(extract_requests(CONTRACT))
    def count(request):
        ruling = CONTRACT.judge(request)
        answers[ruling.answer] += 1
        assert len(ruling.clauses) <= 1

    count()
    assert answers[Answer.ACCEPT] > answers[Answer.REJECT] > answers[Answer.UNSPECIFIED]


# ---- oracle and emulator -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prober():
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        prober = Prober(client=client, contract=CONTRACT, patience=60)
        prober.resources = {**KNOWN, **save_schema(client, {"properties": {"total": {}}})}
        yield prober


def agree(prober, request):
    told = prober.tell(request)
    if told.ruling.answer is Answer.ACCEPT:
        assert told.outcome is Outcome.ACCEPTED, told.answer
    elif told.ruling.answer is Answer.REJECT:
        assert told.outcome in {Outcome.REFUSED, Outcome.REFUSED_LATE}, told.ruling
    else:
        assert told.outcome in {Outcome.ACCEPTED, Outcome.REFUSED, Outcome.REFUSED_LATE}, told.ruling
    return told.ruling.answer


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(draft=valid_drafts(CONTRACT, resources=KNOWN))
def test_the_emulator_takes_what_the_oracle_accepts(prober, draft):
    agree(prober, draft.encode())


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(draft=valid_drafts(CONTRACT, resources=KNOWN), data=st.data())
def test_the_emulator_refuses_what_the_oracle_rejects(prober, draft, data):
    clause = data.draw(st.sampled_from(CONTRACT.clauses))
    patch = data.draw(st.sampled_from(clause.breaks))
    agree(prober, apply_patch(draft, patch, resources=prober.resources).encode())


VALUES = {
    "max_pages": ["", "0", "-1", "+5", " 5", "5.0", "1_0", "1e1", "0x1", "null", "2.5", "many", "3", "9" * 30],
    "skip_cache": ["", "1", "no", "True", "TRUE", "maybe", "null", "2"],
    "page_range": ["", "0", "0-0", "1-0", "0,,0", " 0 ", "all", "one", "0;1", "9", "-1", "1-"],
    "mode": ["", "fast", "turbo", "FAST"],
    "extraction_mode": ["", "fast", "turbo"],
    "output_format": ["", "json", "chunks", "docx"],
    "processing_location": ["", "us", "mars"],
    "webhook_url": ["", "https://hooks.example.com/", "ftp://x", "\x00"],
    "schema_version": ["", "1", "latest", "1.0"],
    "schema_id": ["", "sch_unknown"],
    "checkpoint_id": ["", "chk_unknown"],
    "file_url": ["", EVERYTHING["file_url"]],
    "workflowstepdata_id": ["", "7", "x"],
    "model_override_settings": ["", "{}"],
    "language": ["", "en"],
    "page_schema": [
        "", "null", "[]", "{}", "{", "x", '"x"', "NaN", '{"properties": {}}', '{"properties": []}',
        '{"properties": {"a": {"type": "money"}}}', '{"properties": {"a": {}}, "properties": 1}',
        '{"properties": {"a": NaN}}', '{"properties": null}', '{"properties": {"a": false}}',
        '{"properties": {"a": {"const": "\\ud800"}}}', "\ufeff" + '{"properties": {"a": {}}}',
        '{"properties": {"a": ' * 120 + "{}" + "}}" * 120, '{"properties": {"a": {"$ref": "#"}}}',
        '{"properties": {"a": {"$ref": "#/$defs/B"}}}', '{"type": "string", "properties": {"a": {}}}',
    ],
}  # fmt: skip
FILES = [
    *(Part(name="file", **UPLOADS[n]) for n in range(3)),
    Part(name="file", content=b"", filename="a.pdf"),
    Part(name="file", content=b"text", filename="a.txt", content_type="text/plain"),
    Part(name="file", content=UPLOADS[0]["content"]),
    Part(name="file", content=UPLOADS[0]["content"], filename=""),
]  # fmt: skip
GOOD_SCHEMA = Part(name="page_schema", content=json.dumps({"properties": {"a": {"type": "string"}}}).encode())
ODD_PARTS = st.sampled_from(
    [Part(name=name, content=text.encode()) for name, texts in VALUES.items() for text in texts]
    + FILES
    + [Part(name="mode", content=b"\xff"), Part(name="mode", content=b"fast", filename="m")]
    + [replace(GOOD_SCHEMA, content_type="application/json"), replace(GOOD_SCHEMA, filename="s.json")]
)
FORMS = st.one_of(
    st.lists(ODD_PARTS, max_size=3).map(lambda parts: [FILES[0], GOOD_SCHEMA, *parts]),
    st.lists(ODD_PARTS, max_size=2).map(lambda parts: [FILES[0], *parts]),
    st.lists(ODD_PARTS, max_size=2).map(lambda parts: [GOOD_SCHEMA, *parts]),
    st.lists(ODD_PARTS, max_size=4),
)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMS)
def test_oracle_and_emulator_agree_on_forms_that_nobody_would_send(prober, parts):
    agree(prober, multipart(parts, headers=HEADERS))


def test_each_odd_part_beside_a_good_form_is_something_that_both_agree_on(prober):
    parts = [Part(name=name, content=text.encode()) for name, texts in VALUES.items() for text in texts]
    answers = Counter()
    for part in parts:
        good = [FILES[0]] if part.name in {"page_schema", "schema_id"} else [FILES[0], GOOD_SCHEMA]
        answers[agree(prober, multipart([*good, part], headers=HEADERS))] += 1
    assert min(answers[answer] for answer in Answer) > 5
