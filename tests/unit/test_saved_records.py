"""What is recorded of saved schemas, on disk."""

import contextlib
import os
import re
import subprocess
import sys

import pytest

from pageschema.errors import RegistryError
from pageschema.registry import Registry, SavedAs, SavedRecords
from pageschema.registry import saved as module
from pageschema.schema import PageSchema

HERE = "https://www.datalab.to"
ONE = SavedAs(schema_id="sch_1", version=1)


@pytest.fixture
def registry(tmp_path) -> Registry:
    one = Registry(tmp_path / "schemas")
    for version in ("1.0.0", "1.1.0"):
        schema = PageSchema.from_value({"properties": {}, "description": version})
        one.publish(schema, name="invoice", version=version)
    return one


def records(registry):
    return SavedRecords(registry.path, "invoice")


def test_what_is_recorded_reads_back_by_endpoint_and_the_rest_stays(registry):
    other = SavedAs(schema_id="sch_2", version=7)
    records(registry).write("1.0.0", "http://127.0.0.1:8000", other)
    records(registry).write("1.0.0", HERE, ONE)
    assert records(registry).read("1.0.0") == {"http://127.0.0.1:8000": other, HERE: ONE}
    assert records(registry).read("1.1.0") == {}
    assert (registry.path / "invoice" / "1.0.0.saved.json").read_text() == (
        '{\n  "http://127.0.0.1:8000": {\n    "schema_id": "sch_2",\n    "version": 7\n  },\n'
        '  "https://www.datalab.to": {\n    "schema_id": "sch_1",\n    "version": 1\n  }\n}\n'
    )


def test_the_order_in_which_endpoints_were_pushed_to_changes_no_line(registry):
    for version, order in (("1.0.0", (HERE, "http://a")), ("1.1.0", ("http://a", HERE))):
        for origin in order:
            records(registry).write(version, origin, ONE)
    first, second = ((registry.path / "invoice" / f"{v}.saved.json").read_bytes() for v in ("1.0.0", "1.1.0"))
    assert first == second


def test_a_record_is_neither_a_version_nor_a_fault(registry):
    records(registry).write("1.1.0", HERE, ONE)
    records(registry).write("9.0.0", HERE, ONE)
    assert registry.numbers("invoice") == ("1.0.0", "1.1.0")
    assert registry.faults() == ()
    assert registry.publish(PageSchema.from_value({"properties": {}}), name="invoice", version="2.0.0").created


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "<<<<<<< HEAD\n{}",
        '{"https://a": "sch_1"}',
        '{"https://a": {"schema_id": "sch_1"}}',
        '{"https://a": {"schema_id": "sch_1", "version": 0}}',
        '{"https://a": {"schema_id": "sch_1", "version": true}}',
        '{"https://a": {"schema_id": 1, "version": 1}}',
        '{"https://a": {"schema_id": "sch_1", "version": 1, "key": "x"}}',
        '{"a": {"schema_id": "sch_1", "version": 1}, "a": {"schema_id": "sch_2", "version": 1}}',
    ],
)
def test_a_file_that_is_no_record_is_told_and_not_written_over(registry, text):
    path = registry.path / "invoice" / "1.0.0.saved.json"
    path.write_text(text)
    with pytest.raises(RegistryError) as caught:
        records(registry).write("1.0.0", HERE, ONE)
    assert "1.0.0.saved.json" in caught.value.where
    assert caught.value.remedy
    assert path.read_text() == text


def test_a_record_that_leads_out_of_the_registry_is_not_followed(registry, tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_text("{}")
    (registry.path / "invoice" / "1.0.0.saved.json").symlink_to(outside)
    with pytest.raises(RegistryError, match="leads out of the registry"):
        records(registry).write("1.0.0", HERE, ONE)
    assert outside.read_text() == "{}"


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_record_or_the_new_one(registry, monkeypatch, call):
    records(registry).write("1.0.0", "http://a", ONE)
    path = registry.path / "invoice" / "1.0.0.saved.json"
    before = path.read_bytes()

    def fail(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(RegistryError, match="the disk refused: no space left on device"):
            records(registry).write("1.0.0", HERE, ONE)
    assert path.read_bytes() == before
    registry.recover("invoice")
    assert not list(path.parent.glob(".*"))


def test_what_a_killed_writer_left_is_swept_up(registry):
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    left = registry.path / "invoice" / f".1.0.0.saved.json.{dead.stdout.strip()}.0123abcd.tmp"
    left.write_text("{")
    registry.recover("invoice")
    assert not left.exists()


def test_a_second_push_waits_its_turn_and_gives_up_after_a_while(registry, monkeypatch):
    monkeypatch.setattr(module, "MAX_WAIT", 0)
    with records(registry).alone():
        with pytest.raises(RegistryError, match="another push or pull is at work here"), records(registry).alone():
            pytest.fail("both were let in")
        with SavedRecords(registry.path, "receipt").alone():
            pass
    with contextlib.ExitStack() as later:
        later.enter_context(records(registry).alone())


def test_a_process_that_dies_keeps_nobody_waiting(registry, monkeypatch):
    monkeypatch.setattr(module, "MAX_WAIT", 5)
    code = (
        "import os\nfrom pathlib import Path\nfrom pageschema.registry import SavedRecords\n"
        f"with SavedRecords(Path({str(registry.path)!r}), 'invoice').alone(): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with records(registry).alone():
        assert re.fullmatch(r"1\.0\.0\.saved\.json", records(registry).path("1.0.0").name)
