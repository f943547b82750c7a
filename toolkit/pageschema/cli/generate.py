"""pageschema generate."""

from __future__ import annotations

from typing import Any

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer, answer_json, profile_option, read_stdin


@click.command("generate")
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...", shell_complete=completing.targets)
@click.option(
    "--form",
    type=click.Choice(["datalab", "pydantic"]),
    default="datalab",
    show_default=True,
    help="The form the API serves best, or Pydantic's own with the root put right.",
)
@profile_option
def command(targets: tuple[str, ...], form: Any, profile: str) -> int:
    """Print the page schema of a model, exactly as it is sent.

    With several models one JSON object is printed, a member for each. With --profile, in the form that another API
    wants; what gets lost on the way is said on stderr.
    """
    from pageschema.project.authoring import generated
    from pageschema.project.project import Project

    if form != "datalab" and profile != "datalab":
        raise click.UsageError("--form goes with the profile datalab: leave one of the two out")
    found = generated(Project.here(), targets, form=form, profile=profile, stdin=read_stdin(targets))
    for each in found:
        for warning in (*each.lost, *each.amiss):
            click.echo(f"warning: {each.schema.name}: {warning}", err=True)
    schemas = [each.schema for each in found]
    if len(schemas) == 1:
        answer(schemas[0].text)
    else:
        answer_json({schema.name: schema.value for schema in schemas})
    return 0
