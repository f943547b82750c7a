import copy
import json
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


@pytest.fixture
def broken(result):
    extraction = json.loads(result["extraction_schema_json"])
    extraction["items"][0]["amount"] = "12,50"
    return copy.deepcopy(result) | {"extraction_schema_json": json.dumps(extraction)}


def test_a_whole_result_with_siblings_and_nulls_is_fine(project, result):
    assert project.run("check", project.write("r.json", result), "--schema", "billing.models:Invoice").code == 0


def test_a_broken_extraction_is_told_in_the_words_of_the_field(frozen_project, broken):
    ran = frozen_project.run("check", frozen_project.write("r.json", broken), "--schema", "invoice")
    assert ran.code == 1
    assert 'items[0].amount is the text "12,50"' in ran.out


def test_json_lines_are_checked_one_by_one(frozen_project, result, broken):
    lines = "\n".join(json.dumps(result) for result in (result, broken, result))
    ran = frozen_project.run("check", frozen_project.write("r.jsonl", lines), "--schema", "invoice", "--format", "json")
    assert ran.code == 1
    jsonschema.validate(ran.json, json.loads((OUTPUT / "check.schema.json").read_text()))
    assert [(row["line"], row["ok"]) for row in ran.json] == [(1, True), (2, False), (3, True)]
    assert ran.json[1]["violations"][0]["pointer"] == "/items/0/amount"


def test_null_for_an_optional_field_is_a_violation_only_when_strict(frozen_project, result):
    name = frozen_project.write("r.json", result)
    assert frozen_project.run("check", name, "--schema", "invoice", "--strict").code == 1


def test_a_result_without_an_extraction_is_exit_2_with_a_remedy(frozen_project):
    name = frozen_project.write("r.json", {"status": "processing", "success": True, "extraction_schema_json": None})
    ran = frozen_project.run("check", name, "--schema", "invoice")
    assert ran.code == 2
    assert "r.json" in ran.out
    assert "not finished" in ran.out


def test_a_line_that_cannot_be_read_hides_no_other(frozen_project, result, broken):
    lines = "\n".join([json.dumps(result), "{oops", json.dumps(broken), '{"number": "1", "number": "2"}'])
    ran = frozen_project.run("check", frozen_project.write("r.jsonl", lines), "--schema", "invoice", "--format", "json")
    assert ran.code == 2
    jsonschema.validate(ran.json, json.loads((OUTPUT / "check.schema.json").read_text()))
    assert [(row["line"], row["ok"]) for row in ran.json] == [(1, True), (2, False), (3, False), (4, False)]
    assert [row["violations"][0]["keyword"] for row in ran.json[1:]] == ["json", "type", "json"]


def test_a_line_that_is_not_utf_8_or_holds_an_odd_space_hides_no_other(frozen_project, result):
    name = frozen_project.write("r.jsonl", "")
    good = json.dumps(result).encode()
    (frozen_project.root / name).write_bytes(b"\r\n".join([good, b"\xff\xfe", b" ", "\u00a0".encode(), good]))
    ran = frozen_project.run("check", name, "--schema", "invoice", "--format", "json")
    assert ran.code == 2
    assert [(row["line"], row["ok"]) for row in ran.json] == [(1, True), (2, False), (4, False), (5, True)]


def test_a_line_separator_inside_a_text_ends_no_record(frozen_project, result):
    extraction = json.loads(result["extraction_schema_json"]) | {"note": "one\u2028two"}
    line = json.dumps(extraction, ensure_ascii=False)
    ran = frozen_project.run("check", frozen_project.write("r.jsonl", line), "--schema", "invoice")
    assert ran.code == 0


def test_each_way_of_not_being_json_is_told_with_its_remedy(frozen_project, result):
    good = result["extraction_schema_json"]
    texts = {
        f"```json {good}```": "Markdown fence",
        f"{good} Done.": "cut it off there",
        good[:40]: "fetch the whole of it again",
        '{"number": NaN}': "write null",
        '{"number": 1, /* one */ "a": 2}': "take the comments out",
        '{"detail": "Invalid API key provided."}': "mend the request",
        "<html></html>": "it comes from on the way",
        json.dumps({"status": "complete", "success": True, "result_url": "https://x", "expires_in": 60}): "download",
    }
    ran = frozen_project.run(
        "check", frozen_project.write("r.jsonl", "\n".join(texts)), "--schema", "invoice", "--format", "json"
    )
    assert ran.code == 2
    for row, remedy in zip(ran.json, texts.values(), strict=True):
        assert remedy in row["violations"][0]["remedy"]


def test_a_file_with_a_byte_order_mark_says_how_to_save_it(frozen_project, result):
    name = frozen_project.write("r.json", "\ufeff" + json.dumps(result))
    ran = frozen_project.run("check", name, "--schema", "invoice")
    assert ran.code == 2
    assert "save it as UTF-8 without BOM" in ran.out + ran.err


def test_evidence_is_looked_at_where_it_is_asked_for(frozen_project, result):
    extraction = json.loads(result["extraction_schema_json"])
    extraction["items"][0]["amount_score"] = {"score": 2, "reasoning": "blurred"}
    name = frozen_project.write("r.json", result | {"extraction_schema_json": json.dumps(extraction)})
    assert frozen_project.run("check", name, "--schema", "invoice").code == 0
    ran = frozen_project.run("check", name, "--schema", "invoice", "--min-score", "3", "--format", "json")
    assert ran.code == 1
    jsonschema.validate(ran.json, json.loads((OUTPUT / "check.schema.json").read_text()))
    assert ("/items/0/amount", "score") in [(each["pointer"], each["keyword"]) for each in ran.json[0]["violations"]]
    ran = frozen_project.run("check", name, "--schema", "invoice", "--require-citations", "--require-verified")
    assert ran.code == 1
    assert "verification" in ran.out


def test_what_only_an_audit_reads_is_told_to_be_audited(project):
    (project.root / "stored").mkdir()
    project.write("stored.jsonl.gz", "x")
    for name in ("stored", "stored.jsonl.gz"):
        ran = project.run("check", name, "--schema", "billing.models:Invoice")
        assert (ran.code, ran.out) == (2, "")
        assert f"pageschema audit {name}" in ran.err
