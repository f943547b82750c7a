"""pageschema freeze."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, progress
from pageschema.config import Requirement


@click.command("freeze")
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completing.schemas)
@format_option("text", "json")
@click.option(
    "--require",
    type=click.Choice(["backward", "forward", "full"]),
    help="Refuse a version that does not keep this. backward: new readers take stored extractions; forward: old "
    "readers take new ones.",
)
@click.option(
    "--transitive/--no-transitive",
    default=None,
    help="Judge a version against every earlier one, not the latest alone.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def command(
    names: tuple[str, ...], output: str, require: Requirement | None, transitive: bool | None, dry_run: bool
) -> int:
    """Write the next immutable version of each drifted model, with its verdict.

    Without a NAME, every schema that has a model is looked at. The number goes by the latest version. A configured
    reader that breaks is told; where forward or full is required, such a version is refused.
    """
    from pageschema.project.freezing import freeze
    from pageschema.project.project import Project
    from pageschema.report import freeze_text

    with progress():
        rows = freeze(Project.here(), names, require=require, transitive=transitive, dry_run=dry_run)
    if output == "json":
        answer_json([row.as_json() for row in rows])
    else:
        answer_text(freeze_text, [row.as_json() for row in rows])
    return int(any(row.state == "refused" for row in rows))
