from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from pageschema.errors import InvalidTarget
from pageschema.models import field_origin, load_models


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """An empty project that the test stands in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project, name, text):
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def refusal(target, **options):
    with pytest.raises(InvalidTarget) as caught:
        load_models(target, **options)
    return caught.value


INVOICE = """
from pydantic import BaseModel

class Line(BaseModel):
    amount: float

class Invoice(BaseModel):
    number: str
    lines: list[Line]
"""


def names(target):
    return [site.model.__name__ for site in load_models(target)]


def test_a_model_is_found_in_a_module_below_the_current_folder(project):
    write(project, "billing/models.py", INVOICE)
    (site,) = load_models("billing.models:Invoice")
    assert site.model.__name__ == "Invoice"
    assert (site.origin.file, site.origin.line) == ("billing/models.py", 6)


def test_a_model_is_found_below_another_root(project):
    write(project, "elsewhere/shipping.py", INVOICE)
    assert load_models("shipping:Line", root=project / "elsewhere")[0].origin.file == "elsewhere/shipping.py"


def test_a_model_is_found_in_a_file(project):
    write(project, "schemas/invoice/model.py", INVOICE)
    (site,) = load_models("schemas/invoice/model.py:Line")
    assert str(site.origin) == "schemas/invoice/model.py:3"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(INVOICE, ["Invoice"], id="a model that another one holds is no root"),
        pytest.param(
            "from pydantic import BaseModel\nclass B(BaseModel):\n    b: int\nclass A(BaseModel):\n    a: int\n",
            ["B", "A"],
            id="roots come in the order of the file",
        ),
        pytest.param(
            """
            from typing import Annotated, Optional
            from pydantic import BaseModel, Field
            class Deep(BaseModel):
                x: int
            class Root(BaseModel):
                y: dict[str, Annotated[Optional[list[Deep]], Field(description="y")]]
            """,
            ["Root"],
            id="references count at any depth of an annotation",
        ),
        pytest.param(
            """
            from __future__ import annotations
            from pydantic import BaseModel
            class Person(BaseModel):
                home: Home
            class Home(BaseModel):
                people: list[Person]
            """,
            ["Person", "Home"],
            id="where all refer to each other, all are roots",
        ),
        pytest.param(
            """
            from __future__ import annotations
            from pydantic import BaseModel
            class Section(BaseModel):
                parts: list[Section]
            """,
            ["Section"],
            id="a model that refers to itself is a root",
        ),
        pytest.param(
            """
            from pydantic import BaseModel
            class Strict(BaseModel):
                model_config = {"extra": "forbid"}
            class Receipt(Strict):
                total: float
            class Refund(Receipt):
                reason: str
            """,
            ["Receipt", "Refund"],
            id="a base without fields is no root, a base that is a document is one",
        ),
        pytest.param(
            """
            from typing import Generic, TypeVar
            from pydantic import BaseModel
            T = TypeVar("T")
            class Page(BaseModel, Generic[T]):
                items: list[T]
            class Line(BaseModel):
                x: int
            Lines = Page[Line]
            """,
            ["Page[Line]"],
            id="a generic with open parameters is no root",
        ),
        pytest.param(
            "from decimal import Decimal\nfrom pydantic import BaseModel, Field\nclass Own(BaseModel):\n    x: int\n",
            ["Own"],
            id="what the file imports is not its own",
        ),
    ],
)
def test_a_file_stands_for_its_root_models(project, source, expected):
    write(project, "models.py", source)
    assert names("models.py") == expected


def test_a_file_in_a_package_keeps_its_relative_imports(project):
    write(project, "src/shop/__init__.py", "")
    write(project, "src/shop/parts.py", "from pydantic import BaseModel\nclass Line(BaseModel):\n    x: int\n")
    write(
        project,
        "src/shop/order.py",
        "from pydantic import BaseModel\nfrom .parts import Line\nclass Order(BaseModel):\n    lines: list[Line]\n",
    )
    assert names("src/shop/order.py") == ["Order"]


def test_two_files_of_the_same_name_do_not_get_mixed_up(project):
    write(project, "a/model.py", "from pydantic import BaseModel\nclass A(BaseModel):\n    x: int\n")
    write(project, "b/model.py", "from pydantic import BaseModel\nclass B(BaseModel):\n    x: int\n")
    assert (names("a/model.py"), names("b/model.py")) == (["A"], ["B"])


def test_a_file_runs_once_as_long_as_its_text_stays(project):
    write(project, "model.py", INVOICE)
    first = load_models("model.py:Invoice")[0].model
    assert load_models("model.py:Invoice")[0].model is first


def test_a_changed_file_is_read_anew(project):
    write(project, "model.py", INVOICE)
    assert names("model.py") == ["Invoice"]
    write(project, "model.py", INVOICE.replace("Invoice", "Receipt"))
    assert names("model.py") == ["Receipt"]


def test_the_module_name_of_a_file_is_the_same_in_every_checkout(project, monkeypatch):
    module_names = set()
    for checkout in ("here", "there"):
        write(project, f"{checkout}/schemas/model.py", INVOICE)
        monkeypatch.chdir(project / checkout)
        module_names.add(load_models("schemas/model.py:Invoice")[0].model.__module__)
    assert len(module_names) == 1


# What goes wrong


@pytest.mark.parametrize(
    ("target", "first", "remedy"),
    [
        ("billing:Invoce", "'billing:Invoce': module billing has no such model", "did you mean billing:Invoice?"),
        (
            "billing.py:Invoce",
            "'billing.py:Invoce': file billing.py has no such model",
            "did you mean billing.py:Invoice?",
        ),
        ("biling:Invoice", "'biling:Invoice': there is no module biling", "did you mean billing:Invoice?"),
        ("biling.py", "'biling.py': no such file", "did you mean billing.py?"),
        ("shemas/billing.py", "'shemas/billing.py': no such file", "did you mean schemas/billing.py?"),
        ("billing:Shipment", "'billing:Shipment': module billing has no such model", "it has Line, Invoice"),
        ("billing", "'billing': names neither a file nor a model", "write package.module:Model, or path/to/file.py"),
        ("package.modles:A", "'package.modles:A': there is no module package.modles", "did you mean package.models:A?"),
    ],
)
def test_a_target_that_names_nothing_says_what_it_may_have_meant(project, target, first, remedy):
    write(project, "billing.py", INVOICE)
    write(project, "schemas/billing.py", INVOICE)
    write(project, "package/__init__.py", "")
    write(project, "package/models.py", INVOICE)
    assert str(refusal(target)) == f"{first}\n  {remedy}"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("Thing = 3", "an object of type int"),
        ("from dataclasses import dataclass\n@dataclass\nclass Thing:\n    x: int", "a dataclass"),
        ("class Thing:\n    pass", "another class"),
        ("from pydantic import BaseModel as Thing", "a base class of Pydantic's own"),
        (
            "from pydantic.v1 import BaseModel\nclass Thing(BaseModel):\n    x: int",
            "a Pydantic v1 model",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_name_that_is_no_model_says_what_it_is(project, statement, kind):
    write(project, "things.py", statement + "\n")
    if "v1" in kind and sys.version_info >= (3, 14):
        pytest.skip("Pydantic v1 does not run here")
    error = refusal("things.py:Thing")
    assert error.what == f"Thing is no Pydantic v2 model but {kind}"
    assert error.remedy == "derive it from pydantic.BaseModel"


def test_a_file_without_models_says_so(project):
    write(project, "empty.py", "x = 1\n")
    assert refusal("empty.py").what == "defines no Pydantic model"


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        ("import os\n\nx = 1 / 0\n", 3, "ZeroDivisionError: division by zero"),
        ("import sys\nsys.exit(4)\n", 2, "SystemExit: 4"),
        ("def f():\n    raise KeyError('k')\n\nf()\n", 2, "KeyError: 'k'"),
        ("class A(\n", 1, "SyntaxError"),
        ("import nowhere_at_all\n", 1, "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        (
            "from pydantic import BaseModel\n\nclass A(BaseModel):\n    x: object()\n",
            3,
            "PydanticSchemaGenerationError",
        ),
    ],
)
@pytest.mark.parametrize("target", ["broken.py", "broken:A"])
def test_a_failing_import_is_reported_at_the_authors_line(project, source, line, what, target):
    write(project, "broken.py", source)
    error = refusal(target)
    assert error.where == f"broken.py:{line}"
    assert error.what.startswith(f"importing it failed: {what}")
    assert error.__cause__ is not None


def test_a_package_that_is_not_installed_is_named_in_the_remedy(project):
    write(project, "model.py", "import nowhere_at_all\n")
    assert refusal("model.py").remedy.startswith("install nowhere_at_all in this environment")


def test_a_failure_in_a_file_that_the_model_imports_is_reported_there(project):
    write(project, "parts.py", "limit = int('ten')\n")
    write(project, "model.py", "from parts import limit\n")
    assert refusal("model.py").where == "parts.py:1"


def test_ctrl_c_during_an_import_is_not_swallowed(project):
    write(project, "model.py", "raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        load_models("model.py")


def test_a_failed_file_can_be_mended_and_loaded_again(project):
    write(project, "model.py", "1 / 0\n")
    refusal("model.py")
    write(project, "model.py", INVOICE)
    assert names("model.py") == ["Invoice"]


def test_what_a_model_file_prints_goes_to_standard_error(project):
    write(
        project,
        "noisy.py",
        INVOICE
        + "import os, subprocess, sys\n"
        + "print('from print')\n"
        + "os.write(1, b'from the descriptor\\n')\n"
        + "sys.__stdout__.write('from the old stream\\n')\n"
        + "subprocess.run([sys.executable, '-c', 'print(\"from a child\")'], check=True)\n",
    )
    program = "from pageschema.models import load_models; load_models('noisy.py'); print('the answer')"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=project)
    assert ran.stdout == "the answer\n"
    for source in ("from print", "from the descriptor", "from the old stream", "from a child"):
        assert source in ran.stderr


# Lines of fields


FIELDS = """
from __future__ import annotations
from typing import Annotated, Generic, Optional, TypeVar
from pydantic import BaseModel, Field, computed_field

