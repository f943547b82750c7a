"""What the command line adds to a contract run."""

from __future__ import annotations

import itertools
import time

import pytest

from pageschema import cli
from pageschema.cli import shell
from pageschema.fuzzing import ClauseCount, FuzzResult
from pageschema.report import fuzz_text, progress_text


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["fuzz", "--seed", "abc"], "invalid value for '--seed': 'abc' is not a valid integer range"),
        (["fuzz", "--max-time", "0"], "invalid value for '--max-time': 0 is not in the range x>=1"),
        (["replay", "a", "b"], "got unexpected extra argument"),
        (["fuzz", "--update-baseline"], "--update-baseline goes with --baseline FILE"),
    ],
)
def test_a_wrong_option_is_told_like_every_other_error(capsys, monkeypatch, tmp_path, arguments, what):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HYPOTHESIS_STORAGE_DIRECTORY", str(tmp_path))
    assert cli.main(arguments) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"pageschema: error: {what}")
    assert said[1:] == [f"  see what it takes: pageschema {arguments[0]} --help"]


@pytest.mark.parametrize(
    ("step", "seconds", "text"),
    [
        ((50, 500, 0), 5, "50/500 requests, 0 failures, 10/s, 45 s left"),
        ((1, 1, 1), 0, "1/1 request, 1 failure, 1,000/s, 0 s left"),
        ((30, 500, 2), 120, "30/500 requests, 2 failures, 15/min, 31 min left"),
    ],
)
def test_progress_says_how_far_how_fast_and_how_long_still(step, seconds, text):
    assert progress_text(*step, seconds=seconds) == text


def test_a_log_gets_a_line_now_and_then_and_nothing_where_json_is_asked_for(capsys, monkeypatch):
    clock = itertools.count(0, 20)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    for quiet in (False, True):
        with shell.progress(quiet=quiet, every=30) as show:
            for number in range(4):
                show(f"{number}/4")
    assert capsys.readouterr() == ("", "pageschema: 1/4\npageschema: 3/4\n")


def result(**clauses):
    return FuzzResult(
        base_url="http://127.0.0.1:1",
        seed=0,
        requests=9,
        accepted=3,
        unspecified=0,
        pages=3,
        spend=0,
        clauses={
            name: ClauseCount(strength="documented", valid=kept, broken=broken)
            for name, (kept, broken) in clauses.items()
        },
        untried=("a saved schema",),
        failures=(),
    )


def test_a_run_that_tried_little_does_not_read_as_a_success():
    kept = fuzz_text(result(a=(1, 1), b=(3, 0)))
    assert "2 of 2 binding clauses kept by a request, 1 broken by one." in kept
    assert "not tried, as 0 pages may be billed: a saved schema" in kept
    assert "no failure in what was sent; 1 clause never broken by a request: what must be refused was not" in kept
    assert "1 clause never kept by a request: what must be accepted was not" in fuzz_text(result(a=(0, 1), b=(3, 1)))
    assert "Each of the 2 binding clauses was kept at least 1 time" in fuzz_text(result(a=(1, 1), b=(3, 2)))
