"""Resolving a TARGET: a model, a JSON file, one of another revision, a frozen version, or standard input."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pageschema import jsontext
from pageschema.errors import CannotGenerate, InvalidTarget, PageSchemaError
from pageschema.project.project import Project
from pageschema.schema import PageSchema

Form: TypeAlias = Literal["datalab", "pydantic"]

STDIN = "-"
STDIN_NAME = "standard input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a TARGET names: text from a file, or the page schema of a model or of a frozen version.

    `where` names it in messages. `frozen` tells name and version where it comes from the registry.
    """

    where: str
    text: str
    schema: PageSchema | None = None
    frozen: str | None = None

    def page_schema(self) -> PageSchema:
        """Return it as a page schema.

        Raises:
            InvalidJSON: The text is not JSON.
            InvalidSchema: The root is not an object with an object ``properties``.
        """
        if self.schema is not None:
            return self.schema
        return PageSchema.parse(self.text, name=Path(self.where).stem, where=self.where)

    def json_schema(self) -> PageSchema | dict[str, Any] | bool:
        """Return it as whatever JSON Schema it holds, a page schema or not.

        Raises:
            InvalidJSON: The text is not JSON.
            InvalidTarget: The text holds no schema.
        """
        if self.schema is not None:
            return self.schema
        value = jsontext.parse(self.text, where=self.where, max_depth=jsontext.MAX_SCHEMA_DEPTH, unique_keys=True)
        if isinstance(value, (dict, bool)):
            return value
        raise InvalidTarget("holds no JSON Schema", where=self.where, remedy="give an object, true or false")


def resolve(project: Project, targets: Sequence[str], *, form: Form = "datalab", stdin: str = "") -> list[Resolved]:
    """Return what each of *targets* names, in order; a Python file may name several.

    Args:
        form: How a model's page schema is written.
        stdin: The text that ``-`` stands for.

    Raises:
        InvalidTarget: One of them names nothing.
    """
    found = []
    for each in resolve_each(project, targets, form=form, stdin=stdin):
        if isinstance(each, PageSchemaError):
            raise each
        found.append(each)
    if not found:
        raise InvalidTarget("no TARGET given", remedy="name a model, a JSON file or a frozen schema")
    return found


def resolve_each(
    project: Project, targets: Sequence[str], *, form: Form = "datalab", stdin: str = ""
) -> Iterator[Resolved | PageSchemaError]:
    """Yield what each of *targets* names, or the error that says why it cannot be had; see `resolve`."""
    for target in targets:
        try:
            yield from _resolve(project, target, form, stdin)
        except PageSchemaError as error:
            yield error


def resolve_one(project: Project, target: str, *, stdin: str = "") -> Resolved:
    """Return the one thing that *target* names.

    Raises:
        InvalidTarget: It names nothing, or several models.
    """
    found = resolve(project, [target], stdin=stdin)
    if len(found) > 1:
        names = ", ".join(item.schema.name for item in found if item.schema is not None)
        raise InvalidTarget(
            f"names {len(found)} models ({names}), one is needed",
            where=repr(target),
            remedy=f"say which: {target}:Name",
        )
    return found[0]


def read_text(path: Path) -> str:
    """Return the text of a file: UTF-8, or a Python file in the encoding that it declares.

    Raises:
        InvalidTarget: It cannot be read, is not in that encoding, or is larger than the reader of JSON takes.

    Source: PEP 263, for Python files.
    """
    content = read_bytes(path)
    encoding = _declared_encoding(path, content) if path.suffix == ".py" else "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        raise InvalidTarget(f"byte {error.start} is not {name}", where=str(path), remedy="save it as UTF-8") from error


def _declared_encoding(path: Path, content: bytes) -> str:
    import io
    import tokenize

    try:
        return tokenize.detect_encoding(io.BytesIO(content).readline)[0]
    except SyntaxError as error:
        raise InvalidTarget(error.msg, where=str(path), remedy="save it as UTF-8") from error


def read_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        InvalidTarget: It cannot be read, or is larger than the reader of JSON takes.
    """
    try:
        if path.stat().st_size > jsontext.MAX_BYTES:
            raise InvalidTarget(f"larger than {jsontext.MAX_BYTES:,} bytes", where=str(path), remedy="split it")
        return path.read_bytes()
    except OSError as error:
        raise InvalidTarget(
            f"cannot be read: {error.strerror}", where=jsontext.clip(str(path)), remedy="name a file that is there"
        ) from error


def _resolve(project: Project, target: str, form: Form, stdin: str) -> Sequence[Resolved | CannotGenerate]:
    name, _, version = target.partition("@")
    if target == STDIN:
        return [Resolved(where=STDIN_NAME, text=stdin)]
    if "." not in name and name in project.registry.names():  # A file is read without asking the registry.
        frozen = project.registry.get(name, version or None)
        where = f"{frozen.name}@{frozen.version}"
        return [Resolved(where=str(frozen.path), text=frozen.schema.text, schema=frozen.schema, frozen=where)]
    if _is_of_revision(target):
        return [_of_revision(target)]
    source, colon, _ = target.partition(":")
    if source.endswith(".py") or (colon and not Path(target).exists()):
        return _models(target, form)
    if Path(target).is_file() or target.endswith(".json") or "/" in target:
        return [Resolved(where=target, text=read_text(Path(target)))]
    if name in project.targets and not version:
        schema = project.generate(name)
        return [Resolved(where=str(schema.origin), text=schema.text, schema=schema)]
    raise project.unknown(name)


def _is_of_revision(target: str) -> bool:
    """Return whether *target* is ``REV:path`` of git.

    What follows the colon is a path then: it has a slash, or ends like a file. A model's name never does, unless a
    class is called json or py inside another.
    """
    source, colon, path = target.partition(":")
    if not colon or source.endswith(".py") or Path(target).exists() or Path(target).drive:
        return False
    return "/" in path or Path(path).suffix in {".json", ".py"}


def _of_revision(target: str) -> Resolved:
    from pageschema.project import git

    name, _, path = target.partition(":")
    if not path.endswith(".json"):
        raise InvalidTarget(
            "only JSON files are read from another revision: a model there would import what is installed here",
            where=f"'{jsontext.clip(target)}'",
            remedy="name a frozen version instead (name@1.2.0), or the JSON file of one (main:schemas/name/1.2.0.json)",
        )
    revision = git.revision(name, Path.cwd())
    here = Path(os.path.relpath(path)).as_posix()
    found = [] if Path(path).is_absolute() else [blob for blob in revision.files(here) if blob.path == here]
    if not found:
        raise InvalidTarget(
            f"{name} has no file {jsontext.clip(path)!r}, seen from the current folder",
            where=f"'{jsontext.clip(target)}'",
            remedy=f"git ls-tree -r --name-only {shlex.quote(name)} lists what is below it there",
        )
    [content] = revision.read(found)
    try:
        return Resolved(where=target, text=content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidTarget(f"byte {error.start} is not UTF-8", where=target, remedy="save it as UTF-8") from error


def _models(target: str, form: Form) -> list[Resolved | CannotGenerate]:
    from pageschema.generation import page_schema
    from pageschema.models import load_models

    found: list[Resolved | CannotGenerate] = []
    for site in load_models(target):
        try:
            schema = page_schema(site.model, form=form)
        except CannotGenerate as error:
            found.append(error)  # The other models of the file may do.
        else:
            found.append(Resolved(where=str(schema.origin) or target, text=schema.text, schema=schema))
    return found
