"""push and pull against an emulator that the test can reach into while the program runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import jsonschema
import pytest
from fastapi import Response

from pageschema.emulator import Emulator, saved
from pageschema.emulator.wire import emulation

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output"
SAVED = "/api/v1/extraction_schemas"
EDIT = {"type": "object", "properties": {"number": {"type": "string", "description": "As printed."}}}


def conforms(value, name):
    jsonschema.validate(value, json.loads((OUTPUT / f"{name}.schema.json").read_text()))
    return value


class Upstream:
    """The saved schemas of one emulator, as the dashboard shows them, and the program pointed at it."""

    def __init__(self, emulator: Emulator, project) -> None:
        self.project = project
        self.url = emulator.base_url
        self.environment = {"DATALAB_API_KEY": emulator.api_key}
        self.http = httpx.Client(base_url=self.url, headers={"X-API-Key": emulator.api_key})

    def run(self, command, *arguments, **options):
        return self.project.run(
            command, *arguments, "--base-url", self.url, env={**self.environment, **options.get("env", {})}
        )

    def rows(self, command, *arguments, code=0):
        ran = self.run(command, *arguments, "--format", "json")
        assert ran.code == code, (ran.out, ran.err)
        return conforms(ran.json, command)

    def states(self, command, *arguments, code=0):
        return [(row["version"], row["state"]) for row in self.rows(command, *arguments, code=code)]

    def schemas(self):
        return self.http.get(SAVED, params={"include_archived": True}).json()["schemas"]

    @property
    def schema_id(self):
        [one] = self.schemas()
        return one["schema_id"]

    def put(self, **body):
        answer = self.http.put(f"{SAVED}/{self.schema_id}", json=body)
        assert answer.status_code == 200
        return answer.json()

    def contents(self):
        """The schema of each version of the one saved schema."""
        [one] = self.schemas()
        return [*(item["schema_json"] for item in one["version_history"]), one["schema_json"]]

    def frozen(self):
        files = self.project.frozen()
        return [json.loads(text) for name, text in files.items() if re.fullmatch(r"[0-9.]+\.json", name)]

    def record(self, version):
        return json.loads((self.project.root / "schemas" / "invoice" / f"{version}.saved.json").read_text())


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder that keeps the registry of the first test: freezing it anew for each would take most of the time."""
    return tmp_path_factory.mktemp("kept") / "schemas"


@pytest.fixture
def two_versions(project, kept):
    """A project with the versions 1.0.0 and 2.0.0 of its schema."""
    if not kept.is_dir():
        project.run("freeze")
    project.change("total: float", "total: str")
    if not kept.is_dir():
        project.run("freeze")
        shutil.copytree(project.root / "schemas", kept)
    shutil.copytree(kept, project.root / "schemas", dirs_exist_ok=True)
    assert "2.0.0.json" in project.frozen()
    return project


@pytest.fixture
def upstream(two_versions):
    with Emulator() as emulator:
        one = Upstream(emulator, two_versions)
        yield one
        one.http.close()


# ---- push ----------------------------------------------------------------------------------------------------------


def test_every_frozen_version_becomes_a_version_of_one_saved_schema_in_order(upstream):
    before = upstream.project.frozen()
    first, second = upstream.rows("push")
    assert [(row["version"], row["state"], row["schema_version"]) for row in (first, second)] == [
        ("1.0.0", "pushed", 1), ("2.0.0", "pushed", 2),
    ]  # fmt: skip
    assert first["schema_id"] == second["schema_id"] == upstream.schema_id
    assert upstream.contents() == upstream.frozen()
    assert upstream.record("2.0.0") == {upstream.url: {"schema_id": upstream.schema_id, "version": 2}}
    assert before.items() <= upstream.project.frozen().items()
    assert upstream.states("push") == [("1.0.0", "unchanged"), ("2.0.0", "unchanged")]
    assert len(upstream.contents()) == 2


def test_what_was_recorded_is_no_version_and_no_fault(upstream):
    upstream.run("push")
    assert upstream.project.run("status").code == 0
    assert [row["version"] for row in upstream.project.run("log", "invoice", "--format", "json").json] == [
        "1.0.0", "2.0.0",
    ]  # fmt: skip


