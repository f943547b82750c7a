"""What a TARGET names: one model of a module or file, or every root model of a file."""

from __future__ import annotations

import difflib
import inspect
import os
import pkgutil
import re
import sys
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeGuard

from pageschema.errors import InvalidTarget
from pageschema.finding import Origin
from pageschema.models.author import import_file, import_module
from pageschema.models.lines import class_origin

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSite:
    """A model, and where its class stands."""

    model: type[BaseModel]
    origin: Origin


def load_models(target: str, *, root: Path | None = None) -> list[ModelSite]:
    """Return the models that *target* names.

    Args:
        target: ``package.module:Name``, ``path/to/file.py:Name``, or ``path/to/file.py`` for each root model of the
            file: those defined there that no other model there refers to. Models that refer to each other in a
            circle, and that no root refers to, are roots.
        root: The folder that modules are found under and relative paths start from; by default the current one.

    Raises:
        InvalidTarget: Nothing by that name, not a Pydantic v2 model, or importing it failed.
    """
    folder = (root or Path.cwd()).resolve()
    source, name = _split(target)
    if source.endswith(".py") or "/" in source or os.sep in source:
        path = folder / source
        if not path.is_file():
            raise InvalidTarget("no such file", where=f"'{target}'", remedy=_similar_file(source, folder))
        module = import_file(path.resolve(), folder)
    elif name:
        try:
            module = import_module(source, folder)
        except ModuleNotFoundError as error:
            raise InvalidTarget(
                f"there is no module {error.name}",
                where=f"'{target}'",
                remedy=_similar_module(target, str(error.name), folder),
            ) from error
    else:
        raise InvalidTarget(
            "names neither a file nor a model",
            where=f"'{target}'",
            remedy="write package.module:Model, or path/to/file.py",
        )
    models = [_named_model(module, source, name, target)] if name else _root_models(module)
    if not models:
        raise InvalidTarget("defines no Pydantic model", where=source, remedy="derive a class from pydantic.BaseModel")
    return [ModelSite(model=model, origin=class_origin(model)) for model in models]


def models_within(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation names, at any depth of its arguments, each once."""
    seen: list[Any] = []
    stack = [annotation]
    while stack:
        item = stack.pop()
        if any(item is other for other in seen):
            continue
        seen.append(item)
        if _is_model(item):
            yield item
        elif hasattr(item, "__value__"):  # A type alias statement, or its backport.
            stack.append(item.__value__)
        else:
            stack.extend(reversed(typing.get_args(item)))


def _split(target: str) -> tuple[str, str]:
    source, colon, name = target.rpartition(":")
    if colon and source and re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", name):
        return source, name
    return target, ""


def _named_model(module: ModuleType, source: str, name: str, target: str) -> type[BaseModel]:
    value: Any = module
    for part in name.split("."):
        value = getattr(value, part, None)
    if _is_model(value):
        return value
    models = [key for key, member in vars(module).items() if _is_model(member)]
    similar = difflib.get_close_matches(name, models, n=1, cutoff=0.5)
    if value is None:
        what = f"{'file' if source.endswith('.py') else 'module'} {source} has no such model"
        remedy = f"it has {', '.join(models)}" if models else "derive a class there from pydantic.BaseModel"
    else:
        what = f"{name} is no Pydantic v2 model but {_kind(value)}"
        remedy = "derive it from pydantic.BaseModel"
    raise InvalidTarget(what, where=f"'{target}'", remedy=f"did you mean {source}:{similar[0]}?" if similar else remedy)


def _is_model(value: Any) -> TypeGuard[type[BaseModel]]:
    from pydantic import BaseModel, RootModel

    return inspect.isclass(value) and issubclass(value, BaseModel) and value not in {BaseModel, RootModel}


def _kind(value: Any) -> str:
    if not inspect.isclass(value):
        return f"an object of type {type(value).__name__}"
    if value.__module__ in {"pydantic.main", "pydantic.root_model"}:
        return "a base class of Pydantic's own"
    if any(base.__module__.startswith("pydantic.v1.") for base in inspect.getmro(value)):
        return "a Pydantic v1 model"
    return "a dataclass" if hasattr(value, "__dataclass_fields__") else "another class"


def _root_models(module: ModuleType) -> list[type[BaseModel]]:
    defined: list[type[BaseModel]] = []
    for name, value in vars(module).items():
        # Pydantic keeps what it makes of a generic in the module too, under a name like "Page[Invoice]".
        if name.isidentifier() and _is_model(value) and value.__module__ == module.__name__ and value not in defined:
            defined.append(value)
    candidates = [model for model in defined if not _is_scaffold(model, defined)] or defined
    for model in defined:
        model.model_rebuild(raise_errors=False)  # Names defined further down resolve only now.
    reached = {model: _reachable(model) for model in candidates}
    roots = [model for model in candidates if not any(model in reached[each] for each in candidates if each != model)]
    covered = set(roots).union(*(reached[model] for model in roots))
    return [model for model in candidates if model in roots or model not in covered]


def _is_scaffold(model: type[BaseModel], defined: list[type[BaseModel]]) -> bool:
    """Return whether *model* only serves to build others: a generic with open parameters, a base without fields."""
    if model.__pydantic_generic_metadata__["parameters"]:
        return True
    return not model.model_fields and any(model in other.__bases__ for other in defined)


def _reachable(model: type[BaseModel]) -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    stack = [model]
    while stack:
        for field in stack.pop().model_fields.values():
            for inner in models_within(field.annotation):
                if inner not in found:
                    found.add(inner)
                    stack.append(inner)
    return found


def _similar_file(source: str, root: Path) -> str:
    path = root / source
    files = path.parent.glob("*.py") if path.parent.is_dir() else path.parent.parent.glob(f"*/{path.name}")
    names = sorted(str(file.relative_to(root) if file.is_relative_to(root) else file) for file in files)
    similar = difflib.get_close_matches(source, names, n=1)
    return f"did you mean {similar[0]}?" if similar else "give the path of a Python file"


def _similar_module(target: str, absent: str, root: Path) -> str:
    source, _, name = target.rpartition(":")
    file = Path("src", *source.split(".")).with_suffix(".py")
    if (root / file).is_file():  # Its own package is found from the file, installed or not.
        return f"did you mean {file.as_posix()}:{name}?"
    parent, _, last = absent.rpartition(".")
    paths = list(getattr(sys.modules.get(parent), "__path__", [])) if parent else [str(root)]
    names = sorted(module.name for module in pkgutil.iter_modules(paths))
    similar = difflib.get_close_matches(last, names, n=1)
    if not similar:
        return "name a module that Python can import from the current folder"
    return f"did you mean {f'{parent}.' if parent else ''}{similar[0]}{target[len(absent) :]}?"
