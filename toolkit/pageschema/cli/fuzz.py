"""pageschema fuzz."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from pageschema.contract import Exchange


def _pairs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or not text:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
        pairs[name] = text
    return pairs


@click.command("fuzz")
@click.option("--base-url", metavar="URL", help="The endpoint; without it, the embedded emulator.")
@click.option("--allow-remote", is_flag=True, help="Let requests leave this machine.")
@click.option("--max-requests", type=click.IntRange(1), metavar="N", help="POSTs to /extract.  [default: 500]")
@click.option("--seed", type=click.IntRange(0), metavar="N", help="The same seed sends the same requests.")
@click.option(
    "--spend",
    type=click.IntRange(0),
    metavar="N",
    help="Pages that may be billed.  [default: unbounded on this machine, 0 elsewhere]",
)
@click.option("--max-time", type=click.IntRange(1), metavar="SECONDS", help="End the run after so long.")
@click.option("--max-failures", type=click.IntRange(1), metavar="N", help="End the run at so many new failures.")
@click.option("--rate-limit", metavar="RATE", help="Send at most 10/s, 30/min or the like, polls included.")
@click.option(
    "--resource",
    "resources",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="What exists at the target: schema_id, schema_version, checkpoint_id, file_url.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.faults,
    help="A bug to switch on in the embedded emulator.",
)
@report_option(
    (".html", ".md", ".har", ".ndjson", ".xml", ".py", ".json"),
    help="Write a file too: a page for people (.html), a summary for a job (.md), all exchanges (.har, .ndjson), or "
    "the failures (.xml for JUnit, .py for pytest, .json).",
)
@click.option("--baseline", type=click.Path(path_type=Path), help="Fail on no failure that this file accepts.")
@click.option("--update-baseline", is_flag=True, help="Write the baseline: accept what fails now.")
@click.option("--verbose", is_flag=True, help="Count every clause, not only those that failed.")
@format_option("text", "json")
def command(
    base_url: str | None,
    allow_remote: bool,
    max_requests: int | None,
    seed: int | None,
    spend: int | None,
    max_time: int | None,
    max_failures: int | None,
    rate_limit: str | None,
    resources: dict[str, str],
    faults: tuple[str, ...],
    reports: tuple[Path, ...],
    baseline: Path | None,
    update_baseline: bool,
    verbose: bool,
    output: str,
) -> int:
    """Run the contract: send requests that keep or break it, and report how the endpoint departs from it.

    The API key is read from DATALAB_API_KEY. Each failure is saved under .pageschema/failures, for pageschema replay.
    """
    from pageschema.client import parse_rate
    from pageschema.project.endpoint import contract_run
    from pageschema.project.files import write_file
    from pageschema.project.known import read_known, settle
    from pageschema.project.project import Project, shown
    from pageschema.report import fuzz_file, fuzz_text, progress_text

    sent: list[tuple[datetime, Exchange]] = []
    project = Project.here()
    keep_to_own_folder(project.config.root)
    own = project.config.baseline
    baseline = baseline if baseline is not None or own is None or base_url is None else shown(own)
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline goes with --baseline FILE")
    known = read_known(baseline, updating=update_baseline) if baseline is not None else None
    started = time.monotonic()
    with progress(quiet=output == "json", every=30) as show:
        result = contract_run(
            project,
            base_url=base_url,
            allow_remote=allow_remote,
            max_requests=max_requests,
            seed=seed,
            spend=spend,
            resources=resources,
            faults=faults,
            max_time=max_time,
            max_failures=None if update_baseline else max_failures,
            rate=parse_rate(rate_limit) if rate_limit is not None else None,
            known=known,
            progress=lambda *step: show(progress_text(*step, seconds=time.monotonic() - started)),
            observe=lambda exchange: sent.append((datetime.now(UTC), exchange)) if reports else None,
        )
    if known is not None:
        settled = settle(result, known, baseline, updating=update_baseline)
        result = settled.result
        for name in settled.gone:
            click.echo(f"{name}: accepted by {baseline} and gone: --update-baseline drops it", err=True)
        if update_baseline and not settled.written:
            click.echo(f"{baseline} is left as it is: the run stopped early", err=True)
    options = target_options(base_url, allow_remote=allow_remote, faults=faults)
    for path in reports:
        text = fuzz_file(
            path.suffix, result, sent, allow_remote=allow_remote, options=options, clauses=project.contract.clauses
        )
        write_file(path, text)
    if output == "json":
        answer_json(result.as_json())
    else:
        answer_text(fuzz_text, result, verbose=verbose, options=options)
    return result.exit_code
