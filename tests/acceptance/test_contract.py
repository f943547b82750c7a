import json
from pathlib import Path

import jsonschema

from pageschema.contract.oracle import shipped_contract

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"


def test_a_newer_document_that_contradicts_a_clause_is_told_before_it_is_used(project):
    newer = shipped_contract().joinpath("openapi.yaml").read_text("utf-8").replace("type: integer", "type: string")
    (project.root / "newer.yaml").write_text(newer, "utf-8")
    ran = project.run("contract", "diff", "newer.yaml", "--format", "json")
    assert ran.code == 1
    jsonschema.validate(ran.json, json.loads((OUTPUT / "contract-diff.schema.json").read_text()))
    standings = {clause["id"]: clause["standing"] for clause in ran.json["clauses"]}
    assert standings["max-pages-integer"] == "contradicted"


def test_a_file_that_is_no_openapi_document_is_one_clear_error(project):
    ran = project.run("contract", "diff", "billing/models.py")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("pageschema: error: billing/models.py: ")
    assert "Traceback" not in ran.err
