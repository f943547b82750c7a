"""What is frozen stays as it was, and what is not is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from pageschema.errors import InvalidSchema, RegistryError
from pageschema.registry import Registry
from pageschema.schema import PageSchema


def schema(*fields: str) -> PageSchema:
    return PageSchema.from_value({"type": "object", "properties": {field: {"type": "string"} for field in fields}})


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """Three versions of an invoice."""
    registry = Registry(tmp_path / "schemas")
    for version, fields in (("1.0.0", "a"), ("1.1.0", "ab"), ("1.10.0", "abc")):
        registry.publish(schema(*fields), name="invoice", version=version)
    return registry


def kinds(registry: Registry) -> list[tuple[str, str]]:
    return [(fault.version, fault.kind) for fault in registry.faults()]


# Reading


def test_the_frozen_file_is_exactly_the_text_that_is_sent(registry: Registry):
    frozen = registry.get("invoice", "1.1.0")
    assert (registry.path / "invoice" / "1.1.0.json").read_text("utf-8") == frozen.schema.text == schema("a", "b").text
    assert frozen.digest == frozen.schema.digest
    assert frozen.schema.name == "invoice"


def test_versions_come_in_the_order_of_their_numbers(registry: Registry):
    assert [frozen.version for frozen in registry.versions("invoice")] == ["1.0.0", "1.1.0", "1.10.0"]
    assert registry.latest("invoice").version == "1.10.0"


def test_a_registry_that_does_not_exist_yet_is_empty(tmp_path: Path):
    registry = Registry(tmp_path / "none")
    assert (registry.names(), registry.versions("invoice"), registry.faults()) == ((), (), ())


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_sha256sum_confirms_the_whole_history(registry: Registry):
    done = subprocess.run(
        ["sha256sum", "-c", "1.10.0.sha256"], cwd=registry.path / "invoice", capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["1.0.0.json: OK", "1.1.0.json: OK", "1.10.0.json: OK"]


def test_other_files_in_the_folder_are_left_alone(registry: Registry):
    folder = registry.path / "invoice"
    others = ["model.py", "1.0.json", "01.0.0.json", "2.0.0-rc.1.json", "2.0.0+build.json", "latest.json", ".json"]
    for other in others:
        (folder / other).write_text("not ours")
    (folder / "results").mkdir()
    registry.publish(schema("z"), name="invoice", version="2.0.0")
    assert registry.faults() == ()
    assert all((folder / other).read_text() == "not ours" for other in others)


@pytest.mark.parametrize(
    ("name", "version", "remedy"),
    [
        ("invoce", None, "did you mean invoice?"),
        ("invoice", "1.10.1", "did you mean 1.10.0?"),
        ("../invoice", None, "did you mean invoice?"),
        ("zzz", None, "pageschema freeze writes the first version"),
    ],
)
def test_asking_for_what_is_not_frozen_says_what_to_ask_for(registry: Registry, name, version, remedy):
    with pytest.raises(RegistryError) as caught:
        registry.get(name, version)
    assert caught.value.remedy == remedy


# Faults


def test_a_changed_byte_is_found_and_the_version_not_handed_out(registry: Registry):
    path = registry.path / "invoice" / "1.1.0.json"
    path.write_bytes(path.read_bytes().replace(b"string", b"number", 1))
    (fault,) = registry.faults("invoice")
    assert (fault.version, fault.kind, fault.path) == ("1.1.0", "changed", path)
    assert re.fullmatch(r"changed since it was frozen \(digest [0-9a-f]{8}… was [0-9a-f]{8}…\)", fault.what)
    assert fault.remedy == "restore it from version control; a change belongs into the model, and into a new version"
    with pytest.raises(RegistryError, match="changed since it was frozen"):
        registry.get("invoice", "1.1.0")
    with pytest.raises(RegistryError, match="changed since it was frozen"):
        registry.versions("invoice")
    assert registry.get("invoice", "1.0.0").version == "1.0.0"


def remove(*files: str):
    return lambda folder: [(folder / file).unlink() for file in files]


def write(file: str, content: bytes):
    return lambda folder: (folder / file).write_bytes(content)


def copy(source: str, target: str):
    return lambda folder: shutil.copy(folder / source, folder / target)


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (remove("1.0.0.json"), [("1.0.0", "missing")]),
        (remove("1.0.0.json", "1.0.0.sha256"), [("1.0.0", "missing")]),
        (remove("1.10.0.json"), [("1.10.0", "missing")]),
        (remove("1.0.0.sha256"), [("1.0.0", "unsealed")]),
        (remove("1.10.0.sha256"), [("1.10.0", "unsealed")]),
        (copy("1.0.0.json", "1.2.0.json"), [("1.2.0", "unsealed")]),
        (copy("1.0.0.json", "1.1.0.json"), [("1.1.0", "changed")]),
        (write("1.1.0.json", b""), [("1.1.0", "changed")]),
        (write("1.0.0.sha256", b""), [("1.0.0", "unreadable")]),
        (write("1.0.0.sha256", b"\xff\xfe"), [("1.0.0", "unreadable")]),
        (write("1.0.0.sha256", b"0" * 64 + b"  1.0.0.json\n"), [("1.0.0", "conflict")]),
        (write("1.0.0.sha256", b"0" * 64 + b"  1.1.0.json\n"), [("1.0.0", "unreadable")]),
    ],
)
def test_each_harm_done_to_the_folder_is_found_and_told_apart(registry: Registry, harm, expected):
    harm(registry.path / "invoice")
    assert kinds(registry) == expected
    for fault in registry.faults():
        assert fault.remedy
        assert str(fault).startswith(f"{fault.path}: ")


def test_a_change_that_covers_its_tracks_in_its_own_digest_file_is_found_through_the_next(registry: Registry):
    folder = registry.path / "invoice"
    forged = schema("forged")
    (folder / "1.0.0.json").write_text(forged.text)
    (folder / "1.0.0.sha256").write_text(f"{forged.digest}  1.0.0.json\n")
    assert kinds(registry) == [("1.0.0", "conflict")]


def test_a_file_that_was_never_a_page_schema_is_not_handed_out(registry: Registry):
    folder = registry.path / "invoice"
    (folder / "1.2.0.json").write_text("{}")
    subprocess.run("sha256sum 1.2.0.json > 1.2.0.sha256", shell=True, cwd=folder, check=True)
    assert kinds(registry) == [("1.2.0", "unreadable")]


def test_a_deleted_version_comes_back_when_its_own_text_is_frozen_again(registry: Registry):
    (registry.path / "invoice" / "1.1.0.json").unlink()
    assert not registry.publish(schema("a", "b"), name="invoice", version="1.1.0").created
    assert registry.faults() == ()


def test_nothing_new_is_frozen_on_top_of_a_version_whose_digest_nobody_knows(registry: Registry):
    shutil.copy(registry.path / "invoice" / "1.0.0.json", registry.path / "invoice" / "1.11.0.json")
    with pytest.raises(RegistryError, match="no digest is recorded"):
        registry.publish(schema("z"), name="invoice", version="2.0.0")


def test_a_new_version_can_be_frozen_while_an_old_one_is_changed_and_the_change_stays_found(registry: Registry):
    (registry.path / "invoice" / "1.1.0.json").write_text("{}")
    registry.publish(schema("z"), name="invoice", version="2.0.0")
    assert kinds(registry) == [("1.1.0", "changed")]


# Publishing


def test_freezing_the_same_text_again_is_no_error(registry: Registry):
    before = {path: path.stat().st_mtime_ns for path in (registry.path / "invoice").iterdir()}
    again = registry.publish(schema("a"), name="invoice", version="1.0.0")
    assert (again.version, again.created) == ("1.0.0", False)
    assert {path: path.stat().st_mtime_ns for path in (registry.path / "invoice").iterdir()} == before


@pytest.mark.parametrize(
    ("name", "version", "what"),
    [
        ("invoice", "1.1.0", "invoice 1.1.0 is already frozen"),
        ("invoice", "1.2.0", "1.2.0 is not higher than 1.10.0"),
        ("invoice", "1.10", "'1.10' is no version"),
        ("invoice", "2.0.0-rc.1", "'2.0.0-rc.1' is no version"),
        ("invoice", "2.0.0+b", "'2.0.0+b' is no version"),
        ("invoice", "02.0.0", "'02.0.0' is no version"),
        ("invoice", "1٢.0.0", "is no version"),
        ("invoice", "../2.0.0", "is no version"),
        ("../invoice", "2.0.0", "cannot be the name"),
        ("", "2.0.0", "cannot be the name"),
        ("-invoice", "2.0.0", "cannot be the name"),
        ("Invoice", "2.0.0", "cannot be the name"),
        ("invoice\n", "2.0.0", "cannot be the name"),
        ("a" * 101, "2.0.0", "cannot be the name"),
        ("rechnung", "2.0.0", "one name where file names ignore case"),
    ],
)
def test_a_name_or_version_that_cannot_be_kept_is_refused_with_a_remedy(registry: Registry, name, version, what):
    (registry.path / "Rechnung").mkdir()
    before = sorted(registry.path.rglob("*"))
    with pytest.raises(RegistryError, match=re.escape(what)) as caught:
        registry.publish(schema("z"), name=name, version=version)
    assert caught.value.remedy
    assert sorted(registry.path.rglob("*")) == before


def test_a_text_that_is_no_page_schema_is_refused(tmp_path: Path):
    with pytest.raises(InvalidSchema):
        Registry(tmp_path).publish(PageSchema(text='{"type": "object"}', value={}), name="invoice", version="1.0.0")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_or_read_through_a_link_that_leads_out(registry: Registry, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (registry.path / "receipt").symlink_to(outside)
    with pytest.raises(RegistryError, match="leads out of the registry"):
        registry.publish(schema("a"), name="receipt", version="1.0.0")
    assert list(outside.iterdir()) == []
    assert [(fault.name, fault.kind) for fault in registry.faults()] == [("receipt", "unreadable")]

    inside = registry.path / "invoice" / "1.0.0.json"
    inside.rename(outside / "1.0.0.json")
    inside.symlink_to(outside / "1.0.0.json")
    with pytest.raises(RegistryError, match="leads out of the registry"):
        registry.get("invoice", "1.0.0")


def test_a_folder_that_cannot_be_written_is_reported_by_name(tmp_path: Path):
    (tmp_path / "schemas").write_text("a file")
    with pytest.raises(RegistryError) as caught:
        Registry(tmp_path / "schemas").publish(schema("a"), name="invoice", version="1.0.0")
    assert str(tmp_path / "schemas") in str(caught.value)
    assert caught.value.remedy


# Killed, failed, raced

WRITER = """
import sys
from pageschema.errors import RegistryError
from pageschema.registry import Registry
from pageschema.schema import PageSchema

