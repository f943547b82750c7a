"""What the commands share: their options, where answers and progress go, and saved failures."""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from pageschema import jsontext
from pageschema.cli import completing
from pageschema.errors import InvalidConfiguration, PageSchemaError

Command = TypeVar("Command", bound=Callable[..., Any])


def format_option(*formats: str) -> Callable[[Command], Command]:
    """Return the ``--format`` option; the first of *formats* is the default."""
    return click.option(
        "--format", "output", type=click.Choice(formats), default=formats[0], show_default=True, help="How to answer."
    )


def report_option(endings: tuple[str, ...], *, help: str) -> Callable[[Command], Command]:  # noqa: A002 - click's word
    """Return the ``--report`` option, several times if need be: *endings* of names say which form."""

    def usable(_context: click.Context, _option: click.Parameter, values: tuple[Path, ...]) -> tuple[Path, ...]:
        for path in values:
            if path.suffix not in endings:
                raise click.BadParameter(f"{str(path)!r} does not end in {_either(endings)}")
            if not path.absolute().parent.is_dir():
                raise click.BadParameter(f"there is no folder {str(path.parent)!r}")
            if path.is_dir():
                raise click.BadParameter(f"{str(path)!r} is a folder")
        return values

    return click.option(
        "--report",
        "reports",
        multiple=True,
        type=click.Path(path_type=Path),
        callback=usable,
        metavar="FILE",
        help=help,
    )


def _either(words: Sequence[str]) -> str:
    return " or ".join(", ".join(words).rsplit(", ", 1))


def profile_option(command: Command) -> Command:
    """Add the ``--profile`` option."""
    return click.option(
        "--profile",
        default="datalab",
        show_default=True,
        metavar="NAME",
        help="Whom the schema is sent to.",
        shell_complete=completing.profiles,
    )(command)


def answer(text: str) -> None:
    """Print the answer on stdout, in UTF-8 whatever the terminal: JSON has no other encoding."""
    click.echo(text.rstrip("\n").encode("utf-8", "backslashreplace"))


def answer_json(value: Any) -> None:
    """Print one JSON document on stdout."""
    from pageschema.report import json_text

    answer(json_text(value))


def answer_text(render: Callable[..., str], *values: Any, **options: Any) -> None:
    """Print what *render* makes of *values* for the terminal that stdout is."""
    from pageschema.report import Terminal

    click.echo(render(*values, **options, terminal=Terminal.of(sys.stdout)), nl=False)


def tell_errors(errors: Iterable[PageSchemaError]) -> int:
    """Print errors on stderr that ended no command, and return the exit code of the gravest; 0 where there is none."""
    code = 0
    for error in errors:
        click.echo(f"pageschema: error: {error}", err=True)
        code = max(code, error.exit_code)
    return code


def target_options(base_url: str | None, *, allow_remote: bool, faults: Sequence[str]) -> str:
    """Return the options that send another request to where this command sent its own."""
    options = [f"--base-url {shlex.quote(base_url)}"] if base_url else []
    options += ["--allow-remote"] * allow_remote
    return " ".join([*options, *(f"--fault {shlex.quote(fault)}" for fault in faults)])


def read_stdin(targets: Sequence[str]) -> str:
    """Return the text on standard input where one of *targets* is ``-``, else ""."""
    if "-" not in targets:
        return ""
    data = sys.stdin.buffer.read(jsontext.MAX_BYTES + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidConfiguration(
            f"byte {error.start} is not UTF-8", where="standard input", remedy="send UTF-8"
        ) from error


def keep_to_own_folder(root: Path) -> None:
    """Have Hypothesis keep its cache in our folder of a project, not in one of its own beside it."""
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(root / ".pageschema" / "hypothesis"))


@contextlib.contextmanager
def progress(*, quiet: bool = False, every: float | None = None) -> Iterator[Callable[[str], None]]:
    """Give a function that shows how far things are, on one line of stderr.

    Args:
        quiet: Show nothing.
        every: Seconds after which a plain line is written where stderr is no terminal; by default none is.
    """
    if quiet or (every is None and not sys.stderr.isatty()):
        yield lambda _text: None
        return
    if every is not None and not sys.stderr.isatty():
        yield _now_and_then(every)
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


def _now_and_then(every: float) -> Callable[[str], None]:
    """Return what writes a line at most so often: who reads a log wants to know that it goes on, and no more."""
    import time

    last = time.monotonic()

    def show(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            click.echo(f"pageschema: {text}", err=True)

    return show
