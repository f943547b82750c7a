"""``python -m pageschema``."""

from __future__ import annotations

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from pageschema.cli import main as run

    code = run()
    # What an author's module says at the very end does not belong behind the answer.
    with contextlib.suppress(OSError, AttributeError):
        sys.stdout.flush()
        os.dup2(2, 1)
    # The last act of an interpreter is to search all that it has loaded for garbage: a tenth of a short command's time.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