def test_one_version_can_be_pushed_alone_and_an_older_one_never_becomes_the_latest(upstream):
    assert upstream.states("push", "invoice@2.0.0") == [("2.0.0", "pushed")]
    assert upstream.states("push") == [("1.0.0", "skipped"), ("2.0.0", "unchanged")]
    assert upstream.states("push", "invoice@1.0.0", code=1) == [("1.0.0", "refused")]
    assert len(upstream.contents()) == 1


def test_a_dry_run_writes_nothing_here_or_there(upstream):
    before = upstream.project.frozen()
    assert upstream.states("push", "--dry-run") == [("1.0.0", "pending"), ("2.0.0", "pending")]
    assert upstream.schemas() == []
    offline = upstream.project.run("push", "--dry-run", "--format", "json")
    assert [row["state"] for row in conforms(offline.json, "push")] == ["pending", "pending"]
    assert upstream.project.frozen() == before


def test_what_was_pushed_can_be_told_offline(upstream):
    upstream.run("push", "invoice@1.0.0")
    rows = conforms(upstream.project.run("push", "--dry-run", "--format", "json").json, "push")
    assert [(row["state"], row["origin"]) for row in rows] == [("recorded", upstream.url), ("pending", None)]


@pytest.mark.parametrize(
    ("change", "state", "told"),
    [
        ({"schema_json": EDIT}, "edited upstream", "is not what was frozen"),
        ({"schema_json": EDIT, "create_new_version": True}, "versioned upstream", "pageschema pull invoice"),
        ({"archived": True}, "archived upstream", "takes no new extractions"),
    ],
)
def test_nothing_is_pushed_over_what_somebody_else_changed(upstream, change, state, told):
    upstream.run("push", "invoice@1.0.0")
    upstream.put(**change)
    before = upstream.schemas()
    assert upstream.states("push", code=1) == [("1.0.0", state), ("2.0.0", "pending")]
    ran = upstream.run("push")
    assert (ran.code, ran.err) == (1, "")
    assert told in ran.out
    assert upstream.schemas() == before


def test_a_description_and_the_order_of_keys_are_no_edit(upstream):
    upstream.run("push", "invoice@1.0.0")
    shuffled = json.loads(json.dumps(upstream.contents()[0], sort_keys=True))
    upstream.put(schema_json=shuffled, description="The invoices of 2026.")
    assert upstream.states("push") == [("1.0.0", "unchanged"), ("2.0.0", "pushed")]


def test_the_key_of_another_account_is_told_and_nothing_is_saved_there(upstream):
    upstream.run("push")
    record = upstream.project.frozen()
    with Emulator() as other:
        there = Upstream(other, upstream.project)
        for name in ("1.0.0", "2.0.0"):
            path = upstream.project.root / "schemas" / "invoice" / f"{name}.saved.json"
            path.write_text(path.read_text().replace(upstream.url, there.url))
        for command in ("push", "pull"):
            ran = there.run(command)
            assert ran.code == 1
            assert f"this account has no {upstream.schema_id}" in ran.out
            assert "rm schemas/invoice/*.saved.json, and push again" in ran.out
        assert there.rows("pull", code=1)[0]["state"] == "gone"
        assert there.schemas() == []
        there.http.close()
    assert record.keys() == upstream.project.frozen().keys()


# ---- interrupted ---------------------------------------------------------------------------------------------------


