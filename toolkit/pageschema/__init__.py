"""Extraction schemas known good before they cost a page, and extractions proven against them.

Every public name stands here, each imported when it is first used: `import pageschema` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from pageschema.deferral import defer

if TYPE_CHECKING:
    from pageschema import strategies
    from pageschema.audit import AuditOptions, AuditReport, audit_extractions
    from pageschema.client import ExtractClient
    from pageschema.conformance import (
        Conformance,
        Evidence,
        ExtractionMismatch,
        Violation,
        assert_extraction,
        check_extraction,
        conformance_schema,
        peel,
        read_result,
    )
    from pageschema.contract import Contract, Exchange, Request, Response, Ruling
    from pageschema.emulator import Emulator
    from pageschema.errors import (
        CannotGenerate,
        InvalidConfiguration,
        InvalidContract,
        InvalidJSON,
        InvalidSchema,
        InvalidTarget,
        MissingExtra,
        NoExtraction,
        PageSchemaError,
        RegistryError,
        TargetUnreachable,
    )
    from pageschema.evolution import Comparison, diff
    from pageschema.finding import Finding, Origin, Severity
    from pageschema.fuzzing import Failure, FuzzResult, fuzz
    from pageschema.generation import page_schema
    from pageschema.linting import fix, lint
    from pageschema.registry import Frozen, Registry
    from pageschema.schema import PageSchema
    from pageschema.solver import Instance, NoInstance, Unknown, find_instance
    from pageschema.typed import Extraction, parse_extraction

_HOMES = {
    "audit": ["AuditOptions", "AuditReport", "audit_extractions"],
    "client": ["ExtractClient"],
    "conformance": [
        "Conformance",
        "Evidence",
        "ExtractionMismatch",
        "Violation",
        "assert_extraction",
        "check_extraction",
        "conformance_schema",
        "peel",
        "read_result",
    ],
    "contract": ["Contract", "Exchange", "Request", "Response", "Ruling"],
    "emulator": ["Emulator"],
    "errors": [
        "CannotGenerate",
        "InvalidConfiguration",
        "InvalidContract",
        "InvalidJSON",
        "InvalidSchema",
        "InvalidTarget",
        "MissingExtra",
        "NoExtraction",
        "PageSchemaError",
        "RegistryError",
        "TargetUnreachable",
    ],
    "evolution": ["Comparison", "diff"],
    "finding": ["Finding", "Origin", "Severity"],
    "fuzzing": ["Failure", "FuzzResult", "fuzz"],
    "generation": ["page_schema"],
    "linting": ["fix", "lint"],
    "registry": ["Frozen", "Registry"],
    "schema": ["PageSchema"],
    "solver": ["Instance", "NoInstance", "Unknown", "find_instance"],
    "typed": ["Extraction", "parse_extraction"],
}
_find = defer(__name__, _HOMES)

__all__ = [
    "AuditOptions",
    "AuditReport",
    "CannotGenerate",
    "Comparison",
    "Conformance",
    "Contract",
    "Emulator",
    "Evidence",
    "Exchange",
    "ExtractClient",
    "Extraction",
    "ExtractionMismatch",
    "Failure",
    "Finding",
    "Frozen",
    "FuzzResult",
    "Instance",
    "InvalidConfiguration",
    "InvalidContract",
    "InvalidJSON",
    "InvalidSchema",
    "InvalidTarget",
    "MissingExtra",
    "NoExtraction",
    "NoInstance",
    "Origin",
    "PageSchema",
    "PageSchemaError",
    "Registry",
    "RegistryError",
    "Request",
    "Response",
    "Ruling",
    "Severity",
    "TargetUnreachable",
    "Unknown",
    "Violation",
    "assert_extraction",
    "audit_extractions",
    "check_extraction",
    "conformance_schema",
    "diff",
    "find_instance",
    "fix",
    "fuzz",
    "lint",
    "page_schema",
    "parse_extraction",
    "peel",
    "read_result",
    "strategies",
]


def __getattr__(name: str) -> Any:
    return importlib.import_module("pageschema.strategies") if name == "strategies" else _find(name)


def __dir__() -> list[str]:
    return sorted(__all__)
