"""What pytest costs with the plugin, in CPU time of one run: `python bench/plugin.py`.

Unused, as a multiple of a run without it; on this project's schemas, of `pageschema verify`, which asks the same; and
on two workers, of one.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 5
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir=."]
VERIFY = [sys.executable, "-m", "pageschema", "verify"]
OURS = [*PYTEST, "--pageschema", "schemas"]


def cpu_seconds(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, capture_output=True, cwd=folder, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_one.py").write_text("def test_one():\n    assert True\n")
        compared = {
            "an unused plugin costs a run": (folder, [*PYTEST, "."], [*PYTEST, "-p", "no:pageschema", "."]),
            "pytest --pageschema, of verify": (ROOT, OURS, VERIFY),
            "the same on two workers, of one": (ROOT, [*OURS, "-n", "2"], OURS),
        }
        for what, (where, ours, other) in compared.items():
            pairs = [(cpu_seconds(ours, where), cpu_seconds(other, where)) for _ in range(ROUNDS)]
            ratio = statistics.median(mine / theirs for mine, theirs in pairs)
            mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
            print(f"{what:32} x{ratio:.2f}  ({mine:.2f} s, {theirs:.2f} s)", flush=True)


if __name__ == "__main__":
    main()
