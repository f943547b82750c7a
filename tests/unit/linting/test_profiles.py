"""Each profile against its own examples, and what all of them keep to."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from pageschema import linting
from pageschema.errors import InvalidTarget
from pageschema.finding import Severity
from pageschema.linting import PROFILES, RULES

lint = partial(linting.lint, notes=True)

every_profile = pytest.mark.parametrize("profile", [pytest.param(each, id=each.name) for each in PROFILES])


def graver(findings):
    return [(finding.name, finding.pointer) for finding in findings if finding.severity is not Severity.NOTE]


@every_profile
def test_a_profile_finds_in_its_bad_example_what_it_says_and_nothing_else(profile):
    assert sorted(graver(lint(profile.bad, profile=profile.name))) == sorted(profile.flagged)


@every_profile
def test_the_good_example_of_a_profile_is_good(profile):
    assert lint(profile.good, profile=profile.name) == []


@every_profile
def test_a_profile_has_its_sources_and_their_date_and_names_rules_that_there_are(profile):
    assert all(source.endswith(".") for source in profile.sources)
    assert profile.date.startswith("20")
    assert set(profile.severities) <= {rule.name for rule in RULES}


def test_no_profile_file_is_forgotten_and_the_default_comes_first():
    files = {path.stem for path in Path(linting.__file__).parent.glob("profiles/*.py")} - {"__init__"}
    assert files == {profile.name.replace("-", "_") for profile in PROFILES}
    assert PROFILES[0].name == "datalab"


def test_an_unknown_profile_is_refused_with_those_that_there_are():
    with pytest.raises(InvalidTarget, match="opnai") as raised:
        lint("{}", profile="opnai")
    assert "openai" in raised.value.remedy


def schema(**properties):
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def nested(depth):
    value = schema(last={"type": ["string", "null"], "description": "Of them all"})
    for _ in range(depth):
        value = schema(inner=value | {"description": "One more"})
    return value


@pytest.mark.parametrize(
    ("profile", "depth", "expected"), [("extend", 5, []), ("extend", 6, ["limit-exceeded"]), ("openai", 10, []),
                                       ("openai", 11, ["limit-exceeded"]), ("datalab", 12, [])]
)  # fmt: skip
def test_depth_is_counted_in_objects_below_the_root(profile, depth, expected):
    found = lint(nested(depth), profile=profile)
    assert [finding.name for finding in found if finding.name == "limit-exceeded"] == expected


def test_a_limit_is_on_the_whole_schema():
    options = [{"type": "string", "description": f"Kind {n}", "enum": [f"k{m}" for m in range(250)]} for n in range(5)]
    found = graver(lint(schema(**{f"kind_{n}": option for n, option in enumerate(options)}), profile="openai"))
    assert ("limit-exceeded", "") in found


@pytest.mark.parametrize(("name", "is_taken"), [("größe", True), ("total.net", True), ("हिंदी", True), ("a b", False)])
def test_azure_takes_letters_of_every_script_in_a_name(name, is_taken):
    found = lint(schema(**{name: {"type": "number", "description": "As printed"}}), profile="azure")
    assert ("unsupported-name" in {finding.name for finding in found}) != is_taken


@every_profile
def test_a_profile_does_not_read_a_field_as_a_keyword(profile):
    fields = {name: {"type": ["string", "null"], "description": "As printed"} for name in ("oneOf", "format", "not")}
    assert not [name for name, where in graver(lint(schema(**fields), profile=profile.name)) if "/properties/" in where]


@every_profile
def test_hostile_schemas_end_under_every_profile(profile):
    odd = {"a": {"format": {}, "minItems": [], "enum": 3, "const": []}, "": {"type": [1, {}]}, "b": {"$ref": "#"}}
    for text in ("[]", '{"properties": 3}', json.dumps({"properties": odd})):
        assert lint(text, profile=profile.name) is not None


PRINTED = {"description": "As printed on the page"}
RECURSIVE = {
    "S": {"type": "object", "properties": {"heading": {"type": "string", **PRINTED}}, "required": ["heading"],
          "additionalProperties": False}
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "changed", "expected"),
    [
        ("openai", {"type": "object", "properties": {}, "additionalProperties": False}, "free-form-object"),
        ("openai", {"type": "array"}, "untyped-array"),
        ("openai", {}, "untyped-field"),
        ("openai", {"$ref": "#/$defs/S"}, "unsupported-keyword"),
        ("openai", {"type": "string", "pattern": r"^(?=a)\bab$"}, None),
        ("openai", {"enum": [{"a": 1}, "other"]}, None),
        ("anthropic", {}, "untyped-field"),
        ("anthropic", {"$ref": "#/$defs/S"}, None),
        ("anthropic", {"type": "string", "pattern": "^(?=a)ab$"}, "unsupported-keyword"),
        ("anthropic", {"type": "string", "pattern": "^(?<!a)b$"}, "unsupported-keyword"),
        ("anthropic", {"type": "string", "pattern": r"^(a)\1$"}, "unsupported-keyword"),
        ("anthropic", {"type": "string", "pattern": r"\bfoo\b"}, "unsupported-keyword"),
        ("anthropic", {"type": "string", "pattern": r"^\\b[0-9]+(?:a|b)\.1$"}, None),
        ("anthropic", {"type": "string", "pattern": r"^[(?!]+\(?=1$"}, None),
        ("anthropic", {"enum": [{"a": 1}, "other"]}, "unsupported-keyword"),
        ("anthropic", {"type": "integer", "enum": [1, 2, 0]}, None),
        ("anthropic", {"oneOf": [{"type": "string"}, {"type": "null"}]}, "unsupported-keyword"),
        ("extend", {"anyOf": [{"type": "string"}, {"type": "null"}]}, "unsupported-keyword"),
        ("extend", {"$ref": "#/$defs/S"}, "unsupported-keyword"),
        ("extend", {"type": ["integer", "null"], "enum": [1, 2, None]}, "unsupported-keyword"),
        ("extend", {"type": ["string", "null"], "enum": ["a", "other", None]}, None),
        ("extend", {"type": "array", "items": {"type": ["string", "null"]}}, "unsupported-keyword"),
        ("extend", {"type": "array", "items": {"type": "string"}}, None),
        ("extend", {"type": "object", "additionalProperties": {"type": "number"}}, "map-field"),
        ("llamaextract", {"type": "object", "additionalProperties": {"type": "number"}}, "unsupported-keyword"),
        ("llamaextract", {"type": ["array", "null"], "items": {"type": "string"}}, "unsupported-keyword"),
        ("llamaextract", {"type": ["string", "null"]}, None),
    ],
)  # fmt: skip
def test_a_profile_knows_what_its_api_is_particular_about(name, changed, expected):
    value = schema(field=changed | PRINTED) | {"$defs": RECURSIVE if "$ref" in changed else {}}
    found = [each for each in lint(value, profile=name) if each.pointer.startswith("/properties/field")]
    grave = {each.name for each in found if each.severity is Severity.ERROR or each.name == "unsupported-keyword"}
    assert grave == ({expected} if expected else set())


def test_a_choice_at_the_root_is_nothing_for_openai():
    value = schema(total={"type": "number", **PRINTED}) | {"anyOf": [{"required": ["total"]}]}
    assert ("unsupported-keyword", "/anyOf") in graver(lint(value, profile="openai"))


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("openai", {"kind": {"enum": [f"{n:060}" for n in range(251)]}}, "/properties/kind/enum"),
        ("openai", {"kind": {"enum": [f"{n:059}" for n in range(251)]}}, None),
        ("openai", {"kind": {"enum": [f"{n:070}" for n in range(250)]}}, None),
        ("openai", {f"{n:0120}": {} for n in range(1_001)}, ""),
        ("openai", {f"{n:0120}": {} for n in range(1_000)}, None),
        ("openai", {f"{n}": {} for n in range(5_001)}, ""),
        ("llamaextract", {"notes": {"description": "a" * 119_996}}, ""),
        ("llamaextract", {"notes": {"description": "a" * 119_995}}, None),
        ("llamaextract", {f"{n:05}": {} for n in range(2_100)}, ""),
        ("llamaextract", {f"{n:05}": {} for n in range(1_700)}, None),
    ],
    ids=lambda value: f"{len(value)} fields" if isinstance(value, dict) else None,
)  # fmt: skip
def test_a_limit_is_where_its_source_has_it(name, fields, expected):
    value = schema(**{key: {"type": "string", **PRINTED} | more for key, more in fields.items()})
    found = [each.pointer for each in linting.lint(value, profile=name) if each.name == "limit-exceeded"]
    assert found == ([] if expected is None else [expected])
