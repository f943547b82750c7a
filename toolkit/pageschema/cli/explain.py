"""pageschema explain."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option


@click.command("explain")
@click.argument("name", required=False, shell_complete=completing.explained)
@format_option("text", "json")
def command(name: str | None, output: str) -> int:
    """Say what a rule, clause, change kind, check or fault means, why, its source, a bad and a good example.

    NAME is its name or code; without one, all are listed.
    """
    from pageschema.project.project import Project
    from pageschema.project.units import units, units_called
    from pageschema.report import explain_text, units_text

    project = Project.here()
    found = units(project) if name is None else units_called(project, name)
    if output == "json":
        answer_json([each.as_json() for each in found])
    elif name is None:
        answer_text(units_text, found)
    else:
        for each in found:
            answer_text(explain_text, each)
    return 0
