import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pageschema import jsontext
from pageschema.errors import InvalidJSON, InvalidSchema
from pageschema.finding import Origin
from pageschema.linting.vocabulary import KEYWORDS
from pageschema.schema import (
    Judge,
    PageSchema,
    compiles,
    is_plainly_valid,
    local_target,
    map_schema,
    metaschema_fault,
    metaschema_faults,
    second_opinion,
    walk,
)

# ---- walking -------------------------------------------------------------------------------------------------------

TRAP = {
    "type": "object",
    "properties": {
        "default": {"type": "string", "default": {"properties": {"no": {}}}},
        "$ref": {"type": "array", "items": {"enum": [{"properties": {"no": {}}}]}},
        "properties": {"properties": {"deep": True}},
        "items": {"prefixItems": [{"const": {"items": {}}}, False], "items": {"examples": [{"not": {}}]}},
    },
    "required": ["default"],
    "$defs": {"a/b~c": {"if": {}, "then": {"not": {}}, "else": True}},
    "patternProperties": {"^x": {"propertyNames": {"pattern": "a"}}},
    "dependencies": {"a": ["b"], "c": {"minProperties": 1}},
    "additionalProperties": False,
    "anyOf": [{"$ref": "#/$defs/a~1b~0c"}, {}],
    "x-unknown": {"properties": {"no": {}}},
    "allOf": {"no": {}},
    "contains": [{"no": {}}],
}
PLACES = [
    "", "/properties/default", "/properties/$ref", "/properties/$ref/items", "/properties/properties",
    "/properties/properties/properties/deep", "/properties/items", "/properties/items/prefixItems/0",
    "/properties/items/prefixItems/1", "/properties/items/items", "/$defs/a~1b~0c", "/$defs/a~1b~0c/if",
    "/$defs/a~1b~0c/then", "/$defs/a~1b~0c/then/not", "/$defs/a~1b~0c/else", "/patternProperties/^x",
    "/patternProperties/^x/propertyNames", "/dependencies/c", "/additionalProperties", "/anyOf/0", "/anyOf/1",
]  # fmt: skip


def test_a_schema_is_walked_by_position_and_in_the_order_of_its_text():
    assert [place.pointer for place in walk(TRAP)] == PLACES


def test_a_place_says_where_it_stands():
    by_pointer = {place.pointer: place for place in walk(TRAP)}
    default, root = by_pointer["/properties/default"], by_pointer[""]
    assert (default.keyword, default.key, default.parent, default.is_property) == ("properties", "default", root, True)
    assert (by_pointer["/anyOf/1"].keyword, by_pointer["/anyOf/1"].key) == ("anyOf", 1)
    assert (by_pointer["/$defs/a~1b~0c/then/not"].key, root.parent, root.is_property) == (None, None, False)
    for pointer, place in by_pointer.items():
        assert local_target(TRAP, "#" + pointer.replace("^", "%5E")) is place.schema


def test_changing_every_schema_changes_nothing_that_only_looks_like_one():
    before = json.dumps(TRAP)
    marked = map_schema(TRAP, lambda schema: {**schema, "mark": 1})
    assert json.dumps(TRAP) == before
    found = {place.pointer for place in walk(marked) if isinstance(place.schema, dict) and "mark" in place.schema}
    assert found == {place.pointer for place in walk(TRAP) if isinstance(place.schema, dict)}
    assert json.dumps(marked).count('"mark"') == len(found)


def test_children_are_changed_before_their_parents():
    seen = []
    map_schema(
        {"properties": {"a": {"items": {"title": "c"}, "title": "b"}}, "title": "a"}, lambda s: seen.append(s["title"])
    )
    assert seen == ["c", "b", "a"]


@pytest.mark.parametrize("schema", [True, False, None, 5, "x", [], [{"type": "string"}]])
def test_what_is_no_object_has_no_schemas_inside(schema):
    assert [place.schema for place in walk(schema)] == [schema]
    assert map_schema(schema, lambda _: pytest.fail("called")) == schema


