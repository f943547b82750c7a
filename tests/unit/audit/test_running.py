"""Running an audit: workers that die, executors, interruptions, what is written."""

from __future__ import annotations

import json
import os
import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import BaseModel

from pageschema.audit import AuditOptions, audit_extractions, check_range, plan_ranges
from pageschema.audit.checking import schema_text
from pageschema.audit.engine import Engine
from pageschema.audit.pool import WorkerDied, WorkerPool
from pageschema.audit.summary import Summary
from pageschema.audit.worker import _portable
from pageschema.errors import InvalidConfiguration, InvalidSchema, InvalidTarget, MissingExtra

SCHEMA = {"type": "object", "properties": {"total": {"type": "number"}}, "required": ["total"]}


@pytest.fixture
def stored(tmp_path):
    path = tmp_path / "records.jsonl"
    with path.open("w") as file:
        for number in range(400):
            file.write(json.dumps({"total": number if number % 50 else "x", "total_score": {"score": 3}}) + "\n")
    return str(path)


def test_a_worker_that_is_killed_loses_its_task_and_the_pool_goes_on(tmp_path):
    mark = str(tmp_path / "mark")
    with WorkerPool(1) as pool:
        with pytest.raises(WorkerDied):
            pool.submit(os._exit, 3).result()
        assert pool.submit(os.path.basename, "a/b").result() == "b"
        with pytest.raises(FileNotFoundError):
            pool.submit(os.stat, mark).result()


def test_an_error_of_a_worker_keeps_its_words_and_its_remedy():
    error = pickle.loads(pickle.dumps(MissingExtra("reading Parquet", extra="audit")))
    assert str(error) == str(MissingExtra("reading Parquet", extra="audit"))
    assert error.extra == "audit"

    class Local(InvalidTarget):
        """An error that no other process knows."""

    told = _portable(Local("is not there", where="a.jsonl", remedy="look for it"))
    assert str(pickle.loads(pickle.dumps(told))) == "a.jsonl: is not there\n  look for it"


@pytest.mark.parametrize("option", ["write_broken", "resume"])
def test_a_place_that_cannot_be_written_is_told_with_its_remedy(stored, tmp_path, option):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidTarget, match="name a place that can be written"):
        audit_extractions([stored], SCHEMA, workers=0, **{option: tmp_path / "file" / "below"})


@pytest.mark.parametrize("option", ["write_broken", "resume"])
def test_what_is_audited_is_never_written_over(stored, tmp_path, option):
    before = Path(stored).read_bytes()
    link = tmp_path / "link.jsonl"
    link.symlink_to(stored)
    for paths, output in (([stored], stored), ([str(tmp_path)], stored), ([stored], link)):
        with pytest.raises(InvalidTarget, match="is one of the files to audit"):
            audit_extractions(paths, SCHEMA, workers=0, **{option: output})
    assert Path(stored).read_bytes() == before


def test_one_path_may_be_given_without_a_list_and_a_model_is_told_how_to_become_a_schema(stored):
    assert audit_extractions(stored, SCHEMA, workers=0).records == 400
    with pytest.raises(InvalidSchema, match=r"page_schema\(Model\)"):
        audit_extractions([stored], BaseModel, workers=0)


