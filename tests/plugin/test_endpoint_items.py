"""A faulty endpoint fails the clauses and checks that it departs from, and no others."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from pageschema.emulator import EMULATOR_KEY, Emulator

pytest_plugins = ["pytester"]

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
CLAUSE = "endpoint::clause[schema-exclusive]"
CHECK = "endpoint::check[key-echoed]"


@pytest.fixture
def faulty(user, runs, monkeypatch):
    """A run against a server of the outer test's that has two faults; `facts` and `report` are what it wrote."""
    if "faulty" not in runs:
        monkeypatch.setenv("DATALAB_API_KEY", EMULATOR_KEY)
        with Emulator(faults=["accepts-both-schemas", "echoes-key"]) as emulator:
            url = f"--pageschema-base-url={emulator.base_url}"
            ran = user.collect(
                url, "--pageschema-report=run.json", "--junitxml=junit.xml", "-k", "endpoint", requests=40
            )
        ran.url = emulator_url = url.partition("=")[2]
        ran.report = json.loads(user.path("run.json").read_text())
        ran.junit = ET.parse(user.path("junit.xml"))
        assert emulator_url in ran.out
        runs["faulty"] = ran
    return runs["faulty"]


def test_a_faulty_endpoint_fails_the_items_it_breaks(faulty):
    assert faulty.failed == [CLAUSE, CHECK]
    assert "broken-accepted.schema-exclusive: " in faulty.out
    assert "key-echoed: " in faulty.out


def test_a_failure_is_told_with_a_request_to_send_and_a_command_to_replay_it(faulty):
    assert faulty.out.count("curl -sS -X POST") >= 2
    assert faulty.out.count("send it again: pageschema replay .pageschema/failures/") >= 2


def test_the_key_is_nowhere_in_what_is_printed_or_written(faulty):
    assert EMULATOR_KEY not in faulty.out + faulty.err + json.dumps(faulty.report)
    assert EMULATOR_KEY not in ET.tostring(faulty.junit.getroot(), encoding="unicode")


def test_the_report_is_the_contract_run_as_fuzz_prints_it(faulty):
    jsonschema.validate(faulty.report, json.loads((OUTPUT / "fuzz.schema.json").read_text()))
    assert {failure["check"] for failure in faulty.report["failures"]} == {"broken-accepted", "key-echoed"}


def test_junit_carries_the_items_with_clause_check_and_seed(faulty):
    cases = {f"{case.get('classname')}::{case.get('name')}": case for case in faulty.junit.iter("testcase")}
    assert cases.keys() == faulty.items.keys()
    facts = {
        nodeid: {entry.get("name"): entry.get("value") for entry in case.iter("property")}
        for nodeid, case in cases.items()
    }
    assert facts[CLAUSE] == {"clause": "schema-exclusive", "strength": "documented", "seed": "0"}
    assert facts[CHECK] == {"check": "key-echoed", "seed": "0"}
    assert "broken-accepted.schema-exclusive" in cases[CLAUSE].find("failure").get("message")


def test_a_server_that_is_not_there_fails_the_items_in_our_words(user, monkeypatch):
    monkeypatch.setenv("DATALAB_API_KEY", "any")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    ran = user.collect(f"--pageschema-base-url=http://127.0.0.1:{port}", "-k", "check")
    assert set(ran.verdicts.values()) == {"failed"}
    assert f"http://127.0.0.1:{port}: nothing is listening" in ran.out


def test_without_the_emulator_its_items_are_skipped_and_one_message_says_what_to_install(user):
    with user.path("conftest.py").open("a") as file:
        file.write("\n\nimport sys\n\nsys.modules['fastapi'] = None  # as where it is not installed\n")
    ran = user.collect("-k", "endpoint or invoice")
    assert ran.code == 0
    assert {verdict for nodeid, verdict in ran.verdicts.items() if nodeid.startswith("endpoint::")} == {"skipped"}
    assert {verdict for nodeid, verdict in ran.verdicts.items() if "invoice" in nodeid} == {"passed"}
    assert ran.out.count("pip install 'pageschema[emulator]'") == 1


def test_what_a_contract_run_takes_is_not_loaded_for_the_items_of_schemas(user):
    with user.path("conftest.py").open("a") as file:
        file.write(
            "\n\ndef pytest_unconfigure():\n"
            "    import sys\n"
            "    print('loaded:', {'hypothesis', 'fastapi', 'pageschema.fuzzing'} & sys.modules.keys())\n"
        )
    assert "loaded: {'pageschema.fuzzing'}" in user.collect("-k", "invoice").out
