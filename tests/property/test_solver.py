"""Laws of the solver, over schemas of every keyword that it reasons about."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pageschema.schema import Judge
from pageschema.solver import Instance, NoInstance, find_instance, subtract

NAMES = st.sampled_from("abc")
PATTERNS = st.sampled_from(["^a", "b$", "^a+$", "^[ab]*$", "."])
SCALARS = st.sampled_from([None, True, False, 0, 1, 2, -1, 1.5, "", "a", "b", "ab"])
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
VALUES = st.recursive(
    SCALARS | st.sampled_from([3, 6, 0.5, 1.0, "aba", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def optional(**members):
    """Objects with any of these members."""
    return st.fixed_dictionaries({}, optional=members)


LEAVES = st.one_of(
    st.booleans(),
    st.builds(lambda name: {"type": name}, TYPES),
    st.builds(lambda values: {"enum": values}, st.lists(SCALARS, min_size=1, max_size=3)),
    st.builds(lambda value: {"const": value}, VALUES),
    optional(minLength=st.integers(0, 3), maxLength=st.integers(0, 3), pattern=PATTERNS).map(
        lambda facets: {"type": "string", **facets}
    ),
    optional(
        minimum=st.integers(-2, 3),
        exclusiveMaximum=st.sampled_from([0, 1, 1.5, 4]),
        multipleOf=st.sampled_from([2, 3, 0.5]),
    ).map(lambda facets: {"type": "number", **facets}),
)


def compound(inner):
    return st.one_of(
        optional(
            properties=st.dictionaries(NAMES, inner, max_size=2),
            required=st.lists(NAMES, max_size=2, unique=True),
            additionalProperties=inner,
            patternProperties=st.dictionaries(PATTERNS, inner, max_size=1),
            minProperties=st.integers(0, 3),
            maxProperties=st.integers(0, 3),
            propertyNames=st.sampled_from([{"enum": ["a", "b"]}, {"maxLength": 1}, {"not": {"const": "a"}}]),
        ).map(lambda keywords: {"type": "object", **keywords}),
        optional(
            items=inner,
            prefixItems=st.lists(inner, min_size=1, max_size=2),
            minItems=st.integers(0, 3),
            maxItems=st.integers(0, 3),
            uniqueItems=st.just(True),
            contains=inner,
        ).map(lambda keywords: {"type": "array", **keywords}),
        st.builds(lambda branches: {"anyOf": branches}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda branches: {"oneOf": branches}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda branches: {"allOf": branches}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda part: {"not": part}, inner),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
        st.builds(lambda part: {"type": "array", "items": part, "minItems": 1}, st.just({"$ref": "#"})),
        st.builds(lambda name: {"type": "object", "properties": {name: {"$ref": "#"}}, "required": [name]}, NAMES),
    )


SCHEMAS = st.recursive(LEAVES, compound, max_leaves=6)


@given(SCHEMAS, st.lists(VALUES, max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_value_satisfies_what_is_proven_empty(schema, values):
    answer = find_instance(schema)
    found = Judge(schema)
    if isinstance(answer, Instance):
        assert found.accepts(answer.value)
    elif isinstance(answer, NoInstance):
        assert not any(found.accepts(value) for value in values)


@given(SCHEMAS, SCHEMAS, st.lists(VALUES, max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_value_stands_between_schemas_of_which_one_is_proven_to_hold_the_other(old, new, values):
    answer = subtract(old, new)
    left, right = Judge(old), Judge(new)
    if isinstance(answer, Instance):
        assert left.accepts(answer.value)
        assert not right.accepts(answer.value)
    elif isinstance(answer, NoInstance):
        assert not any(left.accepts(value) and not right.accepts(value) for value in values)


@given(SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_a_schema_leaves_nothing_of_itself_over(schema):
    assert not isinstance(subtract(schema, schema), Instance)


@given(SCHEMAS, SCHEMAS)
@settings(max_examples=100, deadline=None)
def test_asking_twice_gives_the_same_answer(old, new):
    assert subtract(old, new) == subtract(old, new)
