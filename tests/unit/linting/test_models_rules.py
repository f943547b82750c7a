"""What lint says of models beside what it says of their schemas: of the source, of the validators, of two runs."""

# ruff: noqa: E501 - a mark stands on the line that it marks

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from functools import partial

import pytest

from pageschema import linting
from pageschema.errors import CannotGenerate
from pageschema.generation import page_schema
from pageschema.models import load_models

lint = partial(linting.lint, notes=True)

HEAD = """
import datetime as dt, enum, random, time, uuid
from decimal import Decimal
from typing import Annotated, Any, Callable, ClassVar, Literal, Optional
from pydantic import AfterValidator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr
from pydantic import WithJsonSchema, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema
"""
MARK = re.compile(r"#! (PS\d{3}) (\S*)$")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lines_of(source):
    """The text of a file of models, and what its marks say: (code, pointer, line)."""
    text = HEAD.lstrip() + textwrap.dedent(source)
    found = [(number, MARK.search(line)) for number, line in enumerate(text.splitlines(), start=1)]
    return MARK.sub("", text), [(mark[1], mark[2].removeprefix("(root)"), number) for number, mark in found if mark]


def findings(folder, text, target="models.py"):
    (folder / "models.py").write_text(text, encoding="utf-8")
    return [finding for site in load_models(target) for finding in lint(generated(site.model))]


def generated(model):
    try:
        return page_schema(model)
    except CannotGenerate as error:
        return error


def table(cases):
    return pytest.mark.parametrize("source", [pytest.param(text, id=name) for name, text in cases.items()])


