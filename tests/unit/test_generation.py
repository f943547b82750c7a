from __future__ import annotations

import datetime as dt
import decimal
import enum
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, NotRequired, Optional, TypeVar, Union

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, Field, RootModel, WithJsonSchema, create_model
from pydantic.dataclasses import dataclass
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import TypedDict

from pageschema import pointer
from pageschema.errors import CannotGenerate
from pageschema.generation import page_schema
from pageschema.schema import metaschema_fault, walk

T = TypeVar("T")
HERE = Path(__file__)
SOURCE = HERE.read_text(encoding="utf-8").splitlines()


class Kind(enum.Enum):
    GOODS = "goods"
    OTHER = "other"


class Line(BaseModel):
    """One line."""

    amount: float
    kind: Kind


class Clause(BaseModel):
    """A clause."""

    text: str
    parts: list[Clause]


class Contract(BaseModel):
    clauses: list[Clause]
    annex: Clause | None = Field(None, description="The annex.")


class Cash(BaseModel):
    means: Literal["cash"] = "cash"


class Card(BaseModel):
    means: Literal["card"] = "card"


class Cat(BaseModel):
    says: Literal["meow"]


class Dog(BaseModel):
    says: Literal["woof"]


@dataclass
class Point:
    x: int


class Shape(TypedDict):
    corners: NotRequired[int]


class Maybe(RootModel[dt.date | None]):
    pass


class Box(BaseModel, Generic[T]):
    content: T


