"""Running the code of a model's author: importing runs it.

What that code prints goes to standard error, so that standard output holds nothing but answers. What it raises is
reported at the author's line, not at ours.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import importlib.util
import os
import re
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from pageschema.errors import InvalidTarget
from pageschema.jsontext import clip
from pageschema.models.lines import shown

_TEXT = "__pageschema_text__"


def import_file(path: Path, root: Path) -> ModuleType:
    """Import a file under a name made from its path below *root*: the same one in every checkout, on every run.

    A file inside a package keeps the package as its parent, so that its relative imports work. The file runs again
    only when its text has changed.

    Raises:
        InvalidTarget: Importing it failed.
    """
    text = path.read_bytes()
    packages: list[str] = []
    folder = path.parent
    while (folder / "__init__.py").is_file() and folder.name.isidentifier():
        packages.insert(0, folder.name)
        folder = folder.parent
    below = path.relative_to(root) if path.is_relative_to(root) else path
    tag = hashlib.sha256(below.as_posix().encode()).hexdigest()[:8]
    name = ".".join([*packages, f"_pageschema_{re.sub(r'[^0-9A-Za-z]', '_', path.stem)}_{tag}"])
    known = sys.modules.get(name)
    if known is not None and known.__file__ == str(path) and known.__dict__.get(_TEXT) == text:
        return known
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None:
        raise InvalidTarget("is no Python file", where=shown(path), remedy="give a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    module.__dict__[_TEXT] = text
    sys.modules[name] = module  # Pydantic looks the names in annotations up there.
    try:
        _make_findable(folder if packages else root)
        with _authors_code(path, f"python {shown(path)}"):
            # The loader would run a .pyc file that was written in the same second from another text.
            exec(compile(text, str(path), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def import_module(name: str, root: Path) -> ModuleType:
    """Import a module, found in *root* or wherever Python finds it.

    Raises:
        InvalidTarget: Importing it failed.
        ModuleNotFoundError: There is no module of that name, or its package is missing; `name` says which.
    """
    _make_findable(root)
    importlib.invalidate_caches()
    with _authors_code(None, f"python -c 'import {name}'", lets_through=name):
        return importlib.import_module(name)


def _make_findable(folder: Path) -> None:
    """Put *folder* on the module search path, to stay: models may import more when they are used."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


@contextlib.contextmanager
def _authors_code(file: Path | None, command: str, *, lets_through: str = "") -> Iterator[None]:
    """Run an author's code; the absence of the module *lets_through* itself is not the author's doing."""
    try:
        with _stdout_to_stderr(), _no_way_out(), _same_folder():
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if isinstance(error, ModuleNotFoundError) and error.name and f"{lets_through}.".startswith(f"{error.name}."):
            raise
        mend = "mend it there"
        if isinstance(error, ModuleNotFoundError) and error.name:
            mend = f"install {error.name} in this environment, or mend the import"
        what = f"{type(error).__name__}: {error}".partition("\n")[0].rstrip(": ")
        raise InvalidTarget(
            f"importing it failed: {clip(what, 160)}",
            where=_failing_line(error, file),
            remedy=f"{mend}; the whole traceback: {command}",
        ) from error


@contextlib.contextmanager
def authors_hooks() -> Iterator[None]:
    """Run hooks of an author's model: what they print goes to standard error, and leaving the process is an error."""
    with _stdout_to_stderr(), _no_way_out(), _same_folder():
        try:
            yield
        except SystemExit as error:
            raise RuntimeError(f"SystemExit: {error}") from error


@contextlib.contextmanager
def _no_way_out() -> Iterator[None]:
    """Make `os._exit` raise: it would end the process as if nothing were wrong. Child processes may still leave."""
    leave, here = os._exit, os.getpid()

    def refuse(status: int) -> NoReturn:
        if os.getpid() != here:
            leave(status)
        raise SystemExit(f"os._exit({status}) was called")

    os._exit = refuse
    try:
        yield
    finally:
        os._exit = leave


@contextlib.contextmanager
def _same_folder() -> Iterator[None]:
    """Come back to the folder we are in: paths that are still to be read or written are meant from there."""
    try:
        here = Path.cwd()
    except OSError:  # It is gone; there is nothing to come back to.
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.chdir(here)


@contextlib.contextmanager
def _stdout_to_stderr() -> Iterator[None]:
    """Send what is printed to standard error, also by C code and by child processes."""
    with contextlib.redirect_stdout(sys.stderr):
        _flush(sys.__stdout__)
        try:
            kept = os.dup(1)
        except OSError:  # There is no standard output.
            yield
            return
        try:
            with contextlib.suppress(OSError):
                os.dup2(2, 1)
            yield
        finally:
            _flush(sys.__stdout__)
            os.dup2(kept, 1)
            os.close(kept)


def _flush(stream: Any) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        stream.flush()


def _failing_line(error: BaseException, file: Path | None) -> str:
    """Return ``file:line`` of the innermost statement of the author's own that *error* came through."""
    if isinstance(error, SyntaxError) and error.filename and Path(error.filename).is_file():
        return f"{shown(error.filename)}:{error.lineno or 1}"
    ours = Path(__file__).resolve().parents[1]
    libraries = [ours, *(Path(path).resolve() for path in sysconfig.get_paths().values())]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename).resolve()
        if path == file or (path.is_file() and not any(path.is_relative_to(folder) for folder in libraries)):
            return f"{shown(path)}:{frame.lineno}"
    return shown(file) if file else ""
