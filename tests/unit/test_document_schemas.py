"""The six documents that ship with the project: models, frozen versions, example results."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from pageschema.conformance import check_extraction, peel, read_result
from pageschema.evolution import diff
from pageschema.generation import page_schema
from pageschema.linting import lint
from pageschema.models import load_models
from pageschema.registry import Registry
from pageschema.schema import walk

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"
NAMES = ("bank_statement", "insurance_claim", "invoice", "lab_report", "purchase_contract", "resume")
RECURSIVE = {"purchase_contract"}


def newest(name):
    return Registry(SCHEMAS).get(name).schema


def model_of(name):
    (site,) = load_models(f"schemas/{name}/model.py", root=ROOT)
    return site.model


def result(name, kind):
    return (SCHEMAS / name / "results" / f"{kind}.json").read_text(encoding="utf-8")


def without_null(value):
    if isinstance(value, dict):
        return {key: without_null(each) for key, each in value.items() if each is not None}
    return [without_null(each) for each in value] if isinstance(value, list) else value


def test_six_documents_are_frozen_and_whole():
    registry = Registry(SCHEMAS)
    assert registry.names() == NAMES
    assert registry.faults() == ()


def step(old, new):
    """Return which part of the version number went up."""
    old_parts, new_parts = (each.version.split(".") for each in (old, new))
    return next(
        part
        for part, *numbers in zip(("major", "minor", "patch"), old_parts, new_parts, strict=True)
        if len({*numbers}) > 1
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_version_is_numbered_by_whom_it_breaks(name):
    versions = Registry(SCHEMAS).versions(name)
    assert len(versions) >= 2
    for old, new in pairwise(versions):
        assert diff(old.schema, new.schema).bump == step(old, new), f"{name}: {old.version} to {new.version}"


def test_the_histories_hold_breaking_changes_compatible_ones_and_mere_wording():
    registry = Registry(SCHEMAS)
    steps = {step(old, new) for name in NAMES for old, new in pairwise(registry.versions(name))}
    assert steps == {"major", "minor", "patch"}


@pytest.mark.parametrize("name", NAMES)
def test_the_model_gives_exactly_the_newest_frozen_version(name):
    assert page_schema(model_of(name)).text == newest(name).text


@pytest.mark.parametrize("name", NAMES)
def test_every_version_is_an_object_with_every_field_described(name):
    for frozen in Registry(SCHEMAS).versions(name):
        value = frozen.schema.value
        assert value["type"] == "object"
        assert value["description"]
        for place in walk(value):
            assert not place.is_property or place.schema["description"], f"{frozen.path}#{place.pointer}"


@pytest.mark.parametrize("name", NAMES)
def test_the_newest_version_has_no_findings(name):
    assert lint(page_schema(model_of(name))) == []


def test_one_document_is_recursive():
    assert {name for name in NAMES if "$defs" in newest(name).value} == RECURSIVE


@pytest.mark.parametrize("name", NAMES)
def test_a_good_result_has_no_violations_and_loads_in_the_model(name):
    schema = newest(name)
    assert check_extraction(result(name, "good"), schema) == []
    extraction = peel(read_result(result(name, "good")).value, schema).value
    assert model_of(name).model_validate(without_null(extraction))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bank_statement", {("", "required"), ("/movements/2/booking_date", "format")}),
        ("insurance_claim", {("", "required"), ("/loss/occurred_on", "format")}),
        ("invoice", {("/document_kind", "enum"), ("/lines/0/net_amount", "type")}),
        ("lab_report", {("/panels/1/results/0/numeric_result", "type"), ("/patient/sex", "enum")}),
        ("purchase_contract", {("/price/amount", "type"), ("/clauses/1/clauses/1/clauses/0/kind", "enum")}),
        ("resume", {("/positions/0", "required"), ("/languages/2/level", "enum")}),
    ],
)
def test_a_broken_result_is_broken_where_it_should_be(name, expected):
    violations = check_extraction(result(name, "broken"), newest(name))
    assert {(violation.pointer, violation.keyword) for violation in violations} == expected
