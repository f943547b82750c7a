"""``[tool.pageschema]`` in pyproject.toml: read, checked, and refused with file, line and a suggestion."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from pageschema import jsontext
from pageschema.contract import RESOURCES
from pageschema.errors import InvalidConfiguration

Requirement = Literal["backward", "forward", "full"]

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "registry": str,
    "models": dict,
    "contract": str,
    "require": str,
    "fuzz": dict,
}
_FUZZ_KINDS: Mapping[str, type | tuple[type, ...]] = {"max_requests": int, "seed": int, "resources": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one project.

    `root` is the folder of its pyproject.toml, or the current one; `registry` the folder of frozen versions; `models`
    the TARGET of each schema's model by name, besides those found as ``<registry>/<name>/model.py``. `contract` is a
    folder with ``openapi.yaml`` and ``overlay.yaml``, None for the one that ships. `require` is what a new version must
    keep.
    """

    root: Path
    registry: Path
    models: Mapping[str, str] = field(default_factory=dict)
    contract: Path | None = None
    require: Requirement | None = None
    max_requests: int = 500
    seed: int = 0
    resources: Mapping[str, str] = field(default_factory=dict)


def load_config(start: Path | None = None) -> Config:
    """Return the settings of the project around *start*, by default around the current folder.

    The nearest folder upwards with a pyproject.toml is the project; without one, *start* is, with defaults.

    Raises:
        InvalidConfiguration: The file is no TOML, or a setting in it is unknown or of the wrong kind.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            return _read(path)
    return Config(root=here, registry=here / "schemas")


def _read(path: Path) -> Config:
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text).get("tool", {}).get("pageschema", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfiguration(f"cannot be read: {error}", where=str(path), remedy="mend the file") from error
    fuzz = table.get("fuzz", {})
    _check(table, _KINDS, path, text, "tool.pageschema")
    _check(fuzz, _FUZZ_KINDS, path, text, "tool.pageschema.fuzz")
    models = _texts(table.get("models", {}), path, text)
    resources = _texts(fuzz.get("resources", {}), path, text)
    for name in resources:
        if name not in RESOURCES:
            raise _unknown(name, RESOURCES, path, text, "tool.pageschema.fuzz.resources")
    require = table.get("require")
    if require is not None and require not in get_args(Requirement):
        raise InvalidConfiguration(
            f"require is {jsontext.clip(require)!r}",
            where=_place(path, text, "require"),
            remedy="write backward, forward or full",
        )
    root = path.parent
    return Config(
        root=root,
        registry=root / table.get("registry", "schemas"),
        models=models,
        contract=root / table["contract"] if "contract" in table else None,
        require=require,
        max_requests=fuzz.get("max_requests", 500),
        seed=fuzz.get("seed", 0),
        resources=resources,
    )


def _check(
    table: Mapping[str, Any], kinds: Mapping[str, type | tuple[type, ...]], path: Path, text: str, section: str
) -> None:
    for key, value in table.items():
        if key not in kinds:
            raise _unknown(key, tuple(kinds), path, text, section)
        if not isinstance(value, kinds[key]) or isinstance(value, bool):
            expected = {str: "a string", int: "an integer", dict: "a table"}[kinds[key]]  # type: ignore[index]
            raise InvalidConfiguration(
                f"{key} is {jsontext.clip(repr(value))}, not {expected}",
                where=_place(path, text, key),
                remedy=f"write {expected}",
            )


def _texts(table: Mapping[str, Any], path: Path, text: str) -> dict[str, str]:
    for key, value in table.items():
        if not isinstance(value, str):
            raise InvalidConfiguration(
                f"{jsontext.clip(key)} is {jsontext.clip(repr(value))}, not a string",
                where=_place(path, text, key),
                remedy='write it in quotes: "…"',
            )
    return dict(table)


def _unknown(key: str, known: tuple[str, ...], path: Path, text: str, section: str) -> InvalidConfiguration:
    near = difflib.get_close_matches(key, known, n=1)
    return InvalidConfiguration(
        f"unknown setting {jsontext.clip(key)!r} in [{section}]",
        where=_place(path, text, key),
        remedy=f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}",
    )


def _place(path: Path, text: str, key: str) -> str:
    """Return file:line of the first line that sets *key*; tomllib keeps no positions."""
    pattern = re.compile(rf'^\s*"?{re.escape(key)}"?\s*=|^\s*\[.*\b{re.escape(key)}\]', re.MULTILINE)
    found = pattern.search(text)
    return f"{path}:{text.count(chr(10), 0, found.start()) + 1}" if found else str(path)
