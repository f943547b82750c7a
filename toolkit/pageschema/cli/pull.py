"""pageschema pull."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, progress


@click.command("pull")
@click.argument("targets", nargs=-1, metavar="[NAME|SCH_ID]...", shell_complete=completing.schemas)
@click.option("--base-url", metavar="URL", required=True, help="Where from; there is no default.")
@click.option("--allow-remote", is_flag=True, help="Let requests leave this machine.")
@click.option("--name", metavar="NAME", help="What to call a saved schema (sch_…) that is not in the registry yet.")
@click.option("--dry-run", is_flag=True, help="Tell what would be frozen, and write nothing.")
@format_option("text", "json")
def command(
    targets: tuple[str, ...], base_url: str, allow_remote: bool, name: str | None, dry_run: bool, output: str
) -> int:
    """Compare saved schemas with what was pushed, and freeze the versions that were saved only there.

    Without a NAME, every schema that was pushed there is looked at. The API key is read from DATALAB_API_KEY.
    """
    from pageschema.project.project import Project
    from pageschema.project.pulling import pull
    from pageschema.report import saved_text

    with progress() as show:
        pulled = pull(
            Project.here(),
            targets,
            base_url=base_url,
            name=name,
            allow_remote=allow_remote,
            dry_run=dry_run,
            progress=show,
        )
    rows = [row.as_json() for row in pulled.rows]
    if output == "json":
        answer_json(rows)
    else:
        answer_text(saved_text, rows, dry_run=dry_run)
    if pulled.stopped is not None:
        raise pulled.stopped
    return int(not pulled.ok)