for version, field in (("1.0.0", "a"), ("2.0.0", "b")):
    schema = PageSchema.from_value({"type": "object", "properties": {field: {"type": "string"}}})
    try:
        Registry(sys.argv[1]).publish(schema, name="invoice", version=version)
    except RegistryError as error:
        sys.exit(f"refused: {error}")
"""
CALLS = (
    "mkdir,mkdirat,openat,write,pwrite64,writev,fsync,fdatasync,link,linkat,rename,renameat2,unlink,unlinkat,ftruncate"
)
"""What may change a file; openat only where it creates one."""


def strace(registry: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["strace", "-f", "-qq", "-y", *options, sys.executable, "-c", WRITER, str(registry)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@cache
def can_strace() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-qq", "true"], capture_output=True, check=False).returncode == 0


def file_changing_points(folder: Path) -> list[tuple[str, int]]:
    """Return each file-changing call of the writer as (call, which of its kind in the whole process)."""
    log = folder / "log"
    assert strace(folder / "dry", "-o", str(log), "-e", f"trace={CALLS}").returncode == 0
    points, counts = [], dict.fromkeys(CALLS.split(","), 0)
    for line in log.read_text().splitlines():
        call = line.split(maxsplit=1)[1].split("(")[0]
        if call not in counts:
            continue
        counts[call] += 1
        if str(folder / "dry") in line and (call != "openat" or "O_CREAT" in line):
            points.append((call, counts[call]))
    return points


def outcome(root: Path, mode: str, call: str, count: int) -> list[str]:
    """Run the writer with one call harmed; return what is wrong afterwards."""
    registry = Registry(root)
    harm = "signal=KILL" if mode == "KILL" else f"error={mode.rstrip('+')}"
    when = f"{count}{'+' if mode.endswith('+') else ''}"
    done = strace(root, "-o", "/dev/null", "-e", f"inject={call}:{harm}:when={when}")
    wrong = []
    if mode == "KILL" and done.returncode == 0:
        wrong.append("the call was not reached")
    if "Traceback" in done.stderr:
        wrong.append(done.stderr)
    mute = (mode, call) == ("ENOSPC+", "write")  # Then stderr cannot be written to either.
    if done.returncode == 1 and not mute and not ("refused: " in done.stderr and str(root) in done.stderr):
        wrong.append(f"no clean refusal: {done.stderr}")
    wrong += [f"torn: {fault}" for fault in registry.faults() if fault.kind != "interrupted"]

    claimed = {path.stem for path in root.rglob("*.sha256")}
    if done.returncode == 0 and claimed != {"1.0.0", "2.0.0"}:
        wrong.append("silent success")
    registry.publish(schema("next"), name="invoice", version="3.0.0")
    found = {frozen.version: frozen.schema for frozen in registry.versions("invoice")}
    texts = {"1.0.0": schema("a"), "2.0.0": schema("b"), "3.0.0": schema("next")}
    if found != {version: texts[version] for version in (*claimed, "3.0.0")}:
        wrong.append(f"lost: {sorted(claimed)} became {sorted(found)}")
    wrong += [f"left behind: {path}" for path in root.rglob(".*")]
    wrong += [f"stuck: {fault}" for fault in registry.faults()]
    return wrong


@pytest.mark.skipif(not can_strace(), reason="needs strace, and leave to trace")
@pytest.mark.parametrize("mode", ["KILL", "ENOSPC", "EIO", "ENOSPC+"])
def test_a_kill_or_a_failing_disk_at_any_call_loses_nothing_and_the_next_freeze_goes_on(tmp_path: Path, mode: str):
    points = file_changing_points(tmp_path)
    assert len(points) >= 25
    with ThreadPoolExecutor(4) as pool:
        outcomes = pool.map(lambda point: outcome(tmp_path / f"{point[0]}-{point[1]}", mode, *point), points)
        wrong = {point: each for point, each in zip(points, outcomes, strict=True) if each}
    assert wrong == {}


RACER = """
import sys
from pageschema.errors import RegistryError
from pageschema.registry import Registry
from pageschema.schema import PageSchema

