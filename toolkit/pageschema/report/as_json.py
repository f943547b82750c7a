"""JSON for scripts: one document, without loss, and safe to print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pageschema import jsontext
from pageschema.finding import Finding


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """Return *value* as a JSON document that ends in a line feed.

    Control and bidirectional characters stand as escapes: a parser reads the same value, a terminal obeys none.
    """
    text = jsontext.dumps(value, indent=indent)
    if not text.replace("\n", "").isprintable():
        text = "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return text + "\n"


def findings_json(findings: Sequence[Finding]) -> str:
    """Return findings as an array of what `Finding.as_json` gives."""
    return json_text([finding.as_json() for finding in findings])
