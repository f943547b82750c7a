"""Laws of checking extractions: over schemas that people write, and values that nobody expects."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pageschema import pointer
from pageschema.conformance import Conformance, check_extraction, conformance_schema, peel, read_result
from pageschema.conformance.peeling import read
from pageschema.conformance.shape import Shapes
from pageschema.conformance.siblings import sibling_violations
from pageschema.schema import Judge, second_opinion

NAMES = [
    "total",
    "total_score",
    "credit",
    "credit_score",
    "notes_meta",
    "citations",
    "b_citations",
    "numéro de",
    "x/y~",
]
law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIBLINGS = {
    "_citations": st.lists(st.sampled_from(["/page/0/Text/1", "block_7"]), max_size=2),
    "_meta": st.fixed_dictionaries({}, optional={"extraction_status": st.just("EXTRACTED"), "reasoning": st.text()}),
    "_score": st.fixed_dictionaries({"score": st.integers(1, 5)}, optional={"reasoning": st.text(max_size=3)}),
}
LEAVES = {
    "string": st.text(max_size=5),
    "integer": st.integers(-100, 100),
    "number": st.floats(-100, 100),
    "boolean": st.booleans(),
}
WRONG = {"string": 5, "integer": "5", "number": "5,0", "boolean": "yes", "enum": 17}
"""A value of a wrong type for each kind of leaf."""


@st.composite
def field_schemas(draw, depth: int = 2) -> dict[str, Any]:
    kinds = [*LEAVES, "enum"] + (["object", "array", "union", "nullable"] if depth else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "enum":
        return {"type": "string", "enum": ["x", "y", "other"]}
    if kind == "object":
        return draw(object_schemas(depth=depth - 1))
    if kind == "array":
        return {"type": "array", "items": draw(field_schemas(depth=depth - 1))}
    if kind == "nullable":
        return {"anyOf": [draw(field_schemas(depth=0)), {"type": "null"}]}
    if kind == "union":
        branches = [draw(object_schemas(depth=depth - 1)) for _ in range(2)]
        for number, branch in enumerate(branches):
            branch["properties"]["kind"] = {"const": f"kind{number}"}
            branch["required"] = [*branch["required"], "kind"]
        return {"oneOf": branches}
    return {"type": kind}


@st.composite
def object_schemas(draw, depth: int = 2) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=4))
    schema = {
        "type": "object",
        "properties": {name: draw(field_schemas(depth=depth)) for name in names},
        "required": [name for name in names if draw(st.booleans())],
    }
    if draw(st.booleans()):
        schema["additionalProperties"] = False
    return schema


@st.composite
def root_schemas(draw) -> dict[str, Any]:
    """An object schema; half of them with a part of it moved to a definition, that also refers to itself."""
    schema = draw(object_schemas())
    if draw(st.booleans()):
        definition = draw(object_schemas(depth=1))
        definition["properties"]["again"] = {"$ref": "#/$defs/Again"}
        schema["properties"]["again"] = {"type": "array", "items": {"$ref": "#/$defs/Again"}}
        schema["$defs"] = {"Again": definition}
    return schema


def values(schema: dict[str, Any], root: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that are valid under *schema*, without nulls for what is absent and without siblings."""
    if "$ref" in schema:
        return values(root["$defs"]["Again"], root, depth + 1)
    if "anyOf" in schema:
        return st.one_of(values(schema["anyOf"][0], root, depth), st.none())
    if "oneOf" in schema:
        return st.one_of([values(branch, root, depth) for branch in schema["oneOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    if schema["type"] == "array":
        return st.lists(values(schema["items"], root, depth), max_size=2)
    if schema["type"] == "object":
        fields = {name: field for name, field in schema["properties"].items() if name != "again" or depth < 2}
        required = {name: values(field, root, depth) for name, field in fields.items() if name in schema["required"]}
        optional = {name: values(field, root, depth) for name, field in fields.items() if name not in required}
        return st.fixed_dictionaries(required, optional=optional)
    return LEAVES[schema["type"]]


def applied(schema: dict[str, Any], value: Any, root: dict[str, Any]) -> dict[str, Any]:
    """Return the plain schema that a valid *value* was drawn from."""
    if "$ref" in schema:
        return root["$defs"]["Again"]
    if "anyOf" in schema:
        return schema["anyOf"][value is None]
    if "oneOf" in schema:
        return next(each for each in schema["oneOf"] if each["properties"]["kind"]["const"] == value["kind"])
    return schema


def declared_around(schema: dict[str, Any], name: str) -> bool:
    """Return whether any branch declares *name*: then it is a field there."""
    return any(name in branch["properties"] for branch in schema.get("oneOf", [schema]))


def decorate(draw, schema: dict[str, Any], value: Any, root: dict[str, Any]) -> Any:
    """Return *value* as the API would return it: siblings beside fields, null for some that are absent."""
    plain = applied(schema, value, root)
    if isinstance(value, list):
        return [decorate(draw, plain["items"], item, root) for item in value]
    if not isinstance(value, dict):
        return value
    around = schema if "oneOf" in schema else plain
    decorated = {name: decorate(draw, plain["properties"][name], member, root) for name, member in value.items()}
    for name in plain["properties"]:
        if name not in value and draw(st.booleans()):
            decorated[name] = None
        for suffix, shapes in SIBLINGS.items():
            if not declared_around(around, name + suffix) and draw(st.integers(0, 3)) == 0:
                decorated[name + suffix] = draw(shapes)
    return decorated


def leaves(schema: dict[str, Any], value: Any, root: dict[str, Any], where: str = ""):
    """Yield (pointer, kind) of each leaf, tags of unions left out: a wrong tag makes another branch the best."""
    plain = applied(schema, value, root)
    if isinstance(value, dict):
        for name, member in value.items():
            yield from leaves(plain["properties"][name], member, root, pointer.join(where, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(plain["items"], item, root, pointer.join(where, index))
    elif value is not None and "const" not in plain:
        yield where, "enum" if "enum" in plain else plain["type"]


def replace(value: Any, where: str, wrong: Any) -> Any:
    changed = copy.deepcopy(value)
    above, _, _ = where.rpartition("/")
    holder = pointer.resolve(changed, above)
    last = pointer.parse(where)[-1]
    holder[int(last) if isinstance(holder, list) else last] = wrong
    return changed


@st.composite
def returned(draw) -> tuple[dict[str, Any], Any, Any]:
    """A schema, a value valid under it, and that value as the API would return it."""
    schema = draw(root_schemas())
    value = draw(values(schema, schema))
    return schema, value, decorate(draw, schema, value, schema)


@law
@given(returned())
def test_what_the_api_adds_to_a_valid_extraction_makes_no_violation(case):
    schema, value, extraction = case
    assert Judge(schema).accepts(value)
    assert check_extraction(extraction, schema) == []
    assert check_extraction({"status": "complete", "extraction_schema_json": json.dumps(extraction)}, schema) == []


@law
@given(returned())
def test_peeling_takes_away_what_the_api_added_and_nothing_else(case):
    schema, value, extraction = case
    peeled = peel(extraction, schema)
    assert without_added_nulls(peeled.value, value) == value
    for where, sibling in peeled.siblings.items():
        assert pointer.resolve(extraction, where) == sibling
    assert peel(peeled.value, schema).siblings == {}


def without_added_nulls(value: Any, original: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: without_added_nulls(member, original.get(name))
            for name, member in value.items()
            if member is not None or name in original
        }
    if isinstance(value, list):
        return [without_added_nulls(item, each) for item, each in zip(value, original, strict=True)]
    return value


@law
@given(returned(), st.data())
def test_one_leaf_of_a_wrong_type_is_one_violation_exactly_there(case, data):
    schema, value, extraction = case
    found = sorted(leaves(schema, value, schema))
    assume(found)
    where, kind = data.draw(st.sampled_from(found))
    (violation,) = check_extraction(replace(extraction, where, WRONG[kind]), schema)
    assert (violation.pointer, violation.keyword, violation.value) == (where, "type", WRONG[kind])
    assert violation.remedy


@law
@given(returned(), st.data())
def test_a_required_field_that_is_missing_or_null_is_one_violation(case, data):
    schema, _, extraction = case
    assume(schema["required"])
    name = data.draw(st.sampled_from(schema["required"]))
    (violation,) = check_extraction({key: each for key, each in extraction.items() if key != name}, schema)
    assert (violation.pointer, violation.keyword) == ("", "required")
    is_nullable = "anyOf" in schema["properties"][name]
    violations = check_extraction({**extraction, name: None}, schema)
    assert [each.pointer for each in violations] == ([] if is_nullable else [pointer.build([name])])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.sampled_from(["x", "kind0", "", "5,0"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NAMES, "kind", "again"]), inner, max_size=4)
    ),
    max_leaves=12,
)
anything = st.dictionaries(st.sampled_from([*NAMES, "again"]), json_values, max_size=5)


@law
@given(root_schemas(), anything)
def test_strictly_an_extraction_is_fine_if_and_only_if_it_is_valid_once_peeled(schema, extraction):
    peeled = peel(extraction, schema)
    violations = check_extraction(extraction, schema, strict=True)
    of_fields = [each for each in violations if each.pointer not in peeled.siblings]
    assert (of_fields == []) == Judge(schema).accepts(peeled.value) == second_opinion(schema, peeled.value)


@law
@given(root_schemas(), anything)
def test_leniency_only_ever_forgives(schema, extraction):
    strict = check_extraction(extraction, schema, strict=True)
    lenient = check_extraction(extraction, schema)
    assert bool(strict) >= bool(lenient)
    if None not in flat(extraction):
        assert lenient == strict


def flat(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [each for member in value.values() for each in flat(member)]
    if isinstance(value, list):
        return [each for member in value for each in flat(member)]
    return [value]


@law
@given(root_schemas(), anything)
def test_every_violation_leads_into_the_extraction_and_says_what_to_do(schema, extraction):
    before = copy.deepcopy(extraction)
    for violation in check_extraction(extraction, schema):
        pointer.resolve(extraction, violation.pointer)
        assert violation.message
        assert violation.remedy
        json.dumps(violation.as_json())
    assert extraction == before


@law
@given(anything)
def test_it_makes_no_difference_in_which_form_an_extraction_comes(extraction):
    text = json.dumps(extraction)
    whole = {"status": "complete", "success": True}
    for form in (
        text,
        text.encode(),
        {**whole, "extraction_schema_json": text},
        {**whole, "extraction_schema_json": extraction},
    ):
        assert read_result(form).value == extraction


@law
@given(st.integers(0, 40), st.sampled_from(["anyOf", "oneOf"]))
def test_the_one_fault_of_a_recursive_union_is_found_at_any_depth(depth, union):
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}, "n": {"type": "integer"}}}
    schema = {
        "type": "object",
        "properties": {"node": {"$ref": "#/$defs/Node"}},
        "$defs": {"Node": {union: [{"type": "string"}, {**node, "additionalProperties": False}]}},
    }
    value: Any = {"n": "x", "n_score": {"score": 1}}
    for _ in range(depth):
        value = {"n": 1, "next": value, "next_citations": []}
    (violation,) = check_extraction({"node": value}, schema)
    assert violation.pointer == "/node" + "/next" * depth + "/n"


