"""How quickly commands start, as multiples of one bare interpreter start in the same run: `python bench/startup.py`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "one.json"
        schema.write_text('{"type": "object", "properties": {"total": {"type": "number", "description": "Sum."}}}')
        python = [sys.executable]
        cases = {
            "python -c pass": [*python, "-c", "pass"],
            "import pageschema": [*python, "-c", "import pageschema"],
            "pageschema --version": [*python, "-m", "pageschema", "--version"],
            "pageschema --help": [*python, "-m", "pageschema", "--help"],
            "pageschema lint one.json": [*python, "-m", "pageschema", "lint", str(schema)],
            "pytest, plugin unused": [*python, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder],
            "pytest, plugin absent": [
                *python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:pageschema", folder,
            ],
        }  # fmt: skip
        (Path(folder) / "test_one.py").write_text("def test_one():\n    assert True\n")
        times: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, command in cases.items():
                started = time.perf_counter()
                subprocess.run(command, check=False, capture_output=True, cwd=folder)
                times[name].append(time.perf_counter() - started)
    bare = statistics.median(times["python -c pass"])
    for name, seconds in times.items():
        print(f"{name:28} x{statistics.median(seconds) / bare:5.1f}")
    ratio = statistics.median(times["pytest, plugin unused"]) / statistics.median(times["pytest, plugin absent"])
    print(f"an unused plugin costs a pytest run x{ratio:.2f}")


if __name__ == "__main__":
    main()
