"""A schema that is only written another way is told apart from one that asks for something else."""

from __future__ import annotations

import pytest

from pageschema.evolution import diff

LINE = {"type": "object", "properties": {"n": {"type": "number", "description": "Count"}}}


def schema(field, **root):
    return {"type": "object", "properties": {"x": field}, **root}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(schema({"enum": ["a"]}), schema({"const": "a"}), id="one value as enum or as const"),
        pytest.param(schema({"enum": ["a"], "const": "a"}), schema({"const": "a"}), id="one value said twice"),
        pytest.param(
            schema({"type": "object"}), schema({"type": "object", "additionalProperties": True}), id="a map of anything"
        ),
        pytest.param(
            schema({"type": "number", "minimum": 0.0}), schema({"type": "number", "minimum": 0}), id="a whole bound"
        ),
        pytest.param(
            schema({"$ref": "#/$defs/Line"}, **{"$defs": {"Line": LINE}}), schema(LINE), id="a reference or in place"
        ),
        pytest.param(
            {"required": ["x"], **schema({"type": "string"})},
            {**schema({"type": "string"}), "required": ["x"]},
            id="the order of keys",
        ),
    ],
)
def test_another_writing_is_no_change_of_meaning(old, new):
    assert diff(old, new).is_only_text
    assert diff(new, old).is_only_text


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(schema({"type": "string", "description": "Another"}), id="what the model reads"),
        pytest.param(schema({"type": "string", "description": "One", "maxLength": 3}), id="what is valid"),
        pytest.param(schema({"type": "string", "description": "One", "format": "date"}), id="how it is written"),
        pytest.param(schema({"type": "string", "description": "One"}, required=["x"]), id="what must be there"),
    ],
)
def test_what_changes_an_extraction_is_more_than_text(new):
    assert not diff(schema({"type": "string", "description": "One"}), new).is_only_text