def test_a_schema_of_two_hundred_levels_is_walked():
    deep = {}
    for _ in range(200):
        deep = {"items": deep}
    assert len(list(walk(deep))) == 201
    assert map_schema(deep, lambda schema: schema) == deep


@pytest.mark.parametrize(
    ("reference", "target"),
    [("#", "root"), ("#/$defs/A", "a"), ("#/$defs/a%20b", "s"), ("#/$defs/a~1b", "t"), ("#/$defs/%C3%A9", "e")],
)
def test_a_local_reference_is_resolved_as_a_fragment(reference, target):
    names = {"A": "a", "a b": "s", "a/b": "t", "é": "e"}
    root = {"title": "root", "$defs": {name: {"title": title} for name, title in names.items()}}
    assert local_target(root, reference)["title"] == target


@pytest.mark.parametrize(
    "reference", ["", "A", "#A", "#/$defs/B", "https://example.com/#/$defs/A", "other.json", "#/%"]
)
def test_a_reference_that_leads_nowhere_here_is_a_key_error(reference):
    with pytest.raises(KeyError):
        local_target({"$defs": {"A": {}}}, reference)


# ---- page schemas --------------------------------------------------------------------------------------------------

TEXT = '{ "type":"object", "properties": {"numéro": {"type": "string"}} }\n'


def test_a_page_schema_keeps_its_text_to_the_byte():
    for given_text in (TEXT, TEXT.encode()):
        schema = PageSchema.parse(given_text, name="invoice", where="invoice.json")
        assert schema.text == TEXT
        assert schema.value == json.loads(TEXT)
        assert (schema.name, schema.origin) == ("invoice", Origin(file="invoice.json"))
        assert schema.digest == jsontext.digest(TEXT)


def test_page_schemas_are_equal_when_their_texts_are():
    one, other = PageSchema.parse(TEXT, name="a"), PageSchema.parse(TEXT, where="b.json")
    assert one == other
    assert hash(one) == hash(other)
    assert one != PageSchema.parse(TEXT + " ")


def test_a_value_is_written_in_the_order_given_and_can_be_read_back():
    value = {"required": ["b"], "type": "object", "properties": {"b": {"type": "string"}, "a": {"const": "é"}}}
    schema = PageSchema.from_value(value)
    assert schema.text.startswith('{\n  "required": [\n    "b"\n  ],\n  "type": "object",')
    assert schema.text.endswith('"const": "é"\n    }\n  }\n}\n')
    assert PageSchema.parse(schema.text) == schema


@pytest.mark.parametrize(
    ("text", "error", "what"),
    [
        ("[]", InvalidSchema, "a page schema is a JSON object, this is an array"),
        ("null", InvalidSchema, "this is null"),
        ("true", InvalidSchema, "this is a boolean"),
        ("1.5", InvalidSchema, "this is a number"),
        ('"properties"', InvalidSchema, "this is a string"),
        ("{}", InvalidSchema, "has no top-level 'properties', which /extract requires"),
        ('{"Properties": {}}', InvalidSchema, "has no top-level 'properties'"),
        ('{"properties": []}', InvalidSchema, "top-level 'properties' is an array, /extract requires an object"),
        ('{"properties": null}', InvalidSchema, "top-level 'properties' is null"),
        ("{", InvalidJSON, "is not JSON"),
        ('{"properties": {"a": ' + '{"items":' * 200 + "1" + "}" * 202, InvalidJSON, "nested deeper than 200"),
    ],
)
def test_what_extract_would_refuse_is_no_page_schema(text, error, what):
    with pytest.raises(error) as refused:
        PageSchema.parse(text, where="bad.json")
    assert what in str(refused.value)
    assert str(refused.value).startswith("bad.json")
    assert refused.value.remedy


