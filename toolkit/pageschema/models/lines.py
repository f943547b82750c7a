"""The file and line of a class and of each of its fields, read from the syntax tree of its source."""

from __future__ import annotations

import ast
import enum
import inspect
import sys
import tokenize
import typing
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pageschema.finding import Origin
from pageschema.models.outline import ClassOutline, FileOutline, Written, comment_of, outline


def field_origin(model: type, field_name: str) -> Origin:
    """Return where the field is written: in *model*, or in the class that it inherits the field from.

    Args:
        model: A Pydantic model; dataclasses, typed dictionaries and enums (by member) are found too.
        field_name: The name in Python, not the alias; a computed field by the name of its function.

    Returns:
        The line of the field, else the line of the class that has it, else what is known.
    """
    owner, written = _found(model, field_name)
    if written is None:
        at_class = class_origin(owner)
        return Origin(
            file=at_class.file, line=at_class.line, column=at_class.column, model=at_class.model, field=field_name
        )
    name = _generic(owner).__name__
    return Origin(file=_shown_file(owner), line=written.line, column=written.column, model=name, field=field_name)


def class_origin(model: type) -> Origin:
    """Return where the class of *model* is written; for a parametrised generic, the generic class."""
    found = _outline_of(model)
    if found is None:
        return Origin(file=_shown_file(model), model=model.__name__)
    return Origin(file=_shown_file(model), line=found.line, column=found.column, model=model.__name__)


def field_source(model: type, field_name: str) -> Written | None:
    """Return how the field is written, where that is known."""
    return _found(model, field_name)[1]


def field_comment(model: type, field_name: str) -> str:
    """Return the comment that the field's author gave it, behind it or above it, or ""."""
    owner, written = _found(model, field_name)
    found = _outline_of(owner)
    if written is None or found is None:
        return ""
    later = [each for many in found.fields.values() for each in many if each.line > written.line]
    return comment_of(source_text(owner), written, min(later, key=lambda each: each.line, default=None))


def private_fields(model: type) -> Iterator[tuple[str, Written]]:
    """Yield the annotated names with an underscore that the class of *model* itself declares."""
    found = _outline_of(model)
    for name, written in found.fields.items() if found else ():
        if name.startswith("_") and not name.startswith("__") and written[-1].annotation:
            yield name, written[-1]


def attributes_used(model: type) -> frozenset[str]:
    """Return the names that the file of *model* uses as attributes of anything."""
    return _file_outline(model).attributes


def source_text(model: type) -> str:
    """Return the text of the file that the class of *model* is written in, or "" where there is none."""
    file = _file_of(_generic(model))
    try:
        return _read(file, Path(file).stat().st_mtime_ns) if file else ""
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ""


def shown(file: str | Path) -> str:
    """Return *file* as a person gives it: relative where it lies below the current folder."""
    path, here = Path(file).resolve(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


@lru_cache(maxsize=256)
def _read(file: str, _changed: int) -> str:
    with tokenize.open(file) as opened:
        return opened.read()


def _found(model: type, name: str) -> tuple[type, Written | None]:
    """Return the class that declares the field, and the statement; *model* where no class does."""
    for cls in _lineage(model):
        found = _outline_of(cls)
        candidates = found.fields.get(name, ()) if found else ()
        if candidates:
            annotation = _own_annotations(cls).get(name)
            return cls, max(candidates, key=lambda each: (_is_like(annotation, each.annotation), each.line))
        if name in _own_annotations(cls) and not _is_typed_dict(cls):
            return cls, None  # `create_model`, or what a decorator has made.
    return model, None


def _lineage(model: type) -> Iterator[type]:
    """Yield *model* and its bases as Python asks them; a typed dictionary forgets its own but for one place."""
    yield from inspect.getmro(model)
    for base in getattr(model, "__orig_bases__", ()) if _is_typed_dict(model) else ():
        if isinstance(base, type):
            yield from _lineage(base)


def _is_typed_dict(cls: type) -> bool:
    return hasattr(cls, "__required_keys__")  # Those of typing and of typing_extensions.


@lru_cache(maxsize=512)
def _outline_of(cls: type) -> ClassOutline | None:
    """Return the class statement that made *cls*: of several with its name, the one that is most like it."""
    cls = _generic(cls)
    return max(
        _file_outline(cls).classes.get(cls.__qualname__, ()), key=lambda each: _likeness(cls, each), default=None
    )


def _likeness(cls: type, found: ClassOutline) -> tuple[bool, bool, int, bool, int]:
    own = _own_annotations(cls)
    names = frozenset(cls.__members__) if issubclass(cls, enum.Enum) else frozenset(own)
    written = frozenset(found.fields) if issubclass(cls, enum.Enum) else found.annotated
    return (
        found.first_line == getattr(cls, "__firstlineno__", None),  # Python 3.13 and later know.
        names == written,
        sum(_is_like(own.get(name), each.annotation) for name, many in found.fields.items() for each in many),
        found.docstring == (inspect.cleandoc(cls.__doc__) if isinstance(cls.__doc__, str) else None),
        found.line,
    )


def _is_like(annotation: Any, text: str) -> bool:
    """Return whether an annotation is what *text* evaluates to, as far as their words can tell."""
    if annotation is None or not text:
        return False
    if isinstance(annotation, type) and not typing.get_args(annotation):
        return annotation.__name__ == text.rpartition(".")[2]
    shown_as = annotation if isinstance(annotation, str) else str(annotation).replace("typing.", "")
    try:
        return ast.unparse(ast.parse(shown_as, mode="eval")) == text
    except (SyntaxError, ValueError):
        return False


def _own_annotations(cls: type) -> dict[str, Any]:
    """Return the annotations that the body of *cls* itself holds, or `create_model` gave it."""
    if sys.version_info >= (3, 14):
        import annotationlib

        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return inspect.get_annotations(cls)


def _generic(cls: type) -> type:
    origin = getattr(cls, "__pydantic_generic_metadata__", {}).get("origin")
    return origin if isinstance(origin, type) else cls


def _file_outline(cls: type) -> FileOutline:
    return outline(source_text(cls))


def _shown_file(cls: type) -> str | None:
    file = _file_of(_generic(cls))
    return shown(file) if file else None


def _file_of(cls: type) -> str | None:
    if cls.__module__.startswith("pydantic."):
        return None
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    return file if file and file.endswith(".py") else None
