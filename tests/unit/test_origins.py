"""Every part of a page schema knows the line that causes it, however its class came about.

A source below marks lines with ``#@`` and the pointers that they cause; what is before ``>`` names the model there.
"""

from __future__ import annotations

import re
import sys
import textwrap

import pytest

from pageschema.generation import page_schema
from pageschema.models import load_models

HEAD = """
import dataclasses, datetime as dt, enum
from typing import Annotated, Any, ClassVar, Generic, Literal, NotRequired, Optional, TypeVar, Union
from pydantic import AliasChoices, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, computed_field
from pydantic import Discriminator, Tag, create_model, field_validator, model_validator
from pydantic.dataclasses import dataclass
from pydantic.alias_generators import to_camel
from typing_extensions import TypedDict
T = TypeVar("T")
"""
CASES = {
    "plain": """
        class Doc(BaseModel):  #@ Doc>
            a: int  #@ Doc>/properties/a
            b: str  #@ Doc>/properties/b/type
    """,
    "a keyword of the root is the class's": """
        class Doc(BaseModel):  #@ Doc>/required/0
            a: int
    """,
    "nested": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/line/properties/amount
        class Doc(BaseModel):
            line: Line  #@ Doc>/properties/line
    """,
    "in a list": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/lines/items/properties/amount/type
        class Doc(BaseModel):
            lines: list[Line]  #@ Doc>/properties/lines/items
    """,
    "optional": """
        class Line(BaseModel):
            amount: Optional[float] = None  #@ Line>/properties/line/properties/amount
        class Doc(BaseModel):
            line: Optional[Line] = None  #@ Doc>/properties/line
    """,
    "three levels": """
        class C(BaseModel):
            z: int  #@ C>/properties/x/properties/y/properties/z
        class B(BaseModel):
            y: C  #@ B>/properties/x/properties/y
        class Doc(BaseModel):
            x: B
    """,
    "in a map": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/by_name/additionalProperties/properties/amount
        class Doc(BaseModel):
            by_name: dict[str, Line]
    """,
    "in a tuple": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/pair/prefixItems/1/properties/amount
        class Doc(BaseModel):
            pair: tuple[int, Line]
    """,
    "the same class twice": """
        class Address(BaseModel):
            city: str  #@ Address>/properties/home/properties/city Address>/properties/work/properties/city
        class Doc(BaseModel):
            home: Address
            work: Address
    """,
    "a nested class": """
        class Doc(BaseModel):
            class Line(BaseModel):
                amount: float  #@ Line>/properties/lines/items/properties/amount
            lines: list[Line]  #@ Doc>/properties/lines
    """,
    "recursive": """
        class Part(BaseModel):  #@ Part>/$defs/Part/required/0
            name: str  #@ Part>/$defs/Part/properties/name
            parts: list["Part"]  #@ Part>/$defs/Part/properties/parts/items
        class Doc(BaseModel):
            top: Part  #@ Doc>/properties/top
    """,
    "a recursive root": """
        class Doc(BaseModel):  #@ Doc>
            name: str  #@ Doc>/properties/name Doc>/$defs/Doc/properties/name
            parts: list["Doc"]  #@ Doc>/properties/parts
    """,
    "inherited": """
        class Base(BaseModel):
            a: int  #@ Base>/properties/a
        class Doc(Base):
            b: int  #@ Doc>/properties/b
    """,
    "inherited twice over": """
        class A(BaseModel):
            a: int  #@ A>/properties/a
        class B(A):
            b: int  #@ B>/properties/b
        class Doc(B):
            c: int
    """,
    "declared again": """
        class Base(BaseModel):
            a: int
        class Doc(Base):
            a: int  #@ Doc>/properties/a
    """,
    "from the first of two bases": """
        class One(BaseModel):
            a: int  #@ One>/properties/a
        class Two(BaseModel):
            a: int
            b: int  #@ Two>/properties/b
        class Doc(One, Two):
            pass
    """,
    "from a mixin that is no model": """
        class Mixin:
            a: int  #@ Mixin>/properties/a
        class Doc(Mixin, BaseModel):
            b: int
    """,
    "inherited by a nested model": """
        class Base(BaseModel):
            page: int  #@ Base>/properties/lines/items/properties/page
        class Line(Base):
            amount: float
        class Doc(BaseModel):
            lines: list[Line]
    """,
    "inherited from another module": """
        from {common} import Base
        class Doc(Base):
            b: int  #@ Doc>/properties/b
    """,
    "nested in another module": """
        from {common} import Address
        class Doc(BaseModel):
            home: Address  #@ Doc>/properties/home
    """,
    "generic": """
        class Page(BaseModel, Generic[T]):  #@ Page[Line]>
            items: list[T]  #@ Page>/properties/items
            number: int  #@ Page>/properties/number
        class Line(BaseModel):
            amount: float  #@ Line>/properties/items/items/properties/amount
        Doc = Page[Line]
    """,
    "a generic inside": """
        class Read(BaseModel, Generic[T]):
            value: T  #@ Read>/properties/total/properties/value Read>/properties/name/properties/value
        class Doc(BaseModel):
            total: Read[float]  #@ Doc>/properties/total
            name: Read[str]
    """,
    "derived from a generic": """
        class Page(BaseModel, Generic[T]):
            items: list[T]  #@ Page>/properties/items
        class Doc(Page[int]):
            b: int  #@ Doc>/properties/b
    """,
    "an alias": """
        class Doc(BaseModel):
            a: int = Field(alias="Net_amount")  #@ Doc>/properties/Net_amount
    """,
    "an alias with a slash": """
        class Doc(BaseModel):
            a: int = Field(alias="net/gross")  #@ Doc>/properties/net~1gross
    """,
    "a validation alias": """
        class Doc(BaseModel):
            a: int = Field(validation_alias="incoming", serialization_alias="outgoing")  #@ Doc>/properties/incoming
    """,
    "a choice of aliases": """
        class Doc(BaseModel):
            a: int = Field(validation_alias=AliasChoices(AliasPath("x", 0), "first"))  #@ Doc>/properties/first
    """,
    "an alias generator": """
        class Doc(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel)
            total_net: int  #@ Doc>/properties/totalNet
    """,
    "an alias generator of a nested model": """
        class Line(BaseModel):
            model_config = ConfigDict(alias_generator=str.upper)
            net: int  #@ Line>/properties/line/properties/NET
        class Doc(BaseModel):
            line: Line
    """,
    "aliases that swap names": """
        class Doc(BaseModel):
            a: int = Field(alias="b")  #@ Doc>/properties/b
            b: int = Field(alias="a")  #@ Doc>/properties/a
    """,
    "annotated": """
        class Doc(BaseModel):
            a: Annotated[int, Field(description="x")]  #@ Doc>/properties/a/description
    """,
    "a type that is defined elsewhere": """
        Money = Annotated[float, Field(ge=0)]
        class Doc(BaseModel):
            a: Money  #@ Doc>/properties/a/minimum
    """,
    "a field over several lines": """
        class Doc(BaseModel):
            a: int
            b: Optional[  #@ Doc>/properties/b
                list[str]
            ] = Field(
                None,
                description="several lines",
            )
            c: int  #@ Doc>/properties/c
    """,
    "a call over several lines": """
        class Doc(BaseModel):
            a: str = Field(  #@ Doc>/properties/a/description
                ...,
                description="one "
                "two",
            )
    """,
    "a discriminated union": """
        class Cat(BaseModel):
            kind: Literal["cat"]  #@ Cat>/properties/pet/oneOf/0/properties/kind
            lives: int  #@ Cat>/properties/pet/oneOf/0/properties/lives
        class Dog(BaseModel):
            kind: Literal["dog"]
            tricks: int  #@ Dog>/properties/pet/oneOf/1/properties/tricks
        class Doc(BaseModel):
            pet: Union[Cat, Dog] = Field(discriminator="kind")  #@ Doc>/properties/pet/oneOf
    """,
    "a union told apart by a function": """
        class Cat(BaseModel):
            lives: int  #@ Cat>/properties/pet/oneOf/0/properties/lives
        class Dog(BaseModel):
            tricks: int  #@ Dog>/properties/pet/oneOf/1/properties/tricks
        def tell(value): return "cat"
        class Doc(BaseModel):
            pet: Annotated[Union[Annotated[Cat, Tag("cat")], Annotated[Dog, Tag("dog")]], Discriminator(tell)]
    """,
    "a union of models": """
        class Cat(BaseModel):
            lives: int  #@ Cat>/properties/pet/anyOf/0/properties/lives
        class Dog(BaseModel):
            tricks: int  #@ Dog>/properties/pet/anyOf/1/properties/tricks
        class Doc(BaseModel):
            pet: Cat | Dog | None = None
    """,
    "a root model inside": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/lines/items/properties/amount
        class Lines(RootModel[list[Line]]):
            pass
        class Doc(BaseModel):
            lines: Lines  #@ Doc>/properties/lines/items
    """,
    "a root model over a model": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/amount
        class Doc(RootModel[Line]):
            pass
    """,
    "a Pydantic dataclass": """
        @dataclass
        class Point:
            x: int  #@ Point>/properties/at/properties/x
        class Doc(BaseModel):
            at: Point
    """,
    "a dataclass of the library": """
        @dataclasses.dataclass(frozen=True)
        class Point:
            x: int
            y: int = dataclasses.field(default=0)  #@ Point>/properties/at/properties/y
        class Doc(BaseModel):
            at: Point
    """,
    "a dataclass that inherits": """
        @dataclasses.dataclass
        class Base:
            x: int  #@ Base>/properties/at/properties/x
        @dataclasses.dataclass
        class Point(Base):
            y: int  #@ Point>/properties/at/properties/y
        class Doc(BaseModel):
            at: Point
    """,
    "an aliased field of a dataclass": """
        @dataclass
        class Point:
            x: int = Field(alias="X")  #@ Point>/properties/at/properties/X
        class Doc(BaseModel):
            at: Point
    """,
    "a typed dictionary": """
        class Point(TypedDict):
            x: int
            y: NotRequired[int]  #@ Point>/properties/at/properties/y
        class Doc(BaseModel):
            at: Point
    """,
    "a typed dictionary that inherits": """
        class Base(TypedDict):
            x: int  #@ Base>/properties/at/properties/x
        class Point(Base):
            y: int  #@ Point>/properties/at/properties/y
        class Doc(BaseModel):
            at: Point
    """,
    "under a decorator": """
        def marked(cls): return cls
        @marked
        @marked
        class Doc(BaseModel):  #@ Doc>
            a: int  #@ Doc>/properties/a
    """,
    "under a decorator that makes another class": """
        def wider(cls): return create_model("Doc", __base__=cls, b=(int, ...), __module__=cls.__module__)
        @wider
        class Doc(BaseModel):
            a: int  #@ Doc>/properties/a
    """,
    "in a function": """
        def make():
            class Inner(BaseModel):
                a: int  #@ Inner>/properties/a
            return Inner
        Doc = make()
    """,
    "in a function of a class": """
        class Factory:
            def make(self):
                class Inner(BaseModel):
                    a: int  #@ Inner>/properties/a
                return Inner
        Doc = Factory().make()
    """,
    "in a branch": """
        if dt.MINYEAR == 1:
            class Doc(BaseModel):  #@ Doc>
                a: int  #@ Doc>/properties/a
        else:
            class Doc(BaseModel):
                b: int
    """,
    "in the other branch": """
        if dt.MINYEAR == 2:
            class Doc(BaseModel):
                a: int
        else:
            class Doc(BaseModel):
                a: str  #@ Doc>/properties/a
    """,
    "in the first of two like branches": """
        if dt.MINYEAR == 1:
            class Doc(BaseModel):
                a: str  #@ Doc>/properties/a
        else:
            class Doc(BaseModel):
                a: int
    """,
    "in a try": """
        try:
            import no_such_package
        except ImportError:
            class Doc(BaseModel):
                a: int  #@ Doc>/properties/a
    """,
    "in a with": """
        import contextlib
        with contextlib.nullcontext():
            class Doc(BaseModel):
                a: int  #@ Doc>/properties/a
    """,
    "a field in a branch": """
        class Doc(BaseModel):
            if dt.MINYEAR == 1:
                a: int  #@ Doc>/properties/a
            else:
                a: str
    """,
    "a field declared twice": """
        class Doc(BaseModel):
            a: int
            a: str  #@ Doc>/properties/a
    """,
    "two classes of one name, the later counts": """
        class Doc(BaseModel):
            a: int
        class Doc(BaseModel):
            a: int  #@ Doc>/properties/a
    """,
    "two classes of one name, the earlier is meant": """
        class Part(BaseModel):
            a: int  #@ Part>/properties/first/properties/a
        First = Part
        class Part(BaseModel):
            a: int
            b: int  #@ Part>/properties/second/properties/b
        class Doc(BaseModel):
            first: First
            second: Part
    """,
    "two classes of one name told apart by a docstring": """
        class Part(BaseModel):
            '''The first.'''
            a: int  #@ Part>/properties/first/properties/a
        First = Part
        class Part(BaseModel):
            '''The second.'''
            a: int  #@ Part>/properties/second/properties/a
        class Doc(BaseModel):
            first: First
            second: Part
    """,
    "nested classes of one name": """
        class One(BaseModel):
            class Part(BaseModel):
                a: int  #@ Part>/properties/one/properties/part/properties/a
            part: Part
        class Two(BaseModel):
            class Part(BaseModel):
                a: int  #@ Part>/properties/two/properties/part/properties/a
            part: Part
        class Doc(BaseModel):
            one: One
            two: Two
    """,
    "an enum's members": """
        class Kind(enum.Enum):
            A = "a"  #@ Kind>/properties/kind/enum/0
            B = "b"  #@ Kind>/properties/kind/enum/1
        class Doc(BaseModel):
            kind: Kind  #@ Doc>/properties/kind/enum Doc>/properties/kind/type
    """,
    "an enum of text, optional and in a list": """
        class Kind(enum.StrEnum):
            A = "a"
            B = enum.auto()  #@ Kind>/properties/one/enum/1 Kind>/properties/more/items/enum/1
        class Doc(BaseModel):
            one: Optional[Kind] = None
            more: list[Kind]
    """,
    "a literal is the field's": """
        class Doc(BaseModel):
            kind: Literal["a", "b"]  #@ Doc>/properties/kind/enum/1
    """,
    "docstrings below fields": """
        class Doc(BaseModel):
            model_config = ConfigDict(use_attribute_docstrings=True)
            a: int  #@ Doc>/properties/a/description
            '''What a is.'''
            b: int  #@ Doc>/properties/b/description
            '''What b is.'''
    """,
    "beside validators and computed fields": """
        class Doc(BaseModel):
            a: int  #@ Doc>/properties/a
            @field_validator("a")
            @classmethod
            def b(cls, value): return value
            @computed_field
            @property
            def c(self) -> int: return 1
            d: int  #@ Doc>/properties/d
    """,
    "a field that shares its name with a validator's argument": """
        class Doc(BaseModel):
            @model_validator(mode="before")
            @classmethod
            def value(cls, a): return a
            a: int  #@ Doc>/properties/a
    """,
    "beside a class variable and a constant": """
        class Doc(BaseModel):
            LIMIT: ClassVar[int] = 3
            a: int = Field(le=LIMIT)  #@ Doc>/properties/a/maximum
    """,
    "quoted annotations": """
        class Doc(BaseModel):
            a: "Optional[Line]" = None  #@ Doc>/properties/a
        class Line(BaseModel):
            b: "int"  #@ Line>/properties/a/properties/b
        Doc.model_rebuild()
    """,
    "letters of more than a byte": """
        class Doc(BaseModel):
            größe: int = Field(description="Größe in m²")  #@ Doc>/properties/größe
            straße: str  #@ Doc>/properties/straße
    """,
    "several statements on a line": """
        class Doc(BaseModel):
            a: int; b: str  #@ Doc>/properties/a Doc>/properties/b
    """,
    "the body of a class on its line": """
        class Line(BaseModel): a: int  #@ Line>/properties/line/properties/a
        class Doc(BaseModel):
            line: Line
    """,
    "extra properties of a hook are the class's": """
        class Doc(BaseModel):  #@ Doc>/properties/z
            model_config = ConfigDict(json_schema_extra=lambda s: s["properties"].update(z={"type": "string"}))
            a: int  #@ Doc>/properties/a
    """,
    "a keyword beside a reference": """
        class Line(BaseModel):
            amount: float  #@ Line>/properties/line/allOf/0/properties/amount
        class Doc(BaseModel):
            line: Annotated[Line, Field(json_schema_extra={"required": []})]  #@ Doc>/properties/line/required
    """,
}
COMMON = """
from pydantic import BaseModel

class Base(BaseModel):
    a: int  #@ Base>/properties/a

class Address(BaseModel):
    city: str  #@ Address>/properties/home/properties/city
"""
MARK = re.compile(r"#@ (.*)")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return tmp_path


