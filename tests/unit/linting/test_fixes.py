"""What a fix leaves of a text, to the character, and what it may not do."""

from __future__ import annotations

import difflib
import json
from functools import partial

import pytest

from pageschema import linting
from pageschema.linting import fix, fixing
from pageschema.linting.findings import flaws_of
from pageschema.linting.fixing import mend
from pageschema.linting.rewording import reworded
from pageschema.linting.subject import Subject

lint = partial(linting.lint, notes=True)

ODD = """\
{
  "type": "object",

  "properties": { "issued": {"type": "string", "description": "caf\\u00e9"},
    "total": {"type":"number", "nullable": true, "description": "The amount due"},
    "count": {
      "type": "integer",   "maximum": 1.50e2,
      "descripton": "How many"
    }
  },
  "requried": ["issued"]
}
"""


def changed_lines(before, after):
    differ = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in differ if line.startswith(("- ", "+ "))]


def test_a_fix_changes_only_the_lines_that_it_must():
    assert changed_lines(ODD, fix(ODD, unsafe=True)) == [
        '-     "total": {"type":"number", "nullable": true, "description": "The amount due"},\n',
        '+     "total": {"type":["number", "null"], "description": "The amount due"},\n',
        '-       "descripton": "How many"\n',
        '+       "description": "How many"\n',
        '-   "requried": ["issued"]\n',
        '+   "required": ["issued"]\n',
    ]


def test_windows_line_ends_stay_and_no_other_comes():
    text = ODD.replace("\n", "\r\n")
    mended = fix(text, unsafe=True)
    assert mended == fix(ODD, unsafe=True).replace("\n", "\r\n")


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", "  \n"])
def test_the_end_of_the_file_stays_as_it_was(end):
    text = '{"properties": {"a": {"type": "string", "descripton": "One"}}, "type": "object"}' + end
    assert fix(text) == text.replace("descripton", "description")


def test_wrapping_fields_only_moves_them_to_the_right():
    text = """\
{
    "number": {"type": "string", "description": "As printed"},

    "lines": {
        "type": "array",
        "description": "What is billed", "items": { "type": "string" }
    }
}
"""
    assert (
        fix(text)
        == """\
{
    "type": "object",
    "properties": {
        "number": {"type": "string", "description": "As printed"},

        "lines": {
            "type": "array",
            "description": "What is billed", "items": { "type": "string" }
        }
    }
}
"""
    )


def test_a_schema_that_was_written_into_a_string_keeps_its_own_layout():
    inner = '{\n  "type": "object",\n  "properties": { "a": {"type": "string", "description": "One"} }\n}\n'
    assert fix(json.dumps(inner)) == inner


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("[1,  2,   3]", [1, 3], "[1,   3]"),
        ("[1,  2,   3]", [1, 2], "[1,  2]"),
        ("[1,  2,   3]", [2, 3], "[2,   3]"),
        ("[1, 2]", [1, 2, 2.5], "[1, 2, 2.5]"),
        ("[1.0, 1e1]", [1.0, 10.0, None], "[1.0, 1e1, null]"),
        ("[1.0]", [1], "[1]"),
        ("[-1]", [-2], "[-2]"),
        ("[true]", [1], "[1]"),
        ("{ }", {"a": 1}, '{"a":1}'),
        ('{"a": 1}', {}, "{}"),
        ('{ "a": 1 }', {"a": 1, "b": 2}, '{ "a": 1, "b": 2 }'),
        ('{\n  "a": 1\n}', {"a": 1, "b": [{"c": 2}]}, '{\n  "a": 1,\n  "b": [\n    {\n      "c": 2\n    }\n  ]\n}'),
        ('{\n  "a": 1,\n  "b": 2\n}', {"b": 2}, '{\n  "b": 2\n}'),
        ('{\n  "a": 1,\n  "b": 2\n}', {"a": 1}, '{\n  "a": 1\n}'),
        ('{"a": "\\u00e9"}', {"a": "\u00e9", "b": "\u00e8"}, '{"a": "\\u00e9", "b": "\\u00e8"}'),
        ('{"a": "\u00e9"}', {"b": "\u00e9", "c": 1}, '{"b": "\u00e9", "c": 1}'),
        ('{"a": 1, "b": 2}', {"b": 2, "a": 1}, '{"b": 2, "a": 1}'),
        (' {"a" : 1 , "b" : 2} ', {"a": 1, "b": 3}, ' {"a" : 1 , "b" : 3} '),
        ('"{\\"a\\": 1}"', {"a": 1}, '{"a": 1}'),
    ],
)  # fmt: skip
def test_a_changed_value_is_written_as_its_neighbours_are(text, value, expected):
    assert reworded(text, value) == expected


