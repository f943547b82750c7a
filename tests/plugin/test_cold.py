"""What the plugin costs and shows where nobody asked for it."""

from __future__ import annotations

pytest_plugins = ["pytester"]

ALONE = ("-p", "no:hypothesispytest", "-p", "no:anyio", "-p", "no:randomly")
"""Other plugins are not the question, and slow to start."""


def test_an_unused_plugin_imports_nothing_of_ours_in_a_whole_run(pytester):
    pytester.makeconftest(
        """
        import sys
        import pytest


        @pytest.hookimpl(trylast=True)
        def pytest_unconfigure():
            found = sorted(name for name in sys.modules if name.partition(".")[0] == "pageschema")
            print("imported:", found, "_pageschema_pytest" in sys.modules)
        """
    )
    pytester.makepyfile("def test_good():\n    pass\n\ndef test_bad():\n    assert 1 == 2\n")
    ran = pytester.runpytest_subprocess(*ALONE, "-ra", "--durations=3")
    ran.assert_outcomes(passed=1, failed=1)
    ran.stdout.fnmatch_lines(["imported: [[]] True"])


def test_help_shows_our_options_in_one_group_and_our_settings_side_by_side(pytester):
    lines = pytester.runpytest_subprocess(*ALONE, "--help").stdout.lines
    [title] = [number for number, line in enumerate(lines) if line.startswith("pageschema")]
    end = lines.index("", title)
    ours = [line.split()[0].partition("=")[0] for line in lines if line.lstrip().startswith("--pageschema")]
    assert ours == [
        "--pageschema",
        "--pageschema-base-url",
        "--pageschema-max-requests",
        "--pageschema-report",
        "--pageschema-freeze",
    ]
    assert all(any(line.lstrip().startswith(option) for line in lines[title:end]) for option in ours)
    settings = [(number, line.split()[0]) for number, line in enumerate(lines) if line.startswith("  pageschema_")]
    assert [name for _, name in settings] == [
        "pageschema_collect",
        "pageschema_base_url",
        "pageschema_max_requests",
        "pageschema_report",
    ]
    first, last = settings[0][0], settings[-1][0]
    assert all(line.startswith(("  pageschema_", "      ")) for line in lines[first:last])


def test_the_plugin_can_be_switched_off(pytester):
    pytester.makepyfile("def test_own():\n    pass\n")
    pytester.runpytest_subprocess(*ALONE, "-p", "no:pageschema").assert_outcomes(passed=1)


def test_an_option_that_would_do_nothing_is_refused(pytester):
    pytester.makepyfile("def test_own():\n    pass\n")
    ran = pytester.runpytest_subprocess(*ALONE, "--pageschema-report", "run.json")
    assert ran.ret == 4
    ran.stderr.fnmatch_lines(["ERROR: --pageschema-report does nothing without --pageschema", "  add --pageschema"])
