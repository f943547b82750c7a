"""Extractions: all valid, all shapes, how many a second, beside Schemathesis' builder where it is installed.

`python bench/extractions.py [--examples N] [PATH…]`: PATHs are JSON Schemas, folders of them, or files of the JSON
Schema Test Suite; without any, the schemas of this project and two recursive models. Exits with 1 where an extraction
is not valid, a health check fails, or a schema that has instances is refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pageschema.conformance import check_extraction
from pageschema.errors import InvalidSchema
from pageschema.schema import Judge
from pageschema.strategies import broken_extractions, extractions

ROOT = Path(__file__).parents[1]
NODE = {"type": "object", "properties": {"name": {"type": "string"}, "kids": {"type": "array", "items": {"$ref": "#"}}}}
EXPRESSION = {
    "$defs": {
        "number": {
            "type": "object",
            "properties": {"kind": {"const": "number"}, "value": {"type": "number"}},
            "required": ["kind", "value"],
        },
        "sum": {
            "type": "object",
            "properties": {
                "kind": {"const": "sum"},
                "left": {"$ref": "#/$defs/term"},
                "right": {"$ref": "#/$defs/term"},
            },
            "required": ["kind", "left", "right"],
        },
        "term": {"oneOf": [{"$ref": "#/$defs/number"}, {"$ref": "#/$defs/sum"}]},
    },
    "type": "object",
    "properties": {"term": {"$ref": "#/$defs/term"}},
    "required": ["term"],
}
RECURSIVE = {"recursion: node": NODE | {"required": ["name"]}, "recursion: expression": EXPRESSION}


def schemas(paths: list[Path]) -> Iterator[tuple[str, Any, bool]]:
    """Yield the name of each schema, the schema, and whether it is of the suite: then any value is an instance."""
    for path in [file for each in paths for file in (sorted(each.rglob("*.json")) if each.is_dir() else [each])]:
        try:
            value = json.loads(path.read_text("utf-8"))
        except ValueError:
            continue
        if isinstance(value, list):
            for number, group in enumerate(value):
                if isinstance(group, dict) and any(test["valid"] for test in group.get("tests", ())):
                    yield f"{path.stem}:{number}", group["schema"], True
        elif (
            isinstance(value, dict)
            and isinstance(value.get("properties"), dict)
            and "array" not in str(value.get("type"))
        ):
            yield f"{path.parent.name}/{path.stem}", value, False


def drawn(strategy: st.SearchStrategy[Any], examples: int) -> tuple[list[Any], float]:
    """Return what a run of Hypothesis draws, and the seconds of processor time that it takes."""
    found: list[Any] = []

    @settings(max_examples=examples, database=None, deadline=None, derandomize=True)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    started = time.process_time()
    collect()
    return found, time.process_time() - started


def peer(schema: Any, examples: int) -> float | None:
    """Return how many examples a second Schemathesis makes of *schema*; None where it cannot be asked."""
    try:
        import jsonschema_rs
        from schemathesis.generation.jsonschema import builder
    except ImportError:
        return None
    try:
        dates = {"date": st.dates().map(str), "date-time": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z")}
        found, seconds = drawn(builder.build(schema, draft=jsonschema_rs.Draft202012, formats=dates), examples)
    except Exception as error:  # noqa: BLE001 - whatever a peer raises, ours are measured
        print(f"    Schemathesis: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
        return None
    return len(found) / seconds


def judged(name: str, schema: Any, examples: int, *, of_suite: bool) -> tuple[str, float]:
    """Return what became of *schema*, and how many examples a second."""
    try:
        judge = Judge(schema)
    except InvalidSchema:
        return "no local 2020-12 schema", 0
    try:
        plain, seconds = drawn(extractions(schema), examples)
        if of_suite:
            wrong = [value for value in plain if not judge.accepts(value)]
        else:
            returned, _ = drawn(extractions(schema, siblings="balanced", nulls=True), examples)
            wrong = [value for value in (*plain, *returned) if check_extraction(value, schema)]
            drawn(broken_extractions(schema, siblings="fast"), examples // 10)
    except InvalidSchema as error:
        print(f"{name}: refused: {error}")
        return "refused", 0
    except Exception as error:  # noqa: BLE001 - a failed health check among others, each to be told
        print(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        return "failed", 0
    if wrong:
        print(f"{name}: not valid: {json.dumps(wrong[0])[:200]}")
    return "not valid" if wrong else "all valid", len(plain) / seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=300, help="how many of each schema")
    parser.add_argument("paths", nargs="*", type=Path)
    asked = parser.parse_args()
    cases = [*schemas(asked.paths or [ROOT / "schemas"])]
    if not asked.paths:
        cases += [(name, schema, False) for name, schema in RECURSIVE.items()]
    outcomes: Counter[str] = Counter()
    rates: list[float] = []
    for name, schema, of_suite in cases:
        outcome, rate = judged(name, schema, asked.examples, of_suite=of_suite)
        outcomes[outcome] += 1
        rates += [rate] if rate else []
        if not asked.paths:
            theirs = peer(schema, asked.examples)
            beside = f", Schemathesis {theirs:.0f}: x{rate / theirs:.1f}" if theirs else ""
            print(f"{name:28} {outcome}, {rate:4.0f} a second{beside}", flush=True)
    print(", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()))
    if rates:
        print(f"examples a second: median {sorted(rates)[len(rates) // 2]:.0f}, least {min(rates):.0f}")
    return 1 if outcomes.keys() & {"not valid", "refused", "failed"} else 0


if __name__ == "__main__":
    sys.exit(main())
