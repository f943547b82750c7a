"""What people and machines read."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml

from pageschema import report
from pageschema.audit.summary import Evidence
from pageschema.audit.totals import AuditReport, BrokenSample, Total
from pageschema.conformance import Violation
from pageschema.contract import KEY_PLACEHOLDER, Draft, Request
from pageschema.contract.review import Review, ReviewedClause, Standing
from pageschema.contract.upstream import DocumentChange
from pageschema.errors import InvalidConfiguration
from pageschema.evolution import Change, Comparison
from pageschema.finding import Finding, Origin, Severity
from pageschema.fuzzing import ClauseCount, Failure, FuzzResult
from pageschema.project.beginning import SetupStep
from pageschema.project.drift import Status
from pageschema.project.freezing import Freezing
from pageschema.project.results import CheckedResult
from pageschema.project.saved import SavedVersion
from pageschema.project.steps import Step
from pageschema.project.units import Unit
from pageschema.project.verification import Problem, Section, VerifyReport
from pageschema.report import Terminal
from pageschema.report.github import escape_message, escape_property
from pageschema.report.layout import compact, printable

SCHEMAS = Path(__file__).parents[2] / "docs" / "reference" / "output"
SARIF = jsonschema_rs.Draft4Validator(
    json.loads(Path(__file__).with_name("report").joinpath("sarif-schema-2.1.0.json").read_text("utf-8"))
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    [
        "\x1b[31mred",
        "\u202egnp.exe",
        "\x9b2J",
        "a\r\n::error::b",
        "\ud800",
        "\ufffe",
        "]]>",
        "[a](http://b)",
        "{0}",
        "%0A",
    ]
)


def finding(**changed):
    origin = Origin(file="schemas/invoice/model.py", line=2, model="Invoice", field="total")
    values = {
        "code": "PS604",
        "name": "missing-description",
        "severity": Severity.WARNING,
        "message": "field 'total' has no description",
        "remedy": 'say what it holds: Field(description="…")',
        "pointer": "/properties/total",
        "origin": origin,
    }
    return Finding(**(values | changed))


@st.composite
def hostile_findings(draw):
    origin = Origin(
        file=draw(st.none() | HOSTILE), line=draw(st.none() | st.integers(1, 3)), model=draw(st.none() | HOSTILE)
    )
    texts = {name: draw(HOSTILE) for name in ("code", "name", "message", "remedy", "pointer")}
    return finding(severity=draw(st.sampled_from(Severity)), origin=origin, **texts)


def is_safe(text):
    return all(row.isprintable() for row in text.split("\n"))


def draft(**changed):
    fields = {"page_schema": {"json": {"type": "object", "properties": {"a": {"type": "string"}}}}, "mode": "fast"}
    files = {"file": {"filename": "bill.pdf", "content_type": "application/pdf", "content": b"%PDF-1.7"}}
    return Draft(fields=fields | changed.get("fields", {}), files=changed.get("files", files))


def failure(**changed):
    values = {
        "check": "broken-accepted",
        "clause": "mode-known",
        "message": "accepted mode 'slow'",
        "request": draft().encode(),
    }
    return Failure(**(values | changed))


def run(*failures, **changed):
    clauses = {
        "mode-known": ClauseCount(strength="implied", valid=20, broken=12, failed=1),
        "api-key": ClauseCount(strength="documented", valid=9, broken=5),
    }
    values = {
        "base_url": "http://127.0.0.1:8000",
        "seed": 7,
        "requests": 500,
        "accepted": 200,
        "unspecified": 30,
        "pages": 1240,
        "clauses": clauses,
        "failures": failures,
    }
    return FuzzResult(**(values | changed))


def comparison(*changes, **changed):
    values = {"old": "invoice@1.2.0", "new": "invoice@2.0.0", "backward": "no", "forward": "unknown", "bump": "major"}
    values |= {"witnesses": {"backward": {"a": "x" * 900}}, "reasons": {"forward": "a pattern stands in the way"}}
    return Comparison(changes=changes, **(values | changed))


# Findings for people


def test_a_finding_opens_with_a_place_to_click_and_ends_with_what_to_do():
    source = "class Invoice(BaseModel):\n\ttotal: float\n"
    text = report.findings_text([finding()], sources={"schemas/invoice/model.py": source}, schemas=2)
    assert text.splitlines() == [
        "schemas/invoice/model.py:2: PS604 warning: field 'total' has no description (missing-description)",
        "      2 │     total: float",
        '  say what it holds: Field(description="…")',
        "",
        "1 warning in 2 page schemas",
    ]


def test_findings_of_one_file_stand_together_in_the_order_of_their_lines():
    places = [("b.json", 9), ("a.json", 1), ("b.json", 3)]
    text = report.findings_text([finding(origin=Origin(file=file, line=number)) for file, number in places])
    assert re.findall(r"^(\S+:\d+): ", text, re.MULTILINE) == ["b.json:3", "b.json:9", "a.json:1"]


@pytest.mark.parametrize(
    ("origin", "pointer", "place"),
    [
        (Origin(file="a.json", line=4), "/x", "a.json:4"),
        (Origin(file="a.json"), "/x", "a.json#/x"),
        (Origin(file="a.json"), "", "a.json"),
        (Origin(), "/x", "#/x"),
        (Origin(), "", "#"),
    ],
)
def test_a_finding_without_a_line_is_placed_by_its_pointer(origin, pointer, place):
    assert report.findings_text([finding(origin=origin, pointer=pointer)]).startswith(f"{place}: PS604")


def test_the_closing_line_counts_by_severity_and_what_fix_would_mend():
    findings = [finding(severity=Severity.ERROR, fixable=True), finding(), finding()]
    assert report.findings_text(findings).splitlines()[-1] == "1 error, 2 warnings; 1 fixable with --fix"


def test_a_line_with_several_findings_is_shown_once():
    origin = Origin(file="a.json", line=1)
    text = report.findings_text([finding(origin=origin), finding(origin=origin)], sources={"a.json": "{}"})
    assert text.count("1 │ {}") == 1
    assert text.count("a.json:1: ") == 2


def test_no_findings_is_said_and_not_silence():
    assert report.findings_text([], schemas=6) == "no findings in 6 page schemas\n"


def test_lines_are_counted_as_editors_count_them():
    origin = Origin(file="m.py", line=2)
    text = report.findings_text([finding(origin=origin)], sources={"m.py": "a = '\x0c\u2028'\r\nb = 1\r\n"})
    assert "2 │ b = 1" in text


# What reaches a terminal


@given(st.lists(hostile_findings(), max_size=3), st.text(max_size=60), st.sampled_from([None, 60, 200]))
def test_no_text_of_a_schema_can_steer_the_terminal(findings, source, width):
    sources = {each.origin.file: source for each in findings if each.origin.file}
    assert is_safe(report.findings_text(findings, sources=sources, terminal=Terminal(width=width)))


@given(HOSTILE, st.binary(max_size=60))
def test_no_answer_of_a_provider_can_steer_the_terminal(text, body):
    headers = (("X-API-Key", KEY_PLACEHOLDER), ("content-type", "multipart/form-data; boundary=b"), (text, text))
    requests = [
        Request(method="POST", path=f"/{text}", headers=headers, body=body),
        draft(fields={"mode": printable(text)}).encode(),
        draft(files={"file": {"filename": printable(text), "content": body}}).encode(),
    ]
    failures = [failure(message=text, clause=text, request=request, replay=text) for request in requests]
    assert is_safe(report.fuzz_text(run(*failures, stopped=text)))
    assert is_safe(report.replay_text(failures[0], failures[1]))


@given(HOSTILE, st.recursive(st.none() | st.floats() | HOSTILE, lambda v: st.lists(v) | st.dictionaries(HOSTILE, v)))
def test_no_extraction_or_change_can_steer_the_terminal(text, value):
    violation = Violation(pointer=text, keyword=text, message=text, value=value, remedy=text)
    change = Change(pointer=text, kind=text, message=text, breaks=("backward",), witness=value)
    compared = comparison(change, old=text, reasons={"forward": text}, witnesses={"backward": [value]})
    row = dict.fromkeys(["name", "version", "state", "message", "remedy", "file", "previous", "bump"], text)
    row |= {"line": 1, "digest": text, "path": text, "backward": text, "forward": text}
    row |= {"changes": [change.as_json()], "readers": [text]}
    reader = {"name": text, "version": text, "verdict": "no", "witness": value, "already": True}
    judged = row | {"readers": [reader], "against": [{"version": text, "backward": "no", "forward": text}] * 2}
    unit = Unit(kind=text, name=text, summary=text, code=text, standing=text, why=text, source=text, bad=text, fix=text)
    problem = Problem(where=text, message=text, remedy=text)
    part = Section(name=text, summary=text, problems=(problem,), notes=(text,))
    for shown in (
        report.violations_text(text, [violation]),
        report.comparison_text(compared),
        report.status_text([judged], closing=text),
        report.freeze_text([judged]),
        report.log_text([row]),
        report.explain_text(unit),
        report.units_text([unit]),
        report.verify_text(VerifyReport(root=text, sections=(part,), seed=0)),
    ):
        assert is_safe(shown)


@given(hostile_findings(), st.integers(50, 300))
def test_colour_and_wrapping_add_nothing_and_lose_nothing(found, width):
    plain = report.findings_text([found])
    coloured = report.findings_text([found], terminal=Terminal(colour=True))
    wrapped = report.findings_text([found], terminal=Terminal(colour=True, width=width))
    assert ANSI.sub("", coloured) == plain
    assert ANSI.sub("", wrapped).split() == plain.split()


def test_a_path_longer_than_the_terminal_stays_whole():
    file = "schemas/" + "x" * 150 + ".json"
    text = report.findings_text([finding(origin=Origin(file=file, line=1))], terminal=Terminal(width=60))
    assert f"{file}:1:" in text.splitlines()[0]
    assert all(len(row) <= 60 for row in text.splitlines()[1:])


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_terminal_gets_only_what_its_encoding_can_say(encoding):
    found = finding(message="größe 総額", origin=Origin(file="m.py", line=1))
    text = report.findings_text([found], sources={"m.py": "é = 1"}, terminal=Terminal(encoding=encoding))
    text.encode(encoding)
    assert ("総額" in text) == (encoding == "utf-8")


def test_a_pipe_gets_neither_colour_nor_wrapping(capsys):
    with capsys.disabled():
        assert Terminal.of(SimpleNamespace(isatty=lambda: False, encoding="latin-1")) == Terminal(encoding="latin-1")


@given(HOSTILE)
def test_printable_text_is_left_alone_and_the_rest_is_escaped_once(text):
    assert printable(text).isprintable()
    assert printable(printable(text)) == printable(text)
    assert not text.isprintable() or printable(text) == text


def test_a_value_is_shown_as_json_cut_short_whatever_it_is():
    assert compact({"a": [1, "ü"]}) == '{"a": [1, "ü"]}'
    assert compact(float("nan")) == "NaN"
    assert len(compact("x" * 1000)) == 120


# Findings for machines


def test_a_format_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InvalidConfiguration, match="sarif"):
        report.findings_report([], "yaml")


@given(st.lists(hostile_findings(), max_size=3))
def test_json_says_the_same_to_a_parser_and_nothing_to_a_terminal(findings):
    text = report.findings_report(findings, "json")
    assert is_safe(text)
    assert json.loads(text) == [found.as_json() for found in findings]


def read_command(command):
    """Read a workflow command as the runner does."""
    properties, _, message = command.removesuffix("\n").partition(" ")[2].partition("::")
    pairs = dict(pair.split("=", 1) for pair in properties.split(","))

    def unescape(text):
        for sign, escape in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
            text = text.replace(escape, sign)
        return text

    return {name: unescape(value) for name, value in pairs.items()}, unescape(message)


@given(HOSTILE, HOSTILE)
def test_the_runner_of_github_reads_back_what_was_escaped(message, title):
    command = f"::error title={escape_property(title)}::{escape_message(message)}\n"
    assert read_command(command) == ({"title": title}, message)


@given(hostile_findings())
def test_a_finding_is_one_annotation_whatever_it_says(found):
    text = report.findings_github([found])
    assert text.count("\n") == 1
    assert is_safe(text)
    properties, message = read_command(text)
    assert properties["title"] == printable(f"{found.code} {found.name}")
    assert message.startswith(printable(found.message))


def test_an_annotation_names_file_line_and_remedy():
    text = report.findings_github([finding(origin=Origin(file="/p/a,b:c%.json", line=3))], root="/p")
    assert text == (
        "::warning file=a%2Cb%3Ac%25.json,title=PS604 missing-description,line=3::field 'total' has no description"
        '%0Asay what it holds: Field(description="…")\n'
    )


RULES = [SimpleNamespace(code="PS604", name="missing-description", summary="what", why="because", bad="{}", good="[]")]


def test_a_sarif_log_has_what_the_standard_and_github_require():
    findings = [finding(severity=Severity.NOTE), finding(severity=Severity.ERROR, origin=Origin(file="/p/ü b.json"))]
    text = report.findings_sarif(findings, rules=[*RULES, SimpleNamespace(code="PS001")], root="/p", version="1.2.3")
    assert text.count("\n") == 1
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    (rule,) = run_["tool"]["driver"]["rules"]
    assert rule["id"] == "PS604"
    assert rule["helpUri"] == finding().url
    assert rule["shortDescription"] == {"text": "what"}
    assert run_["invocations"][0]["executionSuccessful"] is True
    assert [result["level"] for result in run_["results"]] == ["error", "note"]
    worst, least = run_["results"]
    assert worst["ruleId"] == rule["id"]
    assert worst["ruleIndex"] == 0
    assert "field 'total' has no description" in worst["message"]["text"]
    assert worst["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "%C3%BC%20b.json", "uriBaseId": "%SRCROOT%"}
    }
    assert least["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}


@given(st.lists(hostile_findings(), max_size=3))
def test_a_sarif_log_is_one_to_its_schema_with_plain_uris_and_no_foreign_link(findings):
    log = json.loads(report.findings_sarif(findings))
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    assert len(results) == len(findings)
    for result in results:
        assert not re.search(r"\[[^]]*\]\(", result["message"]["text"])
        for location in result["locations"]:
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "")
            assert re.fullmatch(r"[A-Za-z0-9/._~%:-]*", uri)


def test_a_sarif_log_past_githubs_limit_keeps_the_worst_and_says_so():
    findings = [finding(severity=Severity.NOTE, pointer=f"/properties/field_{n}") for n in range(25_000)]
    text = report.findings_sarif(findings + [finding(severity=Severity.ERROR)] * 2)
    assert len(gzip.compress(text.encode(), 1)) < 10_000_000
    (run_,) = json.loads(text)["runs"]
    assert len(run_["results"]) == 25_000
    assert [result["level"] for result in run_["results"][:3]] == ["error", "error", "note"]
    (notification,) = run_["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("2 results left out")


@given(st.lists(hostile_findings(), max_size=4), st.booleans())
def test_junit_is_xml_with_a_case_a_finding_whatever_they_say(findings, strict):
    text = report.findings_junit(findings, strict=strict)
    suite = ET.fromstring(text.encode())[0]
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failing = sum(found.severity in grave for found in findings)
    assert suite.attrib["tests"] == str(len(findings) or 1) == str(len(suite.findall("testcase")))
    assert suite.attrib["failures"] == str(failing) == str(len(suite.findall("testcase/failure")))


def test_junit_is_read_by_a_reader_of_junit():
    (suite,) = JUnitXml.fromstring(report.findings_junit([finding(severity=Severity.ERROR)]).encode())
    (case,) = suite
    assert case.classname == "schemas/invoice/model.py"
    assert case.result[0].message == "field 'total' has no description"
    assert "say what it holds" in case.result[0].text
    (suite,) = JUnitXml.fromstring(report.findings_junit([]).encode())
    assert [case.is_passed for case in suite] == [True]


def test_gitlab_gets_a_relative_path_a_line_and_a_severity_of_its_own():
    absolute = finding(severity=Severity.ERROR, origin=Origin(file="/p/a.json", line=5))
    entries = json.loads(report.findings_gitlab([absolute, finding(origin=Origin())], root="/p"))
    assert entries[0]["location"] == {"path": "a.json", "lines": {"begin": 5}}
    assert entries[1]["location"]["lines"]["begin"] == 1
    assert [entry["severity"] for entry in entries] == ["major", "minor"]
    assert entries[0]["check_name"] == "PS604"


def prints(findings):
    gitlab = [entry["fingerprint"] for entry in json.loads(report.findings_gitlab(findings))]
    results = json.loads(report.findings_sarif(findings))["runs"][0]["results"]
    return gitlab, [result["partialFingerprints"]["pageschema/v1"] for result in results]


@given(st.lists(hostile_findings(), max_size=5), st.integers(1, 50))
def test_a_fingerprint_is_unique_and_survives_moved_lines_and_new_words(findings, shift):
    moved = [
        replace(each, message="other", origin=replace(each.origin, line=(each.origin.line or 0) + shift))
        for each in findings
    ]
    for before, after in zip(prints(findings), prints(moved), strict=True):
        assert before == after
        assert len(set(before)) == len(findings)


# The contract run


def test_a_failure_says_what_was_sent_in_words_as_curl_and_as_a_file_to_replay():
    sent = draft(fields={"page_range": "", "max_pages": " 5"}).encode()
    text = report.fuzz_text(run(failure(request=sent, count=3, replay=".pageschema/failures/a.json")))
    assert "broken-accepted.mode-known: accepted mode 'slow' (3 times)\n" in text
    words = dict(re.findall(r"^  (\w[\w-]*)  +(.*)$", text, re.MULTILINE))
    assert words["sent"] == "POST /api/v1/extract"
    assert words["page_schema"] == '{"type":"object","properties":{"a":{"type":"string"}}}'
    assert words["page_range"] == '""'
    assert words["max_pages"] == '" 5"'
    assert words["file"] == "bill.pdf, application/pdf, 8 bytes"
    assert "http://127.0.0.1:8000/api/v1/extract" in text
    assert "\n  pageschema replay .pageschema/failures/a.json\n" in text


def test_the_curl_line_is_printed_whole_at_any_width():
    found = failure()
    text = report.fuzz_text(run(found), terminal=Terminal(width=60))
    assert found.curl("http://127.0.0.1:8000") in text


def test_a_request_too_long_for_a_line_is_left_to_replay():
    upload = {"file": {"filename": "big.pdf", "content": b"x" * 100_000}}
    text = report.fuzz_text(run(failure(request=draft(files=upload).encode(), replay="f.json")))
    assert "big.pdf, no content type, 100,000 bytes" in text
    assert "replay it instead" in text
    assert len(text) < 3_000


def test_a_body_that_is_no_form_is_shown_as_it_went_out():
    body = Request(
        method="POST", path="/api/v1/extract", headers=(("Content-Type", "application/json"),), body=b'{"a":1}'
    )
    assert 'application/json: {"a":1}' in report.fuzz_text(run(failure(request=body)))
    torn = replace(body, headers=(("Content-Type", "multipart/form-data; boundary=x"),))
    assert "malformed multipart body" in report.fuzz_text(run(failure(request=torn)))


def test_clauses_are_listed_where_they_failed_and_all_of_them_on_request():
    assert "api-key" not in report.fuzz_text(run())
    table = report.fuzz_text(run(), verbose=True)
    assert re.search(r"mode-known +implied +20 +12 +1\n", table)
    assert re.search(r"api-key +documented +9 +5 +0\n", table)


def test_a_clean_run_says_how_much_it_asked():
    text = report.fuzz_text(run())
    assert text.startswith(
        "500 requests to http://127.0.0.1:8000, seed 7: 200 accepted, 30 on which the contract is silent"
    )
    assert "Each of the 2 binding clauses was kept at least 9 times and broken at least 5 times." in text
    assert text.endswith("no failure: the endpoint keeps its contract\n")


def test_a_run_without_an_endpoint_says_that_it_asked_the_embedded_emulator():
    text = report.fuzz_text(replace(run(), embedded=True))
    assert text.startswith("500 requests to the embedded emulator, seed 7: ")
    assert "127.0.0.1" not in text.partition("\n")[0]


def test_a_run_that_stopped_early_does_not_claim_that_all_is_well():
    text = report.fuzz_text(run(stopped="the minimal valid request is refused"))
    assert "stopped early: the minimal valid request is refused" in text
    assert "keeps its contract" not in text


def test_a_clause_that_was_never_broken_is_named():
    clauses = {"api-key": ClauseCount(strength="documented", valid=9), "odd": ClauseCount(strength="assumed")}
    assert "never broken: api-key\n" in report.fuzz_text(run(clauses=clauses))


def test_a_replay_says_whether_the_failure_is_still_there():
    assert "broken-accepted.mode-known: no longer fails" in report.replay_text(failure(), None)
    again = report.replay_text(failure(), failure(message="accepted it again"), base_url="http://127.0.0.1:1")
    assert again.startswith("still fails\nbroken-accepted.mode-known: accepted it again\n")
    assert "http://127.0.0.1:1/api/v1/extract" in again


# Comparisons, extractions, versions


REQUIRED = Change(pointer="/properties/total", kind="required-added", message="is required now", breaks=("backward",))


def test_a_comparison_says_who_breaks_and_shows_it():
    text = report.comparison_text(comparison(replace(REQUIRED, witness={"a": 1})))
    assert text.startswith("invoice@1.2.0 → invoice@2.0.0\nstored extractions (backward):  no ")
    assert "\nold readers (forward):          unknown a pattern stands in the way\n" in text
    told = "/properties/total: is required now (required-added): breaks stored extractions\n"
    assert told + '  shown by  {"a": 1}\n' in text
    assert 'the old version accepts and the new one refuses:\n  {"a": "xxx' in text
    assert max(map(len, text.splitlines())) < 420


def test_an_instance_that_a_change_has_shown_is_not_shown_again():
    shown = comparison(replace(REQUIRED, witness={"a": 1}), witnesses={"backward": {"a": 1}})
    assert report.comparison_text(shown).count('{"a": 1}') == 1
    nothing = comparison(replace(REQUIRED, breaks=()), witnesses={"backward": None})
    assert "refuses:\n  null\n" in report.comparison_text(nothing)


def test_a_comparison_without_changes_says_so():
    same = comparison(old=None, backward="yes", forward="yes", bump="none", witnesses={}, reasons={})
    assert report.comparison_text(same).endswith("none\n\nnothing changed\n")


def test_a_violation_names_file_line_and_pointer_what_stands_there_and_what_to_do():
    violation = Violation(pointer="/total", keyword="type", message="is text", value="12,50", remedy="make it a number")
    results = [
        CheckedResult(file="r.jsonl", line=3, violations=(violation, violation)),
        CheckedResult(file="ok.json", line=None, violations=()),
    ]
    text = report.checked_text(results)
    assert text.startswith('r.jsonl:3#/total: is text (type)\n  value  "12,50"\n  make it a number\n')
    assert text.endswith("1 of 2 extractions breaks the schema: 2 violations\n")
    assert report.checked_text(results[1:]) == "1 extraction, none breaks the schema\n"


CURRENT = Status(name="invoice", version="1.2.0", state="current", file="m.py", line=4).as_json()
DRIFTED = CURRENT | {"state": "drifted", "message": "the model has changed", "remedy": "freeze it"}
FROZEN = Freezing(
    name="invoice",
    state="frozen",
    version="2.0.0",
    previous="1.2.0",
    bump="major",
    backward="no",
    forward="yes",
    path="schemas/invoice/2.0.0.json",
).as_json()
FIRST = Step(name="invoice", version="1.2.0", digest="ab" * 32, path="schemas/invoice/1.2.0.json")
STEP = replace(FIRST, version="2.0.0", previous="1.2.0", comparison=comparison(REQUIRED)).as_json()


def test_status_shows_each_schema_and_what_to_do_about_those_that_drifted():
    text = report.status_text([CURRENT, DRIFTED | {"name": "bank-statement"}])
    assert re.search(r"^✓  invoice +1\.2\.0  current$", text, re.MULTILINE)
    assert re.search(r"^✗  bank-statement  1\.2\.0  drifted$", text, re.MULTILINE)
    assert "m.py:4: bank-statement: the model has changed\n  freeze it\n" in text
    assert text.endswith("1 current, 1 drifted\n")
    assert report.status_text([]).startswith("no schema here yet\n")


def test_freeze_says_what_it_wrote_and_what_it_refused():
    refused = FROZEN | {"state": "refused", "path": None, "message": "backward is no", "remedy": "undo the change"}
    text = report.freeze_text([FROZEN, refused])
    assert "✓  invoice  2.0.0  frozen   major from 1.2.0: backward no, forward yes\n" in text
    assert "invoice: backward is no\n  undo the change\n" in text
    assert text.endswith("1 version frozen, 1 refused\n")
    assert report.freeze_text([FROZEN | {"state": "unchanged", "bump": None}]).endswith("nothing to freeze\n")


def test_log_shows_each_version_with_its_verdict_and_the_command_for_the_rest():
    text = report.log_text([FIRST.as_json(), STEP | {"changes": STEP["changes"] * 12}])
    assert text.startswith("invoice 1.2.0  abababababab")
    assert "\n  major from 1.2.0: backward no, forward unknown\n" in text
    assert "    /properties/total: is required now: breaks stored extractions\n" in text
    assert "    2 more changes: pageschema diff invoice@1.2.0 invoice@2.0.0\n" in text


UNIT = Unit(
    kind="rule",
    name="missing-description",
    code="PS604",
    standing="warning",
    summary="a bare field",
    why="the model guesses",
    source="api-overview",
    bad='{\n  "a": 1\n}',
    good="{}",
    fix="safe",
)


def test_a_unit_is_explained_with_why_examples_and_source():
    text = report.explain_text(UNIT)
    assert text.startswith(
        "PS604 missing-description  lint rule, warning\n\nflags a bare field\n\nwhy\n  the model guesses\n"
    )
    assert '\nbad\n  {\n    "a": 1\n  }\n' in text
    assert "\nfix\n  pageschema lint --fix mends it\n" in text
    assert text.endswith("\nsource\n  api-overview\n")


def test_the_list_of_units_goes_by_kind():
    text = report.units_text([UNIT, Unit(kind="fault", name="hangs", summary="never answers")])
    assert text.startswith(
        "lint rules\n  PS604  missing-description  a bare field\n\nfaults of the emulator\n  hangs  never answers\n"
    )


# The main job


def section(name, *problems, notes=(), seconds=0.5):
    return Section(name=name, summary="6 schemas", problems=problems, notes=notes, seconds=seconds)


WRONG = Problem(
    where="schemas/invoice/1.2.0.json",
    message="changed since it was frozen\n(digest 3fa1… was 9c07…)",
    remedy="restore it from version control",
)


def verified(*sections, **more):
    return VerifyReport(root="shop", sections=sections, seed=7, **more)


def test_the_report_of_the_main_job_puts_what_is_wrong_first_and_says_what_the_exit_code_means():
    text = report.verify_text(verified(section("lint", notes=("m.py:3: PS604 …",)), section("schemas", WRONG)))
    assert text.splitlines() == [
        "pageschema verify: shop, seed 7",
        "",
        "✗  schemas   0.5 s  1 problem; 6 schemas",
        "✓  lint      0.5 s  6 schemas",
        "",
        "schemas: 1 problem",
        "  schemas/invoice/1.2.0.json: changed since it was frozen",
        "    (digest 3fa1… was 9c07…)",
        "    restore it from version control",
        "",
        "lint: 1 note, nothing that fails",
        "  m.py:3: PS604 …",
        "",
        "1 problem: exit code 1, something that was promised does not hold (2 sections, 1.0 s)",
    ]


def test_a_project_that_is_well_is_told_so_in_one_line_a_section():
    text = report.verify_text(verified(section("schemas"), section("endpoint")), terminal=Terminal(encoding="ascii"))
    assert text.splitlines()[2:] == [
        "ok    schemas    0.5 s  6 schemas",
        "ok    endpoint   0.5 s  6 schemas",
        "",
        "all is well: exit code 0, nothing to do (2 sections, 1.0 s)",
    ]


def test_a_long_line_of_the_main_job_breaks_no_other_on_a_terminal_of_80_columns():
    long = replace(section("endpoint"), summary="requests to the emulator, " * 4)
    rows = report.verify_text(verified(section("schemas"), long), terminal=Terminal(width=80)).splitlines()[2:]
    assert rows[0] == "✓  schemas    0.5 s  6 schemas"
    assert rows[1].startswith("✓  endpoint   0.5 s  requests to")


def test_a_report_of_a_thousand_problems_is_still_read_in_a_minute():
    text = report.verify_text(verified(section("lint", *[WRONG] * 1000, notes=("n",) * 1000)))
    assert len(text.splitlines()) < 60
    assert "990 more: pageschema verify --format json" in text
    assert text.splitlines()[-1].startswith("1,000 problems: exit code 1")


def test_no_value_is_shown_of_what_could_not_be_read_and_null_is_where_it_stands():
    def shown(keyword):
        violation = Violation(pointer="", keyword=keyword, message="m", value=None, remedy="r")
        return report.violations_text("a.json", [violation])

    assert "value" not in shown("json")
    assert "value  null" in shown("type")


# The JSON that scripts read


VIOLATION = Violation(pointer="/total", keyword="type", message="is text", value="12,50", remedy="make it a number")
RUN = run(failure(replay="f.json"), failure(clause=None))
BROKEN = verified(section("lint", WRONG, notes=("n",)), fuzz=RUN).as_json()
DIFF = comparison(REQUIRED).as_json()
SAVED = SavedVersion(
    name="invoice", version="1.0.0", state="unchanged", schema_id="sch_1", schema_version=1, origin="http://127.0.0.1:1"
)

AUDITED = AuditReport(
    schema="invoice@1.0.0",
    complete=True,
    files=1,
    records=3,
    broken=1,
    skipped=0,
    totals=(
        Total(
            schema="invoice@1.0.0",
            pointer="/total",
            keyword="type",
            count=1,
            records=1,
            samples=(BrokenSample(file="a.jsonl", line=2, offset=40, violation=VIOLATION),),
        ),
    ),
    fits=((("invoice@1.0.0",), 2),),
    evidence={"/total": Evidence(asked=3, present=2, null=1, scored=1, score=5)},
)

OUTPUTS = {
    "audit": AUDITED.as_json(),
    "lint": [finding().as_json(), finding(origin=Origin(), pointer="").as_json()],
    "status": [CURRENT, DRIFTED],
    "freeze": [FROZEN],
    "log": [STEP, FIRST.as_json()],
    "diff": DIFF,
    "check": [CheckedResult(file="a.jsonl", line=1, violations=(VIOLATION,)).as_json()],
    "fuzz": RUN.as_json(),
    "replay": RUN.as_json()["failures"][0],
    "explain": [UNIT.as_json()],
    "verify": BROKEN,
    "lint-statistics": json.loads(report.statistics_report([finding()], "json")),
    "push": [SAVED.as_json()],
    "pull": [SAVED.as_json()],
    "init": [SetupStep(name="pyproject.toml", state="done", message="names invoice").as_json()],
    "contract-diff": Review(
        changes=(DocumentChange(pointer="/servers", kind="changed", message="servers was [] and is [1]"),),
        clauses=(ReviewedClause(id="api-key", strength="documented", standing=Standing.LOST, reason="gone"),),
        failing_actions=("overlay.yaml#/actions/3: target matches nothing",),
    ).as_json(),
}


def output_judge(name):
    return jsonschema_rs.validator_for(json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8")))


def mutilated(value):
    """Yield *value* with one member of one object left out, each once; free-form members stay whole."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            for smaller in mutilated(item):
                yield [*value[:index], smaller, *value[index + 1 :]]
    elif isinstance(value, dict):
        for name, member in value.items():
            yield {key: each for key, each in value.items() if key != name}
            if name == "clauses" and isinstance(member, dict):
                for clause, counts in member.items():
                    yield from (value | {name: member | {clause: smaller}} for smaller in mutilated(counts))
            elif name not in {"headers", "witness", "value", "backward", "forward"}:
                yield from (value | {name: smaller} for smaller in mutilated(member))


