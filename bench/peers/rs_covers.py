"""jsonschema-rs: whether the reader's canonical form covers the writer's."""

from __future__ import annotations

import jsonschema_rs
from jsonschema_rs.canonical import Containment
from worker import serve


def ask(writer, reader):
    old, new = (jsonschema_rs.canonicalize(one, draft=jsonschema_rs.Draft202012) for one in (writer, reader))
    return {Containment.YES: True, Containment.NO: False}.get(new.covers(old))


serve(ask)
