import json
from dataclasses import replace
from pathlib import Path

import pytest

from pageschema import fuzzing
from pageschema.contract import EXTRACT_PATH, KEY_PLACEHOLDER, Contract, Exchange, Request, Response, apply_patch
from pageschema.fuzzing import CHECKS
from pageschema.fuzzing.story import Kind, Outcome, Story
from pageschema.strategies import minimal_draft

CONTRACT = Contract.load()
MINIMAL = minimal_draft()
VALID = MINIMAL.encode()
SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}
BROKEN = apply_patch(MINIMAL, CONTRACT.clause("schema-exclusive").breaks[0]).encode()
GET = Request(method="GET", path=f"{EXTRACT_PATH}/r1")


def response(value=None, *, status=200, body=None, content_type="application/json", **more):
    return Response(
        status=status,
        headers=(("Content-Type", content_type),),
        body=json.dumps(value).encode() if body is None else body,
        **more,
    )


def posted(value, *, request=VALID, **more):
    return Exchange(request=request, response=response(value, **more))


def polled(value, **more):
    return Exchange(request=GET, response=response(value, **more))


FAILED = {"status": "failed", "success": False}
ACCEPTANCE = {"success": True, "request_id": "r1", "request_check_url": "/api/v1/extract/r1"}
GOOD_RESULT = {"status": "complete", "success": True, "extraction_schema_json": '{"total": 1, "total_citations": []}'}


def story(*, request=VALID, outcome=Outcome.ACCEPTED, answer=ACCEPTANCE, result=GOOD_RESULT, **more):
    submit = posted(answer, request=request)
    polls = (polled(result),) if result is not None else ()
    made = {"submit": submit, "polls": polls, "ruling": CONTRACT.judge(request), "page_schema": SCHEMA}
    return Story(outcome=outcome, answer=answer, result=result, **{**made, **more})


def refusal(status, detail="no", *, extra=None, **more):
    answer = {"detail": detail} | (extra or {})
    return story(outcome=Outcome.REFUSED, result=None, answer=answer, submit=posted(answer, status=status), **more)


def complete(*, kind=Kind.EXTRACTION, fields=None, expected=None, **changes):
    return story(result=GOOD_RESULT | changes, kind=kind, fields=fields or {}, expected=expected)


def asked(kind, answer, *, status=200, **more):
    told = {"earlier": DONE, "origin": VALID, "outcome": Outcome.STRANGE, **more}
    return Story(submit=polled(answer, status=status), kind=kind, answer=answer, **told)


