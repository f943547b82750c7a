"""pageschema lint."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer, format_option, progress, read_stdin


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@format_option("text", "json", "github", "gitlab", "sarif", "junit")
@click.option("--fix", "fixing", is_flag=True, help="Mend JSON files in place where that is safe.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def command(targets: tuple[str, ...], output: str, fixing: bool, strict: bool) -> int:
    """Find what the API, or the model behind it, will get wrong.

    Without a TARGET, every schema of the project is looked at.
    """
    from pageschema.project import Project, lint_targets
    from pageschema.report import findings_report

    with progress():
        linted = lint_targets(Project.here(), targets, fixing=fixing, stdin=read_stdin(targets))
    answer(findings_report(linted.findings, output, sources=linted.sources))
    return int(linted.failing(strict=strict))