schema = PageSchema.from_value({"type": "object", "properties": {sys.argv[2]: {"type": "string"}}})
for line in sys.stdin:
    try:
        frozen = Registry(sys.argv[1]).publish(schema, name="invoice", version=line.strip())
        print("won" if frozen.created else "same", flush=True)
    except RegistryError as error:
        print("lost" if "already frozen" in error.what else repr(error), flush=True)
"""


@pytest.mark.parametrize(("same", "loser"), [(False, "lost"), (True, "same")])
def test_of_many_who_freeze_one_version_at_once_exactly_one_wins(tmp_path: Path, same, loser):
    registry = Registry(tmp_path / "schemas")
    rounds = [f"{number}.0.0" for number in range(1, 7)]
    with ExitStack() as stack:
        racers = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", RACER, str(registry.path), "x" if same else f"x{number}"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for number in range(8)
        ]
        for version in rounds:
            for racer in racers:
                racer.stdin.write(f"{version}\n")
                racer.stdin.flush()
            said = [racer.stdout.readline().strip() for racer in racers]
            assert sorted(said) == sorted(["won"] + [loser] * 7)
            winner = "x" if same else f"x{said.index('won')}"
            assert registry.latest("invoice").schema == schema(winner)
    assert [frozen.version for frozen in registry.versions("invoice")] == rounds
    assert registry.faults() == ()
    assert list(registry.path.rglob(".*")) == []


def test_what_a_living_writer_is_working_on_is_left_to_it(registry: Registry):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        kept = registry.path / "invoice" / f".2.0.0.json.{living.pid}.0123abcd.tmp"
        kept.write_text("half")
        registry.recover("invoice")
        assert kept.exists()
        living.stdin.close()
    registry.recover("invoice")
    assert not kept.exists()


def test_an_interrupted_freeze_is_reported_as_one_and_finished_on_request(registry: Registry):
    folder = registry.path / "invoice"
    (folder / "1.10.0.json").rename(folder / ".1.10.0.json.99999999.0123abcd.tmp")
    assert kinds(registry) == [("1.10.0", "interrupted")]
    registry.recover("invoice")
    assert registry.faults() == ()
    assert registry.latest("invoice").schema == schema("a", "b", "c")


def test_a_writer_who_finishes_while_another_is_about_to_do_it_for_him_is_no_error(registry: Registry, monkeypatch):
    folder = registry.path / "invoice"
    (folder / "1.10.0.json").rename(folder / ".1.10.0.json.99999999.0123abcd.tmp")
    link = os.link

    def finished_by_its_writer(source, target, **options):
        Path(source).rename(target)
        link(source, target, **options)

    monkeypatch.setattr(os, "link", finished_by_its_writer)
    with pytest.raises(RegistryError, match="already frozen"):
        registry.publish(schema("x"), name="invoice", version="1.10.0")
    assert registry.faults() == ()
