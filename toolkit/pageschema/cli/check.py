"""pageschema check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, progress, read_stdin

if TYPE_CHECKING:
    from pageschema.conformance import CheckOptions


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completing.files)
@click.option(
    "--schema",
    "target",
    required=True,
    metavar="TARGET",
    shell_complete=completing.targets,
    help="The schema that was sent.",
)
@click.option("--strict", is_flag=True, help="Null is fine only where the schema says so.")
@click.option("--min-score", type=click.IntRange(1, 5), metavar="N", help="Tell of fields that the API scores lower.")
@click.option("--require-citations", is_flag=True, help="Tell of values that cite no block of the document.")
@click.option("--require-verified", is_flag=True, help="Tell of values whose verification is not PASS.")
@format_option("text", "json")
def command(files: tuple[str, ...], target: str, output: str, **how: Unpack[CheckOptions]) -> int:
    """Check extractions, bare or in whole results, against the schema that was sent.

    A FILE holds one JSON value or, called .jsonl or .ndjson, one a line; - is standard input. Where a record holds no
    extraction, the others are checked all the same, and the exit code is 2. What the API says beside each field is
    looked at where it is asked for: scores come in fast mode, verification in balanced mode.
    """
    from pageschema.project.project import Project
    from pageschema.project.results import check_files
    from pageschema.project.targets import resolve_one
    from pageschema.report import checked_text

    schema = resolve_one(Project.here(), target).page_schema()
    with progress():
        results = list(check_files(files, schema, stdin=read_stdin(files), **how))
    if output == "json":
        answer_json([result.as_json() for result in results])
    else:
        answer_text(checked_text, results)
    if not all(result.readable for result in results):
        return 2
    return int(not all(result.ok for result in results))
