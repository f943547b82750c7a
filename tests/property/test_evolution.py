"""Laws of comparing, over schemas like those that Pydantic writes, changed in one place or in a few."""

from __future__ import annotations

import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from pageschema.evolution import diff
from pageschema.evolution.closing import declared
from pageschema.schema import Judge

NAMES = ("a", "b", "c", "d")
MODELS = ("Node", "Item")
TEXTS = ["", "a", "ABC", "abcdef", "1234", "x"]
NOTES = {"title": "T", "description": "some words", "default": None, "examples": [1]}

SCALARS = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 5},
        {"type": "string", "minLength": 1, "maxLength": 10},
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[A-Z]{3}$"},
        {"type": "string", "enum": ["a", "x"]},
        {"type": "string", "enum": ["a"]},
        {"const": "x", "type": "string"},
        {"type": "integer"},
        {"type": "integer", "minimum": 0},
        {"type": "number"},
        {"type": "number", "exclusiveMaximum": 10.5},
        {"type": "boolean"},
        {},
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+$"}]},
    ]
)
REFERENCES = st.sampled_from(MODELS).map(lambda name: {"$ref": f"#/$defs/{name}"})
PLAIN = st.one_of(
    SCALARS,
    REFERENCES,
    (SCALARS | REFERENCES).map(lambda items: {"type": "array", "items": items}),
    SCALARS.map(lambda items: {"type": "array", "items": items, "uniqueItems": True, "minItems": 1}),
    st.lists(SCALARS, min_size=2, max_size=2).map(
        lambda items: {"type": "array", "prefixItems": items, "minItems": 2, "maxItems": 2}
    ),
    (SCALARS | REFERENCES).map(lambda values: {"type": "object", "additionalProperties": values}),
)
FIELDS = PLAIN | PLAIN.map(lambda field: {"anyOf": [field, {"type": "null"}]})


@st.composite
def models(draw):
    properties = draw(st.dictionaries(st.sampled_from(NAMES), FIELDS, min_size=1, max_size=3))
    required = draw(st.lists(st.sampled_from(sorted(properties)), unique=True))
    closed = draw(st.sampled_from([{}, {}, {"additionalProperties": False}, {"additionalProperties": True}]))
    return {"type": "object", "properties": properties, **({"required": required} if required else {}), **closed}


@st.composite
def schemas(draw):
    return {**draw(models()), "$defs": {name: draw(models()) for name in MODELS}}


@st.composite
def changed(draw, schema):
    """Change one model of *schema* as an author might."""
    schema = copy.deepcopy(schema)
    model = draw(st.sampled_from([schema, *schema["$defs"].values()]))
    name = draw(st.sampled_from(sorted(model["properties"]) or ["a"]))
    changes = ["add", "remove", "replace", "require", "rename", "close", "null"]
    what = draw(st.sampled_from(changes)) if model["properties"] else "add"
    required = [other for other in model.get("required", []) if other != name]
    if what == "add":
        model["properties"]["e"] = draw(FIELDS)
    elif what == "remove":
        del model["properties"][name]
        model["required"] = required
    elif what == "replace":
        model["properties"][name] = draw(FIELDS)
    elif what == "require":
        model["required"] = required if name in model.get("required", []) else [*required, name]
    elif what == "rename":
        model["properties"]["e"] = model["properties"].pop(name)
        model["required"] = sorted({*required, "e"}) if name in model.get("required", []) else required
    elif what == "close":
        model["additionalProperties"] = draw(st.booleans())
    else:
        model["properties"][name] = {"anyOf": [model["properties"][name], {"type": "null"}]}
    return schema


@st.composite
def pairs(draw):
    old = draw(schemas())
    new = draw(changed(old))
    return old, draw(changed(new)) if draw(st.booleans()) else new


