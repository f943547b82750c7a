"""The deterministic part of a run: every clause kept and broken, from known-good requests, before anything random."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pageschema.contract import Answer, Contract, Draft, apply_patch
from pageschema.strategies import UPLOADS, minimal_draft

KEPT: Mapping[str, Sequence[Any]] = {
    "mode": ("fast", "balanced", "accurate"),
    "extraction_mode": ("fast", "balanced"),
    "output_format": ("markdown", "html", "json"),
    "max_pages": (1, 2, 7000),
    "page_range": ("0", "0-0"),
    "save_checkpoint": ("true", "false", "True", "False"),
    "skip_cache": ("true", "false", "True", "False"),
    "workflowstepdata_id": (1, 7, 42, 1_000, 99_999),
}
"""For each optional field values that keep the clauses on it, in the spellings of the documentation and the SDK."""
RANGES = ("0-2", "0,2", "1")
"""Ranges of a document of three pages."""
SILENT: Mapping[str, Sequence[str]] = {
    "max_pages": ("0", "-1", "2147483648", "9223372036854775808", "+5"),
    "page_range": ("1-0", "0-", "-1", "9999", "0,0", " 0 , 1 ", "\u00b2", "99999999999999999999"),
    "save_checkpoint": ("1", "yes", "on"),
    "mode": ("turbo",),
    "extraction_mode": ("turbo",),
    "output_format": ("chunks", "docx"),
    "webhook_url": ("not a url", "https://hooks.invalid/done", "file:///etc/hostname"),
    "schema_version": ("-1",),
    "language": ("en",),
}
"""Values that no clause speaks of, at the bounds of integers and in the spellings of other parsers."""
SILENT_SCHEMAS = (
    '{"properties": {}}',
    '{"properties": {"total": {"type": "money"}}}',
    '{"properties": {"total": {"$ref": "#/$defs/Missing"}}}',
    '{"properties": {"total": {"$ref": "https://schemas.invalid/total.json"}}}',
    '{"properties": {"total": {"type": ["number", "null"], "maximum": NaN}}}',
    '{"properties": {"total": {"minimum": 1, "maximum": 0, "type": "number"}}, "required": ["total"]}',
    '{"properties": {"total": {"type": "string", "pattern": "^(a+)+$"}}}',
    '{"properties": {"total": true, "other": false}}',
    '{"properties": {"": {}, "total": {}, "total": {"type": "string"}}}',
    '{"properties": {"total": {"type": "number"}}, "$schema": "http://json-schema.org/draft-07/schema#"}',
    '{"properties": ' + '{"a": {"properties": ' * 150 + "{}" + "}}" * 150 + "}",
    '{"properties": {"total": {"description": "' + "long " * 30_000 + '"}}}',
    '\ufeff{"properties": {"total": {"type": "number"}}}',
)
"""Page schemas that no clause speaks of: empty, invalid, unsatisfiable, deep, large, referring to nothing."""


RECURSIVE_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}},
    "$defs": {
        "Part": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}},
        }
    },
}
FOREIGN_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"Währung": {"type": "string", "description": "numéro, 通貨"}, "合計": {"type": "number"}},
    "required": ["合計"],
}


PYDANTIC_SCHEMA: Mapping[str, Any] = {
    "$defs": {
        "Line": {
            "properties": {
                "amount": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None, "title": "Amount"},
                "unit": {"enum": ["piece", "hour"], "title": "Unit", "type": "string"},
            },
            "required": ["unit"],
            "title": "Line",
            "type": "object",
        }
    },
    "properties": {"lines": {"items": {"$ref": "#/$defs/Line"}, "title": "Lines", "type": "array"}},
    "required": ["lines"],
    "title": "Invoice",
    "type": "object",
}
"""As Pydantic writes it, which is what the upstream asks for."""
LARGE_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        f"box_{number}": {
            "type": "string",
            "description": f"What stands in box {number} of the form. " + "As printed. " * 5,
        }
        for number in range(150)
    },
}


KINDS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "number": {"type": "string"},
        "paid": {"type": "boolean"},
        "copies": {"type": "integer"},
        "currency": {"type": "string", "enum": ["EUR", "USD"]},
        "tags": {"type": "array", "items": {"type": "string"}},
        "seller": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "vat": {"type": "string"}},
            "required": ["name"],
        },
        "lines": {
            "type": "array",
            "items": {"type": "object", "properties": {"amount": {"type": "number"}}, "required": ["amount"]},
        },
    },
    "required": ["number", "paid", "copies", "currency", "seller"],
}
"""Each type of value once."""


def _nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        inner = {"type": "object", "properties": {"inner": inner}}
    return inner


NESTED_SCHEMA: Mapping[str, Any] = _nested(12)


def bases(resources: Mapping[str, str], schemas: Sequence[Mapping[str, Any]]) -> tuple[Draft, ...]:
    """Return valid requests, the minimal one first: each source of the document and of the schema that is known.

    Those that differ most come early: a JSON body, say, can only be taken by mistake where it needs no upload.
    """
    minimal = minimal_draft()
    sources = [name for name in ("checkpoint_id", "file_url") if name in resources]
    drafts = [minimal, *(Draft(fields={name: resources[name], **minimal.fields}) for name in sources)]
    pinned: dict[str, Any] = {}
    if "schema_id" in resources:
        saved = {"schema_id": resources["schema_id"]}
        drafts.append(Draft(fields=saved, files=minimal.files))
        if "schema_version" in resources:
            pinned = saved | {"schema_version": int(resources["schema_version"])}
            drafts.append(Draft(fields=pinned, files=minimal.files))
    drafts += [replace(minimal, files={"file": upload}) for upload in UPLOADS[1:]]
    drafts += [
        replace(minimal, fields={"page_schema": {"json": schema}})
        for schema in (
            KINDS_SCHEMA,
            PYDANTIC_SCHEMA,
            RECURSIVE_SCHEMA,
            FOREIGN_SCHEMA,
            NESTED_SCHEMA,
            LARGE_SCHEMA,
            *schemas,
        )
    ]
    drafts += [Draft(fields=pinned, files={"file": upload}) for upload in UPLOADS[1:] if pinned]
    return tuple(drafts)


def kept(resources: Mapping[str, str], known: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the known-good requests, and the minimal one with each optional field in each of its spellings."""
    yield from known
    minimal = known[0]
    for name, values in KEPT.items():
        for value in values:
            yield replace(minimal, fields={**minimal.fields, name: value})
    for pages in RANGES:
        yield replace(minimal, fields={**minimal.fields, "page_range": pages}, files={"file": UPLOADS[1]})
    if "webhook_url" in resources:
        yield replace(minimal, fields={**minimal.fields, "webhook_url": resources["webhook_url"]})
    for name in KEPT:
        # An empty part may mean an absent one, so nothing is ruled; the server must stand it all the same.
        yield replace(minimal, fields={**minimal.fields, name: ""})
    if "file_url" in resources:
        for location in ("us", "eu"):
            fields = {**minimal.fields, "file_url": resources["file_url"], "processing_location": location}
            yield Draft(fields=fields)


