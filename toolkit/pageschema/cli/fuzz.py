"""pageschema fuzz."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pageschema.cli.shell import answer_json, answer_text, format_option, progress, report_option, target_options

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
@click.option(
    "--resource",
    "resources",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="What exists at the target: schema_id, schema_version, checkpoint_id, file_url.",
)
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="A bug to switch on in the embedded emulator.")
@report_option(
    (".html", ".har", ".ndjson", ".xml", ".py", ".json"),
    help="Write a file too: a page for people (.html), all exchanges (.har, .ndjson), or the failures (.xml for JUnit, "
    ".py for pytest, .json).",
)
@click.option("--verbose", is_flag=True, help="Count every clause, not only those that failed.")
@format_option("text", "json")
def command(
    base_url: str | None,
    allow_remote: bool,
    max_requests: int | None,
    seed: int | None,
    spend: int | None,
    resources: dict[str, str],
    faults: tuple[str, ...],
    reports: tuple[Path, ...],
    verbose: bool,
    output: str,
) -> int:
    """Run the contract: send requests that keep or break it, and report how the endpoint departs from it.

    The API key is read from DATALAB_API_KEY. Each failure is saved under .pageschema/failures, for pageschema replay.
    """
    from pageschema.project.endpoint import contract_run
    from pageschema.project.files import write_file
    from pageschema.project.project import Project
    from pageschema.report import fuzz_file, fuzz_text

    sent: list[tuple[datetime, Exchange]] = []
    project = Project.here()
    with progress() as show:
        result = contract_run(
            project,
            base_url=base_url,
            allow_remote=allow_remote,
            max_requests=max_requests,
            seed=seed,
            spend=spend,
            resources=resources,
            faults=faults,
            progress=lambda sent, total, failures: show(f"{sent}/{total} requests, {failures} failures"),
            observe=lambda exchange: sent.append((datetime.now(UTC), exchange)) if reports else None,
        )
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
