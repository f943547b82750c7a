"""Settings: read, checked, and refused at their line with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from pageschema.config import Pin, load_config, registry_named
from pageschema.errors import InvalidConfiguration


def configured(folder: Path, text: str):
    (folder / "pyproject.toml").write_text(text, "utf-8")
    return load_config(folder)


def test_a_project_without_settings_has_the_usual_ones(tmp_path):
    config = configured(tmp_path, "[project]\nname = 'x'\n")
    assert (config.registry, config.require, config.transitive, config.readers) == (
        tmp_path / "schemas", None, False, {},
    )  # fmt: skip


def test_settings_are_found_from_a_folder_below(tmp_path):
    configured(tmp_path, "[tool.pageschema]\nregistry = 'contracts'\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert load_config(tmp_path / "a" / "b").registry == tmp_path / "contracts"


def pin(name, version, where):
    return Pin(name=name, version=version, where=where)


@pytest.mark.parametrize(
    ("text", "pins"),
    [
        (
            '[tool.pageschema.readers]\ninvoice = {billing = "1.2.0", warehouse = "2.0.0"}\n',
            [("billing", "1.2.0", 2), ("warehouse", "2.0.0", 2)],
        ),
        (
            '[tool.pageschema.readers.invoice]\nbilling = "1.2.0"\n"the warehouse" = "2.0.0"\n',
            [("billing", "1.2.0", 2), ("the warehouse", "2.0.0", 3)],
        ),
        (
            '[tool.pageschema]\nreaders.invoice = [\n  "1.2.0",\n  "2.0.0"\n]\n',
            [("1.2.0", "1.2.0", 3), ("2.0.0", "2.0.0", 4)],
        ),
        (
            '[tool.other.readers]\ninvoice = {billing = "9"}\n[tool.pageschema.readers]\ninvoice.billing = "1.2.0"\n',
            [("billing", "1.2.0", 4)],
        ),
    ],
    ids=["names in a line", "names in a table", "a list", "beside another tool's"],
)
def test_readers_are_named_or_not_and_each_is_known_by_its_line(tmp_path, text, pins):
    file = tmp_path / "pyproject.toml"
    expected = tuple(pin(name, version, f"{file}:{line}") for name, version, line in pins)
    assert configured(tmp_path, text).readers == {"invoice": expected}


@pytest.mark.parametrize(
    ("setting", "line", "what", "remedy"),
    [
        ('registy = "schemas"', 2, "unknown setting 'registy' in [tool.pageschema]", "did you mean registry?"),
        ("colour = 1", 2, "unknown setting 'colour'", "known are registry, models"),
        ("registry = 3", 2, "registry is 3, not a string", "write a string"),
        ('transitive = "yes"', 2, "transitive is 'yes', not true or false", "write true or false"),
        ("transitive = 1", 2, "transitive is 1, not true or false", "write true or false"),
        ('require = "both"', 2, "require is 'both'", "write backward, forward or full"),
        ('readers = ["1.2.0"]', 2, "readers is ['1.2.0'], not a table", "write a table"),
        ('readers.invoice = "1.2.0"', 2, "invoice is '1.2.0', not readers", 'write invoice = {billing = "1.2.0"}'),
        ("\nreaders.invoice = {billing = 1.2}", 3, "billing is 1.2, not a version", 'in quotes: "1.2.0"'),
        ("\nreaders.invoice = [\n1,\n2.0]", 4, "invoice is 1, not a version", 'in quotes: "1.2.0"'),
        ("[tool.pageschema.models]\ninvoice = 3", 3, "invoice is 3, not a string", 'write it in quotes: "…"'),
        ('[tool.pageschema.fuzz]\nseed = "3"', 3, "seed is '3', not an integer", "write an integer"),
        ("[tool.pageschema.fuzz]\nseeds = 3", 3, "unknown setting 'seeds' in [tool.pageschema.fuzz]", "mean seed?"),
        ("[tool.pageschema.fuzz]\nmax_time = 0", 3, "max_time is 0, not an integer from 1", "write an integer from 1"),
        ("[tool.pageschema.fuzz]\nmax_failures = -1", 3, "max_failures is -1", "write an integer from 1"),
        ('[tool.pageschema.fuzz]\nrate_limit = "10"', 3, "rate_limit: '10' is no rate", "write it like 10/s"),
        ("[tool.pageschema.fuzz.resources]\nschema = '1'", 3, "'schema' in [tool.pageschema.fuzz.resources]", "mean"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_at_its_line_with_what_to_write(tmp_path, setting, line, what, remedy):
    with pytest.raises(InvalidConfiguration) as refused:
        configured(tmp_path, f"[tool.pageschema]\n{setting}\n")
    assert refused.value.where == f"{tmp_path / 'pyproject.toml'}:{line}"
    assert what in refused.value.what
    assert remedy in refused.value.remedy


@pytest.mark.parametrize("text", ["[tool]\npageschema = 3\n", "tool = 3\n[tool.x]\n", "[tool.pageschema\n"])
def test_a_file_in_which_no_settings_can_stand_is_refused(tmp_path, text):
    with pytest.raises(InvalidConfiguration) as refused:
        configured(tmp_path, text)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("[tool.pageschema]\nregistry = 'contracts'\n", "contracts"),
        ("[project]\nname = 'x'\n", "schemas"),
        ("[tool]\npageschema = 3\n", "schemas"),
        ("[tool.pageschema]\nregistry = 3\n", "schemas"),
        ("not TOML", "schemas"),
    ],
)
def test_where_another_revision_keeps_its_versions_is_told_from_its_settings(text, folder):
    assert registry_named(text) == folder


def test_a_path_that_no_file_can_have_is_refused_at_its_line(tmp_path):
    with pytest.raises(InvalidConfiguration, match="not a string without NUL") as caught:
        configured(tmp_path, '[tool.pageschema]\nregistry = "x\\u0000"\n')
    assert f"{tmp_path / 'pyproject.toml'}:2" in str(caught.value)
