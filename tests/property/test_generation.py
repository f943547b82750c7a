"""Random models: both forms of their page schema, and the models themselves, agree on every extraction."""

from __future__ import annotations

import copy
import datetime as dt
import enum
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import AliasChoices, AliasPath, BaseModel, Field, RootModel, create_model
from pydantic.dataclasses import dataclass as pydantic_dataclass
from typing_extensions import TypedDict

from pageschema.generation import page_schema
from pageschema.schema import Judge, metaschema_fault

# Pydantic takes milliseconds to build a model, on a busy machine many.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass
class Spec:
    """A type for a field, the extractions it loads (as JSON), and the model inside it, if any."""

    annotation: Any
    values: st.SearchStrategy[Any]
    model: ModelSpec | None = None
    nullable: bool = False


@dataclass
class ModelSpec:
    """A model, and by key in JSON: its fields, and which of them must be there."""

    model: type[BaseModel]
    fields: dict[str, Spec]
    required: set[str]

    def extractions(self) -> st.SearchStrategy[Any]:
        needed = {key: each.values for key, each in self.fields.items() if key in self.required}
        others = {key: each.values for key, each in self.fields.items() if key not in self.required}
        return st.fixed_dictionaries(needed, optional=others)


KIND = enum.Enum("KIND", {"GOODS": "goods", "OTHER": "other"})
SCALARS = [
    Spec(str, st.text(max_size=2)),
    Spec(int, st.integers(-(10**6), 10**6)),
    Spec(float, st.floats(allow_nan=False, allow_infinity=False, width=32)),
    Spec(bool, st.booleans()),
    Spec(dt.date, st.dates(dt.date(1900, 1, 1)).map(dt.date.isoformat)),
    Spec(KIND, st.sampled_from(["goods", "other"])),
    Spec(Literal["a", "b"], st.sampled_from(["a", "b"])),
    Spec(Annotated[int, Field(ge=0, le=100)], st.integers(0, 100)),
    Spec(Annotated[str, Field(min_length=1, pattern="^[a-z]+$")], st.sampled_from(["goods", "a"])),
]


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"]
    tricks: list[str] = Field(default_factory=list)


@pydantic_dataclass
class Point:
    x: float
    y: float = 0.0


class Span(TypedDict):
    start: dt.date
    end: NotRequired[dt.date]


DATES = st.dates(dt.date(1900, 1, 1)).map(dt.date.isoformat)
NUMBERS = st.floats(-1e6, 1e6)
COMPOUNDS = [
    Spec(
        Annotated[Cat | Dog, Field(discriminator="kind")],
        st.fixed_dictionaries({"kind": st.just("cat"), "lives": st.integers(0, 9)})
        | st.fixed_dictionaries({"kind": st.just("dog")}, optional={"tricks": st.lists(st.text(max_size=2))}),
    ),
    Spec(Point, st.fixed_dictionaries({"x": NUMBERS}, optional={"y": NUMBERS})),
    Spec(Span, st.fixed_dictionaries({"start": DATES}, optional={"end": DATES})),
    Spec(RootModel[list[int]], st.lists(st.integers(-9, 9), max_size=2)),
    Spec(dict[str, bool], st.dictionaries(st.text(max_size=2), st.booleans(), max_size=2)),
    Spec(tuple[int, str], st.tuples(st.integers(-9, 9), st.text(max_size=2)).map(list)),
    Spec(set[int], st.lists(st.integers(-9, 9), max_size=2, unique=True)),
]
KEYS = ["total", "title", "$ref", "default", "properties", "type", "required", "Zwölf / ~", "line_items"]


@st.composite
def specs(draw: st.DrawFn, depth: int = 2) -> Spec:
    spec = draw(st.sampled_from([*SCALARS, *COMPOUNDS]))
    if depth and draw(st.integers(0, 3)) == 0:
        inner = draw(models(depth=depth - 1))
        spec = Spec(inner.model, inner.extractions(), inner)
    if draw(st.integers(0, 3)) == 0:
        spec = Spec(spec.annotation | None, st.none() | spec.values, spec.model, nullable=True)
    if draw(st.integers(0, 3)) == 0:
        spec = Spec(list[spec.annotation], st.lists(spec.values, max_size=2), spec.model)
    return spec