def test_the_origin_of_a_place_is_that_of_the_nearest_property_around_it():
    origins = {"/properties/a": Origin(file="m.py", line=3), "/properties/a/properties/b": Origin(file="m.py", line=7)}
    schema = PageSchema.from_value({"properties": {"a": {}}}, origin=Origin(file="m.py", line=1), origins=origins)
    for pointer, line in [
        ("", 1), ("/type", 1), ("/properties", 1), ("/properties/ab", 1), ("/properties/a", 3),
        ("/properties/a/type", 3), ("/properties/a/properties/b/anyOf/0", 7),
    ]:  # fmt: skip
        assert schema.origin_of(pointer).line == line


# ---- judging -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer"}, 1.0, 1.5),
        ({"type": "integer"}, 10**30, True),
        ({"const": 1}, 1.0, True),
        ({"enum": [[1]]}, [1.0], [True]),
        ({"multipleOf": 0.01}, 19.99, 19.999),
        ({"format": "date"}, "2026-11-24", "24.11.2026"),
        ({"pattern": r"^\d{2}$"}, "12", "\u0661\u0662"),
        ({"pattern": "(?=.*x)^[a-z]+$"}, "axb", "ab"),
        ({"pattern": r"^(a)\1$"}, "aa", "ab"),
        ({"maxLength": 1}, "\U0001f600", "ab"),
        ({"properties": {"a": {"$ref": "#/$defs/B"}}, "$defs": {"B": {"type": "string"}}}, {"a": ""}, {"a": 1}),
        ({"additionalProperties": {"$ref": "#"}, "type": "object"}, {"a": {"a": {}}}, {"a": {"a": 1}}),
        ({"unevaluatedProperties": False, "anyOf": [{"properties": {"a": {}}}]}, {"a": 1}, {"b": 1}),
        (True, None, ...),
        (False, ..., None),
    ],
)
def test_an_instance_is_judged_by_2020_12_with_formats(schema, good, bad):
    judge = Judge(schema)
    if good is not ...:
        assert judge.accepts(good)
        assert list(judge.faults(good)) == []
    if bad is not ...:
        assert not judge.accepts(bad)
        assert list(judge.faults(bad))


def test_formats_are_annotations_where_that_is_asked_for():
    assert Judge({"format": "date"}, formats=False).accepts("tomorrow")


def test_a_fault_says_where_by_which_keyword_and_what_it_asks_for():
    schema = {"properties": {"a/b": {"items": {"anyOf": [{"type": "string"}, {"minimum": 5}]}}}, "required": ["c"]}
    by_keyword = {fault.keyword: fault for fault in Judge(schema).faults({"a/b": ["x", 3]})}
    assert by_keyword.keys() == {"anyOf", "required"}
    union = by_keyword["anyOf"]
    assert (union.pointer, union.schema_pointer) == ("/a~1b/1", "/properties/a~1b/items/anyOf")
    assert [branch[0].keyword for branch in union.context] == ["type", "minimum"]
    assert union.context[1][0].detail == {"limit": 5}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "money"},
        {"properties": []},
        {"pattern": "("},
        {"patternProperties": {"[": {}}},
        {"minLength": -1},
        {"required": "a"},
        {"$ref": "#/$defs/Gone"},
        {"$ref": "https://example.com/schema.json"},
        {"const": "\ud800"},
        None,
        5,
        "{}",
    ],
)
def test_a_schema_that_cannot_be_judged_by_is_refused_in_one_line(schema):
    with pytest.raises(InvalidSchema) as refused:
        Judge(schema, where="bad.json")
    assert str(refused.value).startswith("bad.json: ")
    assert len(refused.value.what) <= 160
    assert "\n" not in refused.value.what


