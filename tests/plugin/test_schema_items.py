"""Each promise about a schema that is broken fails its own item, in our words."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


@pytest.fixture
def spoilt(user, runs):
    """A run over a project in which each schema but one has something else wrong with it."""
    if "spoilt" not in runs:
        user.change("billing/drifted.py", "Amount due.", "Amount to pay.")
        user.change("schemas/changed/1.0.0.json", "Amount due.", "Amount due!")
        user.path("schemas/deleted/1.0.0.json").unlink()
        user.path("billing/gone.py").write_text("\nimport no_such_package\n")
        results = user.path("schemas/invoice/results")
        results.mkdir()
        (results / "good.json").write_text('{"number": "0042", "total": 12.5}')
        (results / "late.json").write_text('{"number": "0042", "total": "12,50"}')
        (results / "broken.json").write_text('{"number": "0042"}')
        runs["spoilt"] = user.collect("-m", "pageschema", "-k", "not endpoint", "-rs", "--strict-markers")
    return runs["spoilt"]


def report(spoilt, title):
    """Return what is said of the failure called *title*."""
    failures = spoilt.out.partition("FAILURES")[2].partition("\n===")[0]
    return failures.partition(f"_ {title} _")[2].partition("\n")[2].partition("\n__")[0]


def test_each_broken_promise_fails_exactly_its_item(spoilt):
    assert spoilt.code == 1
    assert spoilt.failed == [
        "schemas/changed::1.0.0",
        "schemas/deleted::1.0.0",
        "schemas/drifted::drift",
        "schemas/gone::drift",
        "schemas/gone::lint",
        "schemas/invoice::result[late.json]",
        "schemas/wrong::lint",
    ]


@pytest.mark.parametrize(
    ("title", "place", "remedy"),
    [
        ("changed 1.0.0", "schemas/changed/1.0.0.json: changed since it was frozen", "restore it from version control"),
        ("deleted 1.0.0", "schemas/deleted/1.0.0.json: ", "restore it from version control"),
        ("drifted drift", "billing/drifted.py:4: the model has changed since 1.0.0", "pageschema freeze drifted"),
        ("gone drift", "billing/gone.py:2: importing it failed", "install no_such_package"),
        ("gone lint", "billing/gone.py:2: importing it failed", "install no_such_package"),
        ("invoice result[late.json]", "schemas/invoice/results/late.json#/total: ", "\n  "),
        ("wrong lint", "billing/wrong.py:4: PS205 requires 'nobody'", "declare 'nobody' under 'properties'"),
    ],
)  # fmt: skip
def test_a_failure_is_two_lines_place_and_fault_then_remedy(spoilt, title, place, remedy):
    said = report(spoilt, title)
    assert said.startswith(place)
    assert remedy in said
    assert said.count("\n") == 1


def test_what_cannot_be_compared_with_a_broken_version_is_skipped_and_says_why(spoilt):
    verdicts = spoilt.verdicts
    assert [nodeid for nodeid, verdict in verdicts.items() if verdict == "skipped"] == [
        "schemas/changed::drift",
        "schemas/changed::history",
        "schemas/deleted::drift",
        "schemas/deleted::history",
    ]
    assert "SKIPPED [1] billing/changed.py:4: schemas/changed/1.0.0.json: changed since it was frozen" in spoilt.out


def test_an_editor_is_sent_to_the_model_or_the_frozen_file(spoilt):
    places = {nodeid: (item["file"], item["line"]) for nodeid, item in spoilt.items.items()}
    assert places["schemas/invoice::drift"] == ("billing/invoice.py", 3)
    assert places["schemas/invoice::lint"] == ("billing/invoice.py", 3)
    assert places["schemas/invoice::1.0.0"] == ("schemas/invoice/1.0.0.json", None)
    assert places["schemas/invoice::result[late.json]"] == ("schemas/invoice/results/late.json", None)
