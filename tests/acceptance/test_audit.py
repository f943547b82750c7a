import json
from pathlib import Path

import jsonschema
import pytest

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


@pytest.fixture
def stored(frozen_project, result):
    """Three results: fine, broken, fine."""
    extraction = json.loads(result["extraction_schema_json"])
    extraction["items"][0]["amount"] = "12,50"
    broken = {**result, "extraction_schema_json": json.dumps(extraction)}
    lines = "".join(json.dumps(each) + "\n" for each in (result, broken, result))
    return frozen_project.write("results.jsonl", lines)


def test_what_is_broken_is_counted_and_told_in_the_words_of_the_field(frozen_project, stored):
    ran = frozen_project.run("audit", stored, "--schema", "invoice", "--workers", "2", "--format", "json")
    assert ran.code == 1
    jsonschema.validate(ran.json, json.loads((OUTPUT / "audit.schema.json").read_text()))
    assert (ran.json["records"], ran.json["ok"], ran.json["broken"]) == (3, 2, 1)
    [total] = ran.json["totals"]
    assert (total["schema"], total["pointer"], total["keyword"]) == ("invoice@1.0.0", "/items/*/amount", "type")
    [sample] = total["samples"]
    assert (sample["line"], sample["pointer"], sample["value"]) == (2, "/items/0/amount", "12,50")
    assert 'items[0].amount is the text "12,50"' in sample["message"]


def test_a_page_for_people_counts_by_field_and_names_the_record_even_where_its_text_is_hostile(frozen_project, stored):
    evil = {"items": "</script><script>alert(1)</script>\u202e"}
    with (frozen_project.root / "results.jsonl").open("a") as file:
        file.write(json.dumps(evil) + "\n")
    ran = frozen_project.run("audit", stored, "--schema", "invoice", "--workers", "0", "--report", "audit.html")
    assert ran.code == 1
    page = (frozen_project.root / "audit.html").read_text("utf-8")
    assert "2 of 4 extractions break the schema" in page
    row = next(line for line in page.splitlines() if "/<wbr>items/<wbr>*/<wbr>amount</code>" in line)
    assert "✗ 1<br>25.00 %" in row
    assert "results.jsonl:2#/items/0/amount" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
