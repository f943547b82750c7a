"""Where records come from: files of every form, folders, globs, other file systems."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal

import pytest

from pageschema.audit import AuditOptions, audit_extractions, check_range, plan_ranges
from pageschema.errors import InvalidTarget

SCHEMA = {
    "type": "object",
    "properties": {"total": {"type": "number"}, "note": {"type": "string"}},
    "required": ["total"],
}
GOOD, BROKEN = {"total": 1.5, "total_citations": ["b"], "note": None}, {"total": "12,50"}
RECORDS = [GOOD, BROKEN, GOOD, {"note": "é" * 40}]


def lines(records=RECORDS):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def told(*paths, **options):
    report = audit_extractions([str(path) for path in paths], SCHEMA, workers=0, options=AuditOptions(**options))
    kinds = {(total.pointer, total.keyword): [sample.line for sample in total.samples] for total in report.totals}
    return report.records, report.broken, kinds


EXPECTED = (4, 2, {("/total", "type"): [2], ("", "required"): [4]})


def test_lines_are_read_plain_and_packed(tmp_path):
    zstd = pytest.importorskip("backports.zstd") if __import__("sys").version_info < (3, 14) else None
    zstd = zstd or __import__("compression.zstd", fromlist=["zstd"])
    for name, data in (
        ("r.jsonl", lines()),
        ("r.jsonl.gz", gzip.compress(lines()[:40]) + gzip.compress(lines()[40:])),
        ("r.jsonl.zst", zstd.compress(lines())),
    ):
        (tmp_path / name).write_bytes(data)
        assert told(tmp_path / name) == EXPECTED, name


def test_a_column_of_parquet_is_read_by_row_groups(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"id": [1, 2, 3, 4], "extraction_schema_json": [json.dumps(each) for each in RECORDS]})
    parquet.write_table(table, tmp_path / "r.parquet", row_group_size=3)
    assert len(plan_ranges([str(tmp_path / "r.parquet")])) == 2
    assert told(tmp_path / "r.parquet") == EXPECTED
    with pytest.raises(InvalidTarget, match=r"(?s)no column 'text'.*--field"):
        told(tmp_path / "r.parquet", field="text")


def test_a_column_of_structs_is_read_as_extractions(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(
        pa.table({"e": [{"total": 1.0, "note": None}, {"total": None, "note": "x"}]}), tmp_path / "r.parquet"
    )
    assert told(tmp_path / "r.parquet") == (2, 1, {("/total", "type"): [2]})


def test_what_a_column_cannot_leave_out_and_its_numbers_are_read_as_they_were(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    scored = {"total": Decimal("1.50"), "total_score": {"score": 3}, "total_citations": ["b"], "note": "x"}
    bare = {"total": Decimal("2.00"), "total_score": None, "total_citations": None, "note": None}
    parquet.write_table(pa.table({"r.e": [scored, bare], "r": [{"e": "x"}, None]}), tmp_path / "r.parquet")
    assert told(tmp_path / "r.parquet", field="r.e") == (2, 0, {})
    parquet.write_table(pa.table({"e": [1, 2]}), tmp_path / "r.parquet")
    assert told(tmp_path / "r.parquet") == (2, 2, {("", "type"): [1, 2]})


def test_a_file_of_parquet_that_was_damaged_is_one_broken_record_of_each_row_group(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pa.table({"e": [json.dumps(GOOD | {"note": str(number)}) for number in range(600)]})
    parquet.write_table(table, tmp_path / "r.parquet", row_group_size=300, compression="zstd")
    data = bytearray((tmp_path / "r.parquet").read_bytes())
    data[60:300] = b"\xff" * 240
    (tmp_path / "r.parquet").write_bytes(data)
    assert told(tmp_path / "r.parquet") == (301, 1, {("", "file"): [1]})


@pytest.mark.parametrize("name", ["r.jsonl", "r.parquet"])
def test_a_file_that_goes_or_shrinks_in_the_middle_of_an_audit_is_told(tmp_path, name):
    path = tmp_path / name
    if name == "r.parquet":
        pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.table({"e": [json.dumps(GOOD)] * 4}), path, row_group_size=1)
    else:
        path.write_bytes(lines([GOOD] * 4))

    def after(change):
        units = plan_ranges([str(path)], range_bytes=len(lines([GOOD])))
        assert len(units) == 4
        change()
        return [keyword for unit in units for _, _, keyword in check_range(unit, SCHEMA).kinds]

    whole = path.read_bytes()
    if name == "r.jsonl":
        assert after(lambda: path.write_bytes(whole[:10])) == ["json", *["file"] * 4]
    path.write_bytes(whole)
    assert after(path.unlink) == ["file"] * 4


def test_a_member_of_each_line_may_hold_the_extraction(tmp_path):
    wrapped = [{"id": 1, "result": RECORDS[0]}, {"id": 2, "result": json.dumps(RECORDS[1])}]
    (tmp_path / "r.jsonl").write_bytes(lines(wrapped))
    assert told(tmp_path / "r.jsonl", field="result") == (2, 1, {("/total", "type"): [2]})


def test_a_folder_stands_for_its_files_in_order_and_json_files_hold_one_result(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.json").write_text(json.dumps(GOOD, indent=2))
    (tmp_path / "b.jsonl").write_bytes(lines())
    (tmp_path / "notes.txt").write_text("no records")
    assert told(tmp_path)[:2] == (5, 2)
    assert told(tmp_path / "*.jsonl")[:2] == (4, 2)


def test_any_file_system_of_fsspec_will_do():
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/audited/r.jsonl", lines())
    try:
        assert told("memory://audited/r.jsonl") == EXPECTED
        assert told("memory://audited/*.jsonl") == EXPECTED
        assert told("memory://audited") == EXPECTED
    finally:
        memory.rm("/audited", recursive=True)


@pytest.mark.parametrize("path", ["missing.jsonl", "*.nothing", "empty"])
def test_a_path_that_leads_nowhere_is_an_error_with_a_remedy(tmp_path, path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidTarget, match="name a file"):
        told(tmp_path / path)


def test_a_packed_file_that_breaks_off_is_one_broken_record_and_the_others_count(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines() * 2000)[:-20])
    (tmp_path / "b.jsonl").write_bytes(lines())
    records, _, kinds = told(tmp_path)
    assert ("", "file") in kinds
    assert records > 4


def test_hostile_records_are_broken_each_and_stop_nothing(tmp_path):
    hostile = [
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"total": NaN}',
        b'{"total": 1' + b"0" * 5000 + b"}",
        b'"',
        b"{}{}",
        b"\xef\xbb\xbf{}",
    ]
    (tmp_path / "r.jsonl").write_bytes(b"\n".join([*hostile, b"", json.dumps(GOOD).encode()]))
    records, broken, kinds = told(tmp_path / "r.jsonl")
    assert (records, broken) == (len(hostile) + 1, len(hostile))
    assert kinds == {("", "json"): [1, 2, 3]}


def test_a_record_too_large_to_hold_is_broken_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("pageschema.audit.reading.MAX_RECORD_BYTES", 200_000)
    large = json.dumps({"total": 1, "note": "x" * 500_000}).encode()
    (tmp_path / "r.jsonl").write_bytes(b"\n".join([json.dumps(GOOD).encode(), large, json.dumps(BROKEN).encode()]))
    assert told(tmp_path / "r.jsonl") == (3, 2, {("", "json"): [2], ("/total", "type"): [3]})


def test_a_key_that_stands_twice_breaks_a_record_where_that_is_asked(tmp_path):
    twice = b'{"total": 1, "total": 2}\n{"total": 1, "note": "say \\u0022hi\\u0022"}\n{"total": 1, "note": "\\"x\\""}\n'
    (tmp_path / "r.jsonl").write_bytes(twice)
    assert told(tmp_path / "r.jsonl")[:2] == (3, 0)
    assert told(tmp_path / "r.jsonl", unique_keys=True) == (3, 1, {("", "json"): [1]})
