"""Requests to the extract endpoint: valid ones as the common case, and valid ones broken in one place.

hypothesis-jsonschema makes each scalar form field from the contract's own field schema, where it is sound with every
Hypothesis; object schemas, on which its 0.23.1 fails, are never given to it.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from pageschema.contract import Answer, Clause, Contract, Draft, Request, apply_patch
from pageschema.strategies import schemas as page_schema_values
from pageschema.strategies.documents import UPLOADS

MINIMAL_SCHEMA: Mapping[str, Any] = {"type": "object", "properties": {"total": {"type": "number"}}}
OPTIONAL = (
    "mode", "extraction_mode", "output_format", "max_pages", "page_range", "save_checkpoint", "skip_cache",
    "webhook_url", "processing_location", "workflowstepdata_id",
)  # fmt: skip


def minimal_draft() -> Draft:
    """Return the smallest request that the contract accepts: a one-page PDF and a schema of one field."""
    return Draft(fields={"page_schema": {"json": dict(MINIMAL_SCHEMA)}}, files={"file": UPLOADS[0]})


def valid_drafts(
    contract: Contract, *, resources: Mapping[str, str], schemas: st.SearchStrategy[Any] | None = None
) -> st.SearchStrategy[Draft]:
    """Return drafts that the contract accepts or, for fields that name things it cannot know, leaves open.

    Args:
        resources: What exists at the target, by field name; without ``schema_id`` every draft carries a page_schema.
        schemas: Values for page_schema.
    """
    # All strategies are built here, once: one built within a draw is validated anew in each draw.
    sources = st.sampled_from(["file", "file", "file", *(n for n in ("checkpoint_id", "file_url") if n in resources)])
    uploads = st.sampled_from(UPLOADS)
    saved = st.sampled_from([False, False, False, "schema_id" in resources])
    pinned = st.sampled_from([False, "schema_version" in resources])
    page_schema = schemas if schemas is not None else page_schema_values.values()
    usable = [name for name in OPTIONAL if name != "webhook_url" or name in resources]
    names = st.lists(st.sampled_from(usable), unique=True, max_size=4)
    optional = {
        name: st.just(resources[name]) if name in resources else field_values(contract, name) for name in usable
    }

    @st.composite
    def drafts(draw: st.DrawFn) -> Draft:
        source = draw(sources)
        fields: dict[str, Any] = {} if source == "file" else {source: resources[source]}
        if not draw(saved):
            fields["page_schema"] = {"json": draw(page_schema)}
        else:
            fields["schema_id"] = resources["schema_id"]
            if draw(pinned):
                fields["schema_version"] = int(resources["schema_version"])
        for name in draw(names):
            if name == "processing_location" and source != "file_url":
                continue
            if (name, source) == ("mode", "checkpoint_id"):
                continue
            value = draw(optional[name])
            if value is not None:
                fields[name] = value
        return Draft(fields=fields, files={"file": draw(uploads)} if source == "file" else {})

    return drafts()


@st.composite
def broken_drafts(
    draw: st.DrawFn,
    contract: Contract,
    *,
    clause: Clause,
    valid: st.SearchStrategy[Draft],
    resources: Mapping[str, str],
) -> Draft:
    """Return a valid draft changed by one of the clause's `breaks`, so that it breaks this clause and no other."""
    patch = draw(st.sampled_from(clause.breaks))

    def breaks_it(draft: Draft) -> bool:
        ruling = contract.judge(draft.encode(), resources=resources)
        return ruling.answer is Answer.REJECT and ruling.clauses == (clause.id,)

    return draw(valid.map(lambda draft: apply_patch(draft, patch, resources=resources)).filter(breaks_it))


def extract_requests(
    contract: Contract | None = None, *, resources: Mapping[str, str] | None = None
) -> st.SearchStrategy[Request]:
    """Return a strategy of requests to /api/v1/extract, two in three valid, the rest broken in one place.

    Args:
        contract: By default the contract that ships with pageschema.
        resources: What exists at the target, by field name: ``schema_id``, ``checkpoint_id``, ``file_url``.
    """
    known = contract or Contract.load()
    things = resources or {}
    valid = valid_drafts(known, resources=things)
    broken = [
        broken_drafts(known, clause=clause, valid=valid, resources=things) for clause in known.clauses if clause.binding
    ]
    return st.sampled_from([valid, valid, st.one_of(broken)]).flatmap(lambda drafts: drafts).map(Draft.encode)


def field_values(contract: Contract, name: str) -> st.SearchStrategy[Any]:
    """Return values for one optional form field that keep every clause on it; None means: leave the part out.

    Null has no form in multipart, so where the declared schema admits it the part is left out.
    """
    if name == "page_range":
        return st.sampled_from(("0", "0-0"))
    if name == "webhook_url":
        return st.just("https://hooks.example.com/done")
    from hypothesis_jsonschema import from_schema

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return from_schema(field_schema(contract, name))


def field_schema(contract: Contract, name: str) -> dict[str, Any]:
    """Return the declared schema of a form field together with what every clause says of it."""
    declared = contract.body_schema["properties"][name]
    said = [
        clause.schema.get("then", {}).get("properties", {}).get("fields", {}).get("properties", {}).get(name)
        for clause in contract.clauses
    ]
    return {"allOf": [declared, *(schema for schema in said if schema is not None)]}
