"""pageschema lint."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from pageschema.cli import completing
from pageschema.cli.shell import (
    answer,
    answer_text,
    format_option,
    profile_option,
    progress,
    read_stdin,
    tell_errors,
)


@click.command("lint")
@click.argument("targets", nargs=-1, metavar="[TARGET]...", shell_complete=completing.targets)
@format_option("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=completing.rules,
    help="Tell only these: codes, beginnings of codes, names.",
)
@click.option("--ignore", multiple=True, metavar="RULE", shell_complete=completing.rules, help="Do not tell these.")
@click.option("--notes", is_flag=True, help="Tell notes too: matters of taste, and advice.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of telling them.")
@click.option("--baseline", type=click.Path(path_type=Path), help="Do not tell what this file accepts.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline: accept what is found now.")
@click.option("--prune-baseline", is_flag=True, help="Write the baseline: accept no longer what is gone.")
@click.option("--stdin-filename", default="", metavar="PATH", help="The file that standard input stands for.")
@profile_option
@click.option("--fix", "fixing", is_flag=True, help="Mend JSON files in place where that is safe.")
@click.option("--unsafe", is_flag=True, help="With --fix or --diff: mend also what takes a guess.")
@click.option("--diff", "previewing", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--touched", is_flag=True, help="The TARGETs are files that changed: look at the schemas in them alone.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
def command(
    targets: tuple[str, ...],
    output: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    notes: bool,
    statistics: bool,
    baseline: Path | None,
    update_baseline: bool,
    prune_baseline: bool,
    stdin_filename: str,
    profile: str,
    fixing: bool,
    unsafe: bool,
    previewing: bool,
    touched: bool,
    strict: bool,
) -> int:
    """Find what the API, or the model behind it, will get wrong.

    Without a TARGET, every schema of the project is looked at. With --touched, as a hook has it, those that stand in
    the files named: a model where a field of it is written, a frozen version. Other files are left alone.
    """
    from pageschema.project.authoring import lint_targets, preview
    from pageschema.project.project import Project
    from pageschema.project.repository import from_the_top
    from pageschema.project.telling import Asked
    from pageschema.report import findings_report, statistics_report

    project = Project.here()
    keeping: Literal["", "update", "prune"] = "update" if update_baseline else "prune" if prune_baseline else ""
    has_baseline = baseline is not None or project.config.lint.baseline is not None
    if unsafe and not (fixing or previewing):
        raise click.UsageError("--unsafe goes with --fix or --diff")
    if keeping and (not has_baseline or (update_baseline and prune_baseline)):
        raise click.UsageError("one of --update-baseline and --prune-baseline goes with --baseline FILE")
    if statistics and output not in {"text", "json"}:
        raise click.UsageError("--statistics goes with --format text or json")
    if previewing and (output != "text" or fixing or statistics or keeping):
        raise click.UsageError(
            "--diff prints a unified diff and writes nothing: leave --fix, --format and the like out"
        )
    if stdin_filename and "-" not in targets:
        raise click.UsageError("--stdin-filename goes with - as a TARGET")
    if touched and (previewing or "-" in targets):
        raise click.UsageError("--touched takes files that changed, and goes without --diff")
    if fixing and "-" in targets:
        raise click.UsageError("--fix writes files: for standard input, --diff prints what would change")
    asked = Asked(select=_words(select), ignore=_words(ignore), notes=notes)
    stdin = read_stdin(targets)
    if previewing:
        seen = preview(
            project,
            targets,
            asked=asked,
            unsafe=unsafe,
            profile=profile,
            stdin=stdin,
            stdin_name=stdin_filename,
            baseline=baseline,
        )
        if seen.changes:
            answer(seen.changes)
        return tell_errors(seen.errors) or int(bool(seen.changes))
    with progress():
        linted = lint_targets(
            project,
            targets,
            asked=asked,
            fixing=fixing,
            unsafe=unsafe,
            profile=profile,
            stdin=stdin,
            stdin_name=stdin_filename,
            baseline=baseline,
            keeping=keeping,
            touching=touched,
        )
    for file in linted.mended:
        click.echo(f"mended {file}", err=True)
    if linted.gone:
        click.echo(f"{linted.gone} accepted by {linted.baseline} and gone: --prune-baseline drops them", err=True)
    said: set[str] = set()
    is_empty_answer = touched and not linted.errors and output not in {"text", "concise"}
    if linted.schemas or linted.findings or is_empty_answer:
        if statistics:
            answer(statistics_report(linted.findings, output))
        elif output == "text":
            answer_text(findings_report, linted.findings, sources=linted.sources, schemas=linted.schemas)
        elif output in {"concise", "json"}:
            answer(findings_report(linted.findings, output))
        else:
            answer(findings_report(from_the_top(linted.findings, project), output, strict=strict))
        if output in {"text", "concise"} and not statistics:
            said = {finding.message for finding in linted.findings}  # Read by who reads the errors.
    code = tell_errors(error for error in linted.errors if error.what not in said)
    return code or (2 if linted.errors else int(linted.failing(strict=strict)))


def _words(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for each in given for word in each.split(",") if word.strip())
