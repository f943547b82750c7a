"""The command line: read arguments, call one public function, choose a report, return an exit code.

Each command stands in a file of its own and is imported when it is called, so that `--help` stays quick. This is the
only place that catches errors and prints them.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from pageschema.errors import PageSchemaError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "init": "Begin in a project that is there.",
    "generate": "Print the page schema of a model.",
    "lint": "Find what the API or the model behind it will get wrong.",
    "explain": "Say what a rule, clause, check, change or fault means.",
    "freeze": "Write the next immutable version of each drifted model.",
    "status": "Compare models with frozen versions, and the registry with itself.",
    "log": "Show the versions of a schema and who each one broke.",
    "diff": "Say what changed between two schemas, and who breaks.",
    "push": "Save frozen versions as the API's saved schemas.",
    "pull": "Find what changed in saved schemas, and freeze what was saved only there.",
    "check": "Check extractions against a schema.",
    "audit": "Check all that is stored, millions of extractions.",
    "fuzz": "Run the contract against an endpoint, or the embedded emulator.",
    "replay": "Send a saved failure again.",
    "contract": "Hold a newer upstream document against the clauses.",
    "emulator": "Serve the emulator for people who develop clients.",
    "docs": "Write pages about the frozen versions, for people who never open the code.",
    "verify": "Do all of it for the project here: the main job.",
}


_CLOSED = 141  # What a shell says of a program that SIGPIPE has ended.
_UNWRITABLE = frozenset({errno.EBADF, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPIPE})


class _AnswerLost(Exception):
    """Standard output took no more. Files have errors of their own, with a name."""


class LazyGroup(click.Group):
    """A group whose commands are modules of this package, imported on use."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command until its answer is out: what a buffer keeps would be lost without a word."""
        try:
            outcome = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if error.filename is None and error.errno in _UNWRITABLE:
                raise _AnswerLost from error  # Click ends with exit code 1 where a pipe is closed.
            raise
        return outcome

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of a first use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"pageschema.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each module here defines one
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the commands without importing them."""
        from click.shell_completion import CompletionItem  # Click itself imports it only when a shell asks.

        offered = [CompletionItem(name, help=told) for name, told in COMMANDS.items() if name.startswith(incomplete)]
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 nothing wrong, 1 findings or failures, 2 bad usage or input, 3 target unreachable.",
)
@click.version_option(package_name="pageschema", message="pageschema %(version)s")
def group() -> None:
    """Make an extraction schema known good before it costs a page, and prove each extraction against it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    if sys.stdout is None:  # Python says so where it is closed.
        click.echo("pageschema: error: standard output is closed\n  send it somewhere: > /dev/null", err=True)
        return 2
    try:
        outcome = group.main(args=arguments, prog_name="pageschema", standalone_mode=False)
    except click.exceptions.Abort:
        return _interrupted()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return 2
    except click.ClickException as error:
        click.echo(f"pageschema: error: {_misused(error)}", err=True)
        return 2
    except PageSchemaError as error:
        click.echo(f"pageschema: error: {error}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted()
    except _AnswerLost as lost:
        return _without_stdout(lost.__cause__)
    except OSError as error:  # That of a page of help.
        if error.filename is not None or error.errno not in _UNWRITABLE:
            raise
        return _without_stdout(error)
    return outcome if isinstance(outcome, int) else 0


def _misused(error: click.ClickException) -> str:
    """Return what is wrong with the arguments, in the form of every other error."""
    what = error.format_message().rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "pageschema"
    return f"{what[:1].lower()}{what[1:]}\n  see what it takes: {path} --help"


def _without_stdout(error: BaseException | None) -> int:
    """Return the exit code where the answer cannot be written; of a closed pipe, nobody wants to hear."""
    # The interpreter must not complain when it flushes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return _CLOSED
    why = error.strerror if isinstance(error, OSError) else error
    click.echo(f"pageschema: error: standard output: cannot be written: {why}\n  send it where there is room", err=True)
    return 2


def _interrupted() -> int:
    click.echo("pageschema: interrupted", err=True)
    return 130