DONE = story()
MANY = apply_patch(MINIMAL, {"fields": {"max_pages": "many"}}).encode()
MIXED = complete(extraction_schema_json='{"seat": 12}')
OTHER = replace(DONE, page_schema={"properties": {"seat": {"type": "integer"}}})
SAVED = {"schema_json": SCHEMA, "version": 2}
TRACE = 'Traceback (most recent call last):\n  File "/app/x.py", line 3, in f'
COMPLAINTS = [
    ("server-error", story(submit=posted(None, status=500), outcome=Outcome.CRASHED, polls=())),
    ("server-error", story(polls=(polled(None, status=503),), outcome=Outcome.CRASHED)),
    ("no-answer", story(submit=Exchange(request=VALID, fault="no whole answer within 1 s"), polls=())),
    ("undocumented-response", story(submit=posted({"error": "x"}, status=418), polls=())),
    ("undocumented-response", story(submit=posted({"success": True}), polls=())),
    ("undocumented-response", story(submit=posted(None, status=302), polls=())),
    ("undocumented-response", story(submit=posted(ACCEPTANCE, content_type="text/html"), polls=())),
    ("undocumented-response", story(submit=posted(None, body=b"<html>", status=400), polls=())),
    ("undocumented-response", story(polls=(polled({"success": True}),))),
    ("valid-refused", refusal(400)),
    ("valid-refused", story(outcome=Outcome.REFUSED_LATE, result={"status": "failed", "error": "no fields"})),
    ("broken-accepted", story(request=BROKEN)),
    ("nonconforming-extraction", complete(extraction_schema_json='{"total": "1"}')),
    ("nonconforming-extraction", complete(extraction_schema_json="{}")),
    ("nonconforming-extraction", complete(extraction_schema_json='{"total": 1, "total_citations": "p1"}')),
    ("nonconforming-extraction", complete(extraction_schema_json="total: 1")),
    ("nonconforming-extraction", complete(extraction_schema_json=None)),
    (
        "nonconforming-extraction",
        replace(complete(extraction_schema_json='{"else": 1}'), page_schema={"properties": {"total": {}}}),
    ),
    ("endless-poll", story(outcome=Outcome.UNFINISHED, result={"status": "processing"})),
    ("endless-poll", story(outcome=Outcome.UNFINISHED, polls=(polled({"detail": "gone"}, status=404),))),
    ("request-id-reused", story(id_of_another=True)),
    (
        "unknown-id-answered",
        Story(
            submit=polled({"status": "processing"}),
            kind=Kind.UNKNOWN_ID,
            outcome=Outcome.STRANGE,
            answer={"status": "processing"},
        ),
    ),
    ("foreign-check-url", story(foreign_url="https://evil.example.com/r1")),
    ("key-echoed", story(submit=posted(ACCEPTANCE, echoed_key=True))),
    ("key-echoed", story(polls=(polled(GOOD_RESULT, echoed_key=True),))),
    ("internals-leaked", refusal(400, TRACE, request=BROKEN)),
    ("internals-leaked", complete(error='File "/srv/app/main.py", line 12')),
    ("internals-leaked", complete(success=None, error="sqlalchemy.exc.OperationalError")),
    ("other-method-taken", asked(Kind.OTHER_METHOD, ACCEPTANCE)),
    ("allow-missing", asked(Kind.OTHER_METHOD, {"detail": "no"}, status=405)),
    ("result-without-key", asked(Kind.WITHOUT_KEY, GOOD_RESULT)),
    ("dead-check-url", asked(Kind.CHECK_URL, {"detail": "no"}, status=404)),
    ("result-changed", asked(Kind.READ_AGAIN, {"status": "processing"})),
    ("result-changed", asked(Kind.READ_AGAIN, GOOD_RESULT | {"extraction_schema_json": '{"total": 2}'})),
    ("result-changed", asked(Kind.READ_AGAIN, {"detail": "gone"}, status=404)),
    ("ruling-changed", story(kind=Kind.SENT_AGAIN, outcome=Outcome.REFUSED, earlier=DONE)),
    ("ruling-changed", story(kind=Kind.SENT_AGAIN, earlier=replace(DONE, outcome=Outcome.REFUSED_LATE))),
    ("results-mixed", replace(MIXED, kind=Kind.TOGETHER, earlier=OTHER)),
    ("wrong-schema-version", replace(MIXED, kind=Kind.VERSION, expected=OTHER.page_schema)),
    ("saved-schema-changed", asked(Kind.SAVED, {"schema_json": {}, "version": 1}, expected=SAVED)),
    ("saved-schema-changed", asked(Kind.SAVED, SAVED | {"version": 1}, expected=SAVED)),
    ("saved-schema-changed", asked(Kind.SAVED, {"detail": "no"}, status=404, expected=SAVED)),
    ("unknown-resource-accepted", story(kind=Kind.UNKNOWN_RESOURCE, fields={"schema_id": "sch_1"})),
    ("pages-miscounted", complete(page_count=2, kind=Kind.PAGES, expected=3)),
    ("other-mode-used", complete(extraction_mode="balanced", fields={"extraction_mode": "fast"})),
    ("other-mode-used", complete(output_format="markdown", fields={"output_format": "html"})),
    ("contradictory-answer", story(submit=posted(ACCEPTANCE | {"error": "no pages left"}))),
    ("contradictory-answer", refusal(400, "no", extra={"success": True})),
    ("impossible-figure", complete(page_count=-1)),
    ("impossible-figure", complete(extraction_score_average=87.5)),
    ("error-without-field", refusal(422, [{"loc": ["body"], "msg": "m", "type": "t"}], request=MANY)),
    ("error-without-field", refusal(422, [{"loc": ["body", "file"], "msg": "m", "type": "t"}], request=MANY)),
]
SILENCE = [
    story(),
    refusal(400, request=BROKEN),
    refusal(422, [{"loc": ["body"], "msg": "m", "type": "t"}], request=BROKEN),
    refusal(415, request=BROKEN),
    story(request=BROKEN, outcome=Outcome.REFUSED_LATE, result={"status": "failed", "success": False}),
    story(submit=posted({"detail": "overloaded"}, status=529), outcome=Outcome.BUSY, result=None),
    story(submit=posted({"detail": "slow down"}, status=429), outcome=Outcome.BUSY, result=None),
    complete(extraction_schema_json={"total": 1.5, "total_meta": {"reasoning": "r"}}),
    complete(extraction_schema_json=None, result_url="https://files.example.com/result.json", expires_in=60),
    complete(status="complete", new_member={"a": 1}, error_in="NEWLY_NAMED"),
    replace(complete(extraction_schema_json="{}"), page_schema=None),
    asked(Kind.UNKNOWN_ID, {"detail": "gone"}, status=404),
    asked(Kind.UNKNOWN_ID, FAILED),
    asked(Kind.WITHOUT_KEY, {"detail": "no"}, status=401),
    asked(Kind.WITHOUT_KEY, FAILED),
    asked(Kind.OTHER_METHOD, {"detail": "no"}, status=404),
    asked(Kind.OTHER_METHOD, {"detail": "no"}, status=501),
    asked(Kind.READ_AGAIN, GOOD_RESULT | {"total_cost": 2.5, "extraction_score_average": 4.5}),
    asked(Kind.READ_AGAIN, GOOD_RESULT | {"extraction_schema_json": '{"total": 1, "total_citations": [], "s": 1}'}),
    asked(Kind.READ_AGAIN, {"detail": "slow down"}, status=429),
    asked(Kind.CHECK_URL, {"status": "complete"}),
    asked(Kind.SAVED, SAVED | {"name": "n"}, expected=SAVED),
    story(kind=Kind.SENT_AGAIN, outcome=Outcome.BUSY, earlier=DONE),
    story(kind=Kind.TOGETHER, earlier=OTHER),
    story(kind=Kind.VERSION, expected=OTHER.page_schema),
    complete(page_count=3, kind=Kind.PAGES, expected=3),
    complete(extraction_mode="fast", output_format="markdown, html", fields={"output_format": "html"}),
    complete(success=True, error="", extraction_score_average=None, page_count=0),
    refusal(422, [{"loc": ["body", "n"], "msg": "m", "type": "t"}], request=MANY),
    refusal(422, [{"loc": ["body", "max_pages"], "msg": "m", "type": "t"}], request=MANY),
    refusal(422, "max_pages is no number", request=MANY),
]


