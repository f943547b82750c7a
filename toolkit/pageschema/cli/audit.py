"""pageschema audit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, report_option
from pageschema.cli.speed import speedometer


@click.command("audit")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completing.files)
@click.option(
    "--schema",
    "target",
    required=True,
    metavar="TARGET",
    shell_complete=completing.targets,
    help="The schema that was sent.",
)
@click.option("--strict", is_flag=True, help="Null is fine only where the schema says so.")
@click.option("--field", metavar="NAME", help="The member of a line, or the column, that holds the extraction.")
@click.option(
    "--against", multiple=True, metavar="TARGET", help="Count who fits this version too; all: every frozen one."
)
@click.option("--evidence", is_flag=True, help="Count nulls, scores and citations of each field; takes longer.")
@click.option("--sample", metavar="P%", help="Judge this share of the records, the same ones each time.")
@click.option(
    "--samples", type=click.IntRange(0, 100), default=3, show_default=True, help="Violations told of each kind."
)
@click.option(
    "--unique-keys", is_flag=True, help="A key that stands twice breaks a record, as for check; takes longer."
)
@click.option("--baseline", type=click.Path(path_type=Path), help="An earlier report as JSON: only new kinds fail.")
@click.option("--write-broken", type=click.Path(path_type=Path), help="Write the broken records to this file.")
@click.option("--resume", type=click.Path(path_type=Path), help="Keep what is done here, and go on from it.")
@click.option("--workers", type=click.IntRange(0), help="Processes; one a core without it.")
@click.option("--scheduler", metavar="URL", help="Run on a Dask cluster: tcp://host:8786.")
@report_option((".html",), help="Write a page for people too (.html): one file, what is broken by field.")
@format_option("text", "json")
def command(paths: tuple[str, ...], output: str, reports: tuple[Path, ...], **asked: object) -> int:
    """Check all extractions that are stored, millions of them, and count what is wrong by kind.

    A PATH is a file, a folder or a glob, local or a URL (s3://...): JSON Lines, plain or packed (.gz, .zst), Parquet,
    or JSON files of one result each. Ctrl-C ends it with a report on what was read until then, and exit code 130.
    """
    from pageschema.project.auditing import Asked, audit_paths
    from pageschema.project.project import Project
    from pageschema.report import audit_text

    with speedometer() as on_progress:
        report = audit_paths(Project.here(), paths, Asked(**asked), on_progress=on_progress)  # type: ignore[arg-type]
    if reports:
        from pageschema.project.files import write_file
        from pageschema.report import audit_page

        page = audit_page(report, at=datetime.now(UTC))
        for path in reports:
            write_file(path, page)
    if output == "json":
        answer_json(report.as_json())
    else:
        answer_text(audit_text, report)
    if not report.complete:
        return 130
    return int(not report.ok)
