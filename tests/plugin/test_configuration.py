"""What cannot be used ends the run before it starts, in one message."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


def test_a_misspelt_setting_is_a_usage_error_at_its_line_also_with_workers(user):
    user.path("pyproject.toml").write_text('[tool.pageschema]\nregisty = "schemas"\n')
    ran = user.collect("-n", "2")
    assert (ran.code, ran.items) == (4, {})
    assert "pyproject.toml:2: unknown setting 'registy' in [tool.pageschema]" in ran.err
    assert "did you mean registry?" in ran.err


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--pageschema-base-url=https://www.datalab.to", "is not on this machine"),
        ("--pageschema-base-url=http://127.0.0.1:8000", "set DATALAB_API_KEY"),
        ("--pageschema-max-requests=0", "'0' is no number of requests"),
        ("--pageschema-freeze", "--pageschema-freeze is refused where the variable CI is set"),
        ("--override-ini=pageschema_max_requests=0", "pageschema_max_requests: '0' is no number of requests"),
        ("--override-ini=pageschema_max_requests=few", "'few'"),
    ],
)
def test_an_option_or_setting_that_cannot_be_used_is_a_usage_error(user, monkeypatch, option, said):
    monkeypatch.setenv("CI", "true")
    monkeypatch.delenv("DATALAB_API_KEY", raising=False)
    ran = user.pytest("--pageschema", option)
    assert (ran.code, ran.items) == (4, {})
    assert said in ran.err


def test_the_project_is_that_of_the_folder_pytest_is_called_in(user):
    inner = user.path("packages/reports")
    (inner / "schemas").mkdir(parents=True)
    (inner / "pyproject.toml").touch()
    user.path("schemas/invoice").rename(inner / "schemas" / "report")
    ran = user.collect(f"--rootdir={user.root}", "--collect-only", "-q", folder=inner)
    assert "packages/reports/schemas/report::1.0.0" in ran.out
    assert "packages/reports/schemas/report::drift" not in ran.out


def test_settings_stand_for_the_options_and_an_option_wins(user):
    with user.path("pyproject.toml").open("a") as file:
        file.write("pageschema_collect = true\npageschema_max_requests = 40\n")
    ran = user.pytest("--collect-only", "-k", "invoice")
    assert "pageschema: 6 schemas, 40 requests to the embedded emulator, seed 0" in ran.out
    assert "<Item drift>" in ran.out
    assert "6 schemas, 30 requests" in user.collect("--collect-only", "-k", "invoice", requests=30).out
