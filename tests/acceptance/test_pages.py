import html
import re

import pytest


def test_docs_writes_pages_and_the_same_ones_again(frozen_project):
    ran = frozen_project.run("docs", "--out", "site")
    assert (ran.code, ran.out) == (0, "3 pages, 3 changed: open site/index.html\n")
    folder = frozen_project.root / "site"
    before = {path: path.read_bytes() for path in folder.rglob("*.html")}
    assert {str(path.relative_to(folder)) for path in before} == {
        "index.html",
        "invoice/index.html",
        "invoice/1.0.0.html",
    }
    assert "0 changed" in frozen_project.run("docs", "--out", "site").out
    assert {path: path.read_bytes() for path in folder.rglob("*.html")} == before


def test_docs_refuses_a_folder_of_someone_else_and_a_registry_that_was_tampered_with(frozen_project):
    refused = frozen_project.run("docs", "--out", "billing")
    assert refused.code == 2
    assert "--out FOLDER" in refused.err
    path = frozen_project.root / "schemas" / "invoice" / "1.0.0.json"
    path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    broken = frozen_project.run("docs", "--out", "site")
    assert broken.code == 2
    assert "1.0.0.json" in broken.err
    assert not (frozen_project.root / "site").exists()


def test_docs_without_a_frozen_version_says_how_to_get_one(project):
    ran = project.run("docs")
    assert ran.code == 2
    assert "pageschema freeze" in ran.err


def test_the_page_of_a_contract_run_has_the_lines_that_fuzz_prints(frozen_project):
    ran = frozen_project.run("fuzz", "--max-requests", "30", "--fault", "accepts-no-schema", "--report", "run.html")
    assert ran.code == 1
    page = html.unescape((frozen_project.root / "run.html").read_text("utf-8"))
    lines = [line.strip() for line in ran.out.splitlines() if re.match(r" +(echo|printf|pageschema replay) ", line)]
    assert len(lines) == 2
    assert all(line in page for line in lines)


def test_a_report_that_cannot_be_written_is_refused_before_anything_runs(frozen_project):
    for path in ("report.txt", "nowhere/report.html"):
        ran = frozen_project.run("verify", "--report", path)
        assert ran.code == 2
        assert path.partition("/")[0] in ran.err


@pytest.mark.parametrize("state", ["never frozen", "tampered with", "no schema"])
def test_the_page_of_verify_tells_what_is_wrong_in_any_state_of_the_project(project, state):
    if state == "tampered with":
        assert project.run("freeze").code == 0
        path = project.root / "schemas" / "invoice" / "1.0.0.json"
        path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    if state == "no schema":
        project.change("total: float", "total: __import__('typing').Callable[[], int]")
    ran = project.run("verify", "--max-requests", "20", "--report", "report.html")
    assert ran.code == 1
    page = (project.root / "report.html").read_text("utf-8")
    assert page.index("What is wrong") < page.index("What was looked at")
    assert {"never frozen": "unfrozen", "tampered with": "broken", "no schema": "no schema"}[state] in page
