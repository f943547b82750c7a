"""The file and line of a class and of each of its fields, read from the syntax tree of its source."""

from __future__ import annotations

import ast
import inspect
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pageschema.finding import Origin


def field_origin(model: type, field_name: str) -> Origin:
    """Return where the field is written: in *model*, or in the class that it inherits the field from.

    Args:
        model: A Pydantic model; dataclasses and typed dictionaries are found too.
        field_name: The name in Python, not the alias; a computed field by the name of its function.

    Returns:
        The line of the field, else the line of the model's class, else what is known.
    """
    for cls in inspect.getmro(model):
        for file, outline in _outlines(cls):
            if field_name in outline.fields:
                return Origin(file=file, line=outline.fields[field_name], model=cls.__name__, field=field_name)
    at_class = class_origin(model)
    return Origin(file=at_class.file, line=at_class.line, model=at_class.model, field=field_name)


def class_origin(model: type) -> Origin:
    """Return where the class of *model* is written; for a parametrised generic, the generic class."""
    for file, outline in _outlines(model):
        return Origin(file=file, line=outline.line, model=model.__name__)
    source = _file_of(model)
    return Origin(file=shown(source) if source else None, model=model.__name__)


def shown(file: str | Path) -> str:
    """Return *file* as a person gives it: relative where it lies below the current folder."""
    path, here = Path(file).resolve(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outline:
    """One class statement: its line, and the line of each name declared in its body."""

    line: int
    fields: dict[str, int]


def _outlines(cls: type) -> Iterator[tuple[str, _Outline]]:
    """Yield the file and outline of each statement that may have made *cls*, the likeliest first."""
    cls = getattr(cls, "__pydantic_generic_metadata__", {}).get("origin") or cls
    file = _file_of(cls)
    if file is None:
        return
    try:
        with tokenize.open(file) as opened:
            text = opened.read()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return
    found = _classes(text).get(cls.__qualname__, ())
    first = getattr(cls, "__firstlineno__", None)  # Python 3.13 and later know which of several it was.
    for outline in sorted(found, key=lambda each: (each.line != first, -each.line)):
        yield shown(file), outline


def _file_of(cls: type) -> str | None:
    if cls.__module__.startswith("pydantic."):
        return None
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    return file if file and file.endswith(".py") else None


@lru_cache(maxsize=256)
def _classes(text: str) -> dict[str, tuple[_Outline, ...]]:
    """Return the outlines of all classes in a Python source by qualified name, in order of the source."""
    found: dict[str, tuple[_Outline, ...]] = {}
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return found
    stack: list[tuple[ast.AST, str]] = [(tree, "")]
    while stack:
        node, prefix = stack.pop()
        for child in ast.iter_child_nodes(node):
            inner = prefix
            if isinstance(child, ast.ClassDef):
                name = prefix + child.name
                found[name] = (*found.get(name, ()), _Outline(line=child.lineno, fields=dict(_declared(child))))
                inner = f"{name}."
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = f"{prefix}{child.name}.<locals>."
            stack.append((child, inner))
    return {name: tuple(sorted(outlines, key=lambda each: each.line)) for name, outlines in found.items()}


def _declared(node: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the annotated names and the functions of a class body, also those inside ``if`` and ``try``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.AnnAssign) and isinstance(child.target, ast.Name):
            yield child.target.id, child.lineno
        elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield child.name, child.lineno
        elif not isinstance(child, (ast.ClassDef, ast.Lambda)):
            yield from _declared(child)
