"""How `diff` fares on pairs of schemas with proven answers, beside every peer: `python bench/evolution.py`.

The pairs are those of tests/proven, large ones among them, in the open reading: no peer has another. Peers that are no
dependency of this project are installed into a folder of their own for the run; where Python 3.12, Node.js or a package
is missing, a line says so and the rest goes on. Times are CPU, patience is not.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import proven  # noqa: E402 - found by the line above.
from pageschema.evolution import diff  # noqa: E402 - the same.
from proven.pair import READINGS, No  # noqa: E402 - the same.

PATIENCE = 10.0
SLOW = 2.0
NEWER = "PAGESCHEMA_BENCH_PYTHON"
COLUMNS = ("right", "wrong yes", "wrong no", "unknown", "error", "timeout")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """What is measured, how it is installed, and the script that asks it."""

    name: str
    script: str
    pip: tuple[str, ...] = ()
    npm: str = ""
    newer: bool = False
    """Needs Python 3.12."""


PEERS = (
    Peer(name="pageschema diff", script="ours.py"),
    Peer(name="jsonschema-rs subtract", script="rs_subtract.py"),
    Peer(name="jsonschema-rs covers", script="rs_covers.py"),
    Peer(name="jsoncompat 0.5.0", script="jsoncompat_.py", pip=("jsoncompat==0.5.0",), newer=True),
    Peer(name="jsonsubschema 0.0.8", script="jsonsubschema_.py", pip=("jsonsubschema==0.0.8",)),
    Peer(name="json-schema-diff 1.0.0", script="worker.cjs", npm="json-schema-diff@1.0.0"),
    Peer(name="json-schema-diff-validator 0.4.2", script="worker.cjs", npm="json-schema-diff-validator@0.4.2"),
    Peer(name="isjsonschemasubset 0.0.2", script="isjsonschemasubset_.py", pip=("isjsonschemasubset==0.0.2",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Does the reader take all that the writer writes? `pair` is whose two directions belong together."""

    pair: str
    writer: Any
    reader: Any
    truth: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", action="append", metavar="NAME", help="peers whose name holds this; may be repeated")
    parser.add_argument(
        "--python", default=os.environ.get(NEWER), help=f"a Python of 3.12 or newer for jsoncompat (or ${NEWER})"
    )
    parser.add_argument("--folder", type=Path, help="where peers are installed, and found the next time")
    arguments = parser.parse_args()
    wanted = arguments.only or [""]
    if any(word in "pageschema diff" for word in wanted):
        _by_family()
    questions = list(_questions())
    print(f"\nopen reading, {len(questions)} answers of {len({question.pair for question in questions})} pairs")
    print(
        f"{'':34}" + "".join(f"{column:>11}" for column in COLUMNS) + f"{'ms a pair':>11}{'longest s':>11}{'> 2 s':>7}"
    )
    with contextlib.ExitStack() as stack:
        folder = arguments.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for peer in PEERS:
            if any(word in peer.name for word in wanted):
                try:
                    print(_row(peer, _command(peer, folder, arguments.python), questions), flush=True)
                except _Missing as reason:
                    print(f"{peer.name:34}left out: {reason}", flush=True)


class _Missing(Exception):
    """What a peer needs is not here."""


# ours, in both readings


def _by_family() -> None:
    columns = "".join(f"{column:>11}" for column in ("right", "wrong", "unknown", "decided", "ms a pair"))
    print(f"{'pageschema diff, both readings':34}{columns}")
    totals: dict[str, Counter[str]] = {"what Pydantic emits": Counter(), "any JSON Schema": Counter(), "all": Counter()}
    seconds: dict[str, float] = {}
    told = []
    for family, pairs in proven.FAMILIES.items():
        found: Counter[str] = Counter()
        for pair in pairs:
            for reading in READINGS:
                started = time.process_time()
                comparison = diff(pair.old, pair.new, content=reading)
                seconds[f"{family}: {pair.name} ({reading})"] = time.process_time() - started
                for _, direction, truth in (truth for truth in pair.truths() if truth[0] == reading):
                    answer, want = getattr(comparison, direction), _word(truth)
                    kind = "right" if answer == want else "unknown" if answer == "unknown" else "wrong"
                    found[kind] += 1
                    if kind != "right":
                        told.append(f"  {kind}: {family}: {pair.name} ({reading}, {direction}): {want} is true")
        totals["what Pydantic emits" if family in proven.PYDANTIC else "any JSON Schema"] += found
        totals["all"] += found
        times = [spent for name, spent in seconds.items() if name.startswith(f"{family}: ")]
        print(_counted(family, found, times))
    for title, found in totals.items():
        print(_counted(title, found, list(seconds.values()) if title == "all" else []))
    longest = sorted(seconds, key=seconds.__getitem__)[-3:]
    print(f"over {SLOW:.0f} s: {sum(spent > SLOW for spent in seconds.values())}; longest:")
    print(*(f"  {seconds[name]:.2f} s: {name}" for name in reversed(longest)), *told, sep="\n")


