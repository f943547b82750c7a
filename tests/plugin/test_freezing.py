"""With --pageschema-freeze, what drifted gets its next version; what is frozen stays as it is."""

from __future__ import annotations

pytest_plugins = ["pytester"]


def frozen(user):
    """Return what the registry holds, file by file."""
    return {str(path.relative_to(user.root)): path.read_bytes() for path in user.path("schemas").glob("*/*.*")}


def test_what_drifted_is_frozen_under_its_next_version_whichever_worker_finds_it(user, monkeypatch):
    monkeypatch.setenv("CI", "")
    user.change("billing/drifted.py", "total: float", "total: str")
    user.change("billing/wrong.py", "Amount due.", "Amount to pay.")
    user.change("schemas/changed/1.0.0.json", "Amount due.", "Amount due!")
    before = frozen(user)
    ran = user.collect("--pageschema-freeze", "-n", "2", "-k", "not endpoint", "--junitxml=junit.xml")
    assert sorted(ran.failed) == ["schemas/changed::1.0.0", "schemas/wrong::drift", "schemas/wrong::lint"]
    assert "frozen drifted 2.0.0 (major, backward no, forward no)" in ran.out
    assert "billing/wrong.py:4: not frozen: " in ran.out
    assert "frozen drifted 2.0.0" in user.path("junit.xml").read_text().replace('name="frozen" value="', "frozen ")
    after = frozen(user)
    assert after.keys() - before.keys() == {"schemas/drifted/2.0.0.json", "schemas/drifted/2.0.0.sha256"}
    assert {name: text for name, text in after.items() if name in before} == before


def test_only_what_is_chosen_and_run_is_frozen(user, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    for name in ("drifted", "invoice"):
        user.change(f"billing/{name}.py", "Amount due.", "Amount to pay.")
    before = frozen(user)
    user.collect("--pageschema-freeze", "--collect-only")
    assert frozen(user) == before
    assert user.collect("--pageschema-freeze", "schemas/invoice::drift").code == 0
    assert frozen(user).keys() - before.keys() == {"schemas/invoice/1.0.1.json", "schemas/invoice/1.0.1.sha256"}