@pytest.mark.parametrize(("name", "told"), COMPLAINTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_check_complains_of_what_it_is_for(name, told):
    [check] = [check for check in CHECKS if check.name == name]
    found = list(check.judge(told, CONTRACT))
    assert len(found) == 1
    assert found[0].message
    assert KEY_PLACEHOLDER not in found[0].message


@pytest.mark.parametrize("told", SILENCE)
def test_no_check_complains_of_what_the_contract_allows(told):
    assert [(check.name, found.message) for check in CHECKS for found in check.judge(told, CONTRACT)] == []


def test_a_trace_that_the_request_itself_holds_is_not_the_servers():
    request = replace(BROKEN, body=BROKEN.body + b"Traceback (most recent call last)")
    echoed = story(request=request, outcome=Outcome.REFUSED, answer={"detail": TRACE.partition(":")[0]}, result=None)
    [check] = [check for check in CHECKS if check.name == "internals-leaked"]
    assert list(check.judge(echoed, CONTRACT)) == []


def test_every_check_has_its_own_file_and_explains_itself():
    folder = Path(fuzzing.__file__).parent / "checks"
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert [check.name for check in CHECKS if check.name not in files] == []
    assert len(CHECKS) == len(files)
    assert {name for name, _ in COMPLAINTS} == files
    for check in CHECKS:
        assert all((check.summary.endswith("."), check.why.endswith("."), check.source, check.bad, check.good))


@pytest.mark.parametrize(
    ("kind", "fault", "is_told"),
    [
        (Kind.EXTRACTION, "the connection broke (ReadError)", True),
        (Kind.WIRE, "the connection broke (ReadError)", False),
        (Kind.WIRE, "no whole answer within 1 s", True),
    ],
)
def test_a_server_may_close_the_connection_on_what_it_cannot_parse_but_not_keep_silent(kind, fault, is_told):
    (check,) = [each for each in CHECKS if each.name == "no-answer"]
    silent = story(submit=Exchange(request=VALID, fault=fault), polls=(), kind=kind)
    assert bool(list(check.judge(silent, CONTRACT))) == is_told


def test_an_endpoint_that_says_the_same_page_count_of_every_request_is_held_to_none():
    from pageschema.fuzzing import flows

    constant = [complete(page_count=1) for _ in flows.ASKED]
    assert list(flows.pages(constant)) == []
    right = [complete(page_count=asked) for _, asked in flows.ASKED]
    assert len(list(flows.pages(right))) == len(flows.ASKED)