def instances(schema, root, depth=3):
    """Instances of a schema, and near misses: what a sampler finds that knows nothing of the solver."""
    if depth < 0 or schema in (True, {}):
        return st.sampled_from([None, 0, "a", [], {}])
    if "$ref" in schema:
        return st.deferred(lambda: instances(root["$defs"][schema["$ref"].rpartition("/")[2]], root, depth - 1))
    if "anyOf" in schema:
        return st.one_of([instances(branch, root, depth) for branch in schema["anyOf"]])
    if "const" in schema:
        return st.just(schema["const"])
    if schema["type"] == "object":
        values = schema.get("additionalProperties", True)
        own = {name: instances(part, root, depth - 1) for name, part in schema.get("properties", {}).items()}
        required = {name: own.pop(name) for name in schema.get("required", []) if name in own}
        if "properties" not in schema and isinstance(values, dict):
            return st.dictionaries(st.sampled_from(NAMES), instances(values, root, depth - 1), max_size=2)
        return st.fixed_dictionaries(required, optional=own)
    if schema["type"] == "array":
        if "prefixItems" in schema:
            return st.tuples(*(instances(part, root, depth - 1) for part in schema["prefixItems"])).map(list)
        return st.lists(instances(schema["items"], root, depth - 1), max_size=2)
    return st.sampled_from(
        {
            "string": schema.get("enum", TEXTS),
            "integer": [0, -1, 3, 11],
            "number": [0, 0.5, -1, 10.5, 11],
            "boolean": [True, False],
            "null": [None],
        }[schema["type"]]
    )


def annotated(schema):
    """The same schema with its keys the other way round and annotations everywhere."""
    if isinstance(schema, list):
        return [annotated(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    turned = {key: annotated(value) for key, value in reversed(schema.items())}
    names_properties = all(isinstance(value, dict) for value in schema.values())
    return turned if names_properties else {**turned, **NOTES}


@given(schemas(), st.sampled_from(["declared", "open"]))
@settings(max_examples=50, deadline=None)
def test_a_schema_against_itself_breaks_nobody_and_shows_no_change(schema, content):
    comparison = diff(schema, copy.deepcopy(schema), content=content)
    assert (comparison.backward, comparison.forward, comparison.bump) == ("yes", "yes", "none")
    assert comparison.changes == ()


@given(pairs(), st.sampled_from(["declared", "open"]))
@settings(max_examples=100, deadline=None)
def test_forward_is_backward_seen_from_the_other_side(pair, content):
    old, new = pair
    there, back = diff(old, new, content=content), diff(new, old, content=content)
    assert (there.backward, there.forward) == (back.forward, back.backward)


@given(pairs(), st.sampled_from(["declared", "open"]))
@settings(max_examples=150, deadline=None)
def test_a_witness_can_come_back_under_the_one_side_and_is_refused_by_the_other(pair, content):
    old, new = pair
    comparison = diff(old, new, content=content)
    for way, writer, reader in (("backward", old, new), ("forward", new, old)):
        assert (getattr(comparison, way) == "no") == (way in comparison.witnesses)
        if way in comparison.witnesses:
            witness = comparison.witnesses[way]
            assert Judge(writer, formats=False).accepts(witness)
            assert content == "open" or Judge(declared(writer), formats=False).accepts(witness)
            assert not Judge(reader, formats=False).accepts(witness)
            assert any(way in change.breaks for change in comparison.changes)


@given(pairs(), st.sampled_from(["declared", "open"]), st.data())
@settings(max_examples=150, deadline=None)
def test_no_sampled_instance_contradicts_a_yes(pair, content, data):
    old, new = pair
    comparison = diff(old, new, content=content)
    for way, writer, reader in (("backward", old, new), ("forward", new, old)):
        if getattr(comparison, way) == "yes":
            handed_out = Judge(writer if content == "open" else declared(writer), formats=False)
            for instance in data.draw(st.lists(instances(writer, writer), max_size=5)):
                if handed_out.accepts(instance):
                    assert Judge(reader, formats=False).accepts(instance)


@given(pairs())
@settings(max_examples=60, deadline=None)
def test_key_order_and_annotations_never_change_a_verdict(pair):
    old, new = pair
    plain, noted = diff(old, new), diff(annotated(old), annotated(new))
    assert (plain.backward, plain.forward, plain.bump) == (noted.backward, noted.forward, noted.bump)


@given(pairs())
@settings(max_examples=100, deadline=None)
def test_no_change_of_meaning_goes_unlisted(pair):
    old, new = pair
    comparison = diff(old, new)
    if (comparison.backward, comparison.forward) != ("yes", "yes"):
        assert comparison.changes
    if not comparison.changes:
        assert comparison.bump == "none"
