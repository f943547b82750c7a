"""pageschema explain."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer_json, answer_text, format_option


@click.command("explain")
@click.argument("name", required=False)
@format_option("text", "json")
def command(name: str | None, output: str) -> int:
    """Say what a rule, clause, change kind, check or fault means, why, its source, a bad and a good example.

    NAME is its name or code; without one, all are listed.
    """
    from pageschema.project.project import Project
    from pageschema.project.units import unit, units
    from pageschema.report import explain_text, units_text

    project = Project.here()
    if output == "json":
        answer_json([each.as_json() for each in (units(project) if name is None else [unit(project, name)])])
    elif name is None:
        answer_text(units_text, units(project))
    else:
        answer_text(explain_text, unit(project, name))
    return 0
