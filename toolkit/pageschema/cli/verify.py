"""pageschema verify."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pageschema.cli import completing
from pageschema.cli.shell import (
    answer_json,
    answer_text,
    format_option,
    keep_to_own_folder,
    progress,
    report_option,
    target_options,
)


@click.command("verify")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.faults,
    help="A bug to switch on in the emulator.",
)
@click.option("--max-requests", type=click.IntRange(1), metavar="N", help="Requests to the emulator.  [default: 500]")
@click.option("--seed", type=click.IntRange(0), metavar="N", help="The same seed sends the same requests.")
@report_option(
    (".html", ".md"),
    help="Write a file too: a page for people with all that was found (.html), or a summary for a job (.md).",
)
@format_option("text", "json")
def command(
    faults: tuple[str, ...], max_requests: int | None, seed: int | None, reports: tuple[Path, ...], output: str
) -> int:
    """Do the main job: drift, integrity, lint, history, kept results, the contract, and the emulator by it."""
    from pageschema.fuzzing import INTERRUPTED
    from pageschema.project.project import Project
    from pageschema.project.verification import verify
    from pageschema.report import verify_text

    project = Project.here()
    keep_to_own_folder(project.config.root)
    with progress() as show:
        report = verify(
            project,
            faults=faults,
            max_requests=max_requests,
            seed=seed,
            announce=lambda name, far: show(f"{name} {far}"),
        )
    if reports:
        from pageschema.project.files import write_file
        from pageschema.project.pages import standing
        from pageschema.report import verify_markdown, verify_page

        options = target_options(None, allow_remote=False, faults=faults)
        for path in reports:
            if path.suffix == ".md":
                write_file(path, verify_markdown(report))
            else:
                write_file(path, verify_page(report, standing(project), options=options, at=datetime.now(UTC)))
    if output == "json":
        answer_json(report.as_json())
    else:
        answer_text(verify_text, report)
    if report.fuzz is not None and report.fuzz.stopped == INTERRUPTED:
        return 130
    return int(not report.ok)
