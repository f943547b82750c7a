"""Ignores: what is not looked for because nobody wants to know, and which of them are of use."""

import pytest

from pageschema import lint, page_schema
from pageschema.linting import PROFILES, RULES
from pageschema.linting.findings import look
from pageschema.linting.standing import severity_in
from pageschema.models import load_models

HEAD = """\
from pydantic import BaseModel, Field

CURRENCIES = {"EUR", "USD"}


"""
FIELDS = """\
    number: str | None = Field(None, description="As printed")
    currency: str | None = Field(None, description="ISO 4217", examples=list(CURRENCIES))
"""


@pytest.fixture
def schema_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def made(head, fields=FIELDS):
        (tmp_path / "billing.py").write_text(f"{HEAD}{head}\n{fields}")
        return page_schema(load_models("billing.py")[0].model)

    return made


@pytest.fixture
def started(monkeypatch):
    """The processes that lint starts to load a model again; none is really started."""
    calls = []

    def generate(address):
        calls.append(address)
        return None, None

    monkeypatch.setattr("pageschema.generation.stability._generated_twice", generate)
    return calls


def test_a_model_that_may_vary_is_loaded_again(schema_of, started):
    lint(schema_of("class Invoice(BaseModel):"))
    assert len(started) == 1


def test_a_model_is_not_loaded_again_where_nobody_wants_to_know(schema_of, started):
    schema = schema_of("class Invoice(BaseModel):")
    look(schema, unasked={"PS702", "PS705"})
    assert not started


def test_a_model_is_not_loaded_again_where_its_author_says_so_of_the_whole_class(schema_of, started):
    assert lint(schema_of("class Invoice(BaseModel):  # pageschema: ignore[PS702] sets are fine here")) == []
    assert not started


def test_an_ignore_of_what_was_not_looked_for_is_not_called_unused(schema_of):
    line = 'number: str | None = Field(None, description="As printed")'
    fields = FIELDS.replace(line, f"{line}  # pageschema: ignore[PS702]").replace("list(CURRENCIES)", "['EUR']")
    schema = schema_of("class Invoice(BaseModel):", fields)
    assert [each.name for each in look(schema, unasked={"PS702"}).findings if each.code == "PS900"] == []
    assert [each.name for each in lint(schema)] == ["unused-ignore"]


def test_an_ignore_for_another_api_is_not_called_unused():
    text = '{"type": "object", "x-pageschema-ignore": ["PS802"], "properties": {"a": {"type": "string"}}}'
    assert [each.name for each in lint(text)] == ["missing-description"]
    closed = text.replace('"properties"', '"additionalProperties": false, "properties"')
    assert "unused-ignore" in [each.name for each in lint(closed, profile="openai")]


def test_an_ignore_of_a_rule_that_had_no_turn_is_not_called_unused():
    text = '{"total": {"type": "number", "x-pageschema-ignore": ["PS604"]}}'
    assert [each.name for each in lint(text)] == ["bare-property-map"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_on_in_the_profile_of_its_examples(rule):
    by_name = {profile.name: profile for profile in PROFILES}
    assert severity_in(rule, by_name[rule.profile]) is not None
    if rule.profile != "datalab":
        assert severity_in(rule, by_name["datalab"]) is None
