"""A dozen models in the form of every API: what cannot be said there is told, and what comes back is read."""

from __future__ import annotations

import functools
import json
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Optional
from uuid import UUID

import pytest
from pydantic import AnyUrl, BaseModel, ConfigDict, Field

from pageschema import find_instance, page_schema
from pageschema.finding import Severity
from pageschema.linting import PROFILES, lint, profile_named
from pageschema.project.tailoring import tailored
from pageschema.schema import PageSchema, walk
from pageschema.solver import Instance

PRINTED = "As printed under the heading"


class Currency(Enum):
    EUR = "EUR"
    OTHER = "other"


class Rating(Enum):
    LOW = 1
    UNKNOWN = 0


class Address(BaseModel):
    street: str | None = Field(None, description=PRINTED)
    city: str = Field(description=PRINTED)


class Receipt(BaseModel):
    shop: str = Field(description=PRINTED, min_length=1, max_length=80)
    paid: date = Field(description=PRINTED)
    total: float = Field(description=PRINTED, ge=0, le=1e6)
    tip: float | None = Field(None, description=PRINTED, gt=0)


class Options(BaseModel):
    currency: Currency = Field(description=PRINTED)
    rating: Rating | None = Field(None, description=PRINTED)
    kind: Literal["invoice"] = Field(description=PRINTED)


class Section(BaseModel):
    heading: str = Field(description=PRINTED)
    within: list[Section] = Field(default_factory=list, description=PRINTED)
    before: Optional[Section] = Field(None, description=PRINTED)  # noqa: UP045 - a name that is not bound yet


class Person(BaseModel):
    kind: Literal["person"] = Field(description=PRINTED)
    born: date | None = Field(None, description=PRINTED)


class Company(BaseModel):
    kind: Literal["company"] = Field(description=PRINTED)
    vat: str = Field(description=PRINTED)


class Parties(BaseModel):
    seller: Annotated[Person | Company, Field(discriminator="kind", description=PRINTED)]
    others: list[Person | Company] = Field(description=PRINTED)


class Maps(BaseModel):
    rates: dict[str, float] = Field(description=PRINTED)
    anything: dict[str, Any] = Field(description=PRINTED)


class Kinds(BaseModel):
    amount: Decimal = Field(description=PRINTED)
    number: int | str = Field(description=PRINTED)
    tags: set[str] = Field(description=PRINTED)
    pair: tuple[int, str] = Field(description=PRINTED)
    site: AnyUrl | None = Field(None, description=PRINTED)
    key: UUID = Field(description=PRINTED)
    at: time | None = Field(None, description=PRINTED)


class Patterns(BaseModel):
    iban: str = Field(description=PRINTED, pattern=r"^[A-Z]{2}\d{2}")
    word: str = Field(description=PRINTED, pattern=r"\bfoo\b")


class Nested(BaseModel):
    bill_to: Address = Field(description=PRINTED)
    ship_to: Address | None = Field(None, description=PRINTED)
    notes: list[str | None] = Field(default_factory=list, description=PRINTED)


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    number: str = Field(description=PRINTED)


class Defaults(BaseModel):
    currency: str = Field("EUR", description=PRINTED)
    pages: int = Field(1, description=PRINTED)
    must: str | None = Field(description=PRINTED)
    lines: list[str] | None = Field(description=PRINTED)


class Aliased(BaseModel):
    total: float = Field(description=PRINTED, alias="Total Due")


MODELS = (Receipt, Options, Section, Parties, Maps, Kinds, Patterns, Nested, Open, Defaults, Aliased, Address)
FORMS = [profile for profile in PROFILES if profile.form]
REWORDED = {"oneOf": "anyOf", "const": "enum", "discriminator": "anyOf"}
"""What is said by another keyword in some form: for a choice and for a constant."""

every_form = pytest.mark.parametrize("profile", FORMS, ids=lambda profile: profile.name)


@functools.cache
def schema_of(model):
    return page_schema(model)


@functools.cache
def form_of(model, name):
    return tailored(schema_of(model), profile_named(name))


def keywords(value):
    """Return the schemas of *value* by the names of the fields that lead to them, and the keywords of each."""
    found = {}
    for place in walk(value):
        if isinstance(place.schema, dict):
            found.setdefault(place.pointer, set()).update(place.schema)
    return found


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(each) for name, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


