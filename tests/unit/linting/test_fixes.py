"""What a fix leaves of a text, to the character, and what it may not do."""

from __future__ import annotations

import difflib
import json
from functools import partial

import pytest

from pageschema import linting
from pageschema.linting import fix
from pageschema.linting.rewording import reworded

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
