"""The reference page of the Python interface: every public name with its signature and its docstring."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pageschema

WIDTH = 100
SECTIONS = {"Args:": "Arguments", "Returns:": "Returns", "Raises:": "Raises", "Yields:": "Yields"}
TITLES = {
    "audit": "Audit what is stored",
    "client": "Send requests",
    "conformance": "Check what came back",
    "contract": "The contract and its oracle",
    "emulator": "The emulator",
    "errors": "Errors",
    "evolution": "Who breaks",
    "finding": "Findings",
    "fuzzing": "Run the contract",
    "generation": "Page schemas of models",
    "linting": "What lint finds",
    "registry": "Frozen versions",
    "schema": "Page schemas",
    "solver": "Instances",
    "typed": "Extractions as models",
}
PLUGIN = Path(pageschema.__file__).parents[1] / "_pageschema_pytest.py"


def python_page() -> Iterator[str]:
    """Yield the lines of the page: the names by the module that they come from, the strategies, the fixtures."""
    yield "# Python\n\nEvery public name, as `from pageschema import NAME` gives it. Others may change any day.\n"
    names: dict[str, list[str]] = {}
    for name in pageschema.__all__:
        if name != "strategies":
            names.setdefault(_home(name), []).append(name)
    for home, title in TITLES.items():
        yield f"- {title}: {', '.join(f'[`{name}`](#{name.lower()})' for name in names[home])}"
    yield "- [Hypothesis strategies](#strategies)\n- [Fixtures of pytest](#fixtures)"
    for home, title in TITLES.items():
        yield f"\n## {title}"
        for name in names.pop(home):
            yield from _entry(name, getattr(pageschema, name))
    assert not names, f"no title for {', '.join(names)}"  # noqa: S101 - a page that leaves names out is no reference
    strategies: ModuleType = importlib.import_module("pageschema.strategies")
    yield f"\n## Strategies\n\n{_prose(inspect.getdoc(strategies) or '')} `from pageschema import strategies`."
    for name in strategies.__all__:
        member = getattr(strategies, name)
        if callable(member):
            yield from _entry(name, member)
    yield "\n## Fixtures\n\nWhat `pip install` gives to every pytest of the environment."
    for fixture in _fixtures():
        yield f"\n### The fixture {fixture.name}\n\n" + "\n".join(_described(ast.get_docstring(fixture) or ""))
    yield ""


def _home(name: str) -> str:
    return next(home for home, names in pageschema._HOMES.items() if name in names)  # noqa: SLF001 - of this package


def _fixtures() -> Iterator[ast.FunctionDef]:
    for node in ast.parse(PLUGIN.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if any("pytest.fixture" in ast.unparse(decorator) for decorator in node.decorator_list):
            yield node


def _entry(name: str, member: Any) -> Iterator[str]:
    yield f"\n### {name}\n"
    if isinstance(member, enum.EnumType):
        yield from ("```python", *(f"{name}.{each.name} = {json.dumps(each.value)}" for each in member), "```\n")
    elif inspect.isclass(member) and issubclass(member, Exception):
        yield f"A kind of `{member.__mro__[1].__name__}`.\n"
    else:
        yield f"```python\n{_signature(name, member)}\n```\n"
    yield from _described(inspect.getdoc(member) or "")
    if inspect.isclass(member) and not issubclass(member, Exception):
        yield from _members(member)


def _members(owner: type) -> Iterator[str]:
    rows = []
    for name, raw in vars(owner).items():
        if name.startswith("_"):
            continue
        method = raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw
        if inspect.isfunction(method):
            called = " ".join(_signature(name, method, bound=not isinstance(raw, staticmethod)).split())
            called = called.replace("( ", "(").replace(", )", ")")
        elif isinstance(raw, (property, cached_property)):
            called = name
        else:
            continue
        first = (inspect.getdoc(method) or "").partition("\n\n")[0]
        rows.append(f"- `{called}`" + (f": {_prose(' '.join(first.split()))}" if first else ""))
    if rows:
        yield "\n**Members.**\n"
        yield from rows


def _signature(name: str, member: Any, *, bound: bool = False) -> str:
    signature = inspect.signature(member)
    parameters = [_parameter(each) for each in list(signature.parameters.values())[bound:]]
    stars = [at for at, each in enumerate(signature.parameters.values()) if each.kind is each.KEYWORD_ONLY]
    if stars and not any(each.kind is each.VAR_POSITIONAL for each in signature.parameters.values()):
        parameters.insert(stars[0] - bound, "*")
    given = inspect.isclass(member) or signature.return_annotation in {inspect.Signature.empty, "None"}
    end = ")" if given else f") -> {_written(signature.return_annotation)}"
    line = f"{name}({', '.join(parameters)}{end}"
    if len(line) <= WIDTH:
        return line
    return f"{name}(\n" + "".join(f"    {each},\n" for each in parameters) + end


def _written(annotation: Any) -> str:
    """Return an annotation as it stands in the source; `hypothesis.strategies.composite` has made values of some."""
    return re.sub(r"ForwardRef\('(.*?)'\)", r"\1", str(annotation)).replace("hypothesis.strategies.", "st.")


def _parameter(each: inspect.Parameter) -> str:
    stars = {each.VAR_POSITIONAL: "*", each.VAR_KEYWORD: "**"}.get(each.kind, "")
    annotation = "" if each.annotation is each.empty else f": {each.annotation}"
    if each.default is each.empty:
        return f"{stars}{each.name}{annotation}"
    if isinstance(each.default, enum.Enum):
        return f"{each.name}{annotation} = {type(each.default).__name__}.{each.default.name}"
    plain = each.default is None or isinstance(each.default, (bool, int, float, str, tuple))
    return f"{stars}{each.name}{annotation} = {repr(each.default) if plain else '…'}"


def _described(docstring: str) -> Iterator[str]:
    """Yield a docstring as Markdown: its sections become lists."""
    section, block = "", False
    for line in docstring.splitlines():
        if line in SECTIONS:
            section, block = SECTIONS[line], False
            yield f"**{section}.**\n"
        elif line == "::":
            block = True
            yield "```python"
        elif block and line and not line.startswith(" "):
            block = False
            yield f"```\n\n{_prose(line)}"
        elif block:
            if line:
                yield line.removeprefix("    ")
        elif section and line.startswith("    "):
            item = re.match(r" {4}(\*{0,2}\w+): (.*)", line)
            indent = "" if section == "Returns" else "  "
            yield f"- `{item[1]}`: {_prose(item[2])}" if item else indent + _prose(line.strip())
        else:
            section = section if not line else ""
            yield _prose(line)
    if block:
        yield "```"


def _prose(text: str) -> str:
    """Return a line with double backticks single, and no < outside of them."""
    pieces = text.replace("``", "`").split("`")
    return "`".join(piece if at % 2 else piece.replace("<", "&lt;") for at, piece in enumerate(pieces))