def answering(monkeypatch, method, behave):
    """Let *behave* answer each request of that method, after the emulator has done what it asks."""
    reply = saved.reply

    def answer(request, content):
        if request.method != method:
            return reply(request, content)
        return behave(request, reply(request, content))

    monkeypatch.setattr(saved, "reply", answer)


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_answer_that_is_lost_leads_to_no_second_copy(upstream, monkeypatch, method):
    with monkeypatch.context() as patch:
        answering(patch, method, lambda *_: Response("down", 500))
        ran = upstream.run("push")
        assert ran.code == 3
        assert "run the command again: it looks before it writes" in ran.err
        assert "failed" in ran.out
    expected = [("1.0.0", "adopted"), ("2.0.0", "pushed")] if method == "POST" else [
        ("1.0.0", "unchanged"), ("2.0.0", "adopted"),
    ]  # fmt: skip
    assert upstream.states("push", "--dry-run")[0][1] != "pushed"
    assert upstream.states("push") == expected
    assert upstream.contents() == upstream.frozen()


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_push_that_is_killed_right_after_a_version_was_taken_goes_on_from_there(upstream, monkeypatch, method):
    with monkeypatch.context() as patch:
        started = []

        def kill(_request, answer):
            os.kill(started[0].pid, signal.SIGKILL)
            started[0].wait()
            return answer

        answering(patch, method, kill)
        program = [sys.executable, "-m", "pageschema", "push", "--base-url", upstream.url]
        started.append(
            subprocess.Popen(
                program,
                cwd=upstream.project.root,
                env={**os.environ, **upstream.environment},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        assert started[0].wait(timeout=60) == -signal.SIGKILL
    upstream.run("push")
    assert upstream.contents() == upstream.frozen()
    assert [upstream.record(version)[upstream.url]["version"] for version in ("1.0.0", "2.0.0")] == [1, 2]
    assert not [name for name in upstream.project.frozen() if name.endswith(".tmp")]


def test_of_pushes_at_once_none_saves_a_second_copy(upstream):
    for turn in range(3):
        racers = [
            subprocess.Popen(
                [sys.executable, "-m", "pageschema", "push", "--base-url", upstream.url],
                cwd=upstream.project.root,
                env={**os.environ, **upstream.environment},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for _ in range(3)
        ]
        told = [racer.communicate(timeout=60) for racer in racers]
        assert [racer.returncode for racer in racers] == [0, 0, 0], told
        assert upstream.contents() == upstream.frozen()
        upstream.project.change('"""An invoice', f'"""An invoice (draft {turn})')
        upstream.project.run("freeze")


def test_a_rival_in_another_checkout_is_told_with_both_ids(upstream, monkeypatch):
    def rival(request, answer):
        store = emulation(request).store
        first = next(iter(store.schemas.values()))
        store.save_schema(name=first.name, description=None, schema=first.versions[0])
        return answer

    with monkeypatch.context() as patch:
        answering(patch, "POST", rival)
        first, second = upstream.rows("push", code=1)
    assert (first["state"], second["state"]) == ("unconfirmed", "pending")
    assert all(schema["schema_id"] in first["message"] for schema in upstream.schemas())
    assert upstream.record("1.0.0")[upstream.url]["schema_id"] == first["schema_id"]


# ---- what is there already -----------------------------------------------------------------------------------------


def save(upstream, content, name="invoice"):
    return upstream.http.post(SAVED, json={"name": name, "schema_json": content}).json()["schema_id"]


def test_a_saved_schema_that_holds_a_frozen_version_is_adopted(upstream):
    schema_id = save(upstream, upstream.frozen()[0])
    first, second = upstream.rows("push")
    assert (first["state"], first["schema_id"]) == ("adopted", schema_id)
    assert (second["state"], second["schema_version"]) == ("pushed", 2)


def test_two_saved_schemas_of_one_name_are_told_with_their_ids_until_one_is_taken(upstream):
    ids = [save(upstream, upstream.frozen()[0]) for _ in range(2)]
    ran = upstream.run("push")
    assert ran.code == 1
    assert "ambiguous" in ran.out
    assert all(schema_id in ran.out for schema_id in ids)
    assert upstream.states("pull", ids[0], "--name", "invoice") == [("1.0.0", "adopted")]
    assert upstream.states("push") == [("1.0.0", "unchanged"), ("2.0.0", "pushed")]
    assert len(upstream.schemas()) == 2


def test_another_schema_of_that_name_is_not_written_over(upstream):
    schema_id = save(upstream, EDIT)
    ran = upstream.run("push")
    assert ran.code == 1
    assert f"rename it there, or take it in: pageschema pull {schema_id} --name invoice" in ran.out
    assert upstream.contents() == [EDIT]


# ---- pull ----------------------------------------------------------------------------------------------------------


def test_an_edit_in_place_is_found_in_any_version(upstream):
    upstream.run("push", "invoice@1.0.0")
    upstream.put(schema_json=EDIT)
    upstream.put(schema_json=upstream.frozen()[1], create_new_version=True)
    assert upstream.states("pull", code=1) == [("1.0.0", "edited upstream"), ("2.0.0", "adopted")]
    assert upstream.states("pull", code=1) == [("1.0.0", "edited upstream"), ("2.0.0", "unchanged")]
    ran = upstream.run("push")
    assert ran.code == 1
    assert "let those who pin 1 pin another, and take it out of schemas/invoice/1.0.0.saved.json" in ran.out
    (upstream.project.root / "schemas" / "invoice" / "1.0.0.saved.json").unlink()
    assert upstream.states("push") == [("1.0.0", "skipped"), ("2.0.0", "unchanged")]


def test_a_version_saved_in_the_dashboard_is_frozen_with_the_bump_by_its_verdict(upstream):
    upstream.run("push")
    wider = upstream.contents()[1]
    wider["properties"]["po"] = {"type": "string", "description": "Order number."}
    upstream.put(schema_json=wider, create_new_version=True)
    before = upstream.project.frozen()
    assert upstream.states("pull", "--dry-run")[2] == ("2.1.0", "pending")
    assert upstream.project.frozen() == before
    row = upstream.rows("pull")[2]
    assert (row["version"], row["state"], row["schema_version"]) == ("2.1.0", "pulled", 3)
    assert row["message"] == "minor from 2.0.0: backward yes, forward yes"
    assert upstream.frozen()[2] == wider
    assert upstream.project.frozen()["2.1.0.json"] == json.dumps(wider, indent=2) + "\n"
    assert upstream.states("push")[2] == ("2.1.0", "unchanged")


def test_a_schema_that_exists_only_there_comes_in_with_its_history(upstream):
    schema_id = save(upstream, EDIT, "Receipts (EU)")
    upstream.http.put(
        f"{SAVED}/{schema_id}",
        json={"schema_json": {**EDIT, "required": ["number"]}, "create_new_version": True},
    )
    rows = upstream.rows("pull", schema_id, "--name", "receipt")
    assert [(row["version"], row["state"], row["schema_version"]) for row in rows] == [
        ("1.0.0", "pulled", 1), ("2.0.0", "pulled", 2),
    ]  # fmt: skip
    assert upstream.project.run("diff", "receipt@1.0.0", "receipt@2.0.0").code in {0, 1}
    assert upstream.states("push", "receipt") == [("1.0.0", "unchanged"), ("2.0.0", "unchanged")]


def test_a_history_without_contents_is_said_to_be_that(upstream, monkeypatch):
    upstream.run("push")
    upstream.put(schema_json=EDIT, create_new_version=True)
    upstream.put(schema_json={**EDIT, "description": "Later."}, create_new_version=True)
    shown = saved._shown
    monkeypatch.setattr(saved, "_shown", lambda one: {**shown(one), "version_history": ["<unknown>"]})
    rows = upstream.rows("pull")
    assert [(row["version"], row["state"]) for row in rows] == [
        ("1.0.0", "not compared"), ("2.0.0", "not compared"), (None, "not compared"), ("3.0.0", "pulled"),
    ]  # fmt: skip
    assert "does not tell what version 3 of it holds" in rows[2]["message"]


def test_a_version_frozen_here_meanwhile_is_said_to_be_passed_by(upstream):
    upstream.run("push", "invoice@1.0.0")
    upstream.put(schema_json=EDIT, create_new_version=True)
    assert upstream.states("pull") == [("1.0.0", "unchanged"), ("3.0.0", "pulled"), ("2.0.0", "skipped")]
    assert upstream.states("push") == [("1.0.0", "unchanged"), ("2.0.0", "skipped"), ("3.0.0", "unchanged")]


def test_a_pull_that_was_interrupted_while_it_froze_a_version_goes_on_from_there(upstream):
    upstream.run("push", "invoice@1.0.0")
    upstream.put(schema_json=upstream.frozen()[1], create_new_version=True)
    folder = upstream.project.root / "schemas" / "invoice"
    # A writer that is gone has claimed 2.0.0, and its text is not in place yet.
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True, text=True
    )
    (folder / "2.0.0.json").rename(folder / f".2.0.0.json.{gone.stdout.strip()}.0123abcd.tmp")
    for _ in range(2):
        states = upstream.states("pull")
        assert [version for version, _ in states] == ["1.0.0", "2.0.0"]
    assert states == [("1.0.0", "unchanged"), ("2.0.0", "unchanged")]


def test_two_ids_recorded_by_two_branches_are_told(upstream):
    upstream.run("push")
    path = upstream.project.root / "schemas" / "invoice" / "2.0.0.saved.json"
    path.write_text(path.read_text().replace(upstream.schema_id, "sch_other"))
    for command in ("push", "pull"):
        ran = upstream.run(command)
        assert ran.code == 1
        assert "ambiguous" in ran.out
        assert "sch_other (2.0.0)" in ran.out


# ---- bad usage and bad news ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("push", "invoise"), "did you mean invoice?"),
        (("push", "invoice@3.0.0"), "did you mean"),
        (("push", "../x"), ""),
        (("pull",), "pageschema push --base-url"),
        (("pull", "invoice"), "pageschema push invoice --base-url"),
        (("pull", "sch_1"), "--name my_document"),
        (("pull", "sch_1", "--name", "receipt"), "look at the id"),
        (("pull", "sch_1", "--name", "../receipt"), "lower-case letters"),
        (("pull", "sch_../../x", "--name", "receipt"), "sch_…"),
        (("pull", "invoice", "--name", "receipt"), "sch_…"),
    ],
)
def test_wrong_usage_is_one_clear_error_and_writes_nothing(upstream, arguments, remedy):
    before = upstream.project.frozen()
    ran = upstream.run(*arguments)
    assert ran.code == 2
    assert remedy in ran.err
    assert len(ran.err.splitlines()) <= 3
    assert upstream.project.frozen() == before
    assert sorted(path.name for path in (upstream.project.root / "schemas").iterdir()) == ["invoice"]


