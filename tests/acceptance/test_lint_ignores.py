"""Faults that an author has asked not to be told of, in the source of a model and in JSON."""

import json

import pytest

DESCRIBED = 'note: str | None = Field(default=None, description="Free text under the table.")'
BARE = "note: str | None = None"


def told(project, *targets):
    return [(each["code"], each["line"]) for each in project.run("lint", "--format", "json", *targets).json]


def line_of(project, text):
    return next(n for n, each in enumerate(project.model.read_text().splitlines(), 1) if text in each)


@pytest.mark.parametrize(
    "field",
    [
        f"{BARE}  # pageschema: ignore[PS604] the name says it",
        f"{BARE}  # pageschema: ignore[missing-description]",
        f"{BARE}  # pageschema:ignore[ps604]",
        f"# pageschema: ignore[PS604] the name says it\n    {BARE}",
        "note: str | None = Field(\n        default=None,\n    )  # pageschema: ignore[PS604]",
    ],
)
def test_a_comment_on_a_field_leaves_out_what_it_names(project, field):
    project.change(DESCRIBED, field)
    assert told(project) == []


def test_a_comment_on_a_class_speaks_for_all_its_fields_and_no_others(project):
    project.change(DESCRIBED, BARE)
    project.change(' = Field(description="What was sold.")', "")
    project.change("class Invoice(BaseModel):", "class Invoice(BaseModel):  # pageschema: ignore[PS604]")
    assert told(project) == [("PS604", line_of(project, "description: str"))]


def test_an_ignore_that_leaves_nothing_out_is_told_at_its_line(project):
    project.change(DESCRIBED, f"{DESCRIBED}  # pageschema: ignore[PS604]")
    assert told(project) == [("PS900", line_of(project, "ignore["))]
    assert project.run("lint").code == 0
    assert project.run("lint", "--strict").code == 1


def test_an_ignore_with_a_misspelt_name_says_what_was_meant(project):
    project.change(DESCRIBED, f"{BARE}  # pageschema: ignore[mising-description]")
    ran = project.run("lint", "--format", "json")
    assert sorted(each["code"] for each in ran.json) == ["PS604", "PS900"]
    assert "did you mean missing-description?" in [each["remedy"] for each in ran.json]


def test_what_looks_like_an_ignore_inside_a_text_is_none(project):
    project.change(DESCRIBED, f'{BARE}\n    kind: str | None = Field(None, description="# pageschema: ignore[PS604]")')
    assert [code for code, _ in told(project)] == ["PS604"]


def test_a_keyword_in_json_leaves_out_what_it_names_there_and_below(project):
    fields = {"a": {"type": "string"}, "b": {"type": "string", "description": "Name of the seller"}}
    schema = {"type": "object", "properties": fields}
    assert [code for code, _ in told(project, project.write("s.json", schema))] == ["PS604"]
    fields["a"]["x-pageschema-ignore"] = ["PS604"]
    assert told(project, project.write("s.json", schema)) == []
    fields["a"]["x-pageschema-ignore"] = {"PS604": "the name says it"}
    assert told(project, project.write("s.json", schema)) == []
    del fields["a"]["x-pageschema-ignore"]
    schema["x-pageschema-ignore"] = "PS604"
    assert told(project, project.write("s.json", schema)) == []


@pytest.mark.parametrize("wrong", [3, None, [1], [["PS604"]], ""])
def test_a_keyword_that_names_no_rule_is_told(project, wrong):
    field = {"type": "string", "description": "Name of the seller", "x-pageschema-ignore": wrong}
    name = project.write("s.json", {"type": "object", "properties": {"a": field}})
    assert [code for code, _ in told(project, name)] == ["PS900"]


def test_no_ignore_is_ever_sent(project):
    project.change(
        DESCRIBED, 'note: str | None = Field(None, json_schema_extra={"x-pageschema-ignore": {"PS604": "it says it"}})'
    )
    assert told(project) == []
    assert "x-pageschema" not in project.run("generate", "invoice").out
    assert project.run("freeze").code == 0
    assert "x-pageschema" not in "".join(project.frozen().values())
    name = project.write("s.json", {"type": "object", "properties": {"a": {"x-pageschema-ignore": ["PS604"]}}})
    sent = json.loads(project.run("generate", name).out)
    assert sent == {"type": "object", "properties": {"a": {}}}