def test_the_answer_to_a_refused_request_is_no_extraction(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text('{"detail": "Invalid API key provided."}\n{"detail": "x", "total": 1}\n')
    open_schema = {"type": "object", "properties": {"total": {"type": "number"}}}
    [total] = audit_extractions([str(path)], open_schema, workers=0).totals
    assert (total.keyword, total.records, total.samples[0].line) == ("extraction", 1, 1)


def test_an_audit_says_the_same_on_every_executor(stored):
    expected = audit_extractions([stored], SCHEMA, workers=0)
    assert (expected.records, expected.broken) == (400, 8)
    assert audit_extractions([stored], SCHEMA, workers=2, range_bytes=1_000) == expected
    with ThreadPoolExecutor(3) as executor:
        assert audit_extractions([stored], SCHEMA, executor=executor, range_bytes=777) == expected


def test_killing_a_worker_in_the_middle_changes_no_total(stored):
    expected = audit_extractions([stored], SCHEMA, workers=0)
    killed = []
    with WorkerPool(2) as pool:

        def kill(_):
            if not killed:
                killed.extend(pool.processes[:1])
                os.kill(killed[0], signal.SIGKILL)

        report = audit_extractions([stored], SCHEMA, executor=pool, range_bytes=500, on_progress=kill)
    assert killed
    assert report == expected


class Deadly(ThreadPoolExecutor):
    """Workers that die in the middle of any range with the record at *position*, and now and then for nothing."""

    def __init__(self, position):
        super().__init__(2)
        self.position, self.calls = position, 0

    def submit(self, fn, unit, *args):
        self.calls += 1
        if unit.start <= self.position and (unit.end is None or self.position < unit.end):
            return super().submit(self._die)
        return super().submit(self._die if self.calls == 2 else fn, *(() if self.calls == 2 else (unit, *args)))

    def _die(self):
        raise WorkerDied(-11)


def test_a_record_that_kills_its_worker_is_the_only_one_lost(stored):
    whole = audit_extractions([stored], SCHEMA, workers=0)
    position = sum(len(line) for line in Path(stored).read_bytes().splitlines(keepends=True)[:100])
    with Deadly(position) as executor:
        report = audit_extractions([stored], SCHEMA, executor=executor, range_bytes=3_000)
    assert report.records == whole.records
    totals = {total.keyword: total for total in report.totals}
    assert totals["worker"].count == 1
    assert totals["worker"].samples[0].line == 101
    assert "signal 11" in totals["worker"].samples[0].violation.message
    assert totals["type"].count == 8 - 1  # That record had a violation of its own, which nobody lived to tell.


def test_an_audit_that_was_interrupted_says_so_and_goes_on_where_it_was(stored, tmp_path):
    expected = audit_extractions([stored], SCHEMA, workers=0, options=AuditOptions(evidence=True))
    state, broken = tmp_path / "state.json", tmp_path / "broken.jsonl"
    options = AuditOptions(evidence=True)

    def interrupt(progress):
        if progress.records > 150:
            raise KeyboardInterrupt

    asked = {"options": options, "workers": 0, "range_bytes": 2_000, "resume": state, "write_broken": broken}
    partial = audit_extractions([stored], SCHEMA, on_progress=interrupt, **asked)
    assert not partial.complete
    assert 150 < partial.records < 400
    seen = []
    report = audit_extractions([stored], SCHEMA, on_progress=lambda each: seen.append(each.records), **asked)
    assert report == expected
    assert min(seen) > 150
    assert not state.exists()
    rows = [json.loads(line) for line in broken.read_text().splitlines()]
    assert [row["line"] for row in rows] == list(range(1, 400, 50))
    assert all(row["record"]["total"] == "x" for row in rows)
    assert rows[0]["violations"] == [{"pointer": "/total", "keyword": "type"}]
    assert not (tmp_path / "broken.jsonl.parts").exists()
    again = audit_extractions([str(broken)], SCHEMA, workers=0, options=AuditOptions(field="record"))
    assert (again.records, again.broken) == (8, 8)


def test_what_was_kept_of_another_audit_is_refused(stored, tmp_path):
    state = tmp_path / "state.json"

    def interrupt(_):
        raise KeyboardInterrupt

    audit_extractions([stored], SCHEMA, workers=0, resume=state, on_progress=interrupt)
    with pytest.raises(InvalidConfiguration, match="of another audit"):
        audit_extractions([stored], SCHEMA, workers=0, resume=state, options=AuditOptions(strict=True))
    state.write_text("{}")
    with pytest.raises(InvalidConfiguration, match="not what an audit keeps"):
        audit_extractions([stored], SCHEMA, workers=0, resume=state)


def test_each_record_is_counted_by_the_versions_that_it_fits(stored):
    other = json.dumps({"type": "object", "properties": {"total": {"type": ["number", "string"]}}})
    report = audit_extractions([stored], SCHEMA, workers=0, options=AuditOptions(name="new", against=(("old", other),)))
    assert report.fits == ((("new", "old"), 392), (("old",), 8))


def test_evidence_counts_nulls_scores_and_citations(tmp_path):
    records = [{"total": 1, "total_score": {"score": 5}, "total_citations": ["b"]}, {"total": None}, {}]
    path = tmp_path / "r.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    report = audit_extractions([str(path)], SCHEMA, workers=0, options=AuditOptions(evidence=True))
    total = report.evidence["/total"]
    assert (total.asked, total.present, total.null, total.scored, total.score, total.cited) == (3, 2, 1, 1, 5, 1)


def test_a_sample_takes_the_same_records_each_time_and_about_its_share(stored):
    options = AuditOptions(share=0.25)
    report = audit_extractions([stored], SCHEMA, workers=0, options=options)
    assert report == audit_extractions([stored], SCHEMA, workers=0, options=options, range_bytes=999)
    assert report.records + report.skipped == 400
    assert 60 < report.records < 140


def test_kinds_that_the_baseline_knows_are_no_news(stored):
    report = audit_extractions([stored], SCHEMA, workers=0, known=[("/total", "type")])
    assert report.broken == 8
    assert report.ok


def test_five_lines_are_enough_on_an_engine_of_ones_own(stored):
    ranges = plan_ranges([stored], range_bytes=2_000)
    summary = Summary.of(check_range(unit, SCHEMA) for unit in ranges)
    assert (summary.records, summary.broken) == (400, 8)


def test_workers_that_never_finish_anything_end_the_audit(stored):
    class Dead(ThreadPoolExecutor):
        def submit(self, *_):
            return super().submit(self.die)

        def die(self):
            raise WorkerDied(1)

    with Dead(1) as executor, pytest.raises(Exception, match="before they finish anything"):
        Engine(executor, window=2, text=schema_text(SCHEMA), options=AuditOptions()).run(
            list(enumerate(plan_ranges([stored], range_bytes=500))), lambda *_: None
        )
