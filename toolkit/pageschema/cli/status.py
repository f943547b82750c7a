"""pageschema status."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer_json, answer_text, format_option


@click.command("status")
@format_option("text", "json")
@click.option(
    "--against",
    metavar="REF",
    help="A branch or commit of git: what it has frozen must be here unchanged, and what is new here is told.",
)
def command(output: str, against: str | None) -> int:
    """Compare models with frozen versions, and the registry with what was frozen.

    With --against, frozen versions are compared with those of the commit where this branch left REF.
    """
    from pageschema.project.project import Project
    from pageschema.report import status_text

    project, closing = Project.here(), ""
    if against is None:
        from pageschema.project.drift import status

        rows = status(project)
    else:
        from pageschema.project.since import status_since

        since = status_since(project, against)
        rows, closing = list(since.rows), since.told
    if output == "json":
        answer_json([row.as_json() for row in rows])
    else:
        answer_text(status_text, [row.as_json() for row in rows], closing=closing)
    return 2 if any(row.state == "no schema" for row in rows) else int(not all(row.ok for row in rows))