FLAGGED = {
    # Descriptions that stand where nobody sends them
    "a phrase as default": """
        class Doc(BaseModel):
            vendor: str = Field("Name of the vendor")  #! PS701 /properties/vendor/default
            total: float = Field(description="The amount due")
    """,
    "a description of a number as default": """
        class Doc(BaseModel):
            years: int = Field("Experience")  #! PS701 /properties/years/default
            total: float = Field(description="The amount due")
    """,
    "the name of the field as default": """
        class Doc(BaseModel):
            invoice_number: str = Field("Invoice number")  #! PS701 /properties/invoice_number/default
            total: float = Field(description="The amount due")
    """,
    "in every field of a nested model": """
        class Line(BaseModel):
            name: str = Field("The name of the article")  #! PS701 /properties/lines/items/properties/name/default
            price: float = Field("What one of it costs")  #! PS701 /properties/lines/items/properties/price/default
        class Doc(BaseModel):
            lines: list[Line] = Field(description="What was bought")
    """,
    "once where its model is used twice": """
        class Address(BaseModel):
            city: str = Field("The name of the city")  #! PS701 /properties/home/properties/city/default
        class Doc(BaseModel):
            home: Address = Field(description="Where the buyer lives")
            work: Address = Field(description="Where it is delivered")
    """,
    "a comment behind": """
        class Doc(BaseModel):
            total: float  # the amount due, with tax   #! PS707 /properties/total
            issued: dt.date = Field(description="The day of issue")
    """,
    "a comment above": """
        class Doc(BaseModel):
            issued: dt.date = Field(description="The day of issue")
            # the amount due, with tax
            total: float  #! PS707 /properties/total
    """,
    "a docstring below": """
        class Doc(BaseModel):
            issued: dt.date = Field(description="The day of issue")
            total: float  #! PS707 /properties/total
            '''The amount due, with tax.'''
    """,
    "all of it in comments": """
        class Doc(BaseModel):
            issued: dt.date  # the day of issue   #! PS707 /properties/issued
            total: float  # the amount due, with tax   #! PS707 /properties/total
    """,
    "the docstring of the class": """
        class Doc(BaseModel):
            '''An invoice.

            Attributes:
                total (float): The amount due, with tax.
            '''
            issued: dt.date = Field(description="The day of issue")
            total: float  #! PS707 /properties/total
    """,
    "in a base": """
        class Base(BaseModel):
            total: float  # the amount due   #! PS707 /properties/total
        class Doc(Base):
            issued: dt.date = Field(description="The day of issue")
    """,
    # What is a field, and what is none
    "a private name": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            _service: Optional[str]  #! PS704 (root)
            _day: dt.date | None = None  #! PS704 (root)
    """,
    "a private name of a nested model": """
        class Line(BaseModel):
            price: float = Field(description="What it costs")
            _kind: Literal["a", "b"]  #! PS704 /properties/lines/items
        class Doc(BaseModel):
            lines: list[Line] = Field(description="What was bought")
    """,
    "a constant": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            FLOAT_TOLERANCE: float = 0.01  #! PS706 /properties/FLOAT_TOLERANCE
    """,
    "an id and a time of the record": """
        def new_id() -> str:
            return str(uuid.uuid4())
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            id: str = Field(default_factory=new_id, description="Id")  #! PS709 /properties/id
            key: uuid.UUID = Field(default_factory=uuid.uuid4, description="Key")  #! PS709 /properties/key
            read: dt.datetime = Field(default_factory=lambda: dt.datetime.now(dt.UTC), description="R")  #! PS709 /properties/read
    """,
    # What the model refuses
    "a schema of the author's": """
        class Doc(BaseModel):
            day: Annotated[dt.date, WithJsonSchema({"type": "string"})] = Field(description="Day")  #! PS705 /properties/day
    """,
    "another type by json_schema_extra": """
        class Doc(BaseModel):
            n: int = Field(description="Count", json_schema_extra={"type": "string"})  #! PS705 /properties/n
    """,
    "a required field that is not sent": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            source: SkipJsonSchema[str]  #! PS705 (root)
    """,
    "a validator that expects text": """
        def read(value): return float(value.replace(".", "").replace(",", "."))
        class Line(BaseModel):
            price: Annotated[float, BeforeValidator(read)] = Field(description="P")  #! PS705 /properties/lines/items/properties/price
        class Doc(BaseModel):
            lines: list[Line] = Field(description="What was bought")
    """,
    "a validator that expects another date": """
        class Doc(BaseModel):
            day: dt.date = Field(description="Day")  #! PS705 /properties/day
            @field_validator("day", mode="before")
            @classmethod
            def read(cls, value):
                return dt.datetime.strptime(value, "%d.%m.%Y").date()
    """,
    "a validator that tests a bound": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")  #! PS705 /properties/total
            @field_validator("total")
            @classmethod
            def positive(cls, value):
                if value < 0:
                    raise ValueError("must not be negative")
                return value
    """,
    "a validator that tests a list of values": """
        def known(value):
            assert value in ("EUR", "USD"), "unknown currency"
            return value
        class Doc(BaseModel):
            currency: Annotated[str, AfterValidator(known)] = Field(description="Currency")  #! PS705 /properties/currency
    """,
    # What differs from run to run
    "examples from a set": """
        class Doc(BaseModel):
            kind: str = Field(description="Kind", examples=list({"alpha", "beta", "gamma", "delta", "eps"}))  #! PS702 /properties/kind/examples
    """,
    "a literal from a set": """
        KINDS = {"alpha", "beta", "gamma", "delta", "epsilon"}
        class Doc(BaseModel):
            kind: Optional[Literal[tuple(KINDS)]] = Field(None, description="Kind")  #! PS702 /properties/kind/enum
            other: str = Field(description="Another")
    """,
    "the clock at import": """
        class Line(BaseModel):
            read: dt.datetime = Field(dt.datetime.now(), description="When")  #! PS702 /properties/lines/items/properties/read/default
        class Doc(BaseModel):
            lines: list[Line] = Field(description="What was bought")
    """,
    "this year": """
        class Doc(BaseModel):
            year: int = Field(description="Year", le=dt.date.today().year)  #! PS702 /properties/year/maximum
    """,
    "a random id": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            id: str = Field(str(uuid.uuid4()), description="Id")  #! PS702 /properties/id/default
    """,
    "a hook with a set": """
        def more(schema): schema["x-tags"] = [*{"alpha", "beta", "gamma", "delta", "epsilon"}]
        class Doc(BaseModel):
            total: float = Field(description="The amount due", json_schema_extra=more)  #! PS702 /properties/total/x-tags
    """,
    # What has no page schema
    "a callable": """
        class Line(BaseModel):
            price: float = Field(description="What it costs")
            rule: Callable[[int], int]  #! PS703 (root)
        class Doc(BaseModel):
            lines: list[Line] = Field(description="What was bought")
    """,
    "a class that is no data": """
        class Money:
            pass
        class Doc(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            total: Money = Field(description="The amount due")  #! PS703 (root)
    """,
    "a name that nobody defined": """
        class Doc(BaseModel):
            total: "Money" = Field(description="The amount due")  #! PS703 (root)
    """,
    "a hook that raises": """
        class Doc(BaseModel):
            n: int = Field(description="Count")
            total: float = Field(description="Due", json_schema_extra=lambda s: s["no"])  #! PS703 (root)
    """,
    "a path without a key": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due", validation_alias=AliasPath("sums", "net"))  #! PS703 (root)
    """,
}
SILENT = {
    "defaults that are meant": """
        class Doc(BaseModel):
            currency: str = Field("EUR", description="Currency")
            country: str = Field("United States", description="Country")
            terms: Literal["due at once", "in a month"] = Field("due at once", description="Terms")
            nothing: str = Field("not specified", description="Nothing")
    """,
    "a phrase as default beside a description": """
        class Doc(BaseModel):
            terms: str = Field("due on receipt", description="Terms of payment")
    """,
    "comments beside descriptions": """
        class Doc(BaseModel):
            # the sum over all lines
            total: float = Field(description="The amount due")  # with tax, mind you
            '''Not for the model that extracts.'''
    """,
    "comments that describe nothing": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")

            # ---- parties ----
            buyer: str = Field(description="Who buys")
            paid: bool  # noqa: A003
            tax: float  # type: ignore[assignment]
            net: float  # TODO: ask the accountant
            # old: float = 0.0
            day: str
    """,
    "a comment over a group": """
        class Doc(BaseModel):
            day: dt.date = Field(description="The day of issue")
            # amounts as printed on the page
            net: float
            tax: float
    """,
    "docstrings that are sent": """
        class Doc(BaseModel):
            model_config = ConfigDict(use_attribute_docstrings=True)
            total: float
            '''The amount due, with tax.'''
    """,
    "a comment on a list of what is described": """
        class Line(BaseModel):
            price: float = Field(description="What it costs")
        class Doc(BaseModel):
            lines: list[Line]  # what was bought
            day: dt.date = Field(description="The day of issue")
    """,
    "private attributes on purpose": """
        class Doc(BaseModel):
            total: float = Field(description="The amount due")
            _source: str = PrivateAttr("")
            _cache: dict[str, Any] = {}
            _limit: ClassVar[int] = 3
            _seen: int = 0
            def count(self): self._seen += 1
    """,
    "constants on purpose, and forms in capitals": """
        class Doc(BaseModel):
            RATE: ClassVar[float] = 0.19
            total: float = Field(description="The amount due")
        class Form(BaseModel):
            BOX_ONE: float = Field(0.0, description="Wages")
            BOX_TWO: float = 0.0
    """,
    "validators that normalise": """
        def clean(value): return value.strip() if isinstance(value, str) else value
        class Doc(BaseModel):
            name: Annotated[str, BeforeValidator(clean)] = Field(description="Name")
            total: float = Field(description="The amount due")
            day: dt.date = Field(description="Day")
            @field_validator("total", mode="before")
            @classmethod
            def number(cls, value):
                return float(value.replace(",", ".")) if isinstance(value, str) else value
            @field_validator("day", mode="before")
            @classmethod
            def date(cls, value):
                try:
                    return dt.datetime.strptime(value, "%d.%m.%Y").date()
                except ValueError:
                    return value
    """,
    "validators that say what no schema can": """
        class Doc(BaseModel):
            iban: str = Field(description="IBAN")
            net: float = Field(description="Net")
            gross: float = Field(description="Gross")
            @field_validator("iban")
            @classmethod
            def checksum(cls, value):
                if sum(map(ord, value)) % 97 != 1:
                    raise ValueError("wrong checksum")
                return value
            @field_validator("gross")
            @classmethod
            def larger(cls, value, info):
                if value < info.data.get("net", 0):
                    raise ValueError("less than net")
                return value
            @model_validator(mode="after")
            def sums(self):
                if self.net > self.gross:
                    raise ValueError("less than net")
                return self
    """,
    "a schema of the author's that fits": """
        class Doc(BaseModel):
            total: Annotated[Decimal, WithJsonSchema({"type": "number"})] = Field(description="The amount due")
            day: Annotated[dt.date, WithJsonSchema({"type": "string", "format": "date"})] = Field(description="Day")
            note: str = Field(description="Note", json_schema_extra={"examples": ["paid"]})
            source: SkipJsonSchema[str] = "mail"
    """,
    "a bound that stands in the schema too": """
        class Doc(BaseModel):
            total: float = Field(ge=0, description="The amount due")
            @field_validator("total")
            @classmethod
            def positive(cls, value):
                if value < 0:
                    raise ValueError("must not be negative")
                return value
    """,
    "sets and clocks that do no harm": """
        KINDS = {"alpha", "beta", "gamma", "delta"}
        class Doc(BaseModel):
            kind: str = Field(description="Kind", examples=sorted(KINDS))
            tags: set[str] = Field({"x", "y", "z"}, description="Tags")
            @field_validator("kind")
            @classmethod
            def known(cls, value):
                return value if value in KINDS else "other"
            def age(self): return dt.date.today()
    """,
    "a union with a part that has no schema": """
        class Doc(BaseModel):
            total: float | Callable[[], float] = Field(description="The amount due")
    """,
}


@table(FLAGGED)
def test_a_model_is_flagged_at_the_line_that_causes_it(folder, source):
    text, expected = lines_of(source)
    found = [each for each in findings(folder, text, "models.py:Doc") if each.code >= "PS700"]
    assert [(each.code, each.pointer, each.origin.line) for each in found] == expected
    assert {each.origin.file for each in found} == {"models.py"}
    assert all(each.origin.model and each.origin.field for each in found)


@table(FLAGGED)
def test_a_fault_of_a_model_is_stated_once(folder, source):
    text, expected = lines_of(source)
    lines = {line for _, _, line in expected}
    found = [
        each for each in findings(folder, text, "models.py:Doc") if each.severity != "note" or each.code >= "PS700"
    ]
    assert [each.code for each in found if each.origin.line in lines] == [code for code, _, _ in expected]


@table(SILENT)
def test_what_a_model_does_on_purpose_is_not_flagged(folder, source):
    text, _ = lines_of(source)
    assert [each for each in findings(folder, text) if each.code >= "PS700"] == []


def test_a_disagreement_is_shown_by_a_value_that_the_schema_takes_and_the_model_refuses(folder):
    text, _ = lines_of(FLAGGED["a validator that expects another date"])
    (folder / "models.py").write_text(text, encoding="utf-8")
    schema = page_schema(load_models("models.py")[0].model)
    [each] = schema.facts.disagreements
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", each.witness)
    assert "does not match format" in each.reason


def test_a_validator_that_needs_what_is_not_there_shows_nothing(folder):
    text, _ = lines_of("""
        def read(value): return open("/no/such/file").read()
        class Doc(BaseModel):
            total: Annotated[float, BeforeValidator(read)] = Field(description="The amount due")
    """)
    assert [each for each in findings(folder, text) if each.code >= "PS700"] == []


@pytest.mark.parametrize(
    ("source", "starts"),
    [
        ("    n: int = Field(3, description='Count')", 0),
        ("    n: set[str] = Field(default_factory=set, description='Names')", 0),
        ("    n: int = Field(description='Count')\n    def f(self): return {1, 2}", 0),
        ("    n: str = Field(description='Kind', examples=[*{'a', 'b'}])", 2),
    ],
)
def test_a_model_is_loaded_again_only_where_its_source_gives_reason_to(folder, monkeypatch, source, starts):
    started = []
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *args, **named: started.append(args) or real(*args, **named))
    findings(folder, f"from pydantic import BaseModel, Field\nclass Doc(BaseModel):\n{source}\n")
    assert len(started) == starts


def test_a_script_that_lints_itself_when_it_is_imported_ends(folder):
    program = """
        from pydantic import BaseModel, Field
        from pageschema.generation import page_schema
        from pageschema.linting import lint
        class Doc(BaseModel):
            n: str = Field(description="Kind", examples=[*{"alpha", "beta", "gamma", "delta", "epsilon"}])
        print([finding.code for finding in lint(page_schema(Doc)) if finding.severity != "note"])
    """
    (folder / "itself.py").write_text(textwrap.dedent(program), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", "import itself"], capture_output=True, text=True, check=True, cwd=folder, timeout=120
    )
    assert ran.stdout.splitlines()[-1] == "['PS702']"


def test_a_model_that_cannot_be_loaded_again_is_taken_as_stable():
    from pydantic import BaseModel, Field

    class Here(BaseModel):
        kind: str = Field(description="Kind", examples=[*{"alpha", "beta"}])

    assert page_schema(Here).facts.instabilities == ()


NULLS = {
    "a type that takes no null": ("total: float = Field(None, description='Due')", ["PS305"]),
    "a model": ("total: Part = Field(default=None, description='Due')", ["PS305"]),
    "a list": ("total: list[Part] = Field(None, description='Due')", ["PS305"]),
    "a type that takes it": ("total: float | None = Field(None, description='Due')", []),
    "a validator that takes it": ("total: Annotated[float, BeforeValidator(lambda v: v or 0)] = Field(None, description='Due')", []),
    "another default": ("total: float = Field(0, description='Due')", []),
}  # fmt: skip


@pytest.mark.parametrize("row", NULLS.values(), ids=NULLS)
def test_a_default_of_none_is_held_to_the_type(folder, row):
    field, expected = row
    source = f"""
        class Part(BaseModel):
            name: str = Field(description="Name")
        class Doc(BaseModel):
            {field}
            paid: float = Field(description="Amount paid")
    """
    text, _ = lines_of(source)
    found = [each for each in findings(folder, text, "models.py:Doc") if each.severity != "note"]
    assert [(each.code, each.origin.field) for each in found] == [(code, "total") for code in expected]


def test_decimals_in_a_default_are_the_numbers_that_the_schema_asks_for(folder):
    text, _ = lines_of("""
        class Rate(BaseModel):
            percent: Decimal = Field(description="As printed")
        class Doc(BaseModel):
            rates: list[Decimal] = Field([Decimal("0.19"), Decimal(7)], description="Rates of tax")
            by_name: dict[str, Decimal] = Field({"full": Decimal("0.19")}, description="Rates by name")
            first: Rate = Field(Rate(percent=Decimal("1.5")), description="The first rate")
    """)
    (folder / "models.py").write_text(text, encoding="utf-8")
    [site] = load_models("models.py:Doc")
    fields = page_schema(site.model).value["properties"]
    assert fields["rates"]["default"] == [0.19, 7]
    assert fields["by_name"]["default"] == {"full": 0.19}
    assert fields["first"]["default"] == {"percent": 1.5}
    assert [each for each in findings(folder, text, "models.py:Doc") if each.severity == "error"] == []


def test_a_constant_among_undescribed_fields_is_not_counted_with_them(folder):
    text, _ = lines_of("""
        class Doc(BaseModel):
            MAX_ROWS: int = 50
            total: float
            number: str
    """)
    said = {each.code: each.message for each in findings(folder, text, "models.py:Doc") if each.severity == "warning"}
    assert said.keys() == {"PS604", "PS706"}
    assert "its 2 fields" in said["PS604"]


def test_a_keyword_that_a_model_only_writes_into_its_schema_is_to_be_said_by_the_type(folder):
    text = (
        HEAD
        + 'class M(BaseModel):\n    """A."""\n    a: str = Field(description="It.", json_schema_extra={"nullable": True})\n'
    )
    [finding] = [each for each in findings(folder, text) if each.code == "PS209"]
    assert finding.remedy == "take it out of json_schema_extra, and write the field's type as … | None"
