"""pageschema init."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, progress


@click.command("init")
@click.argument("targets", nargs=-1, metavar="[TARGET]...", shell_complete=completing.files)
@format_option("text", "json")
def command(targets: tuple[str, ...], output: str) -> int:
    """Begin in a project that is there: find its models, name them in pyproject.toml, freeze 1.0.0, add the hooks.

    Without a TARGET (path/to/file.py:Model), the models that some code asks for a schema of are taken, else every root
    model. What is there already stays as it is, and running it again changes nothing.
    """
    from pageschema.project.beginning import begin
    from pageschema.project.project import Project
    from pageschema.report import steps_text

    with progress():
        steps = [step.as_json() for step in begin(Project.here(), targets)]
    if output == "json":
        answer_json(steps)
    else:
        answer_text(steps_text, steps)
    return int(any(step["state"] == "refused" for step in steps))
