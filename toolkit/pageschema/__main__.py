"""``python -m pageschema``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from pageschema.cli import main as run

    code = run()
    # The last act of an interpreter is to search all that it has loaded for garbage: a tenth of a short command's time.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
