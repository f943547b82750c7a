"""pageschema push."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, progress


@click.command("push")
@click.argument("targets", nargs=-1, metavar="[NAME[@VERSION]]...", shell_complete=completing.schemas)
@click.option("--base-url", metavar="URL", help="Where to; there is no default.")
@click.option("--allow-remote", is_flag=True, help="Let requests leave this machine.")
@click.option("--dry-run", is_flag=True, help="Say what would be saved; without --base-url, as the records tell it.")
@format_option("text", "json")
def command(targets: tuple[str, ...], base_url: str | None, allow_remote: bool, dry_run: bool, output: str) -> int:
    """Save frozen versions as the API's saved schemas, each as a version of its own, and record where.

    Without a NAME, everything frozen is looked at. Nothing is written where the endpoint holds something else than
    what was last pushed. The API key is read from DATALAB_API_KEY.
    """
    from pageschema.project.project import Project
    from pageschema.project.pushing import push
    from pageschema.report import saved_text

    with progress() as show:
        pushed = push(
            Project.here(), targets, base_url=base_url, allow_remote=allow_remote, dry_run=dry_run, progress=show
        )
    rows = [row.as_json() for row in pushed.rows]
    if output == "json":
        answer_json(rows)
    else:
        answer_text(saved_text, rows, dry_run=dry_run)
    if pushed.stopped is not None:
        raise pushed.stopped
    return int(not pushed.ok)
