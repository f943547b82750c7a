"""``[tool.pageschema]`` in pyproject.toml: read, checked, and refused with file, line and a suggestion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pageschema import jsontext
from pageschema.errors import InvalidConfiguration

Requirement = Literal["backward", "forward", "full"]

_KINDS: Mapping[str, type] = {
    "registry": str,
    "models": dict,
    "contract": str,
    "require": str,
    "transitive": bool,
    "readers": dict,
    "fuzz": dict,
    "lint": dict,
}
_FUZZ_KINDS: Mapping[str, type] = {
    "max_requests": int,
    "seed": int,
    "max_time": int,
    "max_failures": int,
    "rate_limit": str,
    "baseline": str,
    "resources": dict,
}
_LINT_KINDS: Mapping[str, type] = {"select": list, "ignore": list, "baseline": str, "per-target": dict}
_TARGET_KINDS: Mapping[str, type] = {"select": list, "ignore": list}
_WORDS = {str: "a string", int: "an integer", bool: "true or false", dict: "a table", list: "an array"}
REGISTRY = "schemas"


class Pin(NamedTuple):
    """One reader of a schema and the version that it reads with. `where` is file:line of the setting.

    A reader without a name of its own is called by its version.
    """

    name: str
    version: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSettings:
    """What lint tells: rules by code, by the beginning of codes, or by name.

    `per_target` gives by pattern what is told of the files, or of the schemas by name, that it matches: there `select`,
    where it is not empty, stands for the one around it, and `ignore` adds to it. `baseline` is the file of accepted
    findings.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    per_target: Mapping[str, LintSettings] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one project.

    `root` is the folder of its pyproject.toml, or the current one; `registry` the folder of frozen versions; `models`
    the TARGET of each schema's model by name, besides those found as ``<registry>/<name>/model.py``. `contract` is a
    folder with ``openapi.yaml`` and ``overlay.yaml``, None for the one that ships. `require` is what a new version must
    keep, with `transitive` towards every earlier version. `readers` are those of each schema by name. `max_time` of
    a contract run is in seconds, `rate_limit` in requests a second, and `baseline` the file of those that are accepted;
    the last two are about an endpoint, and nothing to the embedded emulator.
    """

    root: Path
    registry: Path
    models: Mapping[str, str] = field(default_factory=dict)
    contract: Path | None = None
    require: Requirement | None = None
    transitive: bool = False
    readers: Mapping[str, tuple[Pin, ...]] = field(default_factory=dict)
    max_requests: int = 500
    seed: int = 0
    max_time: int | None = None
    max_failures: int | None = None
    rate_limit: float | None = None
    baseline: Path | None = None
    resources: Mapping[str, str] = field(default_factory=dict)
    lint: LintSettings = field(default_factory=LintSettings)


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
    return Config(root=here, registry=here / REGISTRY)


def registry_named(text: str) -> str:
    """Return the folder of frozen versions that the text of another pyproject.toml names, the usual one if none."""
    import tomllib

    try:
        folder = tomllib.loads(text)["tool"]["pageschema"]["registry"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        return REGISTRY
    return folder if isinstance(folder, str) else REGISTRY


def _read(path: Path) -> Config:
    import tomllib

    try:
        text = path.read_text("utf-8")
        tool = tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidConfiguration(f"cannot be read: {error}", where=str(path), remedy="mend the file") from error
    source = _Source(path, text)
    table = tool.get("pageschema", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise _mistaken("pageschema", table, "a table", source.place(), remedy="write [tool.pageschema]")
    fuzz = table.get("fuzz", {})
    _check(table, _KINDS, source)
    _check(fuzz, _FUZZ_KINDS, source, "fuzz")
    models = _texts(table.get("models", {}), source, "models")
    resources = _texts(fuzz.get("resources", {}), source, "fuzz", "resources")
    _check_resources(resources, source)
    for key in ("max_time", "max_failures"):
        if fuzz.get(key, 1) < 1:
            raise _mistaken(key, fuzz[key], "an integer from 1", source.place("fuzz", key))
    require = table.get("require")
    if require is not None and require not in get_args(Requirement):
        raise InvalidConfiguration(
            f"require is {jsontext.clip(require)!r}",
            where=source.place("require"),
            remedy="write backward, forward or full",
        )
    root = path.parent
    return Config(
        root=root,
        registry=root / table.get("registry", REGISTRY),
        models=models,
        contract=root / table["contract"] if "contract" in table else None,
        require=require,
        transitive=table.get("transitive", False),
        readers={name: _pins(name, readers, source) for name, readers in table.get("readers", {}).items()},
        max_requests=fuzz.get("max_requests", 500),
        seed=fuzz.get("seed", 0),
        max_time=fuzz.get("max_time"),
        max_failures=fuzz.get("max_failures"),
        rate_limit=_rate(fuzz["rate_limit"], source.place("fuzz", "rate_limit")) if "rate_limit" in fuzz else None,
        baseline=root / fuzz["baseline"] if "baseline" in fuzz else None,
        resources=resources,
        lint=_lint(table.get("lint", {}), source, "lint"),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The file that settings come from; tomllib keeps no positions."""

    path: Path
    text: str

    def place(self, *keys: str) -> str:
        """Return file:line of the setting that *keys* lead to below ``tool.pageschema``, as near as it is found."""
        start = line = 0
        for key in ("pageschema", *keys):
            pattern = re.compile(rf"""(?:^|[\[{{.,])[ \t]*(["']?){re.escape(key)}\1\s*[=.,\]]""", re.MULTILINE)
            found = pattern.search(self.text, start)
            if found:
                # The sign behind this key may be the one before the next.
                start, line = found.end() - 1, self.text.count("\n", 0, found.start(1)) + 1
        return f"{self.path}:{line}" if line else str(self.path)