def test_there_is_no_default_endpoint(project):
    project.run("freeze")
    ran = project.run("push", env={"DATALAB_API_KEY": "any"})
    assert ran.code == 2
    assert "--base-url https://www.datalab.to --allow-remote" in ran.err
    assert project.run("pull", env={"DATALAB_API_KEY": "any"}).code == 2


@pytest.mark.parametrize("command", ["push", "pull"])
def test_nothing_leaves_this_machine_without_permission(upstream, command):
    upstream.run("push")
    for name in ("1.0.0", "2.0.0"):
        path = upstream.project.root / "schemas" / "invoice" / f"{name}.saved.json"
        path.write_text(path.read_text().replace(upstream.url, "https://www.datalab.to"))
    ran = upstream.project.run(command, "--base-url", "https://www.datalab.to")
    assert ran.code == 2
    assert "--allow-remote" in ran.err


def test_a_wrong_key_is_told_and_the_key_is_nowhere(upstream):
    ran = upstream.run("push", env={"DATALAB_API_KEY": "canary-5f2c9d1e7"})
    assert ran.code == 2
    assert "answered 401" in ran.err
    assert "set DATALAB_API_KEY" in ran.err
    upstream.run("push")
    written = "".join(path.read_text() for path in upstream.project.root.rglob("*") if path.suffix == ".json")
    assert "canary-5f2c9d1e7" not in ran.out + ran.err + written
    assert upstream.environment["DATALAB_API_KEY"] not in written


def test_nothing_listening_is_exit_3(two_versions):
    with Emulator() as emulator:
        url = emulator.base_url
    ran = two_versions.run("push", "--base-url", url, "--format", "json")
    assert ran.code == 3
    assert "nothing is listening" in ran.err
    assert [row["state"] for row in conforms(ran.json, "push")][-1] == "failed"


def test_a_frozen_file_that_was_changed_is_not_pushed(upstream):
    path = upstream.project.root / "schemas" / "invoice" / "1.0.0.json"
    path.write_text(path.read_text().replace("Amount due.", "Amount due!"))
    ran = upstream.run("push")
    assert ran.code == 2
    assert "changed since it was frozen" in ran.err
    assert upstream.schemas() == []


def test_a_record_that_is_none_is_told_with_its_file(upstream):
    upstream.run("push")
    path = upstream.project.root / "schemas" / "invoice" / "1.0.0.saved.json"
    path.write_text("<<<<<<< HEAD\n" + path.read_text())
    ran = upstream.run("push")
    assert ran.code == 2
    assert "1.0.0.saved.json" in ran.err
    assert "restore it from version control" in ran.err
