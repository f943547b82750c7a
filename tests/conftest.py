"""What all tests share: the commands that they start."""

import compileall
import os
import sys
from pathlib import Path


def pytest_configure(config):
    """Compile the package once, and let nothing else be: a model that changes within a second must be read anew."""
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(__file__).parents[1] / "toolkit", quiet=2)
