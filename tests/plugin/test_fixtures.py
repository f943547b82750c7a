"""The fixtures, in the few lines that a user's own test takes."""

from __future__ import annotations

pytest_plugins = ["pytester"]

TESTS = """\
import httpx
import pytest
from billing.invoice import Invoice
from pageschema import PageSchema, page_schema

GOOD = {"number": "0042", "total": 12.5}
BAD = {"number": "0042", "total": "12,50"}
SCHEMA = page_schema(Invoice)


def send(emulator):
    return httpx.post(
        emulator.base_url + "/api/v1/extract",
        headers={"X-API-Key": emulator.api_key},
        data={"page_schema": SCHEMA.text},
        files={"file": ("invoice.pdf", b"%PDF-1.4", "application/pdf")},
    )


def test_a_client_of_mine(extract_emulator, extract_client, check_extraction):
    check_url = send(extract_emulator).json()["request_check_url"]
    path = check_url[check_url.index("/api/v1"):]
    *_, last = extract_client.poll(path, finished=lambda result: result["status"] == "complete", patience=10)
    check_extraction(last.response.body.decode(), Invoice)


@pytest.mark.parametrize("extract_emulator", ["accepts-any-key"], indirect=True)
def test_a_fault(extract_emulator):
    extract_emulator.api_key = "wrong"
    assert send(extract_emulator).status_code == 200


@pytest.mark.pageschema(faults=["accepts-any-key"], polls=0)
class TestMarked:
    def test_a_fault_and_an_option(self, extract_emulator, extract_client):
        extract_emulator.api_key = "wrong"
        path = "/api/v1/extract/" + send(extract_emulator).json()["request_id"]
        *polls, _ = extract_client.poll(path, finished=lambda result: result["status"] == "complete", patience=10)
        assert not polls

    @pytest.mark.parametrize("extract_emulator", [()], indirect=True)
    def test_a_parameter_stands_for_the_faults_of_the_mark(self, extract_emulator):
        extract_emulator.api_key = "wrong"
        assert send(extract_emulator).status_code == 401


@pytest.mark.pageschema(faults=["acepts-any-key"])
def test_a_misspelt_fault(extract_emulator):
    raise AssertionError("not reached")


@pytest.mark.pageschema(pols=3)
def test_a_misspelt_option(extract_emulator):
    raise AssertionError("not reached")


@pytest.mark.pageschema("accepts-any-key")
def test_a_fault_without_a_name(extract_emulator):
    raise AssertionError("not reached")


def test_without_the_fault(extract_emulator):
    assert httpx.get(extract_emulator.base_url + "/api/v1/extract/x").status_code == 401


@pytest.mark.parametrize("schema", [Invoice, SCHEMA, dict(SCHEMA.value), "invoice", "invoice@1.0.0"], ids=range(5))
def test_every_kind_of_schema(check_extraction, schema):
    check_extraction(GOOD, schema)
    with pytest.raises(AssertionError, match="/total"):
        check_extraction(BAD, schema)


def test_strict(check_extraction):
    schema = {"type": "object", "properties": {"number": {"type": "string"}}}
    check_extraction({"number": None}, schema)
    with pytest.raises(AssertionError, match="/number"):
        check_extraction({"number": None}, schema, strict=True)


def test_that_fails(check_extraction):
    check_extraction(BAD, "invoice")


def test_that_is_misspelt(check_extraction):
    check_extraction(GOOD, "invoise")
"""


def test_users_test_their_client_in_a_few_lines(user):
    user.path("test_own.py").write_text(TESTS)
    ran = user.pytest("-W", "error", "--strict-markers")
    assert ran.failed == [
        "test_own.py::test_a_misspelt_fault",
        "test_own.py::test_a_misspelt_option",
        "test_own.py::test_a_fault_without_a_name",
        "test_own.py::test_that_fails",
        "test_own.py::test_that_is_misspelt",
    ]
    assert len(ran.items) == 16
    assert "the extraction breaks its page schema in 1 place" in ran.out
    assert "/total: " in ran.out
    assert "did you mean invoice?" in ran.out
    assert "did you mean accepts-any-key?" in ran.out
    assert "another exception occurred" not in ran.out
    assert "the emulator has no option 'pols'" in ran.out
    assert "write @pytest.mark.pageschema(faults=[…])" in ran.out
    assert "toolkit/pageschema" not in ran.out
