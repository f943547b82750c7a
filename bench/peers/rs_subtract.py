"""jsonschema-rs: what the writer's canonical form holds and the reader's does not."""

from __future__ import annotations

import jsonschema_rs
from jsonschema_rs.canonical import Satisfiability
from worker import serve


def ask(writer, reader):
    old, new = (jsonschema_rs.canonicalize(one, draft=jsonschema_rs.Draft202012) for one in (writer, reader))
    found = old.subtract(new).satisfiability()
    return {Satisfiability.NO: True, Satisfiability.YES: False}.get(found)


serve(ask)
