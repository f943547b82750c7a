"""Laws of lint and fix: an answer for anything, no answer twice, no finding from a fix."""

from __future__ import annotations

import copy
import json
from collections import Counter
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pageschema import jsontext, linting, pointer
from pageschema.finding import Severity
from pageschema.linting import RULES, fix
from pageschema.schema import positions

lint = partial(linting.lint, notes=True)

KEYWORDS = (
    "type", "properties", "required", "items", "prefixItems", "$ref", "$defs", "definitions", "$id", "$anchor",
    "$schema", "allOf", "anyOf", "oneOf", "not", "if", "then",
    "dependentSchemas", "additionalProperties", "patternProperties",
    "enum", "const", "default", "examples", "pattern", "format", "minimum", "exclusiveMinimum", "minLength",
    "description", "title", "x-owner", "openapi", "schema", "page_schema",
    "nullable", "example", "dependencies", "desciption", "requried", "maximum", "maxLength", "minItems", "contains",
    "uniqueItems", "maxProperties", "exclusiveMaximum",
)  # fmt: skip
WORDS = st.sampled_from(
    (
        *KEYWORDS, "string", "str", "float", "object", "array", "null", "list[int]", "a", "a_score", "a_meta", "",
        "~", "/", "#", "#/$defs/a", "#/properties/a", "#/$defs/a/$ref", "#a", "http://a.test/b", "other.json", "(",
        "\\Aa\\Z", "(?=a)b", '{"properties": {"a": {}}}', "x" * 200,
    )
)  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | WORDS

json_values = st.recursive(
    SCALARS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | WORDS, inner, max_size=4),
)
keyword_soup = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=5), max_leaves=40
)

GOOD = {
    "type": "object",
    "description": "An invoice",
    "properties": {
        "number": {"type": "string", "description": "As printed", "pattern": "^[A-Z]+-[0-9]+$"},
        "issued": {"type": "string", "format": "date", "description": "The day of issue"},
        "currency": {"enum": ["EUR", "USD", None], "description": "ISO 4217", "examples": ["EUR"], "default": "EUR"},
        "lines": {"type": "array", "description": "What is billed", "items": {"$ref": "#/$defs/Line"}},
        "kind": {"const": "invoice"},
        "default": {"type": ["number", "null"], "description": "The rate for late payment"},
    },
    "required": ["number", "lines"],
    "$defs": {
        "Line": {
            "type": "object",
            "properties": {
                "text": {"type": "string", "description": "As printed"},
                "within": {"type": "array", "description": "Lines below it", "items": {"$ref": "#/$defs/Line"}},
                "price": {"anyOf": [{"type": "number"}, {"type": "null"}], "description": "Without tax"},
            },
            "required": ["within"],
        }
    },
}


def pointers(value):
    return list(positions(jsontext.dumps(value)))


@st.composite
def mutated(draw):
    """The good schema with up to three of its values replaced, dropped, added to or moved to the root."""
    value = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 3))):
        if not isinstance(value, (dict, list)):
            break
        where = draw(st.sampled_from(pointers(value)))
        target = pointer.resolve(value, where)
        match draw(st.sampled_from(("replace", "drop", "add", "lift", "encode"))):
            case "add" if isinstance(target, dict):
                target[draw(WORDS)] = draw(keyword_soup)
            case "lift":
                value = copy.deepcopy(target)
            case "encode":
                value = put(value, where, json.dumps(target))
            case "drop" if where:
                parent, key = holder(value, where)
                del parent[key]
            case _:
                value = put(value, where, draw(keyword_soup))
    return value


def holder(value, where):
    *above, last = pointer.parse(where)
    parent = pointer.resolve(value, pointer.build(above))
    return parent, int(last) if isinstance(parent, list) else last


def put(value, where, new):
    if not where:
        return new
    parent, key = holder(value, where)
    parent[key] = new
    return value


anything = json_values | keyword_soup | mutated()


@given(anything)
@settings(max_examples=400, deadline=None)
def test_any_json_gets_an_answer_that_points_into_it(value):
    text = jsontext.dumps(value)
    found = lint(text, where="x.json")
    known = positions(text)
    for finding in found:
        assert finding.pointer in known
        assert finding.origin.line is not None
        assert finding.message
        assert finding.remedy
    if not isinstance(value, str):
        assert [(f.code, f.pointer) for f in lint(value)] == [(f.code, f.pointer) for f in found]


@given(st.text() | st.binary())
@settings(deadline=None)
def test_any_text_gets_an_answer(text):
    assert all(finding.severity is Severity.ERROR for finding in lint(text) if finding.pointer == "")


@given(anything)
@settings(max_examples=300, deadline=None)
def test_no_finding_is_given_twice(value):
    found = [(finding.code, finding.pointer, finding.message) for finding in lint(value)]
    assert len(set(found)) == len(found)


@given(anything, st.booleans())
@settings(max_examples=400, deadline=None)
def test_fixing_twice_changes_nothing_more(value, unsafe):
    once = fix(jsontext.dumps(value), unsafe=unsafe)
    assert fix(once, unsafe=unsafe) == once


ENDING = {rule.code for rule in RULES if rule.ends}


@given(anything, st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_fix_adds_no_finding(value, unsafe):
    """What is no schema at all hides what is wrong within it; taken out or wrapped, it may show more."""
    text = jsontext.dumps(value)
    before = lint(text)
    after = Counter(finding.code for finding in lint(fix(text, unsafe=unsafe)))
    if not {finding.code for finding in before} & ENDING:
        assert after <= Counter(finding.code for finding in before)
    else:
        assert len({code for code in after if code in ENDING}) <= 1


def texts(value, keyword):
    if isinstance(value, dict):
        for key, member in value.items():
            if key == keyword and isinstance(member, str):
                yield member
            yield from texts(member, keyword)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member, keyword)


@given(mutated())
@settings(max_examples=300, deadline=None)
def test_a_safe_fix_drops_no_description_and_changes_no_type(value):
    """But for the text that Pydantic lets stand for a Decimal."""
    assume(not any(finding.name == "mixed-union" and finding.fixable for finding in lint(value)))
    mended = json.loads(fix(jsontext.dumps(value)))
    if isinstance(value, dict) and "properties" in value and isinstance(mended, dict):
        assert set(texts(value, "description")) <= set(texts(mended, "description"))
        assert Counter(texts(value, "type")) <= Counter(texts(mended, "type"))


@st.composite
def shuffled(draw, value):
    if isinstance(value, dict):
        return {key: draw(shuffled(value[key])) for key in draw(st.permutations(list(value)))}
    return [draw(shuffled(item)) for item in value] if isinstance(value, list) else value


@given(shuffled(GOOD))
@settings(deadline=None)
def test_a_good_schema_has_no_finding_in_whatever_order_its_keys_stand(value):
    assert lint(value) == []


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_order_of_keys_changes_no_finding(data):
    value = data.draw(mutated())
    other = data.draw(shuffled(value))

    def found(schema):
        return Counter(
            (f.code, f.pointer) for f in lint(schema) if f.name not in {"reference-loop", "instance-as-schema"}
        )

    assert found(value) == found(other)


@pytest.mark.parametrize("keyword", ["description", "type", "properties", "items", "$ref", "required"])
def test_a_good_schema_stays_good_with_any_keyword_for_a_field_name(keyword):
    value = copy.deepcopy(GOOD)
    value["properties"][keyword] = {"type": "string", "description": "A field like any other"}
    assert lint(value) == []