@st.composite
def models(draw: st.DrawFn, depth: int = 2) -> ModelSpec:
    name = draw(st.sampled_from(["Invoice", "Line", "Party"]))
    fields: dict[str, Spec] = {}
    required: set[str] = set()
    definitions: dict[str, Any] = {}
    for index, key in enumerate(draw(st.lists(st.sampled_from(KEYS), max_size=3, unique=True))):
        spec = draw(specs(depth=depth))
        options = draw(
            st.fixed_dictionaries({}, optional={"description": st.just("What it is."), "title": st.just(key)})
        )
        default = draw(st.sampled_from(["required", "null" if spec.nullable else "required", "value"]))
        if default == "null":
            options["default"] = None
        elif default == "value" and spec in SCALARS:
            options["default"] = draw(spec.values)
        else:
            required.add(key)
        fields[key] = spec
        if draw(st.booleans()):
            alias = {"alias": key}
        else:
            alias = {"validation_alias": AliasChoices(AliasPath("elsewhere", 0), key, "another")}
        definitions[f"field_{index}"] = (spec.annotation, Field(**alias, **options))
    if draw(st.integers(0, 3)) == 0:
        definitions["parts"] = (f"list[{name}]", Field(default_factory=list))
    model = create_model(name, **definitions)
    spec = ModelSpec(model, fields, required)
    if "parts" in definitions:
        spec.fields = {**fields, "parts": Spec(list, st.lists(spec.extractions(), max_size=2), spec)}
    return spec


JSON = st.sampled_from(
    [None, True, 0, 1.5, "", "goods", "2024-02-29", "2024-02-30", [], {}, [None], ["a"], {"total": 1}]
)


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """Return *value* with one part of it replaced or left out; often it is no extraction any more."""
    value = copy.deepcopy(value)
    here = value
    while True:
        if isinstance(here, dict) and here:
            key = draw(st.sampled_from(sorted(here)))
        elif isinstance(here, list) and here:
            key = draw(st.integers(0, len(here) - 1))
        else:
            return value
        if isinstance(here[key], dict | list) and here[key] and draw(st.booleans()):
            here = here[key]
            continue
        if draw(st.booleans()):
            here[key] = draw(JSON)
        else:
            del here[key]
        return value


def settled(value: Any, spec: ModelSpec, *, absent: bool) -> Any:
    """Read what is absent and what is null as one: where a field may be either, leave it out, or else write null."""
    if isinstance(value, list):
        return [settled(each, spec, absent=absent) for each in value]
    if not isinstance(value, dict):
        return value
    result = dict(value)
    for key, field in spec.fields.items():
        may_be_absent = key not in spec.required or field.nullable
        if may_be_absent and result.get(key, 0) is None:
            del result[key]
        if not absent and key in spec.required and field.nullable:
            result.setdefault(key, None)
        if key in result and field.model is not None:
            result[key] = settled(result[key], field.model, absent=absent)
    return result


@unhurried
@given(st.data())
def test_both_forms_and_the_model_agree_on_every_extraction(data):
    spec = data.draw(models())
    datalab, own = page_schema(spec.model), page_schema(spec.model, form="pydantic")
    for form in (datalab, own):
        assert form.value["type"] == "object"
        assert list(form.value["properties"]) == list(spec.fields)
        assert metaschema_fault(form.value) is None

    good = data.draw(spec.extractions())
    spec.model.model_validate(good)
    assert Judge(datalab.value).accepts(settled(good, spec, absent=True))
    assert Judge(own.value).accepts(good)

    maybe = data.draw(damaged(good))
    accepted = Judge(datalab.value).accepts(settled(maybe, spec, absent=True))
    assert accepted == Judge(own.value).accepts(settled(maybe, spec, absent=False))
    if accepted:
        spec.model.model_validate(settled(maybe, spec, absent=False))


@unhurried
@given(models())
def test_every_property_knows_the_field_it_came_from(spec):
    schema = page_schema(spec.model)
    for key in spec.fields:
        where = "/properties/" + key.replace("~", "~0").replace("/", "~1")
        field = schema.origins[where].field
        info = spec.model.model_fields.get(field)
        assert field == "parts" or key in [info.alias, *getattr(info.validation_alias, "choices", ())]


@unhurried
@given(models())
def test_the_same_model_gives_the_same_text_again(spec):
    assert page_schema(spec.model).text == page_schema(spec.model).text