def test_every_json_output_has_a_published_schema():
    assert {path.name.removesuffix(".schema.json") for path in SCHEMAS.iterdir()} == set(OUTPUTS)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_published_schema_takes_the_output_and_notices_any_missing_or_unknown_member(name):
    judge, output = output_judge(name), OUTPUTS[name]
    judge.validate(output)
    damaged = list(mutilated(output))
    assert len(damaged) >= 4
    assert [each for each in damaged if judge.is_valid(each)] == []
    inner = output[0] if isinstance(output, list) else output
    wider = inner | {"surprise": 1}
    assert not judge.is_valid([wider] if isinstance(output, list) else wider)


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("replay", None),
        ("verify", verified(section("lint")).as_json()),
        ("status", []),
        ("status", [CURRENT | {"version": None, "state": "no model", "file": None, "line": None}]),
        ("check", [CheckedResult(file="-", line=None, violations=()).as_json()]),
        ("freeze", [FROZEN | dict.fromkeys(["previous", "bump", "backward", "forward"])]),
    ],
)
def test_a_published_schema_takes_what_is_null_or_empty_by_right(name, output):
    output_judge(name).validate(output)


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("diff", DIFF | {"witnesses": {}}),
        ("diff", DIFF | {"forward": "maybe"}),
        ("diff", DIFF | {"backward": "yes"}),
        ("status", [DRIFTED | {"message": ""}]),
        ("freeze", [FROZEN | {"path": None}]),
        ("freeze", [FROZEN | {"state": "refused"}]),
        ("check", [{"file": "-", "line": None, "ok": False, "violations": []}]),
        ("verify", BROKEN | {"sections": []}),
        ("lint", [finding().as_json() | {"line": 0}]),
    ],
)
def test_a_published_schema_refuses_a_verdict_without_its_evidence(name, output):
    assert not output_judge(name).is_valid(output)