LINE = {
    "type": "object",
    "description": "One line.",
    "properties": {"amount": {"type": "number"}, "kind": {"type": "string", "enum": ["goods", "other"]}},
    "required": ["amount", "kind"],
}
CLAUSE = {
    "type": "object",
    "description": "A clause.",
    "properties": {"text": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/Clause"}}},
    "required": ["text", "parts"],
}


def one_field(annotation: Any, default: Any = ...) -> type[BaseModel]:
    return create_model("One", field=(annotation, default))


@pytest.mark.parametrize(
    ("annotation", "default", "expected", "required"),
    [
        pytest.param(str, ..., {"type": "string"}, True, id="no title that only repeats the name"),
        pytest.param(
            str, Field(title="Field"), {"type": "string", "title": "Field"}, True, id="the author's title stays"
        ),
        pytest.param(Optional[str], None, {"type": "string"}, False, id="Optional is T and not required"),  # noqa: UP045
        pytest.param(str | None, ..., {"type": "string"}, False, id="nullable without default is not required either"),
        pytest.param(
            str | None, "EUR", {"type": "string", "default": "EUR"}, False, id="a default other than null stays"
        ),
        pytest.param(int, 3, {"type": "integer", "default": 3}, False, id="a field with a default is not required"),
        pytest.param(
            Optional[Annotated[str, Field(description="inner")]],  # noqa: UP045
            None,
            {"type": "string", "description": "inner"},
            False,
            id="a description inside Optional moves up",
        ),
        pytest.param(
            Annotated[str, Field(description="inner")] | None,
            Field(None, description="outer"),
            {"type": "string", "description": "outer"},
            False,
            id="the field's description wins over the inner one",
        ),
        pytest.param(
            int | str | None,
            None,
            {"anyOf": [{"type": "integer"}, {"type": "string"}]},
            False,
            id="a union with null loses only null",
        ),
        pytest.param(
            list[int | None],
            ...,
            {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}},
            True,
            id="an item of a list cannot be left out, so it keeps null",
        ),
        pytest.param(
            Annotated[str | None, WithJsonSchema({"type": ["string", "null"], "maxLength": 3})],
            ...,
            {"type": "string", "maxLength": 3},
            False,
            id="a list of types with null loses null",
        ),
        pytest.param(
            Literal["a", None],  # noqa: PYI061 - this spelling is the one that makes null a member
            ...,
            {"type": "string", "enum": ["a"]},
            False,
            id="an enum loses null",
        ),
        pytest.param(type(None), None, {"type": "null"}, False, id="a field that can only be null stays so"),
        pytest.param(Maybe, ..., {"type": "string", "format": "date"}, False, id="null behind a reference is seen"),
        pytest.param(Any | None, None, {}, False, id="an optional Any is anything"),
        pytest.param(dt.date, ..., {"type": "string", "format": "date"}, True, id="a date keeps its format"),
        pytest.param(Kind, ..., {"type": "string", "enum": ["goods", "other"]}, True, id="an enum is inlined"),
        pytest.param(
            enum.Enum("Only", {"ONE": "one"}),
            ...,
            {"type": "string", "enum": ["one"]},
            True,
            id="an enum of one value is still an enum",
        ),
        pytest.param(
            Kind,
            Field(description="mine"),
            {"type": "string", "description": "mine", "enum": ["goods", "other"]},
            True,
            id="an enum takes the field's description",
        ),
        pytest.param(list[Line], ..., {"type": "array", "items": LINE}, True, id="a model in a list is inlined"),
        pytest.param(
            Line,
            Field(description="The only line."),
            {**LINE, "description": "The only line."},
            True,
            id="the field's description wins over the class's",
        ),
        pytest.param(
            Line | None, Field(None, description="A line."), {**LINE, "description": "A line."}, False, id="so it does"
        ),
        pytest.param(
            Annotated[Line, Field(json_schema_extra={"required": ["amount"]})],
            ...,
            {"allOf": [LINE], "required": ["amount"]},
            True,
            id="beside a reference, a keyword that differs is one more condition",
        ),
        pytest.param(decimal.Decimal, ..., {"type": "number"}, True, id="a Decimal is a number"),
        pytest.param(
            decimal.Decimal | None,
            decimal.Decimal("1.50"),
            {"type": "number", "default": 1.5},
            False,
            id="the default of a Decimal is a number",
        ),
        pytest.param(
            Annotated[decimal.Decimal, Field(ge=0, le=10)],
            ...,
            {"type": "number", "minimum": 0, "maximum": 10},
            True,
            id="a Decimal keeps its bounds",
        ),
        pytest.param(
            Annotated[decimal.Decimal, WithJsonSchema({"type": "string"})],
            ...,
            {"type": "string"},
            True,
            id="a Decimal that the author wants as a string is one",
        ),
        pytest.param(
            Annotated[Cat | Dog, Field(discriminator="says")],
            ...,
            {
                "oneOf": [
                    {
                        "type": "object",
                        "properties": {"says": {"type": "string", "const": sound}},
                        "required": ["says"],
                    }
                    for sound in ("meow", "woof")
                ]
            },
            True,
            id="the discriminator keyword goes, its branches stay",
        ),
        pytest.param(
            Annotated[Cash | Card, Field(discriminator="means")],
            ...,
            {
                "oneOf": [
                    {
                        "type": "object",
                        "properties": {"means": {"type": "string", "const": means, "default": means}},
                        "required": ["means"],
                    }
                    for means in ("cash", "card")
                ]
            },
            True,
            id="a tag is required, as the model requires it whatever its default",
        ),
        pytest.param(
            Point,
            ...,
            {"type": "object", "properties": {"x": {"type": "integer"}}, "required": ["x"]},
            True,
            id="a dataclass is inlined without title",
        ),
        pytest.param(
            Shape,
            ...,
            {"type": "object", "properties": {"corners": {"type": "integer"}}},
            True,
            id="a typed dictionary is inlined without title",
        ),
        pytest.param(float, float("nan"), {"type": "number"}, False, id="a default that is no JSON is left out"),
        pytest.param(int, Field(default_factory=int), {"type": "integer"}, False, id="a factory gives no default"),
        pytest.param(dict[str, Any], ..., {"type": "object"}, True, id="a map of anything says no more than that"),
        pytest.param(
            dict[str, int],
            ...,
            {"type": "object", "additionalProperties": {"type": "integer"}},
            True,
            id="a map of something says of what",
        ),
        pytest.param(
            int | SkipJsonSchema[None], None, {"type": "integer"}, False, id="null that the author skipped stays away"
        ),
    ],
)
def test_a_field_is_sent_in_the_form_that_the_api_serves_best(annotation, default, expected, required):
    value = page_schema(one_field(annotation, default)).value
    assert value == {
        "type": "object",
        "properties": {"field": expected},
        **({"required": ["field"]} if required else {}),
    }


