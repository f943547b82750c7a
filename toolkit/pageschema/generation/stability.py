"""Does a model give the same page schema again: under another hash seed, on another day?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pageschema import pointer
from pageschema.finding import Origin
from pageschema.models import may_vary, source_text
from pageschema.schema import Instability

LONGEST = 60
"""Seconds that loading a model again may take."""
_DAYS = 400
"""The second process lives so much later, in another year."""
_NESTED = "PAGESCHEMA_GENERATING_AGAIN"
_PROGRAM = (
    "import os, sys; from pageschema.generation.again import generate; generate(sys.argv[1], int(sys.argv[2])); "
    "sys.stdout.flush(); os._exit(0)"
)
"""Leaves before anything that a module of the author's says at exit, so that the answer is the last line."""


def instabilities(
    model: type, origins: Mapping[str, Origin], origin: Origin, classes: Sequence[type]
) -> tuple[Instability, ...]:
    """Return where the page schema of *model* differs between two new processes.

    They are started only where the source of one of its classes says that it may, and where the model can be loaded
    again by a name. A model that cannot be loaded there is taken as stable.
    """
    address = _address(model)
    if (
        not address
        or _NESTED in os.environ
        or not any(map(_is_doubtful, {cls.__module__: cls for cls in (model, *classes)}.values()))
    ):
        return ()
    first, second = _generated_twice(address)
    if first is None or second is None:
        return ()
    return tuple(
        Instability(pointer=where, origin=_nearest(where, origins, origin), first=one, second=other)
        for where, one, other in _differences(first, second, "")
    )


def _is_doubtful(cls: type) -> bool:
    module = sys.modules.get(cls.__module__)
    return may_vary(source_text(cls), vars(module) if module else {})


def _address(model: type) -> str:
    """Return the TARGET that loads *model* again, or "" where it has none."""
    module = sys.modules.get(model.__module__)
    if module is None or module.__name__ == "__main__":  # To load a script again is to run it.
        return ""
    held: Any = module
    for part in model.__qualname__.split("."):
        held = getattr(held, part, None)
    names = [model.__qualname__] if held is model else [name for name, each in vars(module).items() if each is model]
    name = next((name for name in names if all(part.isidentifier() for part in name.split("."))), "")
    file = getattr(module, "__file__", None)
    is_by_file = module.__name__.rpartition(".")[2].startswith("_pageschema_")
    return f"{file if is_by_file else module.__name__}:{name}" if name and file else ""


def _generated_twice(address: str) -> tuple[Any, Any]:
    running = [
        subprocess.Popen(  # noqa: S603 - this interpreter, on the user's own code
            [sys.executable, "-c", _PROGRAM, address, str(days)],
            env={
                **os.environ,
                _NESTED: "1",
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for seed, days in (("1", 0), ("2", _DAYS))
    ]
    answers: list[Any] = []
    try:
        for process in running:
            out, _ = process.communicate(timeout=LONGEST)
            answers.append(json.loads(out.rpartition(b"\n")[2]) if process.returncode == 0 else None)
    except subprocess.TimeoutExpired:
        answers = [None, None]
    finally:
        for process in running:
            process.kill()
            process.communicate()
    return answers[0], answers[1]


def _differences(one: Any, other: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield each innermost place at which two values are written differently, the order of keys included."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        for key in one:
            yield from _differences(one[key], other[key], pointer.join(where, key))
    elif json.dumps(one) != json.dumps(other):
        yield where, one, other


def _nearest(where: str, origins: Mapping[str, Origin], default: Origin) -> Origin:
    while where and where not in origins:
        where = where.rpartition("/")[0]
    return origins.get(where, default)
