"""Where a finding stands, as other tools want it: a relative path, and a fingerprint that survives moved lines."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePath

from pageschema import jsontext
from pageschema.finding import Finding

NOWHERE = "-"
"""Stands for the file where there is none: what came through standard input, or a value."""


def relative(file: str, root: str | None = None) -> str:
    """Return *file* with ``/`` between its parts, relative to *root* where it lies below it."""
    path = PurePath(file)
    return (path.relative_to(root) if root and path.is_relative_to(root) else path).as_posix()


def place(finding: Finding) -> str:
    """Return where to look, as editors and terminals open it: ``file:line``, else ``file#/pointer``."""
    origin = finding.origin
    if origin.file and origin.line:
        return f"{origin.file}:{origin.line}"
    return f"{origin.file or ''}#{finding.pointer}" if finding.pointer or not origin.file else origin.file


def fingerprints(findings: Iterable[Finding], root: str | None = None) -> list[str]:
    """Return for each finding a text that no other has and that stays when lines move or words change.

    Findings of one rule at one place are told apart by their order.
    """
    seen: Counter[str] = Counter()
    texts = []
    for finding in findings:
        file = relative(finding.origin.file or NOWHERE, root)
        known_by = [finding.code, finding.pointer, finding.origin.model, finding.origin.field, file]
        identity = jsontext.digest(json.dumps(known_by))[:32]
        seen[identity] += 1
        texts.append(f"{identity}:{seen[identity]}")
    return texts