def _check_resources(resources: Mapping[str, str], source: _Source) -> None:
    if not resources:
        return
    from pageschema.contract import RESOURCES  # Slow to import, for settings that few have.

    for name in resources:
        if name not in RESOURCES:
            raise _unknown(name, RESOURCES, source, "fuzz", "resources")


def _rate(text: str, where: str) -> float:
    from pageschema.client import parse_rate  # As above.

    try:
        return parse_rate(text)
    except InvalidConfiguration as error:
        raise InvalidConfiguration(f"rate_limit: {error.what}", where=where, remedy=error.remedy) from error


def _check(table: Mapping[str, Any], kinds: Mapping[str, type], source: _Source, *below: str) -> None:
    for key, value in table.items():
        if key not in kinds:
            raise _unknown(key, tuple(kinds), source, *below)
        if type(value) is not kinds[key]:
            raise _mistaken(key, value, _WORDS[kinds[key]], source.place(*below, key))
        if isinstance(value, str) and "\0" in value:
            raise _mistaken(key, value, "a string without NUL", source.place(*below, key))


def _texts(table: Mapping[str, Any], source: _Source, *below: str) -> dict[str, str]:
    for key, value in table.items():
        if not isinstance(value, str):
            raise _mistaken(key, value, "a string", source.place(*below, key), remedy='write it in quotes: "…"')
    return dict(table)


def _pins(schema: str, readers: Any, source: _Source) -> tuple[Pin, ...]:
    if isinstance(readers, list):
        # Versions alone: each stands for a reader whose name nobody wrote down.
        named = [(str(version), version) for version in readers]
    elif isinstance(readers, dict):
        named = list(readers.items())
    else:
        raise _mistaken(
            schema,
            readers,
            "readers and their versions",
            source.place("readers", schema),
            remedy=f'write {schema} = {{billing = "1.2.0"}}, or {schema} = ["1.2.0"] for readers without a name',
        )
    places = [source.place("readers", schema, name) for name, _ in named]
    for (name, version), where in zip(named, places, strict=True):
        if not isinstance(version, str):
            key = schema if isinstance(readers, list) else name
            raise _mistaken(key, version, "a version", where, remedy='write it in quotes: "1.2.0"')
    return tuple(
        Pin(name=name, version=version, where=where) for (name, version), where in zip(named, places, strict=True)
    )


def _lint(table: Any, source: _Source, *below: str) -> LintSettings:
    if not isinstance(table, dict):
        raise _mistaken(below[-1], table, "a table", source.place(*below), remedy='write ignore = ["PS604"] below it')
    _check(table, _TARGET_KINDS if "per-target" in below else _LINT_KINDS, source, *below)
    for key in ("select", "ignore"):
        if table.get(key):
            _rules(table[key], source.place(*below, key))
    return LintSettings(
        select=tuple(table.get("select", ())),
        ignore=tuple(table.get("ignore", ())),
        baseline=source.path.parent / table["baseline"] if "baseline" in table else None,
        per_target={
            pattern: _lint(settings, source, *below, "per-target", pattern)
            for pattern, settings in table.get("per-target", {}).items()
        },
    )


def _rules(words: list[Any], where: str) -> None:
    # Imported here: of all commands only those that have such words pay for knowing the rules.
    from pageschema.linting.selection import Selection

    for word in words:
        if not isinstance(word, str):
            raise InvalidConfiguration(
                f"{jsontext.clip(repr(word))} is no lint rule", where=where, remedy='write codes in quotes: ["PS604"]'
            )
        try:
            Selection.of([word])
        except InvalidConfiguration as error:
            raise InvalidConfiguration(error.what, where=where, remedy=error.remedy) from error


def _mistaken(key: str, value: Any, expected: str, where: str, *, remedy: str = "") -> InvalidConfiguration:
    return InvalidConfiguration(
        f"{jsontext.clip(key)} is {jsontext.clip(repr(value))}, not {expected}",
        where=where,
        remedy=remedy or f"write {expected}",
    )


def _unknown(key: str, known: tuple[str, ...], source: _Source, *below: str) -> InvalidConfiguration:
    import difflib

    near = difflib.get_close_matches(key, known, n=1)
    return InvalidConfiguration(
        f"unknown setting {jsontext.clip(key)!r} in [{'.'.join(('tool.pageschema', *below))}]",
        where=source.place(*below, key),
        remedy=f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}",
    )
