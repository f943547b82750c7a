"""pageschema diff."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer, answer_json, answer_text, format_option, read_stdin
from pageschema.config import Requirement


@click.command("diff")
@click.argument("old", shell_complete=completing.targets)
@click.argument("new", required=False, shell_complete=completing.targets)
@format_option("text", "json", "markdown")
@click.option(
    "--require", type=click.Choice(["backward", "forward", "full"]), help="Fail where the verdict is not yes."
)
@click.option(
    "--content",
    type=click.Choice(["declared", "open"]),
    default="declared",
    show_default=True,
    help="Whether a writer fills only the fields it declares, or any, as JSON Schema has it to the letter.",
)
def command(old: str, new: str | None, output: str, require: Requirement | None, content: str) -> int:
    """Say what changed from OLD to NEW, and who breaks, with an instance that shows it.

    OLD and NEW are models, JSON files, JSON files of another revision of git (main:path/to/file.json), or frozen
    versions (name, name@1.2.0). With the NAME of a schema alone, or one version of it, that version, else the latest,
    is compared with its model.
    """
    from pageschema.project.comparing import compare
    from pageschema.project.project import Project
    from pageschema.report import comparison_markdown, comparison_text

    targets = [old] if new is None else [old, new]
    compared = compare(Project.here(), targets, content=content, require=require, stdin=read_stdin(targets))
    if output == "json":
        answer_json(compared.comparison.as_json())
    elif output == "markdown":
        answer(comparison_markdown(compared.comparison))
    else:
        answer_text(comparison_text, compared.comparison)
    return int(bool(compared.unmet))
