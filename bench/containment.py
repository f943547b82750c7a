"""How `diff` and the solver fare on the public containment suite: `python bench/containment.py PATH`.

PATH is a checkout of sdbs-uni-p/json-schema-containment-testsuite, or its git directory. Its own faults, each read and
given a reason, stand in containment_faults.json; the exit code is 1 where an answer is wrong outside that list, or
where the list names what is no disagreement any more.

Source: Fruth et al., A Test Suite for JSON Schema Containment, CEUR Vol-2958.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import subprocess
import sys
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pageschema.errors import InvalidSchema
from pageschema.evolution import diff
from pageschema.solver import Instance, NoInstance, subtract

SUITE = "tests/draft2020-12"
FORMATS = "optional/format/"
"""Left out: the suite has formats assert there."""
FAULTS: dict[str, str] = json.loads(Path(__file__).with_name("containment_faults.json").read_text(encoding="utf-8"))
SLOW = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Is the first schema contained in the second? `name` is file, id and test."""

    name: str
    writer: Any
    reader: Any
    contained: bool

    @property
    def folder(self) -> str:
        return self.name.partition("/")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path, help="a checkout of the suite, or its git directory")
    arguments = parser.parse_args()
    questions = list(_questions(_files(arguments.path)))
    unexpected = [fault for fault in FAULTS if fault not in {question.name for question in questions}]
    for title, answer in (("diff, open reading", _by_diff), ("solver.subtract", _by_subtract)):
        unexpected += _run(title, answer, questions)
    sys.exit(1 if unexpected else 0)


def _by_diff(question: Question) -> tuple[bool | None, Any]:
    comparison = diff(question.writer, question.reader, content="open")
    answer = {"yes": True, "no": False, "unknown": None}[comparison.backward]
    return answer, comparison.reasons.get("backward") or comparison.witnesses.get("backward")


def _by_subtract(question: Question) -> tuple[bool | None, Any]:
    match subtract(question.writer, question.reader, formats=False):
        case Instance(value=witness):
            return False, witness
        case NoInstance():
            return True, None
        case unknown:
            return None, unknown.reason


def _run(title: str, answer: Any, questions: list[Question]) -> list[str]:
    """Print one table and each disagreement, and return those that are no fault of the suite."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    lines, unexpected, times = [], [], []
    for question in questions:
        started = time.process_time()
        try:
            found, detail = answer(question)
        except InvalidSchema as error:
            found, detail = None, str(error).partition("\n")[0]
        times.append(time.process_time() - started)
        known = FAULTS.get(question.name)
        if found is None:
            kind = "unknown"
            lines.append(f"  unknown: {question.name}: {str(detail)[:110]}")
        elif found == question.contained:
            kind = "right" if known is None else "no fault any more"
        else:
            kind = "wrong" if known is None else "fault of the suite"
            lines.append(f"  {kind}: {question.name}: we say {_word(found)}; {known or json.dumps(detail)[:100]}")
        if kind in {"wrong", "no fault any more"}:
            unexpected.append(question.name)
        counts[question.folder][kind] += 1
        counts["all"][kind] += 1
        if times[-1] > SLOW:
            lines.append(f"  slow: {question.name}: {times[-1]:.1f} s")
    print(f"{title}: median {statistics.median(times) * 1000:.2f} ms, longest {max(times):.2f} s")
    kinds = ["right", "wrong", "unknown", "fault of the suite", "no fault any more"]
    print(f"{'folder':14}" + "".join(f"{kind:>20}" for kind in kinds) + f"{'decided':>10}")
    for folder, found in sorted(counts.items()):
        decided = 1 - found["unknown"] / found.total()
        print(f"{folder:14}" + "".join(f"{found[kind]:20}" for kind in kinds) + f"{decided:10.1%}")
    print(*lines, sep="\n", end="\n\n")
    return unexpected


def _word(contained: bool) -> str:  # noqa: FBT001
    return "contained" if contained else "not contained"


def _questions(files: dict[str, str]) -> Iterator[Question]:
    for path, text in sorted(files.items()):
        for entry in json.loads(text):
            one, two = entry["schema1"], entry["schema2"]
            for test, contained in entry["tests"].items():
                writer, reader = (one, two) if test == "s1SubsetEqOfs2" else (two, one)
                name = f"{path}#{entry['id']}/{test}"
                yield Question(name=name, writer=writer, reader=reader, contained=contained)


def _files(path: Path) -> dict[str, str]:
    """Return each file of the suite by its path, from a checkout or straight from git."""
    if (path / SUITE).is_dir():
        found = {file.relative_to(path / SUITE).as_posix(): file.read_text() for file in (path / SUITE).rglob("*.json")}
    else:
        command = ["git", "-C", str(path), "archive", "HEAD", SUITE]
        packed = subprocess.run(command, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            members = [member for member in archive.getmembers() if member.isfile()]
            found = {
                member.name.removeprefix(f"{SUITE}/"): reader.read().decode()
                for member in members
                if (reader := archive.extractfile(member)) is not None
            }
    return {name: text for name, text in found.items() if FORMATS not in name and name.endswith(".json")}


if __name__ == "__main__":
    main()