def test_a_long_list_is_changed_in_reasonable_time():
    text = json.dumps([1] * 20_000, indent=1)
    value = [1] * 10_000 + [2] + [1] * 9_000
    assert json.loads(reworded(text, value) or "") == value


def test_a_deep_schema_is_changed_where_it_must_be():
    text = '{"a":' * 190 + '{"x":1}' + "}" * 190
    value = json.loads(text.replace('"x":1', '"x":2'))
    assert reworded(text, value) == text.replace('"x":1', '"x":2')


def test_a_fix_that_would_add_a_finding_is_not_made():
    """As a string, `total` would have a bound without effect."""
    text = '{"type": "object", "properties": {"total": {"type": "str", "description": "Sum due", "maximum": 3}}}'
    assert {finding.name for finding in lint(text)} == {"invalid-type-name"}
    assert fix(text, unsafe=True) == text


def test_what_cannot_be_mended_keeps_nothing_else_from_being_mended():
    text = """\
{
  "type": "object",
  "properties": {
    "total": {"type": "str", "description": "Sum due", "maximum": 3},
    "number": {"type": "str", "description": "As printed"}
  }
}
"""
    assert fix(text, unsafe=True) == text.replace('"str", "description": "As', '"string", "description": "As')


def many(number, harmful):
    """Fields with a misspelt type; every *harmful* one has a bound that the right type would leave without effect."""
    fields = {f"part_{n}_name": {"type": "str", "description": f"Name of part {n}, as printed"} for n in range(number)}
    for field in list(fields.values())[::harmful]:
        field["maximum"] = 3
    return {"type": "object", "properties": fields}


@pytest.mark.parametrize("harmful", [2, 7, 400])
def test_as_many_faults_are_mended_as_there_are_and_the_schema_is_not_read_for_each(monkeypatch, harmful):
    looks = []
    monkeypatch.setattr(fixing, "flaws_of", lambda subject: looks.append(subject) or flaws_of(subject))
    value = many(400, harmful)
    mended = json.loads(fix(json.dumps(value, indent=2), unsafe=True))
    for field in value["properties"].values():
        field["type"] = "str" if "maximum" in field else "string"
    assert mended == value
    assert len(looks) < 12


def test_a_text_in_which_every_fix_does_harm_is_given_up_in_bounded_time(monkeypatch):
    looks = []
    monkeypatch.setattr(fixing, "flaws_of", lambda subject: looks.append(subject) or flaws_of(subject))
    monkeypatch.setattr(fixing, "MOST_CHARACTERS", 0)
    monkeypatch.setattr(fixing, "_around", lambda _parts, _pointers: [])  # nothing tells which of them does harm
    text = json.dumps(many(60, 1))
    assert fix(text, unsafe=True) == text
    assert len(looks) <= 1 + fixing.FEWEST_TRIALS


def test_only_what_is_wanted_is_mended():
    text = json.dumps({"type": "object", "properties": {name: {"type": "str"} for name in ("first", "second")}})
    mended = mend(Subject.read(text), unsafe=True, wanted=lambda _, flaw: "second" in flaw.pointer)
    assert mended.text == text.replace('"second": {"type": "str"', '"second": {"type": "string"')


def test_what_an_author_has_asked_not_to_be_told_of_is_not_mended():
    ignored = {"type": "str", "x-pageschema-ignore": {"PS202": "read by another program"}}
    text = json.dumps({"type": "object", "properties": {"first": ignored, "second": {"type": "str"}}})
    assert fix(text, unsafe=True) == text.replace('"second": {"type": "str"', '"second": {"type": "string"')