def silent() -> Iterator[Draft]:
    """Yield requests on which the contract is silent: a server may take or refuse them, and must stand them.

    Nothing named here can be reached: the webhook's host is of a domain that is never resolved (RFC 6761, ``invalid``).
    """
    minimal = minimal_draft()
    for name, values in SILENT.items():
        for value in values:
            yield replace(minimal, fields={**minimal.fields, name: value})
    for text in SILENT_SCHEMAS:
        yield replace(minimal, fields={"page_schema": {"text": text}})


def broken(
    contract: Contract, resources: Mapping[str, str], known: Sequence[Draft], *, times: int = 5
) -> Iterator[Draft]:
    """Yield known-good requests that break one clause each.

    First every patch of every binding clause on the minimal request, then on the others until each clause is broken
    *times* times.
    """
    counts = {clause.id: 0 for clause in contract.clauses if clause.binding}
    seen: set[bytes] = set()
    for rank, base in enumerate(known):
        for clause in contract.clauses:
            if not clause.binding or (rank > 0 and counts[clause.id] >= times):
                continue
            for patch in clause.breaks:
                draft = apply_patch(base, patch, resources=resources)
                request = draft.encode()
                ruling = contract.judge(request, resources=resources)
                mark = repr((request.headers, request.body)).encode()
                if ruling.answer is Answer.REJECT and ruling.clauses == (clause.id,) and mark not in seen:
                    seen.add(mark)
                    counts[clause.id] += 1
                    yield draft
