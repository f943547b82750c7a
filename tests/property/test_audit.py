"""Laws of an audit: it says what `check` says of each record, and the same however the files are cut."""

from __future__ import annotations

import json
import random
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pageschema.audit import AuditOptions, Summary, check_range, plan_ranges
from pageschema.audit.judging import judging
from pageschema.conformance import check_extraction
from pageschema.errors import InvalidJSON, NoExtraction

ITEM = {
    "type": "object",
    "properties": {
        "a": {"type": "string", "enum": ["x", "y"]},
        "n": {"type": "integer", "minimum": 0, "multipleOf": 5},
        "t": {"type": "string", "pattern": "^[a-z]+$", "minLength": 2, "maxLength": 4},
    },
    "required": ["a", "n"],
}
PLAIN = {
    "type": "object",
    "properties": {
        "a": {"type": "string"},
        "n": {"type": ["number", "null"]},
        "t": {"const": "x"},
        "items": {"type": "array", "items": ITEM, "maxItems": 2, "uniqueItems": False},
        "m": {"type": "object", "additionalProperties": {"type": "integer"}},
        "d": {"type": "string", "format": "date"},
    },
    "required": ["a", "items"],
}
UNIONS = {
    "type": "object",
    "properties": {
        "n": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "a": {"oneOf": [ITEM, {"type": "string"}]},
        "items": {"type": "array", "items": {"$ref": "#/$defs/node"}, "uniqueItems": True},
        "status": {"type": "string"},
    },
    "additionalProperties": False,
    "$defs": {
        "node": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/node"}}}}
    },
}
CLOSED = {
    "type": "object",
    "properties": {"a": {"allOf": [{"minLength": 2}, {"pattern": "x"}]}, "t": ITEM},
    "required": ["t"],
}
SCHEMAS = [PLAIN, UNIONS, CLOSED | {"additionalProperties": False}]

scalars = st.sampled_from([None, True, 0, 5, -5, 2.5, "", "x", "y", "ab", "ABC", "2026-11-24", 10**30, "12,50"])
names = st.sampled_from(["a", "n", "t", "items", "m", "d", "a_score", "n_citations", "t_meta", "status", "é/~", "free"])
siblings = st.sampled_from([{"score": 4}, {"score": 9}, {"reasoning": "x"}, ["b1"], [1], {}, "no"])
values = st.recursive(
    scalars | siblings,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
extractions = st.fixed_dictionaries(
    {},
    optional={
        "a": values, "n": scalars, "t": scalars, "d": scalars,
        "items": st.lists(st.dictionaries(names, scalars, max_size=4) | values, max_size=3),
        "m": st.dictionaries(names, scalars, max_size=2), "a_score": siblings, "items_citations": siblings,
        "status": scalars, "free": values,
    },
)  # fmt: skip


def results(extraction: Any) -> Any:
    return {"status": "complete", "success": True, "extraction_schema_json": json.dumps(extraction)}


lines = st.one_of(
    extractions.map(json.dumps),
    extractions.map(results).map(json.dumps),
    values.map(json.dumps),
    st.sampled_from(
        ["", "  ", "nonsense", '{"a": NaN}', '"\\ud800"', '{"status": "failed", "error": "no"}', '"{\\"a\\": \\"x\\"}"',
         '{"status": "processing", "request_check_url": "u"}', '{"extraction_schema_json": ""}', '{"a": 1e999}', "[1]"]
    ),
)  # fmt: skip
law = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def told_by_check(line: str, schema: Any, *, strict: bool) -> Counter[tuple[str, str]]:
    """What `check` says of a line, as pointers and keywords."""
    try:
        return Counter((each.pointer, each.keyword) for each in check_extraction(line, schema, strict=strict))
    except InvalidJSON:
        return Counter([("", "json")])
    except NoExtraction:
        return Counter([("", "extraction")])


def in_a_file(folder: str, text: str) -> str:
    path = Path(folder) / "records.jsonl"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return str(path)


@law
@given(st.lists(lines, max_size=6), st.sampled_from(SCHEMAS), st.booleans())
def test_an_audit_says_of_each_record_what_check_says(records, schema, strict):
    judge = judging(json.dumps(schema), strict=strict)
    expected: Counter[tuple[str, str]] = Counter()
    broken = 0
    for record in records:
        if not record.strip():
            continue
        told = told_by_check(record, schema, strict=strict)
        broken += bool(told)
        extraction = judge.extraction(record)
        for (where, keyword), count in told.items():
            expected[judge.general(where, extraction), keyword] += count
    with tempfile.TemporaryDirectory() as folder:
        [unit] = plan_ranges([in_a_file(folder, "".join(record + "\n" for record in records))])
        summary = check_range(unit, schema, AuditOptions(strict=strict))
    assert {key[1:]: kind.places for key, kind in summary.kinds.items()} == expected
    assert summary.broken == broken
    assert summary.records == sum(bool(record.strip()) for record in records)


@law
@given(st.lists(lines, min_size=1, max_size=12), st.integers(1, 400), st.randoms(use_true_random=False), st.booleans())
def test_however_files_are_cut_and_merged_the_summary_is_the_same(records, size, rng: random.Random, share):
    options = AuditOptions(
        evidence=True, samples=2, share=0.5 if share else None, against=(("other", json.dumps(UNIONS)),)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = in_a_file(folder, "\n".join(records))
        [whole] = plan_ranges([path])
        cut = plan_ranges([path], range_bytes=size)
        expected = check_range(whole, PLAIN, options)
        parts = [check_range(unit, PLAIN, options) for unit in cut]
    rng.shuffle(parts)
    while len(parts) > 1:
        one, other = parts.pop(rng.randrange(len(parts))), parts.pop(rng.randrange(len(parts)))
        parts.append(one.merge(other))
    assert comparable(parts[0]) == comparable(expected)


def comparable(summary: Summary) -> Any:
    """Return a summary without what tells of the ranges themselves: lines count from the beginning of each."""
    kinds = {
        key: (kind.records, kind.places, [replace(each, key=(0, 0, 0), line=0) for each in kind.samples])
        for key, kind in summary.kinds.items()
    }
    counts = (summary.records, summary.broken, summary.skipped, sum(summary.lines.values()))
    return counts, kinds, summary.fits, summary.evidence