def test_a_recursive_model_keeps_only_the_definitions_that_recursion_needs():
    class Paper(BaseModel):
        line: Line
        contract: Contract

    contract = {
        "type": "object",
        "properties": {
            "clauses": {"type": "array", "items": {"$ref": "#/$defs/Clause"}},
            "annex": {"$ref": "#/$defs/Clause", "description": "The annex."},
        },
        "required": ["clauses"],
    }
    assert page_schema(Paper).value == {
        "type": "object",
        "properties": {"line": LINE, "contract": contract},
        "required": ["line", "contract"],
        "$defs": {"Clause": CLAUSE},
    }


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
def test_a_recursive_root_is_an_object_with_properties(form):
    value = page_schema(Clause, form=form).value
    assert value["type"] == "object"
    assert list(value["properties"]) == ["text", "parts"]
    assert list(value["$defs"]) == ["Clause"]
    assert value["description"] == "A clause."


def test_a_root_model_over_a_model_is_that_model():
    class Wrapped(RootModel[Line]):
        pass

    assert page_schema(Wrapped).value == LINE


def test_two_recursive_classes_of_one_name_stay_apart():
    def another() -> type[BaseModel]:
        class Clause(BaseModel):
            number: int
            inside: list[Clause]

        return Clause

    class Both(BaseModel):
        mine: Clause
        other: another()

    value = page_schema(Both).value
    assert list(value["$defs"]) == ["Clause", "Clause_2"]
    assert list(value["$defs"]["Clause_2"]["properties"]) == ["number", "inside"]
    assert value["$defs"]["Clause_2"]["properties"]["inside"]["items"] == {"$ref": "#/$defs/Clause_2"}


def test_properties_named_like_keywords_are_properties():
    names = ["title", "default", "$ref", "$defs", "properties", "required", "type", "discriminator", "anyOf", "enum"]
    fields = {f"f{index}": (str | None, Field(None, alias=name)) for index, name in enumerate(names)}
    value = page_schema(create_model("Keywords", **fields)).value
    assert value["properties"] == {name: {"type": "string"} for name in names}


def test_the_root_keeps_the_docstring_and_a_title_that_the_author_gave():
    class Titled(BaseModel):
        """What it is."""

        model_config = {"title": "Titled"}
        x: int

    assert page_schema(Titled).value["title"] == "Titled"
    assert page_schema(Titled).value["description"] == "What it is."


def test_the_pydantic_form_is_pydantics_own_schema():
    for model in (Line, Contract, one_field(decimal.Decimal | None, None), one_field(Point | None)):
        assert page_schema(model, form="pydantic").value == model.model_json_schema()


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
@pytest.mark.parametrize("model", [Line, Clause, Contract, Box[Contract], one_field(list[Cat | Dog] | None, None)])
def test_every_page_schema_is_a_valid_schema_without_dangling_references(model, form):
    value = page_schema(model, form=form).value
    assert metaschema_fault(value) is None
    for place in walk(value):
        if isinstance(place.schema, dict) and "$ref" in place.schema:
            assert pointer.resolve(value, place.schema["$ref"][1:])


def test_the_text_is_the_value_and_nothing_of_the_generation_is_left_in_it():
    schema = page_schema(Contract)
    assert json.loads(schema.text) == schema.value
    assert "\\u0000" not in schema.text
    assert schema.text.endswith("}\n")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Invoice", "invoice"), ("BankStatement", "bank_statement"), ("HTTPRequest2Log", "http_request2_log")],
)
def test_the_page_schema_is_named_after_the_model(name, expected):
    assert page_schema(create_model(name, x=(int, ...))).name == expected


