"""Requests that are unusual on the wire: what the contract says of each, and that the emulator stands them all."""

from collections import Counter

import pytest

from pageschema.client import ExtractClient
from pageschema.contract import Answer, Contract
from pageschema.emulator import Emulator
from pageschema.fuzzing.probe import Prober
from pageschema.fuzzing.story import Outcome
from pageschema.strategies import minimal_draft, wire_cases

CONTRACT = Contract.load()
CASES = tuple(wire_cases())
ACCEPTED = {
    "a field with a plain content type",
    "a file name outside ASCII",
    "a file name with spaces",
    "header names in title case",
    "header names in upper case",
    "many headers",
    "spaces around a page_schema",
    "the file before the fields",
    "the file between the fields",
}
REJECTED = {
    "a form of JSON": "form-body",
    "a form that says it is JSON": "form-body",
    "a form that says it is any bytes": "form-body",
    "text after a page_schema": "page-schema-json",
}
REFUSED = {Outcome.REFUSED, Outcome.REFUSED_LATE}


def test_each_case_has_a_name_and_bytes_of_its_own_every_time_the_same():
    assert tuple(wire_cases()) == CASES
    assert len({case.name for case in CASES}) == len({case.request for case in CASES}) == len(CASES)
    assert minimal_draft().encode() not in {case.request for case in CASES}


def test_only_what_every_server_reads_alike_is_ruled_on():
    rulings = {case.name: CONTRACT.judge(case.request) for case in CASES}
    assert {name for name, ruling in rulings.items() if ruling.answer is Answer.ACCEPT} == ACCEPTED
    assert {name: clause for name, ruling in rulings.items() for clause in ruling.clauses} == REJECTED
    assert Counter(ruling.answer for ruling in rulings.values())[Answer.UNSPECIFIED] > 60


@pytest.fixture(scope="module")
def prober():
    with Emulator() as emulator, ExtractClient(emulator.base_url, api_key=emulator.api_key) as client:
        yield Prober(client=client, contract=CONTRACT, patience=10)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_emulator_takes_or_refuses_each_as_the_contract_says_and_falls_over_none(prober, case):
    story = prober.tell(case.request)
    if story.ruling.answer is Answer.UNSPECIFIED:
        assert story.outcome in {Outcome.ACCEPTED, *REFUSED}
    else:
        assert (story.outcome is Outcome.ACCEPTED) is (story.ruling.answer is Answer.ACCEPT)
