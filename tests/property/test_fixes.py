"""Laws of fixes, over good schemas with known faults put in, written in any layout."""

from __future__ import annotations

import copy
import json
from collections import Counter
from functools import partial

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pageschema import jsontext, linting
from pageschema.linting import RULES, fix
from pageschema.linting.rewording import reworded
from pageschema.schema import walk

lint = partial(linting.lint, notes=True)

GOOD = {
    "type": "object",
    "description": "An invoice",
    "properties": {
        "number": {"type": "string", "description": "As printed", "pattern": "^[A-Z]+-[0-9]+$"},
        "issued": {"type": "string", "format": "date", "description": "The day of issue"},
        "currency": {"enum": ["EUR", "USD", None], "description": "ISO 4217"},
        "seller": {"$ref": "#/$defs/Party", "description": "Who sends it"},
        "lines": {
            "type": "array",
            "description": "What is billed",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "description": "As it stands", "maxLength": 200},
                    "price": {"anyOf": [{"type": "number"}, {"type": "null"}], "description": "Without tax"},
                },
            },
        },
    },
    "required": ["number"],
    "$defs": {
        "Party": {
            "type": "object",
            "properties": {"name": {"type": "string", "description": "The registered caf\u00e9"}},
        }
    },
}

TYPES = {"string": ["str", "String", "text"], "number": ["float", "Number"], "object": ["dict"], "array": ["list"]}


def rename(schema, old, new):
    members = [(new if key == old else key, value) for key, value in schema.items()]
    schema.clear()
    schema.update(members)


@st.composite
def faulty(draw):
    """The good schema with one to four faults that authors make."""
    value = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(1, 4))):
        places = [place.schema for place in walk(value) if isinstance(place.schema, dict)]
        schema = draw(st.sampled_from(places))
        kind = schema.get("type")
        match draw(st.sampled_from(("type", "keyword", "nullable", "example", "pattern", "twice", "oneOf", "ref"))):
            case "type" if kind in TYPES:
                schema["type"] = draw(st.sampled_from(TYPES[kind]))
            case "keyword" if schema:
                old = draw(st.sampled_from(sorted(schema)))
                new = {"description": "desciption", "required": "requried", "maxLength": "max_length"}.get(old)
                if new:
                    rename(schema, old, new)
            case "nullable" if isinstance(kind, str):
                schema["nullable"] = True
            case "example" if kind == "string":
                schema["example"] = "E-1"
            case "pattern" if "pattern" in schema:
                schema["pattern"] = "\\A[A-Z]+-[0-9]+\\Z"
            case "twice" if "required" in schema:
                schema["required"] = [*schema["required"], *schema["required"]]
            case "oneOf" if "anyOf" in schema:
                rename(schema, "anyOf", "oneOf")
            case "ref" if "$ref" in schema:
                schema["$ref"] = draw(st.sampled_from(("#/definitions/Party", "#/$defs/party", "Party")))
    match draw(st.sampled_from(("", "", "", "bare", "wrapped", "encoded"))):
        case "bare":
            return value.get("properties", value)
        case "wrapped":
            return {"type": "json_schema", "json_schema": {"name": "invoice", "schema": value}}
        case "encoded":
            return json.dumps(value)
    return value


@st.composite
def layout(draw):
    """A way to write JSON, with line ends, indent, escapes and short containers of its own."""
    newline = draw(st.sampled_from(("\n", "\r\n")))
    unit = draw(st.sampled_from(("  ", "    ", "\t")))
    colon = draw(st.sampled_from((":", ": ", " : ")))
    width = draw(st.sampled_from((0, 40, 90, 10_000)))
    escaped = draw(st.booleans())
    end = draw(st.sampled_from(("", newline)))

    def write(value, indent=""):
        short = json.dumps(value, ensure_ascii=escaped, separators=(", ", colon))
        if not isinstance(value, (dict, list)) or not value or len(short) <= width:
            return short
        inner = indent + unit
        if isinstance(value, dict):
            parts = [json.dumps(k, ensure_ascii=escaped) + colon + write(v, inner) for k, v in value.items()]
        else:
            parts = [write(item, inner) for item in value]
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        return opening + newline + inner + f",{newline}{inner}".join(parts) + newline + indent + closing

    return lambda value: write(value) + end


