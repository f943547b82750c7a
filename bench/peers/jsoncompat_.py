"""jsoncompat, as its Python package has it: a new reader (deserializer) of what was written before."""

from __future__ import annotations

import json

import jsoncompat
from worker import serve


def ask(writer, reader):
    found = jsoncompat.analyze_compat(json.dumps(writer), json.dumps(reader), "deserializer")
    return {"compatible": True, "incompatible": False}.get(found["status"])


serve(ask)
