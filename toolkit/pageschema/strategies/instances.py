"""Extractions: every shape that a page schema allows, in the API's own look."""

from __future__ import annotations

import copy
from typing import Any, Literal

from hypothesis import strategies as st
from jsonschema_rs import canonical as views

from pageschema import jsontext, pointer
from pageschema.conformance import check_extraction
from pageschema.conformance.shape import Shapes
from pageschema.errors import InvalidSchema
from pageschema.schema import Judge, PageSchema, map_schema, walk
from pageschema.solver import NoInstance, Unknown, algebra, find_instance
from pageschema.solver.outcome import Node
from pageschema.strategies.builder import Builder, sorted_out
from pageschema.strategies.declared import declared
from pageschema.strategies.part import Part
from pageschema.strategies.siblings import as_returned

LEVELS = 3
"""Levels of recursion beyond those that the smallest extraction needs."""

Siblings = Literal["none", "balanced", "fast"]

_BEYOND_THE_FORM = (
    {"$dynamicRef", "unevaluatedItems", "unevaluatedProperties"},
    {"not"},
    {"if", "then", "else"},
    {"dependentRequired", "dependentSchemas"},
    {"oneOf"},
    {"allOf", "anyOf"},
)
"""What is left to the validator where a schema has no canonical form, in order of how much is lost."""


def extractions(
    schema: PageSchema | dict[str, Any],
    *,
    siblings: Siblings = "none",
    nulls: bool = False,
) -> st.SearchStrategy[jsontext.JsonValue]:
    """Return a strategy of every shape of extraction that *schema* allows: to run whatever reads extractions on.

    Each optional property is there or not, each branch of a union is taken, texts are in any script, arrays empty or
    not, recursion goes three levels deeper than it must. An object has properties that are not declared only where the
    schema says what those are. A failure shrinks to the smallest extraction that shows it.

    Args:
        schema: What was sent. Its root is read as an object where it declares `properties`.
        siblings: The mode whose keys stand beside the fields, at every depth: ``<field>_citations`` in both, and
            ``<field>_meta`` (balanced) or ``<field>_score`` (fast). A name that is declared stays a field.
        nulls: Put null in the place of some properties that are not required, as the API does for what it does not
            find. Then an extraction need not be an instance of *schema*, and `check_extraction` takes it all the same.

    Raises:
        InvalidSchema: The schema is not valid, or nothing satisfies it.

    Source: api-overview, confidence-scoring ("Response") for siblings and null.
    """
    where = schema.name if isinstance(schema, PageSchema) else ""
    root = unshared(schema)
    Judge(root, where=where)
    made = _built(root, where)
    if siblings == "none" and not nulls:
        return made
    names = sorted({str(place.key) for place in walk(root) if place.is_property})
    returned = as_returned(made, Shapes(root).root, names, siblings, nulls=nulls)
    if not nulls:
        return returned
    # A null may decide which branch of a union is meant; where that makes a difference it is not to be had.
    return returned.filter(lambda drawn: not (isinstance(drawn, dict) and check_extraction(drawn, root)))


def unshared(schema: PageSchema | dict[str, Any]) -> Any:
    """Return a copy of the JSON value, in which no part stands in two places."""
    try:
        text = schema.text if isinstance(schema, PageSchema) else jsontext.dumps(schema)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidSchema(
            f"the schema is not JSON: {error}",
            remedy="give a PageSchema, or a dict read from JSON; of a model: page_schema(Model)",
        ) from error
    return jsontext.parse(text, max_depth=jsontext.MAX_SCHEMA_DEPTH)


def _built(root: Any, where: str) -> st.SearchStrategy[Any]:
    asked = map_schema(_as_object(root), _in_one_dialect)
    judge = Judge(asked)
    part, exact = _part(declared(asked) if isinstance(asked, dict) else asked, where)
    if part is None:
        part, exact = _part(asked, where)
    if part is not None and exact:
        return part.strategy.filter(judge.accepts)
    answer = NoInstance() if exact else find_instance(asked)
    part = sorted_out(part, judge, answer)
    if part is None:
        what = "no extraction satisfies it"
        if isinstance(answer, Unknown):
            what = f"no extraction was found that satisfies it: {answer.reason}"
        raise InvalidSchema(what, where=where, remedy="pageschema lint says which part of it nothing satisfies")
    return part.strategy


def _as_object(root: Any) -> Any:
    """Return *root* restricted to objects where it declares properties: nothing else is an extraction."""
    if not _has_properties(root):
        return root
    types = root.get("type", "object")
    return root | {"type": "object"} if types == "object" or "object" in types else root


def _in_one_dialect(schema: dict[str, Any]) -> dict[str, Any]:
    """Return *schema* without a ``$schema`` that changes nothing, and with which it would have no canonical form."""
    return schema if "$id" in schema else {keyword: schema[keyword] for keyword in schema if keyword != "$schema"}


def _part(root: Any, where: str) -> tuple[Part | None, bool]:
    """Return the instances of *root*, and whether they need no sorting out: then None proves that there is none."""
    reading, node, exact = _form(root, where)
    orders = [tuple(place.schema["properties"]) for place in walk(root) if _has_properties(place.schema)]
    builder = Builder(reading, orders=orders)
    recursions = builder.recursions(node)
    part = None
    for least in range(recursions + 1):
        part = builder.build(node, least)
        if part is not None:
            part = builder.build(node, least + LEVELS) if recursions else part
            break
    return part, exact and builder.exact


def _has_properties(schema: Any) -> bool:
    return isinstance(schema, dict) and isinstance(schema.get("properties"), dict)


def _form(root: Any, where: str) -> tuple[algebra.Algebra, Node, bool]:
    """Return the canonical form of *root*, or of what is left of it once it has one, and whether that is all of it."""
    left = root
    while True:
        form = algebra.canonicalize([left], formats=True)
        if isinstance(form, Unknown):
            raise InvalidSchema(form.reason, where=where)
        reading, (node,) = form
        view = node.view()
        if not isinstance(view, views.RawView):
            return reading, node, left is root
        fewer = [_without(left, keywords, view.pointer or "") for keywords in _BEYOND_THE_FORM]
        options = [each for each in fewer if each is not None]
        left = next(filter(_has_form, options), options[0] if options else {})


def _has_form(root: Any) -> bool:
    form = algebra.canonicalize([root], formats=True)
    return not isinstance(form, Unknown) and not isinstance(form[1][0].view(), views.RawView)


def _without(root: dict[str, Any], keywords: set[str], where: str) -> dict[str, Any] | None:
    """Return *root* without *keywords*, at the pointer *where* or else everywhere; None where it has none of them."""
    relaxed = copy.deepcopy(root)
    for schemas in ([pointer.resolve(relaxed, where)], [place.schema for place in walk(relaxed)]):
        found = [schema for schema in schemas if isinstance(schema, dict) and schema.keys() & keywords]
        for schema in found:
            for keyword in keywords:
                schema.pop(keyword, None)
        if found:
            return relaxed
    return None
