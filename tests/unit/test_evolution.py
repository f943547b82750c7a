"""Comparing schemas: who breaks, by which change, shown by which instance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, create_model

from pageschema import PageSchema, evolution
from pageschema.errors import InvalidSchema
from pageschema.evolution import KINDS, diff
from pageschema.evolution.closing import declared
from pageschema.schema import Judge, second_opinion


def fields(**properties):
    return {"type": "object", "properties": properties}


def nullable(schema):
    return {"anyOf": [schema, {"type": "null"}]}


def recursive(leaf, **more):
    node = fields(value=leaf, children={"type": "array", "items": {"$ref": "#/$defs/Node"}}, **more)
    return {"$ref": "#/$defs/Node", "$defs": {"Node": {**node, "required": ["value"]}}}


TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}


def verdicts(comparison):
    return comparison.backward, comparison.forward


# kinds


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_is_told_by_its_example_with_the_verdict_that_it_declares(kind):
    comparison = diff(kind.old, kind.new)
    assert [change.kind for change in comparison.changes] == [kind.name]
    assert verdicts(comparison) == (kind.backward, kind.forward)
    (change,) = comparison.changes
    assert set(change.breaks) == {way for way in ("backward", "forward") if getattr(kind, way) == "no"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_kind_swapped_gets_the_mirror_image(kind):
    assert verdicts(diff(kind.new, kind.old)) == (kind.forward, kind.backward)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_witness_of_a_kind_is_taken_by_the_writer_and_refused_by_the_reader(kind):
    comparison = diff(kind.old, kind.new)
    for way, writer, reader in (("backward", kind.old, kind.new), ("forward", kind.new, kind.old)):
        if getattr(kind, way) == "no":
            witness = comparison.witnesses[way]
            assert Judge(writer, formats=False).accepts(witness)
            assert not Judge(reader, formats=False).accepts(witness)
            assert second_opinion(writer, witness) is not False
            assert second_opinion(reader, witness) is not True
        else:
            assert way not in comparison.witnesses


def test_every_kind_has_a_file_of_its_name_and_stands_in_the_list():
    folder = Path(evolution.__file__).parent / "kinds"
    files = {path.stem for path in folder.glob("[a-z]*.py")}
    assert {kind.name.replace("-", "_") for kind in KINDS} == files


# what people change


class Line(BaseModel):
    text: str
    amount: float


def model(name="Invoice", base=None, **definitions):
    return create_model(name, __base__=base, **definitions).model_json_schema()


class Wide(BaseModel):
    model_config = ConfigDict(extra="allow")
    number: str


class Node(BaseModel):
    value: int
    children: list[Node] = []


class NodeWithNote(BaseModel):
    value: int
    children: list[NodeWithNote] = []
    note: str | None = None


class NodeOfText(BaseModel):
    value: str
    children: list[NodeOfText] = []


class Card(BaseModel):
    kind: Literal["card"]
    digits: str


class Cash(BaseModel):
    kind: Literal["cash"]


class CardWithBank(BaseModel):
    kind: Literal["card"]
    digits: str
    bank: str | None = None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (model(a=(int, ...)), model(a=(int, ...), b=(str | None, None)), ("yes", "yes")),
        (model(a=(int, ...)), model(a=(int, ...), b=(str, ...)), ("no", "yes")),
        (model(a=(int, ...)), model(a=(float, ...)), ("yes", "no")),
        (model(a=(int, ...)), model(a=(int | str, ...)), ("yes", "no")),
        (model(a=(int | None, None)), model(a=(int, ...)), ("no", "yes")),
        (model(a=(dict[str, float], ...)), model(a=(dict[str, int], ...)), ("no", "yes")),
        (model(a=(tuple[int, str], ...)), model(a=(tuple[int, int], ...)), ("no", "no")),
        (model(a=(list[int], ...)), model(a=(set[int], ...)), ("no", "yes")),
        (model(a=(Literal["x", "y"], ...)), model(a=(Literal["x"], ...)), ("no", "yes")),
        (model(a=(Any, ...)), model(a=(int, ...)), ("no", "yes")),
        (model(a=(list[Line], ...)), model(a=(list[Line], Field(min_length=1))), ("no", "yes")),
        (model(number=(str, ...)), Wide.model_json_schema(), ("yes", "yes")),
        (Node.model_json_schema(), NodeWithNote.model_json_schema(), ("yes", "yes")),
        (Node.model_json_schema(), NodeOfText.model_json_schema(), ("no", "no")),
        (
            model(p=(Annotated[Card | Cash, Field(discriminator="kind")], ...)),
            model(p=(Annotated[CardWithBank | Cash, Field(discriminator="kind")], ...)),
            ("yes", "yes"),
        ),
        (
            model(p=(Card, ...)),
            model(p=(Annotated[Card | Cash, Field(discriminator="kind")], ...)),
            ("yes", "no"),
        ),
    ],
)
def test_a_change_to_a_pydantic_model_breaks_whom_it_breaks(old, new, expected):
    assert verdicts(diff(old, new)) == expected


def test_a_changed_leaf_of_a_recursive_model_is_shown_by_a_small_instance():
    comparison = diff(recursive(NUMBER), recursive(WHOLE))
    assert verdicts(comparison) == ("no", "yes")
    assert comparison.witnesses == {"backward": {"value": 0.5}}


def test_what_pydantic_2_11_writes_otherwise_is_no_change():
    before = fields(d={"type": "object"})
    after = fields(d={"type": "object", "additionalProperties": True})
    comparison = diff(before, after)
    assert comparison.changes == ()
    assert comparison.bump == "none"


# the readings


def test_a_writer_fills_only_what_it_declares_unless_read_to_the_letter():
    old, new = fields(a=TEXT), fields(a=TEXT, b=NUMBER)
    assert verdicts(diff(old, new)) == ("yes", "yes")
    to_the_letter = diff(old, new, content="open")
    assert verdicts(to_the_letter) == ("no", "yes")
    assert "b" in to_the_letter.witnesses["backward"]


def test_the_reader_stands_as_it_is_in_both_readings():
    closed = {**fields(a=TEXT), "additionalProperties": False}
    assert verdicts(diff(closed, fields(a=TEXT, b=NUMBER))) == ("yes", "no")


def test_an_object_without_declared_properties_stays_open_for_its_writer():
    assert diff({"type": "object"}, {"type": "object", "maxProperties": 0}).backward == "no"
    assert diff(fields(), {"type": "object", "maxProperties": 0}).backward == "yes"


@pytest.mark.parametrize(
    ("schema", "handed_out", "held_back"),
    [
        (fields(a={}), [{}, {"a": 1}], [{"b": 1}]),
        ({"allOf": [fields(a={}), fields(b={})]}, [{"a": 1, "b": 1}], [{"c": 1}]),
        (
            {"$ref": "#/$defs/A", "properties": {"b": {}}, "$defs": {"A": fields(a={})}},
            [{"a": 1, "b": 1}],
            [{"c": 1}],
        ),
        (
            {**fields(k={}), "anyOf": [fields(a={}), fields(b={}), True]},
            [{"k": 1, "a": 1}, {"k": 1, "b": 1}, {"k": 1}],
            [{"a": 1, "b": 1}, {"c": 1}],
        ),
        ({"anyOf": [fields(a={}), {"type": "object"}]}, [{"b": 1}], []),
        ({"anyOf": [fields(a={}), {"type": "null"}]}, [None, {"a": 1}], [{"b": 1}]),
        (
            {**fields(a={}), "if": fields(a={"const": 1}), "then": fields(b={})},
            [{"a": 1, "b": 1}],
            [{"c": 1}],
        ),
        ({**fields(a={}), "dependentSchemas": {"a": fields(b={})}}, [{"a": 1, "b": 1}], [{"c": 1}]),
        (fields(a=fields(b={})), [{"a": {"b": 1}}], [{"a": {"c": 1}}]),
        ({"type": "array", "items": fields(a={})}, [[{"a": 1}]], [[{"b": 1}]]),
        ({"additionalProperties": fields(a={})}, [{"x": {"a": 1}}], [{"x": {"b": 1}}]),
        ({**fields(a={}), "additionalProperties": True}, [{"b": 1}], []),
        ({**fields(a={}), "patternProperties": {"^x": {}}}, [{"b": 1}, {"x": 1}], []),
        ({**fields(a={}), "allOf": [fields(b={})], "unevaluatedProperties": False}, [{"a": 1, "b": 1}], [{"c": 1}]),
        ({"not": fields(a={"type": "string"})}, [{"a": 1, "b": 1}], [{"a": "x"}]),
        ({"oneOf": [fields(a={}), {**fields(b={}), "required": ["b"]}]}, [{"a": 1}], [{"c": 1}, {"a": 1, "b": 1}]),
        ({"type": "object", "properties": {"default": {}, "$ref": {}}}, [{"default": 1, "$ref": 1}], [{"x": 1}]),
    ],
)
def test_objects_are_closed_over_all_that_is_declared_for_them_and_once(schema, handed_out, held_back):
    closed = Judge(declared(schema))
    assert all(closed.accepts(instance) for instance in handed_out)
    assert not any(closed.accepts(instance) for instance in held_back)


def test_alternatives_that_only_closing_would_tell_apart_still_have_to_be_exclusive():
    both = {"oneOf": [fields(a={}), fields(b={})]}
    assert not Judge(both).accepts({"a": 1})
    assert not Judge(declared(both)).accepts({"a": 1})


def test_a_root_that_refers_to_itself_is_closed_at_every_depth():
    closed = Judge(declared(fields(child={"$ref": "#"})))
    assert closed.accepts({"child": {"child": {}}})
    assert not closed.accepts({"child": {"child": {"x": 1}}})


def test_where_declared_properties_cannot_be_told_a_no_is_unknown():
    dynamic = {**fields(a={"$dynamicRef": "#node"}), "$defs": {"n": {"$dynamicAnchor": "node", "type": "string"}}}
    comparison = diff(dynamic, fields(a=NUMBER))
    assert comparison.backward == "unknown"
    assert "declares" in comparison.reasons["backward"]
    assert comparison.bump == "major"


# what is listed


def kinds(comparison):
    return [(change.kind, change.pointer) for change in comparison.changes]


def test_each_change_of_several_is_blamed_for_what_it_breaks_alone():
    old = fields(a=TEXT, b=NUMBER, c={"enum": ["x", "y"]})
    new = {**fields(a=TEXT, b=WHOLE, c={"enum": ["x", "y", "z"]}, d=TEXT), "required": ["a"]}
    comparison = diff(old, new)
    assert [(change.kind, change.breaks) for change in comparison.changes] == [
        ("required-added", ("backward",)),
        ("type-changed", ("backward",)),
        ("enum-values-added", ("forward",)),
        ("field-added", ()),
    ]
    for change in comparison.changes:
        if change.breaks:
            writer, reader = (old, new) if change.breaks[0] == "backward" else (new, old)
            assert Judge(writer).accepts(change.witness)
            assert not Judge(reader).accepts(change.witness)


def test_a_rename_is_one_change_and_ambiguous_ones_are_not_guessed():
    assert kinds(diff(fields(total=NUMBER), fields(total_due=NUMBER))) == [("field-renamed", "/properties/total_due")]
    ambiguous = diff(fields(a=TEXT, b=TEXT), fields(c=TEXT, d=TEXT))
    assert [kind for kind, _ in kinds(ambiguous)] == ["field-removed", "field-removed", "field-added", "field-added"]


def test_a_change_in_a_shared_definition_is_listed_once_where_it_is_written():
    def invoice(amount):
        line = {"$ref": "#/$defs/Line"}
        schema = fields(first=line, rest={"type": "array", "items": line})
        return {**schema, "$defs": {"Line": fields(amount=amount)}}

    assert kinds(diff(invoice(TEXT), invoice(NUMBER))) == [("type-changed", "/$defs/Line/properties/amount")]


def test_a_definition_that_is_inlined_is_no_change():
    apart = {**fields(line={"$ref": "#/$defs/Line"}), "$defs": {"Line": fields(a=TEXT)}}
    assert diff(apart, fields(line=fields(a=TEXT))).changes == ()


def test_key_order_required_order_and_spelling_of_numbers_are_no_change():
    old = {"type": "object", "required": ["a", "b"], "properties": {"a": {"maximum": 10}, "b": {"enum": [1, 2]}}}
    new = {"properties": {"b": {"enum": [2.0, 1]}, "a": {"maximum": 10.0}}, "required": ["b", "a"], "type": "object"}
    comparison = diff(old, new)
    assert comparison.changes == ()
    assert comparison.bump == "none"


def test_a_property_called_like_a_keyword_is_a_property():
    old = fields(default=TEXT, title=TEXT, format=TEXT)
    new = fields(default=NUMBER, title=TEXT, format=TEXT)
    assert kinds(diff(old, new)) == [("type-changed", "/properties/default")]


def test_a_reworded_description_and_another_format_break_nobody_and_ask_for_a_patch():
    old = fields(due={"type": "string", "format": "date", "description": "when"})
    new = fields(due={"type": "string", "format": "date-time", "description": "when to pay"})
    comparison = diff(old, new)
    assert verdicts(comparison) == ("yes", "yes")
    assert [kind for kind, _ in kinds(comparison)] == ["format-changed", "description-changed"]
    assert comparison.bump == "patch"


def test_another_way_to_say_the_same_asks_for_a_patch():
    comparison = diff(fields(a={"type": ["string", "null"]}), fields(a={"anyOf": [{"type": "null"}, TEXT, TEXT]}))
    assert verdicts(comparison) == ("yes", "yes")
    assert comparison.bump == "patch"


def test_a_change_that_breaks_only_together_with_another_is_blamed_all_the_same():
    old = {**fields(a=TEXT, b=TEXT), "additionalProperties": True, "required": ["b"]}
    new = {**fields(a=TEXT), "additionalProperties": False}
    comparison = diff(old, new)
    assert comparison.backward == "no"
    assert any("backward" in change.breaks for change in comparison.changes)


def test_an_unknown_asks_for_a_major_version():
    comparison = diff(
        fields(a={"type": "string", "pattern": r"^(a+)\1$"}), fields(a={"type": "string", "pattern": "^(aa)+$"})
    )
    assert comparison.backward == "unknown"
    assert comparison.reasons["backward"]
    assert comparison.bump == "major"
    assert [change.kind for change in comparison.changes] == ["pattern-changed"]


# the document


def test_the_json_document_has_just_the_members_that_are_promised():
    old = PageSchema.from_value(fields(a=NUMBER), name="invoice")
    comparison = diff(old, fields(a=WHOLE))
    document = json.loads(json.dumps(comparison.as_json()))
    assert document == {
        "old": "invoice",
        "new": None,
        "backward": "no",
        "forward": "yes",
        "bump": "major",
        "changes": [
            {
                "pointer": "/properties/a",
                "kind": "type-changed",
                "message": "field 'a' was number and is now integer",
                "breaks": ["backward"],
                "witness": {"a": 0.5},
            }
        ],
        "witnesses": {"backward": {"a": 0.5}},
    }


def test_boolean_schemas_are_compared_too():
    assert verdicts(diff(True, False)) == ("no", "yes")
    assert verdicts(diff(False, True)) == ("yes", "no")
    assert diff(True, False).changes


@pytest.mark.parametrize(
    "schema",
    [{"type": "strng"}, {"properties": []}, {"$ref": "https://example.com/x.json"}, {"pattern": "("}],
)
def test_what_is_no_schema_is_refused(schema):
    with pytest.raises(InvalidSchema):
        diff(schema, {})


def test_nesting_without_end_is_refused():
    deep = {}
    for _ in range(3_000):
        deep = {"items": deep}
    with pytest.raises(InvalidSchema, match="nested deeper"):
        diff({}, deep)


def test_a_reading_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="declared"):
        diff({}, {}, content="closed")


def test_a_hostile_schema_ends_in_unknown():
    levels = {f"d{i}": {"allOf": [{"$ref": f"#/$defs/d{i + 1}"}, {"$ref": f"#/$defs/d{i + 1}"}]} for i in range(30)}
    schema = {"$ref": "#/$defs/d0", "$defs": {**levels, "d30": TEXT}}
    assert verdicts(diff(schema, {**schema, "$defs": {**levels, "d30": NUMBER}})) == ("unknown", "unknown")


def test_two_undescribed_optional_fields_of_one_type_are_no_rename():
    old = {"type": "object", "properties": {"note": {"type": "string"}}}
    new = {"type": "object", "properties": {"currency": {"type": "string"}}}
    assert {change.kind for change in diff(old, new).changes} == {"field-removed", "field-added"}
    described = {"type": "string", "description": "Free text under the table."}
    old["properties"]["note"] = new["properties"]["currency"] = described
    assert [change.kind for change in diff(old, new).changes] == ["field-renamed"]
