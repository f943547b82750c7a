"""The pages of a registry, whatever stands in it."""

import pytest

from pageschema import PageSchema
from pageschema.config import Config
from pageschema.project.pages import schema_pages
from pageschema.project.project import Project
from pageschema.report import site_pages


@pytest.fixture
def published(tmp_path):
    project = Project(Config(root=tmp_path, registry=tmp_path / "schemas"))

    def publish(*schemas):
        for number, schema in enumerate(schemas):
            project.registry.publish(PageSchema.from_value(schema), name="odd", version=f"1.{number}.0")
        return site_pages("shop", schema_pages(project))

    return publish


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {}},
        {"properties": {"": True, "a b": {"type": "string"}, "a\tb": {"type": "string"}}},
        {"properties": {"x": {"description": "\ud83d\ude00 \u0000 \u2066", "pattern": "<b>"}}},
        {"type": "object", "properties": {"$ref": {"$ref": "#"}}},
    ],
    ids=["nothing said", "names that are no identifiers", "signs that do not print", "a schema that holds itself"],
)
def test_any_schema_that_can_be_frozen_has_its_pages(published, schema):
    pages = published(schema)
    assert list(pages) == ["index.html", "odd/index.html", "odd/1.0.0.html"]
    assert pages["odd/index.html"] == pages["odd/1.0.0.html"]
    assert all("\0" not in text and "\u2066" not in text and "<b>" not in text for text in pages.values())


def test_a_schema_that_nothing_fits_has_no_example(published):
    pages = published({"type": "object", "required": ["x"], "properties": {"x": False}})
    assert "No extraction was found that fits." in pages["odd/1.0.0.html"]


def test_an_older_version_leads_to_the_latest_and_keeps_its_own_fields(published):
    pages = published({"properties": {"total": {"type": "number"}}}, {"properties": {"gross": {"type": "number"}}})
    assert "not the latest" in pages["odd/1.0.0.html"]
    assert 'id="field-total"' in pages["odd/1.0.0.html"]
    assert 'id="field-total"' not in pages["odd/1.1.0.html"]
    assert pages["odd/index.html"] == pages["odd/1.1.0.html"]
