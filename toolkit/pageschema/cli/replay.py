"""pageschema replay."""

from __future__ import annotations

import click

from pageschema.cli import completing
from pageschema.cli.shell import answer_json, answer_text, format_option, target_options


@click.command("replay")
@click.argument("file", required=False, shell_complete=completing.failures)
@click.option(
    "--base-url",
    metavar="URL",
    help="The endpoint; without it, the one where it failed, if that is on this machine.",
)
@click.option("--allow-remote", is_flag=True, help="Let requests leave this machine.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    metavar="NAME",
    shell_complete=completing.faults,
    help="A bug to switch on in the embedded emulator.",
)
@format_option("text", "json")
def command(file: str | None, base_url: str | None, allow_remote: bool, faults: tuple[str, ...], output: str) -> int:
    """Send one saved failure again, or all of them, and say whether they still fail.

    FILE is one that fuzz or verify saved, or its name under .pageschema/failures. Without it, all that are saved there
    are sent: each is fixed, still failing, or an error where that could not be found out.
    """
    from pageschema.project.project import Project
    from pageschema.project.replays import replay_all, replay_file
    from pageschema.report import replay_text, replays_text

    project = Project.here()
    if file is None:
        every = replay_all(project, base_url=base_url, allow_remote=allow_remote, faults=faults)
        if output == "json":
            answer_json([each.as_json() for each in every])
        else:
            answer_text(replays_text, every)
        return max((each.exit_code for each in every), default=0)
    replayed = replay_file(project, file, base_url=base_url, allow_remote=allow_remote, faults=faults)
    failure = replayed.failure
    if output == "json" or failure is None:
        answer_json(replayed.again.as_json(replayed.shown_url) if replayed.again else None)
    else:
        options = target_options(base_url, allow_remote=allow_remote, faults=faults)
        answer_text(
            replay_text, failure, replayed.again, base_url=replayed.shown_url, at=replayed.place, options=options
        )
    return replayed.exit_code
