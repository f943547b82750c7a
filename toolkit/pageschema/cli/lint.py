"""pageschema lint."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer, answer_text, format_option, profile_option, progress, read_stdin


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@format_option("text", "json", "github", "gitlab", "sarif", "junit")
@profile_option
@click.option("--fix", "fixing", is_flag=True, help="Mend JSON files in place where that is safe.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: mend also what takes a guess.")
@click.option("--diff", "previewing", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def command(
    targets: tuple[str, ...], output: str, profile: str, fixing: bool, unsafe: bool, previewing: bool, strict: bool
) -> int:
    """Find what the API, or the model behind it, will get wrong.

    Without a TARGET, every schema of the project is looked at.
    """
    from pageschema.project.authoring import lint_targets
    from pageschema.project.mending import preview
    from pageschema.project.project import Project
    from pageschema.report import findings_report

    project = Project.here()
    if unsafe and not (fixing or previewing):
        raise click.UsageError("--unsafe goes with --fix or --diff")
    if previewing:
        if output != "text" or fixing:
            raise click.UsageError("--diff prints a unified diff: leave --fix and --format out")
        changes = preview(project, targets, unsafe=unsafe, stdin=read_stdin(targets))
        if changes:
            answer(changes)
        return int(bool(changes))
    with progress():
        linted = lint_targets(
            project, targets, fixing=fixing, unsafe=unsafe, profile=profile, stdin=read_stdin(targets)
        )
    for file in linted.mended:
        click.echo(f"mended {file}", err=True)
    if output == "text":
        answer_text(findings_report, linted.findings, sources=linted.sources, schemas=linted.schemas)
    else:
        answer(findings_report(linted.findings, output, root=str(project.config.root), strict=strict))
    return int(linted.failing(strict=strict))
