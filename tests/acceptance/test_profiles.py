import json

import jsonschema
import pytest


def generated(project, name, *targets):
    ran = project.run("generate", "--profile", name, *(targets or ["billing.models:Invoice"]))
    assert ran.code == 0, ran.err
    return ran


def test_openai_gets_all_fields_required_and_every_object_closed(project):
    value = generated(project, "openai").json
    assert value["required"] == list(value["properties"])
    assert value["properties"]["note"]["type"] == ["string", "null"]
    assert value["properties"]["total"]["type"] == "number"
    assert value["additionalProperties"] is False
    item = value["properties"]["items"]["items"]
    assert item["additionalProperties"] is False
    assert item["required"] == ["description", "amount"]


@pytest.mark.parametrize("name", ["openai", "anthropic", "gemini", "llamaextract", "extend", "datalab-open"])
def test_what_is_generated_for_a_profile_is_good_under_it(project, name):
    ran = generated(project, name)
    written = project.write("sent.json", ran.out)
    assert project.run("lint", "--profile", name, written).code == 0
    assert project.run("lint", "--profile", name).code == 0


def test_what_gets_lost_is_said_on_stderr_and_the_schema_alone_on_stdout(project):
    project.change('total: float = Field(description="Amount due.")', 'total: float = Field(ge=0, description="Due.")')
    ran = generated(project, "anthropic")
    assert "minimum" not in ran.json["properties"]["total"]
    assert "warning: invoice: /properties/total: 'minimum' of" in ran.err


def test_what_an_api_cannot_be_asked_is_said(project):
    project.change("    note: str", '    rates: dict[str, float] = Field(description="By name.")\n    note: str')
    assert "/properties/rates: field 'rates' is an object without" in generated(project, "openai").err


def test_the_default_profile_changes_nothing(project):
    assert generated(project, "datalab").out == project.run("generate", "billing.models:Invoice").out


def test_an_extraction_is_valid_in_both_forms_where_nothing_is_absent(project):
    extraction = {"number": "1", "issued": "2026-11-24", "total": 1, "items": [], "note": "Thanks"}
    for name in ("datalab", "openai", "anthropic", "gemini", "llamaextract", "extend"):
        jsonschema.validate(extraction, generated(project, name).json)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["generate", "--profile", "azure", "billing.models:Invoice"], "has no form of its own"),
        (["generate", "--profile", "opnai", "billing.models:Invoice"], "no profile is called 'opnai'"),
        (["lint", "--profile", "opnai"], "no profile is called 'opnai'"),
        (["generate", "--profile", "openai", "--form", "pydantic", "billing.models:Invoice"], "leave one of the two"),
    ],
)
def test_a_profile_that_is_not_there_or_has_no_form_is_refused(project, arguments, said):
    ran = project.run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_optional_model_takes_null(project):
    project.change(
        "    note: str", '    first: LineItem | None = Field(default=None, description="One.")\n    note: str'
    )
    first = generated(project, "openai").json["properties"]["first"]
    jsonschema.validate(None, first)
    assert json.dumps(first).count("null") == 1
