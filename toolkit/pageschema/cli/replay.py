"""pageschema replay."""

from __future__ import annotations

import click

from pageschema.cli.shell import answer_json, answer_text, format_option, target_options


@click.command("replay")
@click.argument("file")
@click.option("--base-url", metavar="URL", help="The endpoint; without it, the embedded emulator.")
@click.option("--allow-remote", is_flag=True, help="Let requests leave this machine.")
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="A bug to switch on in the embedded emulator.")
@format_option("text", "json")
def command(file: str, base_url: str | None, allow_remote: bool, faults: tuple[str, ...], output: str) -> int:
    """Send one saved failure again, and say whether it still fails.

    FILE is one that fuzz or verify saved, or its name under .pageschema/failures.
    """
    from pageschema.project.endpoint import replay_file
    from pageschema.project.project import Project
    from pageschema.report import replay_text

    replayed = replay_file(Project.here(), file, base_url=base_url, allow_remote=allow_remote, faults=faults)
    if output == "json":
        answer_json(replayed.again.as_json(replayed.base_url) if replayed.again else None)
    else:
        options = target_options(base_url, allow_remote=allow_remote, faults=faults)
        answer_text(replay_text, replayed.failure, replayed.again, base_url=replayed.base_url, options=options)
    return int(replayed.again is not None)