def test_no_reference_is_ever_fetched():
    asked = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

    with HTTPServer(("127.0.0.1", 0), Canary) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/a.json"
        try:
            for schema in (
                {"$ref": url},
                {"$schema": url},
                {"$id": url, "$ref": "b.json"},
                {"properties": {"a": {"$ref": url + "#/x"}}},
                {"$dynamicRef": url},
            ):
                with contextlib.suppress(InvalidSchema):
                    Judge(schema).accepts({"a": 1})
                second_opinion(schema, {"a": 1})
                metaschema_fault(schema)
                list(metaschema_faults(schema))
        finally:
            server.shutdown()
            thread.join()
    assert asked == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("^(a+)+$", "a" * 50_000 + "b"), ("(?=a)^(a+)+$", "a" * 50_000 + "b"), (r"^(a|a)*\1$", "a" * 50_000 + "b")],
)
def test_a_pattern_cannot_run_away(pattern, text):
    judge = Judge({"pattern": pattern})
    assert not judge.accepts(text)
    assert [fault.keyword for fault in judge.faults(text)] == ["pattern"]


def test_deep_and_odd_instances_are_judged_or_refused_but_nothing_breaks():
    judge = Judge({"items": {"$ref": "#"}, "type": ["array", "integer"]})
    for levels in (200, 400, 5_000):
        value = "x"
        for _ in range(levels):
            value = [value]
        with contextlib.suppress(InvalidSchema):
            assert not judge.accepts(value)
            list(judge.faults(value))
    for value in ("\ud800", {1: 2}, {1, 2}, object(), b"x"):
        with pytest.raises(InvalidSchema, match="cannot be judged"):
            judge.accepts(value)


@pytest.mark.parametrize(
    ("schema", "pointer"),
    [
        ({"type": "money"}, "/type"),
        ({"properties": {"a": {"minLength": -1}}}, "/properties/a/minLength"),
        ({"properties": {"a": 5}}, "/properties/a"),
        ({"anyOf": []}, "/anyOf"),
        ({"type": "object"}, None),
        (True, None),
    ],
)
def test_what_is_wrong_with_a_schema_is_found_where_it_stands(schema, pointer):
    fault = metaschema_fault(schema)
    assert (fault.pointer if fault else None) == pointer
    assert {fault.pointer for fault in metaschema_faults(schema)} == ({pointer} if pointer else set())


def test_a_pattern_compiles_or_does_not():
    assert compiles("^[A-Z]{2}$")
    assert compiles("(?!x)y")
    assert not compiles("(")
    assert not compiles("[z-a]")


SCHEMAS = st.sampled_from(
    [
        {"type": "integer"}, {"type": ["string", "null"]}, {"minimum": 2}, {"maxLength": 2}, {"enum": [1, "a", None]},
        {"items": {"type": "integer"}}, {"required": ["a"]}, {"properties": {"a": {"type": "string"}}},
        {"additionalProperties": False}, {"uniqueItems": True}, {"contains": {"const": 1}}, {"not": {"type": "array"}},
        {"oneOf": [{"type": "integer"}, {"minimum": 1}]}, {"prefixItems": [{"type": "string"}], "items": False},
    ]
)  # fmt: skip
INSTANCES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "abc", 1.5, 2.0]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)


@given(SCHEMAS, SCHEMAS, INSTANCES)
def test_both_validators_agree(one, other, instance):
    schema = {"allOf": [one, other]}
    accepted = Judge(schema).accepts(instance)
    assert accepted is second_opinion(schema, instance)
    assert accepted is (next(Judge(schema).faults(instance), None) is None)


@pytest.mark.parametrize(
    "value",
    [None, True, 3, -1, 2.5, "number", "strng", [], ["a"], ["a", "a"], ["null", "string"], [{}], [True], [1], {},
     {"a": {}}, {"a": 1}, {"type": "string"}],
    ids=repr,
)  # fmt: skip
def test_what_is_plainly_valid_breaks_no_metaschema(value):
    for keyword in [*KEYWORDS, "no keyword"]:
        if is_plainly_valid({keyword: value}):
            assert not list(metaschema_faults({keyword: value})), keyword


def test_what_most_fields_say_is_plainly_valid():
    assert is_plainly_valid({"type": ["string", "null"], "description": "The seller", "default": None})
    assert not is_plainly_valid({"type": "strng"})
    assert not is_plainly_valid({"properties": {"total": 5}})