def test_a_parametrised_generic_is_named_after_both():
    assert page_schema(Box[Line]).name == "box_line"


# Origins


def line_of(text: str) -> int:
    (number,) = [number for number, line in enumerate(SOURCE, start=1) if line == text]
    return number


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
def test_every_property_has_the_line_of_its_field(form):
    schema = page_schema(Contract, form=form)
    properties = {place.pointer for place in walk(schema.value) if place.is_property}
    assert set(schema.origins) == properties | {"/$defs/Clause"}
    at = schema.origins["/$defs/Clause/properties/text"]
    assert (at.model, at.field, at.line) == ("Clause", "text", line_of("    text: str"))
    assert schema.origin.line == line_of("class Contract(BaseModel):")
    assert Path(schema.origin.file).resolve() == HERE


def test_an_inlined_model_keeps_the_lines_of_its_fields():
    origins = page_schema(one_field(list[Line] | None, None)).origins
    assert origins["/properties/field/items/properties/amount"].line == line_of("    amount: float")


@pytest.mark.parametrize(
    ("field", "key"),
    [
        (Field(alias="Im Feld/~"), "Im Feld/~"),
        (Field(validation_alias="incoming", serialization_alias="outgoing"), "incoming"),
        (Field(validation_alias=AliasChoices(AliasPath("deep", "er"), "first", "second")), "first"),
        (Field(), "plain"),
    ],
)
def test_an_aliased_field_is_found_by_its_key(field, key):
    origins = page_schema(create_model("Aliased", plain=(int, field))).origins
    assert {where: origin.field for where, origin in origins.items()} == {pointer.build(["properties", key]): "plain"}


# The same text on every run


SETS = """
import dataclasses, enum
from pydantic import BaseModel, Field
from pageschema.generation import page_schema

class Tag(enum.Enum):
    RED = "red"; GREEN = "green"; BLUE = "blue"

class Inner(BaseModel):
    words: frozenset[str] = frozenset("the quick brown fox jumps".split())

class Model(BaseModel):
    tags: set[Tag] = set(Tag)
    words: set[str] = {"alpha", "beta", "gamma", "delta"}
    mixed: set[int | str] = {1, "1", 20, "x"}
    by_name: dict[str, set[str]] = {"a": {"x", "y", "z"}}
    nested: Inner = Inner()

for form in ("datalab", "pydantic"):
    print(page_schema(Model, form=form).text)
"""