@law
@given(root_schemas(), anything, st.booleans())
def test_the_conformance_schema_takes_what_is_right_once_read_and_nothing_else(schema, extraction, strict):
    conformance = Conformance(schema, strict=strict)
    takes = Judge(conformance_schema(schema, strict=strict)).accepts(extraction)
    is_right = right_once_read(extraction, schema, strict=strict)
    assert is_right or not takes
    assert is_right == takes or not conformance.is_exact


@law
@given(returned())
def test_the_conformance_schema_takes_what_the_api_adds(case):
    schema, _, extraction = case
    assert Judge(conformance_schema(schema)).accepts(extraction)
    assert pickle.loads(pickle.dumps(Conformance(schema))).accepts(extraction)


def right_once_read(extraction: Any, schema: dict[str, Any], *, strict: bool) -> bool:
    """Return whether an extraction is right, told the slow way: peel, take nulls for absent in all ways, validate."""
    reading = read(extraction, Shapes(schema))
    if any(sibling_violations(reading.siblings, extraction)):
        return False
    optional = [] if strict else [null for null in reading.nulls if not null.is_required]
    judge = Judge(schema)
    for absent in itertools.product([False, True], repeat=len(optional)):
        for null, is_absent in zip(optional, absent, strict=True):
            null.holder[null.name] = None
            if is_absent:
                del null.holder[null.name]
        if judge.accepts(reading.value):
            return True
    return False
