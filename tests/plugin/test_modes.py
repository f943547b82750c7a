"""The same items and verdicts however pytest is run."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

OURS_FAIL = ["schemas/drifted::drift", "schemas/wrong::lint"]


@pytest.fixture
def drifted(user):
    user.change("billing/drifted.py", "Amount due.", "Amount to pay.")
    return user


@pytest.fixture
def plain(drifted, runs):
    """A run without further options; its cache stands in the project of the test that ran it."""
    if "plain" not in runs:
        runs["plain"] = drifted.collect("-rs")
    return runs["plain"]


def test_a_plain_run_has_every_verdict_there_is(plain):
    assert plain.code == 1
    assert sorted(plain.failed) == OURS_FAIL
    assert plain.verdicts["test_own.py::test_own"] == "passed"
    assert plain.verdicts["endpoint::clause[api-key]"] == "passed"
    assert plain.verdicts["endpoint::clause[page-range-syntax]"] == "skipped"
    assert "none of 20 requests broke it: send more" in plain.out
    assert f"collected {len(plain.items)} items" in plain.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("-n", "2"),
        ("-p", "randomly", "-p", "no:cacheprovider"),
        ("-W", "error", "--strict-markers", "--strict-config", "--import-mode=importlib"),
    ],
    ids=" ".join,
)
def test_a_mode_changes_neither_items_nor_verdicts(plain, drifted, arguments):
    assert drifted.collect(*arguments).items == plain.items


def test_lf_runs_what_failed_and_x_stops_at_the_first_of_it(drifted):
    first = drifted.collect("-k", "drifted or wrong")
    assert first.failed == OURS_FAIL
    assert drifted.collect("--lf", "-x").verdicts == {OURS_FAIL[0]: "failed"}


def test_items_are_listed_without_being_run_and_chosen_by_word(plain, drifted):
    listed = drifted.collect("--collect-only", "-q", "-k", "invoice or test_own")
    assert listed.items == {}
    assert listed.out.splitlines()[:5] == [
        "test_own.py::test_own",
        "schemas/invoice::drift",
        "schemas/invoice::lint",
        "schemas/invoice::1.0.0",
        "schemas/invoice::history",
    ]
    assert f"5/{len(plain.items)} tests collected" in listed.out


def test_an_item_is_chosen_by_the_id_it_is_reported_under(user):
    ids = ["test_own.py::test_own", "schemas/drifted::drift", "endpoint::check[server-error]"]
    assert user.collect("--collect-only", "-q", *reversed(ids)).out.splitlines()[:4] == [*ids, ""]


def test_an_id_that_there_is_not_is_a_usage_error(user):
    ran = user.collect("schemas/invoice::drfit")
    assert ran.code == 4
    assert "not found: schemas/invoice::drfit" in ran.err