def test_the_text_is_the_same_under_every_hash_seed():
    texts = {
        subprocess.run(
            [sys.executable, "-c", SETS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2", "3", "4")
    }
    assert len(texts) == 1
    assert '"words": {' in texts.pop()


# What has no page schema


class WithCallback(BaseModel):
    total: float
    callback: Callable[[int], str]


class AroundCallback(BaseModel):
    inner: list[WithCallback]


class Lines(RootModel[list[Line]]):
    pass


class ByName(RootModel[dict[str, Line]]):
    pass


class Undefined(BaseModel):
    missing: "Missing"  # noqa: F821


class Raises(BaseModel):
    model_config = {"json_schema_extra": lambda _schema: 1 / 0}
    x: int


@pytest.mark.parametrize(
    ("model", "line", "what"),
    [
        (
            WithCallback,
            "    callback: Callable[[int], str]",
            "field 'callback': Callable[[int], str] has no JSON Schema",
        ),
        (
            AroundCallback,
            "    callback: Callable[[int], str]",
            "field 'callback': Callable[[int], str] has no JSON Schema",
        ),
        (
            Lines,
            "class Lines(RootModel[list[Line]]):",
            "Lines is an array, and an extraction is an object with named fields",
        ),
        (
            ByName,
            "class ByName(RootModel[dict[str, Line]]):",
            "ByName is a map without fields of its own, and an extraction is an object with named fields",
        ),
        (Raises, "class Raises(BaseModel):", "Raises: ZeroDivisionError: division by zero"),
    ],
)
@pytest.mark.parametrize("form", ["datalab", "pydantic"])
def test_a_model_without_page_schema_is_refused_at_its_line(model, line, what, form):
    with pytest.raises(CannotGenerate) as caught:
        page_schema(model, form=form)
    assert caught.value.what == what
    assert caught.value.where.endswith(f"test_generation.py:{line_of(line)}")
    assert caught.value.remedy


class Unwritable(enum.Enum):
    NAN = float("nan")


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
@pytest.mark.parametrize(
    ("annotation", "field", "keyword"),
    [
        (float, Field(json_schema_extra={"examples": [1.5, float("nan")]}), "examples"),
        (float, Field(json_schema_extra=lambda schema: schema.update({"x-limit": float("inf")})), "x-limit"),
        (Unwritable, ..., "enum"),
    ],
)
def test_what_json_has_no_value_for_is_refused_with_the_field_and_the_keyword(annotation, field, keyword, form):
    inner = create_model("Inner", bad=(annotation, field))
    with pytest.raises(CannotGenerate, match=f"its '{keyword}' holds what JSON has no value for") as caught:
        page_schema(create_model("Outer", inner=(list[inner], ...)), form=form)
    assert keyword == "enum" or caught.value.at.field == "bad"


def test_a_field_that_only_warns_is_not_blamed():
    with pytest.warns(UserWarning, match="shadows"):
        model = create_model("Shadowing", json=(str, ...), callback=(Callable[[], None], ...))
    with pytest.raises(CannotGenerate, match="field 'callback'"):
        page_schema(model)


def test_a_name_that_was_never_defined_is_named():
    with pytest.raises(CannotGenerate, match="Missing") as caught:
        page_schema(Undefined)
    assert caught.value.where.endswith(f"test_generation.py:{line_of('class Undefined(BaseModel):') + 1}")


def test_the_remedies_work():
    assert page_schema(create_model("Kept", x=(int, ...), call=(SkipJsonSchema[Callable[[], None]], print)))
    assert page_schema(create_model("Document", items=(Lines, ...)))


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
@pytest.mark.parametrize(
    "alias", [AliasPath("deep", "er"), AliasChoices(AliasPath("list", 0), AliasPath("deep", "er"))]
)
def test_a_field_that_only_a_path_reaches_is_refused_for_no_extraction_would_hold_it(alias, form):
    with pytest.raises(CannotGenerate, match="'plain': is read from AliasPath") as caught:
        page_schema(create_model("Deep", plain=(int, Field(validation_alias=alias))), form=form)
    assert "AliasChoices('plain', AliasPath(" in caught.value.remedy


def test_a_path_beside_a_key_or_beside_the_name_itself_is_no_obstacle():
    beside = create_model("Beside", plain=(int, Field(validation_alias=AliasChoices("plain", AliasPath("deep", "er")))))
    by_name = create_model(
        "ByName",
        __config__={"populate_by_name": True},
        plain=(int, Field(validation_alias=AliasPath("deep", "er"))),
    )
    for model in (beside, by_name):
        assert list(page_schema(model).value["properties"]) == ["plain"]
        model.model_validate({"plain": 1})


def test_an_instance_is_no_model():
    with pytest.raises(CannotGenerate, match="is no Pydantic model class"):
        page_schema(Cat(says="meow"))


def test_a_model_that_would_grow_past_all_bounds_is_refused():
    model: Any = create_model("Level", x=(int, ...))
    for _ in range(20):
        model = create_model("Level", left=(model, ...), right=(model, ...))
    with pytest.raises(CannotGenerate, match=r"more than 20,000 parts"):
        page_schema(model)
    assert len(page_schema(model, form="pydantic").value["$defs"]) == 20


def test_unions_may_hold_choices_that_have_no_schema():
    field = Union[int, Callable[[], None]]  # noqa: UP007
    assert page_schema(one_field(field)).value["properties"]["field"] == {"type": "integer"}