T = TypeVar("T")

class Base(BaseModel):
    inherited: int
    redeclared: int

class Box(BaseModel, Generic[T]):
    content: T

class Model(Base):
    class Inner(BaseModel):
        deep: int

    plain: int
    aliased: int = Field(alias="Other")
    annotated: Annotated[
        Optional[str],
        Field(description="several lines"),
    ] = None
    redeclared: int
    if True:
        conditional: int

    @computed_field
    @property
    def computed(self) -> int:
        return 1

IntBox = Box[int]
"""


@pytest.mark.parametrize(
    ("model", "field", "text", "owner"),
    [
        ("Model", "plain", "    plain: int", "Model"),
        ("Model", "aliased", '    aliased: int = Field(alias="Other")', "Model"),
        ("Model", "annotated", "    annotated: Annotated[", "Model"),
        ("Model", "inherited", "    inherited: int", "Base"),
        ("Model", "redeclared", "    redeclared: int", "Model"),
        ("Model", "conditional", "        conditional: int", "Model"),
        ("Model", "computed", "    def computed(self) -> int:", "Model"),
        ("Model.Inner", "deep", "        deep: int", "Inner"),
        ("IntBox", "content", "    content: T", "Box"),
        ("Model", "no_such_field", "class Model(Base):", "Model"),
    ],
)
def test_every_field_has_its_file_and_line(project, model, field, text, owner):
    lines = write(project, "fields.py", FIELDS).read_text().splitlines()
    origin = field_origin(load_models(f"fields.py:{model}")[0].model, field)
    assert (origin.file, origin.model.partition("[")[0], origin.field) == ("fields.py", owner, field)
    assert lines[origin.line - 1] == text
    if field == "redeclared":
        assert origin.line > lines.index("class Model(Base):")


def test_a_field_inherited_from_another_module_is_found_there(project):
    write(project, "common.py", "from pydantic import BaseModel\n\nclass Base(BaseModel):\n    shared: int\n")
    write(project, "own.py", "from common import Base\nclass Own(Base):\n    x: int\n")
    origin = field_origin(load_models("own:Own")[0].model, "shared")
    assert str(origin) == "common.py:4"


def test_of_two_classes_with_one_name_the_later_one_counts(project):
    write(
        project,
        "twice.py",
        "from pydantic import BaseModel\nclass A(BaseModel):\n    x: int\nclass A(BaseModel):\n    x: str\n",
    )
    assert field_origin(load_models("twice.py:A")[0].model, "x").line == 5


def test_a_model_made_without_a_class_statement_has_no_line(project):
    write(project, "made.py", "from pydantic import create_model\nMade = create_model('Made', x=(int, ...))\n")
    (site,) = load_models("made.py:Made")
    assert (site.origin.file, site.origin.line, site.origin.model) == ("made.py", None, "Made")
    assert field_origin(site.model, "x").field == "x"


def test_a_file_outside_the_current_folder_is_named_in_full(project, monkeypatch):
    write(project, "model.py", INVOICE)
    (project / "sub").mkdir()
    monkeypatch.chdir(project / "sub")
    assert load_models("../model.py:Invoice")[0].origin.file == str(project.resolve() / "model.py")
