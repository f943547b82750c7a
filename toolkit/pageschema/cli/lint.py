"""pageschema lint."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer, answer_text, format_option, progress, read_stdin


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@format_option("text", "json", "github", "gitlab", "sarif", "junit")
@click.option("--fix", "fixing", is_flag=True, help="Mend JSON files in place where that is safe.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def command(targets: tuple[str, ...], output: str, fixing: bool, strict: bool) -> int:
    """Find what the API, or the model behind it, will get wrong.

    Without a TARGET, every schema of the project is looked at.
    """
    from pageschema.project.authoring import lint_targets
    from pageschema.project.project import Project
    from pageschema.report import findings_report

    project = Project.here()
    with progress():
        linted = lint_targets(project, targets, fixing=fixing, stdin=read_stdin(targets))
    for file in linted.mended:
        click.echo(f"mended {file}", err=True)
    if output == "text":
        answer_text(findings_report, linted.findings, sources=linted.sources, schemas=linted.schemas)
    else:
        answer(findings_report(linted.findings, output, root=str(project.config.root), strict=strict))
    return int(linted.failing(strict=strict))