@every_form
def test_what_an_api_will_not_take_is_told_when_its_form_is_written(profile):
    for model in MODELS:
        form = form_of(model, profile.name)
        wrong = [each for each in lint(form.schema, profile=profile.name) if each.severity is Severity.ERROR]
        told = {line.partition(": ")[0] for line in form.amiss}
        assert {each.pointer or "the root" for each in wrong} <= told, model


@every_form
def test_no_keyword_is_lost_in_silence(profile):
    for model in MODELS:
        form = form_of(model, profile.name)
        kept, told = keywords(form.schema.value), " ".join(form.lost)
        for where, names in keywords(schema_of(model).value).items():
            for name in names - kept.get(where, names) - {"$ref", "anyOf"}:
                said = f"{where or 'the root'}: '{name}'" in told
                assert said or REWORDED.get(name) in kept[where], (model, where, name)


@every_form
def test_what_comes_back_in_a_form_that_loses_nothing_is_read_by_the_model(profile):
    for model in MODELS:
        form = form_of(model, profile.name)
        if form.lost or form.amiss or profile.needs_null:
            continue
        found = find_instance(form.schema.value)
        assert isinstance(found, Instance)
        fields = {each.alias or name: each for name, each in model.model_fields.items()}
        required = {name: None for name, each in fields.items() if each.is_required()}
        model.model_validate(required | without_nulls(found.value))


@pytest.mark.parametrize(
    ("name", "model", "said"),
    [
        ("openai", Open, "the root: 'additionalProperties' of true is left out"),
        ("openai", Defaults, "/properties/currency: 'default' of \"EUR\" is left out"),
        ("extend", Nested, "/properties/notes: null is left out of the items"),
        ("extend", Receipt, "the root: null is taken by fields that are required: shop, paid, total"),
        ("llamaextract", Maps, "/properties/rates: 'additionalProperties'"),
        ("anthropic", Receipt, "/properties/total: 'maximum' of 1000000.0 is left out"),
    ],
)
def test_what_a_form_cannot_say_is_told(name, model, said):
    assert any(line.startswith(said) for line in form_of(model, name).lost)


@pytest.mark.parametrize(
    ("branches", "is_told"),
    [
        ([{"type": "string"}, {"type": "number"}], False),
        ([{"type": "integer"}, {"type": "number"}], True),
    ],
)
def test_a_choice_of_one_is_told_to_be_one_of_any_only_where_two_branches_can_meet(branches, is_told):
    total = {"oneOf": branches, "description": PRINTED}
    schema = PageSchema.parse(json.dumps({"type": "object", "properties": {"total": total}, "required": ["total"]}))
    assert any("'oneOf'" in line for line in tailored(schema, profile_named("openai")).lost) == is_told
    assert not any("'oneOf'" in line for line in form_of(Parties, "openai").lost)


def test_a_choice_with_null_is_a_list_of_types_where_there_are_no_choices():
    items = form_of(Nested, "extend").schema.value["properties"]["notes"]["items"]
    assert items == {"type": "string"}


def test_an_array_that_may_be_null_is_a_choice_for_llamaextract():
    lines = {"type": ["array", "null"], "items": {"type": "string"}, "description": PRINTED}
    schema = PageSchema.parse(json.dumps({"type": "object", "properties": {"lines": lines}, "required": ["lines"]}))
    form = tailored(schema, profile_named("llamaextract"))
    assert form.schema.value["properties"]["lines"] == {
        "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}],
        "description": PRINTED,
    }
    assert form.amiss == form.lost == ()


def test_a_reference_stands_alone_for_openai():
    value = {
        "type": "object",
        "properties": {"first": {"$ref": "#/$defs/S", "description": PRINTED}},
        "required": ["first"],
        "$defs": {"S": {"type": "object", "properties": {"heading": {"type": "string", "description": PRINTED}}}},
    }
    first = tailored(PageSchema.parse(json.dumps(value)), profile_named("openai")).schema.value["properties"]["first"]
    assert first == {"anyOf": [{"$ref": "#/$defs/S"}], "description": PRINTED}
