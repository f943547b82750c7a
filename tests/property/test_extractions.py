"""Extractions generated from a page schema: all valid, of every shape it allows, quick to end and to shrink."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel, ConfigDict, Field

from pageschema import jsontext
from pageschema.conformance import check_extraction
from pageschema.errors import InvalidSchema
from pageschema.generation import page_schema
from pageschema.schema import Judge
from pageschema.strategies import extractions, page_schemas


class Country(enum.Enum):
    GERMANY = "DE"
    FRANCE = "FR"


class Address(BaseModel):
    street: str = Field(max_length=80)
    zip: str = Field(pattern=r"^\d{4,5}$")
    country: Country


class Party(BaseModel):
    name: str = Field(min_length=1, max_length=120)
    iban: str | None = Field(None, pattern=r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$")
    address: Address


class Item(BaseModel):
    text: str
    quantity: float = Field(gt=0)
    unit: Literal["pc", "h"]
    amount: Decimal
    tax_rate: float | None = Field(None, ge=0, le=100, multiple_of=0.1)


class Invoice(BaseModel):
    number: str = Field(pattern="[0-9]{3,}")
    issued: dt.date
    received: dt.datetime | None = None
    seller: Party
    buyer: Party | None = None
    lines: list[Item] = Field(min_length=1)
    credit: float | None = None
    credit_score: int = Field(0, ge=0, le=1000)
    paid: bool = False


class Tree(BaseModel):
    name: str
    kids: list[Tree] = []


class Number(BaseModel):
    kind: Literal["number"]
    value: float


class Sum(BaseModel):
    kind: Literal["sum"]
    left: Term
    right: Term


Term = Annotated[Number | Sum, Field(discriminator="kind")]


class Formula(BaseModel):
    term: Term


Sum.model_rebuild()


class Person(BaseModel):
    name: str


class Employee(Person):
    badge: int = 0


class Staff(BaseModel):
    members: list[Person | Employee]
    tags: set[Literal["a", "b", "c"]] = Field(min_length=2)
    position: tuple[int, str]
    extra: dict[str, int] = {}
    anything: Any = None


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    name: str


class Formats(BaseModel):
    day: dt.date
    moment: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    time: Annotated[str, Field(json_schema_extra={"format": "time"})]
    url: AnyUrl
    email: Annotated[str, Field(json_schema_extra={"format": "email"}, max_length=60)]


class Bounds(BaseModel):
    some: Annotated[int, Field(gt=2, lt=8, multiple_of=3)]
    cents: Annotated[float, Field(ge=0.1, lt=1e6, multiple_of=0.01)]
    half: Annotated[float, Field(gt=0.25, lt=0.5)]
    short: Annotated[str, Field(min_length=3, max_length=3)]
    long: Annotated[str, Field(min_length=3000)]
    code: Annotated[str, Field(pattern=r"^[A-Z]+-\w*$", min_length=9, max_length=12)]


MODELS = [Invoice, Tree, Formula, Staff, Open, Formats, Bounds]


def drawn(strategy: st.SearchStrategy[Any], *, count: int = 100) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=count, database=None, deadline=None, derandomize=True)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def depth(value: Any) -> int:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, below), default=0)


@pytest.mark.parametrize("form", ["datalab", "pydantic"])
@pytest.mark.parametrize("model", MODELS)
def test_every_extraction_is_valid(model: type[BaseModel], form: Any):
    schema = page_schema(model, form=form)
    judge = Judge(schema.value)
    for extraction in drawn(extractions(schema), count=60):
        assert judge.accepts(extraction)
        assert jsontext.parse(jsontext.dumps(extraction)) == extraction


@pytest.mark.parametrize("model", MODELS)
def test_a_model_loads_every_extraction_of_its_own_page_schema(model: type[BaseModel]):
    for extraction in drawn(extractions(page_schema(model)), count=60):
        assert isinstance(model.model_validate(extraction), model)


@pytest.mark.parametrize("siblings", ["balanced", "fast"])
@pytest.mark.parametrize("model", MODELS)
def test_what_the_api_adds_is_taken_by_check(model: type[BaseModel], siblings: Any):
    schema = page_schema(model)
    for extraction in drawn(extractions(schema, siblings=siblings, nulls=True), count=40):
        assert check_extraction(extraction, schema) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schema=page_schemas(), data=st.data())
def test_any_page_schema_has_extractions_that_check_takes(schema: Any, data: st.DataObject):
    assert Judge(schema.value).accepts(data.draw(extractions(schema)))
    assert check_extraction(data.draw(extractions(schema, siblings="balanced", nulls=True)), schema) == []


def test_every_optional_property_is_seen_both_there_and_not():
    found = drawn(extractions(page_schema(Invoice)), count=200)
    for name in ("received", "buyer", "credit", "credit_score", "paid"):
        assert {name in extraction for extraction in found} == {True, False}
    items = [line for extraction in found for line in extraction["lines"]]
    assert {"tax_rate" in item for item in items} == {True, False}


def test_every_branch_of_a_union_and_every_value_of_an_enum_is_seen():
    found = drawn(extractions(page_schema(Invoice, form="pydantic")), count=200)
    items = [line for extraction in found for line in extraction["lines"]]
    assert {item["unit"] for item in items} == {"pc", "h"}
    assert {type(item["amount"]) for item in items} == {int, float, str}
    assert {extraction["seller"]["address"]["country"] for extraction in found} == {"DE", "FR"}


def test_what_a_derived_model_adds_is_seen_beside_the_model_it_derives_from():
    members = [member for found in drawn(extractions(page_schema(Staff)), count=200) for member in found["members"]]
    assert {"badge" in member for member in members} == {True, False}


def test_an_object_has_no_undeclared_properties_unless_the_schema_asks_for_them():
    assert all(extraction.keys() <= Tree.model_fields.keys() for extraction in drawn(extractions(page_schema(Tree))))
    assert any(extraction.keys() - {"name"} for extraction in drawn(extractions(page_schema(Open))))
    assert any(extraction.get("extra") for extraction in drawn(extractions(page_schema(Staff))))


def test_properties_come_in_the_order_of_the_schema():
    for extraction in drawn(extractions(page_schema(Invoice))):
        assert list(extraction) == [name for name in Invoice.model_fields if name in extraction]


@pytest.mark.parametrize("model", [Tree, Formula])
def test_recursion_is_entered_and_ends(model: type[BaseModel]):
    depths = {depth(extraction) for extraction in drawn(extractions(page_schema(model)), count=200)}
    assert len(depths) > 2
    assert max(depths) < 15


def test_recursion_in_many_directions_stays_small():
    names = [f"part_{number}" for number in range(12)]
    node = {"type": "object", "properties": {name: {"type": "array", "items": {"$ref": "#"}} for name in names}}
    assert max(len(jsontext.dumps(extraction)) for extraction in drawn(extractions(node))) < 20_000


@pytest.mark.parametrize(
    "name",
    [
        "date", "date-time", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6",
        "uri", "uri-reference", "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "regex",
        "relative-json-pointer", "not-a-format-of-json-schema",
    ],
)  # fmt: skip
def test_texts_keep_to_their_format_without_a_filter(name: str):
    schema = {"type": "string", "format": name}
    texts = drawn(extractions(schema))
    assert all(map(Judge(schema).accepts, texts))
    assert len(set(texts)) > 20


@pytest.mark.parametrize(
    "pattern",
    [
        "^a$", "b", "^a|b$", "^(a|b)$", "^(?:x|yz){2,3}$", r"^\d{3}\.\d{2}$", r"\d", r"^\w+\s\W\S$", "^[^a-z]{2,}$",
        "^.*$", r"^[\w.-]+@x$", r"^\u0041[\x42-\x44]\/$", "^(?<year>[0-9]{4})-[0-9]{2}$", r"^\p{Lu}[\p{L}\p{N}]*$",
        "(?i)^abc$", "^(ab*c?)+$", r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$", "^a{0}b{2}$", "^$", "", r"^\$€$", r"\bword\b",
        r"^[\]b]$", "^[一-龥]+$", r"^(\d)\1$", r"^(?=.*[A-Z])(?=.*\d).{8,}$", r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$",
    ],
)  # fmt: skip
def test_texts_match_their_pattern(pattern: str):
    schema = {"type": "string", "pattern": pattern}
    assert all(map(Judge(schema).accepts, drawn(extractions(schema), count=60)))


def test_a_pattern_without_anchors_matches_in_the_middle_of_a_text():
    texts = drawn(extractions({"type": "string", "pattern": "[0-9]{3}"}))
    assert any(not text[:1].isdigit() for text in texts)
    assert any(not text[-1:].isdigit() for text in texts)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": {"type": "integer"}, "contains": {"const": 7}, "maxItems": 3},
        {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "null"}], "items": False, "minItems": 1},
        {"type": "array", "contains": {"type": "integer"}, "minContains": 2, "maxContains": 2, "items": {"minimum": 0}},
        {"type": "object", "patternProperties": {"^x_": {"type": "integer"}}, "additionalProperties": False},
        {"type": "object", "additionalProperties": {"type": "boolean"}, "minProperties": 2, "maxProperties": 3},
        {"type": "object", "additionalProperties": {"type": "null"}, "propertyNames": {"pattern": "^[a-z]{2}$"}},
        {"type": "object", "properties": {"a": {}, "b": {}}, "minProperties": 1, "maxProperties": 1},
        {"type": "object", "properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b"]}},
        {"type": "object", "properties": {"a": {}, "b": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {
            "type": "object",
            "properties": {"kind": {"enum": ["x", "y"]}, "why": {"type": "string"}},
            "required": ["kind"],
            "if": {"properties": {"kind": {"const": "x"}}},
            "then": {"required": ["why"]},
        },
        {
            "$defs": {"base": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]}},
            "allOf": [{"$ref": "#/$defs/base"}, {"properties": {"note": {"type": "string"}}, "required": ["note"]}],
            "unevaluatedProperties": False,
        },
        {"type": "array", "items": {"type": "integer"}, "unevaluatedItems": False, "not": {"contains": {"minimum": 9}}},
        {"oneOf": [{"type": "number", "multipleOf": 2}, {"type": "number", "multipleOf": 3}]},
        {"type": ["string", "integer"], "not": {"enum": ["", 0]}},
        {"type": "number", "minimum": 10**20, "multipleOf": 0.01},
    ],
)
def test_seldom_used_keywords_are_kept(schema: dict[str, Any]):
    assert all(map(Judge(schema).accepts, drawn(extractions(schema), count=60)))


def test_siblings_stand_at_every_depth_and_by_mode():
    balanced, fast = (drawn(extractions(page_schema(Invoice), siblings=mode)) for mode in ("balanced", "fast"))
    assert any("amount_meta" in line for extraction in balanced for line in extraction["lines"])
    assert any("amount_score" in line for extraction in fast for line in extraction["lines"])
    assert not any("number_score" in extraction for extraction in balanced)
    assert not any("number_meta" in extraction for extraction in fast)
    assert any(extraction.get("number_citations") for extraction in fast)


def test_a_declared_name_that_looks_like_a_sibling_stays_a_field():
    for extraction in drawn(extractions(page_schema(Invoice), siblings="fast")):
        assert type(extraction.get("credit_score", 0)) is int


def test_nulls_stand_only_where_they_are_asked_for():
    schema = page_schema(Invoice)
    assert None not in [extraction.get("credit", 0) for extraction in drawn(extractions(schema))]
    found = [extraction.get("credit", 0) for extraction in drawn(extractions(schema, nulls=True))]
    assert None in found
    assert any(found)


def test_a_failure_shrinks_to_the_smallest_extraction():
    sized = settings(database=None, max_examples=1000, phases=[Phase.generate, Phase.shrink])
    schema = page_schema(Invoice)
    smallest = find(extractions(schema), lambda _: True, settings=sized)
    assert smallest.keys() == {"number", "issued", "seller", "lines"}
    assert smallest["lines"] == [{"text": "", "quantity": 1, "unit": "h", "amount": 0}]
    deep = find(extractions(page_schema(Tree)), lambda tree: depth(tree) > 4, settings=sized)
    assert deep == {"name": "", "kids": [{"name": "", "kids": [{"name": ""}]}]}
    cited = find(extractions(schema, siblings="fast"), lambda found: "paid_score" in found, settings=sized)
    assert cited.keys() == {*smallest, "paid", "paid_citations", "paid_score"}


def test_what_a_test_changes_in_one_extraction_is_not_in_the_next():
    @settings(max_examples=30, database=None)
    @given(extractions({"type": "object", "properties": {"a": {"const": []}}, "required": ["a"]}, siblings="balanced"))
    def change(extraction: Any) -> None:
        assert extraction["a"] == []
        extraction["a"].append("changed")
        for value in extraction.values():
            value.clear()

    change()


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"type": "integer", "minimum": 2, "maximum": 1}}, "required": ["a"]},
        {"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["next"]},
        {"properties": {"a": False}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"enum": []}}, "minProperties": 1, "additionalProperties": False},
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 3},
        {
            "$defs": {
                "a": {"type": "array", "items": {"$ref": "#/$defs/b"}, "minItems": 1},
                "b": {"$ref": "#/$defs/a"},
            },
            "$ref": "#/$defs/a",
        },
    ],
)
def test_a_schema_that_nothing_satisfies_is_refused_at_once(schema: dict[str, Any]):
    with pytest.raises(InvalidSchema, match="no extraction satisfies it"):
        extractions(schema)


@pytest.mark.parametrize(
    "schema", [{"type": "objekt"}, {"$ref": "#/nowhere"}, {"enum": {1, 2}}, {"const": float("nan")}]
)
def test_what_is_no_schema_is_refused_at_once(schema: dict[str, Any]):
    with pytest.raises(InvalidSchema):
        extractions(schema)
