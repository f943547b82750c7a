"""What a few hundred extractions show of a schema: each field in each state, each branch, the ends of each range."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from pageschema.schema import local_target
from pageschema.strategies import extractions

ROOT = Path(__file__).parents[2]
LATEST = {path.parent.name: path for path in sorted((ROOT / "schemas").glob("*/*.json"))}
SEVERAL = 5
"""Members of an enum that are all seen, in a field that may be absent together with the object it stands in."""

RANGES = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 40},
        "code": {"type": "string", "pattern": "^[A-Z]{2,60}$"},
        "share": {"type": "number", "minimum": 0, "maximum": 100},
        "stars": {"type": "integer", "minimum": 1, "maximum": 500},
        "cents": {"type": "number", "minimum": 0, "maximum": 10, "multipleOf": 0.01},
        "marks": {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 12},
        "price": {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}, {"type": "null"}]},
        "parts": {"type": "array", "items": {"$ref": "#"}},
    },
    "required": ["name", "code", "share", "stars", "cents", "marks", "price", "parts"],
}
"""A schema of which every range has two ends, and that is recursive."""


def drawn(strategy: st.SearchStrategy[Any], *, count: int = 600) -> list[Any]:
    found: list[Any] = []

    @settings(max_examples=count, database=None, deadline=None, derandomize=True)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def look(schema: Any, value: Any, root: Any, seen: dict[str, set[Any]], where: str = "") -> None:
    """Note in *seen* what *value* shows of *schema*, one of those that page schemas are made of."""
    if "$ref" in schema:
        schema = local_target(root, schema["$ref"])
    if value is None:
        return
    for name, field in schema.get("properties", {}).items():
        place = f"{where}/{name}"
        if name not in schema.get("required", ()):
            seen[place].add("absent" if name not in value else "null" if value[name] is None else "there")
        if name in value:
            look(field, value[name], root, seen, place)
    if schema.get("type") == "array":
        seen[where].add("empty" if not value else "not empty")
        for item in value:
            look(schema["items"], item, root, seen, f"{where}/*")
    if "enum" in schema:
        seen[where].add(value)


def expect(schema: Any, root: Any, due: dict[str, set[Any]], where: str = "") -> None:
    """Note in *due* all that extractions can show of *schema*."""
    for name, field in schema.get("properties", {}).items():
        place = f"{where}/{name}"
        due[place] |= set() if name in schema.get("required", ()) else {"absent", "null", "there"}
        expect(field, root, due, place)
    if schema.get("type") == "array":
        due[where] |= {"not empty"} if schema.get("minItems") else {"empty", "not empty"}
        expect(schema["items"], root, due, f"{where}/*")
    due[where] |= set(schema.get("enum", ())) if len(schema.get("enum", ())) <= SEVERAL else set()


@pytest.mark.parametrize("name", ["invoice"])
def test_every_field_is_seen_absent_null_and_there_and_every_member_of_an_enum(name: str):
    schema = json.loads(LATEST[name].read_text("utf-8"))
    seen: dict[str, set[Any]] = defaultdict(set)
    due: dict[str, set[Any]] = defaultdict(set)
    expect(schema, schema, due)
    for extraction in drawn(extractions(schema, nulls=True)):
        look(schema, extraction, schema, seen)
    unseen = {place: lacking for place in due if (lacking := due[place] - seen[place])}
    assert unseen == {}


def depth(extraction: Any) -> int:
    return 1 + max(map(depth, extraction["parts"]), default=-1)


def test_the_ends_of_every_range_are_seen_and_each_branch_and_levels_of_recursion():
    found = drawn(extractions(RANGES))
    parts = [part for extraction in found for part in (extraction, *extraction["parts"])]
    assert {0, 40} <= {len(part["name"]) for part in parts}
    assert {2, 60} <= {len(part["code"]) for part in parts}
    assert {1, 2, 12} <= {len(part["marks"]) for part in parts}
    assert {0, 100} <= {part["share"] for part in parts}
    assert {1, 500} <= {part["stars"] for part in parts}
    assert {0, 10} <= {part["cents"] for part in parts}
    assert {float, int, str, bool, type(None)} == {type(part["price"]) for part in parts}
    assert {0, 1, 2, 3} <= {depth(extraction) for extraction in found}


def test_all_of_many_optional_properties_are_seen_together_and_none_of_them():
    names = [f"field_{number}" for number in range(20)]
    schema = {"type": "object", "properties": {name: {"type": "boolean"} for name in names}}
    assert {0, 20} <= {len(extraction) for extraction in drawn(extractions(schema))}


@pytest.mark.parametrize(
    ("is_wrong", "smallest"),
    [
        (lambda found: len(found["name"]) > 30, {"name": "0" * 31}),
        (lambda found: len(found["marks"]) > 9, {"marks": [False] * 10}),
        (lambda found: found["share"] == 100, {"share": 100}),
        (lambda found: found["price"] is True, {"price": True}),
        (lambda found: any(part["stars"] > 40 for part in found["parts"]), {"parts": [{"stars": 41}]}),
    ],
)
def test_a_failure_at_the_end_of_a_range_shrinks_to_the_smallest_extraction(is_wrong: Any, smallest: dict[str, Any]):
    calls = 0

    def counted(found: Any) -> bool:
        nonlocal calls
        calls += 1
        return is_wrong(found)

    sized = settings(database=None, max_examples=2000, derandomize=True, phases=[Phase.generate, Phase.shrink])
    found = find(extractions(RANGES), counted, settings=sized)
    plain = {"name": "", "code": "AA", "share": 0, "stars": 1, "cents": 0, "marks": [False], "price": None, "parts": []}
    assert found == plain | {name: value if name != "parts" else [plain | value[0]] for name, value in smallest.items()}
    assert calls < 1500
