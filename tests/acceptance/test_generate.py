import json


def test_prints_exactly_the_text_that_is_sent_and_frozen(project):
    printed = project.run("generate", "billing.models:Invoice")
    assert printed.code == 0
    assert project.run("freeze").code == 0
    assert printed.out.strip() == project.frozen()["1.0.0.json"].strip()


def test_several_models_come_as_one_json_object(project):
    value = project.run("generate", "billing.models:Invoice", "billing/models.py:LineItem").json
    assert list(value) == ["invoice", "line_item"]


def test_the_same_text_under_every_hash_seed(project):
    texts = {project.run("generate", "billing/models.py", env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2")}
    assert len(texts) == 1


def test_pydantics_own_form_on_request(project):
    value = json.loads(project.run("generate", "billing/models.py", "--form", "pydantic").out)
    assert "$defs" in value
    assert "properties" in value


def test_a_misspelt_model_is_met_with_a_suggestion(project):
    ran = project.run("generate", "billing.models:Invoce")
    assert ran.code == 2
    assert "did you mean" in ran.err
    assert ran.out == ""


def test_a_model_that_cannot_be_imported_names_the_line(project):
    project.change("from datetime import date", "raise RuntimeError('boom')")
    ran = project.run("generate", "billing.models:Invoice")
    assert ran.code == 2
    assert "models.py:1" in ran.err
    assert "boom" in ran.err


def test_what_a_model_file_prints_does_not_reach_the_answer(project):
    project.change("from datetime import date", "from datetime import date\nprint('hello from import')")
    ran = project.run("generate", "billing.models:Invoice")
    json.loads(ran.out)
    assert "hello from import" in ran.err


def test_a_root_model_over_a_list_is_refused_with_a_remedy(project):
    project.write("rows.py", "from pydantic import RootModel\nclass Rows(RootModel[list[int]]):\n    pass\n")
    ran = project.run("generate", "rows.py")
    assert ran.code == 2
    assert "rows.py:2" in ran.err
