"""pageschema log."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option


@click.command("log")
@click.argument("name", shell_complete=completing.schemas)
@format_option("text", "json")
def command(name: str, output: str) -> int:
    """Show the frozen versions of a schema, and who each one broke."""
    from pageschema.project.project import Project
    from pageschema.project.steps import history
    from pageschema.report import log_text

    steps = [step.as_json() for step in history(Project.here(), name)]
    if output == "json":
        answer_json(steps)
    else:
        answer_text(log_text, steps)
    return 0
