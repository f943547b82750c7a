"""Findings as a person sees them: the line around the place, at any width, in any script."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pageschema.finding import Finding, Origin, Severity
from pageschema.report import Terminal, findings_text
from pageschema.report.layout import columns, render

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def at(column, line=1, **changed):
    values = {
        "code": "PS604",
        "name": "missing-description",
        "severity": Severity.WARNING,
        "message": "field 'total' has no description",
        "remedy": "say what it holds",
        "pointer": "/properties/total",
        "origin": Origin(file="s.json", line=line, column=column),
    }
    return Finding(**(values | changed))


def shown(source, *findings, width=None):
    text = findings_text(findings, sources={"s.json": source}, terminal=Terminal(width=width))
    return [row for row in text.splitlines() if "│" in row]


def marked(rows):
    """Return what stands above the mark, reading cells as a terminal does."""
    excerpt, mark = rows
    above = cell_len(mark[: mark.index("^")])
    used = 0
    for index, each in enumerate(excerpt):
        if used == above:
            return excerpt[index:]
        used += cell_len(each)
    return ""


def test_each_fault_of_a_line_has_its_own_mark():
    source = '{"properties": {"a": {"type": "strin"}, "b": {"type": "nmber"}}}'
    rows = shown(source, *(at(source.index(word) + 1) for word in ('"strin"', '"nmber"')))
    assert marked(rows[:2]).startswith('"strin"')
    assert marked(rows[2:]).startswith('"nmber"')


def test_two_faults_of_one_place_show_it_once():
    assert len(shown('{"a": 1, "b": 2}', at(10), at(10))) == 2


@pytest.mark.parametrize(
    "before", ['{"total": ', '{\t"größe": ', '{"総額の合計": ', '{"e\u0301": "📄", ', '\t\t{"a": ']
)
def test_the_mark_stands_under_the_place_in_any_script(before):
    assert marked(shown(f'{before}"here": 1}}', at(len(before) + 1))).startswith('"here"')


@given(
    st.text(st.sampled_from('ab"{} :\té総📄'), min_size=1, max_size=400),
    st.text(st.sampled_from('ab"{} :\té総📄'), max_size=400),
    st.integers(20, 200),
)
def test_an_excerpt_fits_the_terminal_and_keeps_its_place(before, after, width):
    source = f"x{before}§{after}"
    excerpt, mark = shown(source, at(len(before) + 2), width=width)
    assert marked([excerpt, mark]).startswith("§")
    assert cell_len(excerpt) <= max(width, 40)
    assert cell_len(mark) <= max(width, 40)


def test_a_megabyte_on_one_line_is_cut_around_the_place():
    source = f'{{"x": "{"総" * 300_000}", "here": {"1" * 300_000}}}'
    excerpt, mark = shown(source, at(source.index('"here"') + 1), width=80)
    assert marked([excerpt, mark]).startswith('"here"')
    assert len(excerpt) <= 80


def test_columns_of_wide_letters_are_aligned():
    rows = render(columns([("総額", "a"), ("total", "b")])).splitlines()
    assert cell_len(rows[0][: rows[0].index("a")]) == cell_len(rows[1][: rows[1].index("b")])


def test_the_last_column_wraps_within_itself():
    words = "whatever the document says of it, " * 4
    rows = render(columns([("PS001", words), ("PS0002", "b")]), Terminal(width=60)).splitlines()
    assert {row[:8] for row in rows[1:-1]} == {" " * 8}
    assert all(row[8] != " " and len(row) <= 60 for row in rows)
    assert " ".join("".join(row[8:].ljust(52) for row in rows[:-1]).split()) == words.strip()


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_the_log_of_a_job_is_coloured_where_that_is_forced(variables, coloured, monkeypatch):
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal.of(SimpleNamespace(isatty=lambda: False, encoding="utf-8"))
    text = findings_text([at(1)], terminal=terminal)
    assert bool(ANSI.search(text)) == coloured
    assert ANSI.sub("", text) == findings_text([at(1)])