def marked(file, text):
    """Every mark of a text: (pointer, file, line, model)."""
    for number, line in enumerate(text.splitlines(), start=1):
        for mark in re.findall(r"(\S+?)>(\S*)", (MARK.search(line) or [""])[0]):
            yield mark[1], file, number, mark[0]


@pytest.mark.filterwarnings("ignore:Field name:UserWarning")
@pytest.mark.parametrize("form", ["datalab", "pydantic"])
@pytest.mark.parametrize("lazy", ["", "from __future__ import annotations\n"])
@pytest.mark.parametrize("name", CASES)
def test_every_part_of_a_page_schema_knows_the_line_that_causes_it(folder, name, lazy, form):
    common = f"common_{sum(map(ord, name + lazy + form))}"
    text = lazy + HEAD.lstrip("\n") + textwrap.dedent(CASES[name]).replace("{common}", common)
    (folder / "models.py").write_text(text, encoding="utf-8")
    (folder / f"{common}.py").write_text(COMMON, encoding="utf-8")
    expected = list(marked("models.py", text))
    if "{common}" in CASES[name]:
        expected += [each for each in marked(f"{common}.py", COMMON) if re.search(rf"\b{each[3]}\b", CASES[name])]
    schema = page_schema(load_models("models.py:Doc")[0].model, form=form)
    if form == "pydantic":  # Which inlines nothing; what is at the same place must be the same.
        expected = [each for each in expected if each[0] in schema.origins]
    for pointer, file, line, model in expected:
        origin = schema.origin_of(pointer)
        assert (pointer, origin.file, origin.line, origin.model) == (pointer, file, line, model)
        statement = (folder / file).read_text(encoding="utf-8").splitlines()[line - 1][origin.column - 1 :]
        assert statement.startswith(("class ", origin.field or "class "))


def test_the_cases_are_many():
    assert len(CASES) >= 60
