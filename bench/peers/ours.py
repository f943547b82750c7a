"""This project: both directions, every change and its witness, of which one verdict is asked."""

from __future__ import annotations

from worker import serve

from pageschema.evolution import diff


def ask(writer, reader):
    return {"yes": True, "no": False}.get(diff(writer, reader, content="open").backward)


serve(ask)