def _counted(title: str, found: Counter[str], times: list[float]) -> str:
    decided = 1 - found["unknown"] / found.total()
    median = f"{statistics.median(times) * 1000:11.2f}" if times else ""
    return f"{title:34}{found['right']:11}{found['wrong']:11}{found['unknown']:11}{decided:11.1%}{median}"


# peers


def _questions() -> Iterator[Question]:
    for family, pairs in proven.FAMILIES.items():
        for pair in pairs:
            for reading, direction, truth in pair.truths():
                if reading == "open":
                    writer, reader = pair.sides(direction)
                    yield Question(pair=f"{family}: {pair.name}", writer=writer, reader=reader, truth=_word(truth))


def _word(truth: str | No) -> str:
    return "no" if isinstance(truth, No) else "yes"


def _row(peer: Peer, command: list[str], questions: list[Question]) -> str:
    found: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    with _Worker(command) as worker:
        worker.ask(questions[0])  # What is loaded on first use is no one's answer.
        for question in questions:
            answer, spent = worker.ask(question)
            # One diff of ours is both directions of a pair.
            seconds[question.pair] = (
                max(seconds[question.pair], spent) if peer.script == "ours.py" else seconds[question.pair] + spent
            )
            found[_kind(answer, question.truth)] += 1
    counts = "".join(f"{found[column]:11}" for column in COLUMNS)
    slow = sum(spent > SLOW for spent in seconds.values())
    median = statistics.median(seconds.values()) * 1000
    return f"{peer.name:34}{counts}{median:11.2f}{max(seconds.values()):11.2f}{slow:7}"


def _kind(answer: str, truth: str) -> str:
    if answer in {"yes", "no"}:
        return "right" if answer == truth else f"wrong {answer}"
    return answer if answer in {"unknown", "timeout"} else "error"


class _Worker:
    """A process that answers questions; one that takes too long is replaced."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def ask(self, question: Question) -> tuple[str, float]:
        """Return the answer and the seconds it took."""
        process = self.process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps({"writer": question.writer, "reader": question.reader}) + "\n")
            process.stdin.flush()
            answer = self._read(PATIENCE)
        except BrokenPipeError:
            answer = None
        if answer is None:
            self._stop()
            return "error", 0.0
        if answer == "timeout":
            self._stop()
            return "timeout", PATIENCE
        return answer[0], answer[1]

    def _start(self) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        if self._read(60) != "ready":
            raise _Missing("it does not start")
        return self.process

    def _read(self, patience: float) -> Any:
        """Return what the process says next; None where it ended."""
        assert self.process is not None
        assert self.process.stdout is not None
        if not select.select([self.process.stdout], [], [], patience)[0]:
            return "timeout"
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def _stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def _command(peer: Peer, folder: Path, newer: str | None) -> list[str]:
    """Return the command that starts a peer's worker, once the peer is installed."""
    script = str(HERE / "peers" / peer.script)
    if peer.npm:
        return [*_npm(peer.npm, folder / "npm"), script, peer.npm.rpartition("@")[0], str(folder / "npm")]
    if not peer.pip:
        return [sys.executable, script]
    python = sys.executable if sys.version_info >= (3, 12) or not peer.newer else newer or _newer()
    return [_venv(python, peer.pip, folder / peer.name.partition(" ")[0]), script]


def _newer() -> str:
    for name in ("python3.14", "python3.13", "python3.12"):
        if (found := shutil.which(name)) and _works(found, "-c", "import sys; assert sys.version_info >= (3, 12)"):
            return found
    raise _Missing(f"it needs Python 3.12 (name one with --python or ${NEWER})")


def _works(*command: str, **options: Any) -> bool:
    return subprocess.run(command, check=False, capture_output=True, **options).returncode == 0


def _venv(python: str, packages: tuple[str, ...], folder: Path) -> str:
    inside = str(folder / "bin" / "python")
    if not _works(inside, "-m", "pip", "show", packages[0].partition("=")[0]) if Path(inside).exists() else True:
        if not _works(python, "-m", "venv", str(folder)):
            raise _Missing(f"{python} makes no environment")
        if not _works(inside, "-m", "pip", "install", *packages):
            raise _Missing(f"pip does not install {packages[0]}")
    return inside


def _npm(package: str, folder: Path) -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise _Missing("it needs Node.js and npm")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "node_modules" / package.rpartition("@")[0]).exists() and not _works(
        npm, "install", "--no-audit", "--no-fund", package, cwd=folder
    ):
        raise _Missing(f"npm does not install {package}")
    return [node]


if __name__ == "__main__":
    main()
