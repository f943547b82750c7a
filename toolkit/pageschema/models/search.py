"""Which models of a project are probably sent to the API, told from its sources alone: nothing is imported or run."""

from __future__ import annotations

import ast
import os
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pageschema.models.outline import parsed

MAX_FILES = 20_000
MAX_BYTES = 1024 * 1024
"""A longer file is generated, and no one's models."""
_PASSED_BY = frozenset({"node_modules", "site-packages", "build", "dist", "venv", "env", "tests", "test"})
_MAKES_SCHEMA = frozenset({"model_json_schema", "page_schema"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundModel:
    """One class that derives from a Pydantic model, by its TARGET. `is_sent`: some code asks for its schema."""

    target: str
    name: str
    is_sent: bool


@dataclass(slots=True, kw_only=True)
class _Sources:
    """What all files say of classes: by name, since imports are not followed."""

    bases: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, list[Path]] = field(default_factory=dict)
    inner: dict[str, set[str]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)


def find_models(root: Path) -> list[FoundModel]:
    """Return the root models below *root*: those that no other model there has a field of, nor derives from.

    Test folders, environments, and hidden and built folders are passed by, links are not followed.
    """
    sources = _Sources()
    for path in _python_files(root):
        text = _text(path)
        tree = parsed(text) if "pydantic" in text or "BaseModel" in text or _MAKES_SCHEMA & set(_words(text)) else None
        if tree is not None:
            _read(tree, path, sources)
    models = _derived({"BaseModel"}, sources)
    used = set().union(*(sources.inner[name] | sources.bases[name] for name in models)) if models else set()
    return [
        FoundModel(target=f"{path.relative_to(root).as_posix()}:{name}", name=name, is_sent=name in sources.sent)
        for name in sorted(models)
        if name not in used or name in sources.sent
        for path in sources.places[name]
    ]


def _read(tree: ast.Module, path: Path, sources: _Sources) -> None:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            sources.places.setdefault(node.name, []).append(path)
            sources.bases.setdefault(node.name, set()).update(_names(node.bases))
            annotations = [member.annotation for member in node.body if isinstance(member, ast.AnnAssign)]
            sources.inner.setdefault(node.name, set()).update(_names(annotations) - {node.name})
    for each in ast.walk(tree):
        if isinstance(each, ast.Call):
            function = each.func
            if isinstance(function, ast.Attribute) and function.attr == "model_json_schema":
                sources.sent.update(_names([function.value]))
            if isinstance(function, (ast.Name, ast.Attribute)) and _last(function) == "page_schema":
                sources.sent.update(_names(each.args[:1]))


def _derived(roots: set[str], sources: _Sources) -> set[str]:
    known = set(roots)
    while more := {name for name, bases in sources.bases.items() if bases & known} - known:
        known |= more
    return known & set(sources.places)


def _names(nodes: list[ast.expr]) -> set[str]:
    """Return the last parts of all names in expressions, also in those that an annotation quotes."""
    found: set[str] = set()
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, (ast.Name, ast.Attribute)):
                found.add(_last(each))
            elif isinstance(each, ast.Constant) and isinstance(each.value, str):
                found.update(_words(each.value))
    return found


def _last(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d]\w*", text)


def _python_files(root: Path) -> Iterator[Path]:
    number = 0
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _PASSED_BY and not (here / name / "pyvenv.cfg").exists()
        )
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith("test_") and not (here / name).is_symlink():
                number += 1
                if number > MAX_FILES:
                    return
                yield here / name


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            return ""
        with tokenize.open(path) as opened:
            return opened.read()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ""
