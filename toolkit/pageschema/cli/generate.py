"""pageschema generate."""

from __future__ import annotations

from typing import Any

import click

from pageschema.cli.shell import answer, answer_json, read_stdin


@click.command("generate")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@click.option(
    "--form",
    type=click.Choice(["datalab", "pydantic"]),
    default="datalab",
    show_default=True,
    help="The form the API serves best, or Pydantic's own with the root put right.",
)
def command(targets: tuple[str, ...], form: Any) -> int:
    """Print the page schema of a model, exactly as it is sent.

    With several models one JSON object is printed, a member for each.
    """
    from pageschema.project.authoring import generated
    from pageschema.project.project import Project

    schemas = generated(Project.here(), targets, form=form, stdin=read_stdin(targets))
    if len(schemas) == 1:
        answer(schemas[0].text)
    else:
        answer_json({schema.name: schema.value for schema in schemas})
    return 0