ENDING = {rule.name for rule in RULES if rule.ends}
slow = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@given(faulty(), layout(), st.booleans())
@slow
def test_fixing_again_changes_nothing_however_it_is_written(value, write, unsafe):
    once = fix(write(value), unsafe=unsafe)
    assert fix(once, unsafe=unsafe) == once


@given(faulty(), layout(), st.booleans())
@slow
def test_a_fix_adds_no_finding(value, write, unsafe):
    text = write(value)
    before = lint(text)
    assume(not {finding.name for finding in before} & ENDING)
    after = Counter(finding.name for finding in lint(fix(text, unsafe=unsafe)))
    assert after <= Counter(finding.name for finding in before)


@given(faulty(), layout(), st.booleans())
@slow
def test_the_layout_decides_nothing_about_what_is_mended(value, write, unsafe):
    assert json.loads(fix(write(value), unsafe=unsafe)) == json.loads(fix(jsontext.dumps(value), unsafe=unsafe))


def held(value):
    """Fields, described ones among them, and the places that say what type they are."""
    found = Counter()
    for place in walk(value):
        if isinstance(place.schema, dict):
            if place.is_property:
                found["field", place.key] += 1
                found["typed"] += not place.schema.keys().isdisjoint(
                    {"type", "enum", "const", "anyOf", "oneOf", "$ref"}
                )
            found["description", place.schema.get("description", place.schema.get("desciption"))] += 1
    del found["description", None]
    return found


@given(faulty(), layout(), st.booleans())
@slow
def test_no_field_no_description_and_no_type_is_lost(value, write, unsafe):
    mended = json.loads(fix(write(value), unsafe=unsafe))
    schema = json.loads(value) if isinstance(value, str) else value
    if "json_schema" in schema:
        schema = schema["json_schema"]["schema"]
    if "properties" not in schema and "type" not in schema:
        schema = {"properties": schema}
    if "json_schema" in mended:
        mended = mended["json_schema"]["schema"]
    if "properties" not in mended and "type" not in mended:
        mended = {"properties": mended}
    if isinstance(mended, dict):
        assert held(schema) <= held(mended)


@given(faulty(), layout(), st.booleans())
@slow
def test_a_line_end_of_the_other_kind_never_comes_in(value, write, unsafe):
    text = write(value)
    mended = fix(text, unsafe=unsafe)
    if not isinstance(value, str) and "\n" in text:
        assert ("\r\n" in mended) == ("\r\n" in text)
        assert mended.count("\n") - mended.count("\r\n") == 0 or "\r\n" not in text


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.text(max_size=3) | st.sampled_from("abc"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd/~"), inner, max_size=4),
    max_leaves=12,
)


@given(anything, anything, layout())
@settings(deadline=None, max_examples=600)
def test_any_text_can_be_changed_to_hold_any_value(old, new, write):
    edited = reworded(write(old), new)
    assert edited is not None
    assert json.dumps(json.loads(edited)) == json.dumps(new)


@given(anything, st.data(), layout())
@settings(deadline=None, max_examples=300)
def test_what_stands_outside_a_changed_value_keeps_its_characters(old, data, write):
    """A mark that stands nowhere else is put for one of the values, and the text around it compared."""
    old = {"first": old, "second": 1, "third": [2, old]}
    new = copy.deepcopy(old)
    where = data.draw(st.sampled_from(("first", "second", "third")))
    new[where] = "a mark"
    before, after = write(old), reworded(write(old), new)
    assert after is not None
    head, tail = after.split('"a mark"')
    assert before.startswith(head)
    assert before.endswith(tail)
