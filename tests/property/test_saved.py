"""Laws of push and pull, over many histories in which others write too."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from unittest import mock

import httpx
import pytest
from fastapi import Response
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pageschema.client import KEY_VARIABLE
from pageschema.config import Config
from pageschema.emulator import Emulator, saved
from pageschema.errors import InvalidTarget
from pageschema.project.project import Project
from pageschema.project.pulling import pull
from pageschema.project.pushing import push
from pageschema.project.saved import Endpoint, Ledger, same
from pageschema.schema import PageSchema

SAVED = "/api/v1/extraction_schemas"
letters = st.sampled_from("abc")
steps = st.one_of(
    st.tuples(st.just("freeze"), letters),
    st.tuples(st.just("edit"), letters),
    st.tuples(st.just("version"), letters),
    st.tuples(st.sampled_from(["push", "lose", "pull", "look", "archive", "unarchive"]), st.just("")),
)
histories = st.lists(steps, min_size=3, max_size=10)


def content(letter):
    return {"type": "object", "properties": {letter: {"type": "string"}}}


@pytest.fixture(scope="module")
def emulator():
    with Emulator() as running, mock.patch.dict(os.environ, {KEY_VARIABLE: running.api_key}):
        yield running


class World:
    """A project, the saved schemas of its account, and somebody else who writes there."""

    def __init__(self, emulator, folder):
        self.project = Project(Config(root=folder, registry=folder / "schemas"))
        self.url = emulator.base_url
        self.http = httpx.Client(base_url=self.url, headers={"X-API-Key": emulator.api_key})
        for each in self.http.get(SAVED, params={"limit": 200}).json()["schemas"]:
            self.http.delete(f"{SAVED}/{each['schema_id']}")
        self.before = {each["schema_id"] for each in self.schemas()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.close()

    def schemas(self):
        return self.http.get(SAVED, params={"limit": 200, "include_archived": True}).json()["schemas"]

    def mine(self):
        found = [each for each in self.schemas() if each["schema_id"] not in getattr(self, "before", ())]
        assert len(found) <= 1, "two saved schemas for one name"
        return found[0] if found else None

    def contents(self):
        one = self.mine()
        return [*(item["schema_json"] for item in one["version_history"]), one["schema_json"]] if one else []

    def files(self):
        """The frozen versions and their digests, which nothing may change."""
        return {p: p.read_bytes() for p in self.project.config.root.rglob("[0-9]*.*") if "saved" not in p.name}

    def ledger(self):
        return Ledger.of(self.project, "invoice", Endpoint.of(self.url, allow_remote=False))

    def put(self, **body):
        one = self.mine()
        if one is not None:
            assert self.http.put(f"{SAVED}/{one['schema_id']}", json=body).status_code == 200

    def do(self, step, letter):
        numbers = self.project.registry.numbers("invoice")
        contents, files = self.contents(), self.files()
        if step == "freeze":
            version = f"{int(numbers[-1].partition('.')[0]) + 1 if numbers else 1}.0.0"
            self.project.registry.publish(PageSchema.from_value(content(letter)), name="invoice", version=version)
        elif step in {"edit", "version"}:
            self.put(schema_json=content(letter), create_new_version=step == "version")
        elif step in {"archive", "unarchive"}:
            self.put(archived=step == "archive")
        elif numbers:
            self.run(step)
            assert self.contents()[: len(contents)] == contents, "a version that was there has changed"
        assert files.items() <= self.files().items()

    def run(self, step):
        contents = self.contents()
        if step == "lose":
            with mock.patch.object(saved, "reply", lose(saved.reply)):
                push(self.project, base_url=self.url)
        elif step == "push":
            report = push(self.project, base_url=self.url)
            if report.ok:
                self.check()
        else:
            try:
                report = pull(self.project, base_url=self.url, dry_run=step == "look")
            except InvalidTarget:
                return
            assert report.stopped is None
            assert self.contents() == contents
            ledger = self.ledger()
            edited = {row.version for row in report.rows if row.state == "edited upstream"}
            assert edited == {
                each.version
                for each in ledger.frozen
                if each.version in ledger.saved
                and not same(each.schema.value, contents[ledger.saved[each.version].version - 1])
            }

    def check(self):
        """After a push that went well the latest version there is the last that is recorded, and as frozen."""
        ledger, contents = self.ledger(), self.contents()
        version, recorded = ledger.last
        assert recorded.version == len(contents)
        frozen = next(each for each in ledger.frozen if each.version == version)
        assert same(frozen.schema.value, contents[-1])
        assert ledger.unsaved == []
        numbers = [ledger.saved[each.version].version for each in ledger.frozen if each.version in ledger.saved]
        assert numbers == sorted(set(numbers))


def lose(reply):
    def answer(request, content):
        done = reply(request, content)
        return Response("down", 500) if request.method in {"POST", "PUT"} else done

    return answer


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories)
@example([("freeze", "a"), ("lose", ""), ("freeze", "b"), ("push", ""), ("push", "")])
@example([("freeze", "a"), ("push", ""), ("freeze", "b"), ("lose", ""), ("edit", "c"), ("push", ""), ("pull", "")])
@example([("freeze", "a"), ("push", ""), ("version", "b"), ("freeze", "c"), ("push", ""), ("pull", ""), ("push", "")])
def test_a_push_saves_nothing_twice_and_changes_nothing_that_is_there(emulator, history):
    with tempfile.TemporaryDirectory() as folder, World(emulator, Path(folder)) as world:
        for step in history:
            world.do(*step)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("lose", ""), ("version", "a")])
@given(st.lists(st.tuples(st.sampled_from(["freeze", "version", "push", "lose", "pull"]), letters), max_size=8))
def test_as_long_as_nobody_edits_in_place_pull_and_push_bring_both_together(emulator, history):
    with tempfile.TemporaryDirectory() as folder, World(emulator, Path(folder)) as world:
        for step in [("freeze", "a"), *history, ("push", ""), ("pull", "")]:
            world.do(*step)
        assert push(world.project, base_url=world.url).ok
        world.check()
