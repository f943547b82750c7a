"""What runs in a process of its own to see whether a model gives the same page schema there."""

from __future__ import annotations

import json
import sys
from typing import Any

from pageschema.generation.page import page_schema
from pageschema.models import load_models


def generate(target: str, days: int) -> None:
    """Print the page schema of a TARGET, as the last line, *days* from now: what runs in the other process."""
    if days:
        _shift_the_clock(days)
    schema = page_schema(load_models(target)[0].model)
    sys.stdout.write("\n" + json.dumps(schema.value))


def _shift_the_clock(days: int) -> None:
    """Let the calendar of this process run ahead: `datetime` and `time` tell another day.

    Their classes are of C and cannot be subclassed in silence: Pydantic knows `date` by its identity. So their methods
    are replaced where they stand. An interpreter that refuses this keeps its clock.
    """
    import ctypes
    import datetime as dt
    import gc
    import time

    ahead = dt.timedelta(days=days)

    def replace(cls: type, name: str) -> None:
        real = getattr(cls, name)
        vars_of_class: Any = gc.get_referents(cls.__dict__)[0]
        vars_of_class[name] = classmethod(lambda _cls, *args, **named: real(*args, **named) + ahead)
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))

    if sys.implementation.name == "cpython":
        replace(dt.date, "today")
        for name in ("now", "utcnow"):
            replace(dt.datetime, name)
    real_time = time.time
    time.time = lambda: real_time() + ahead.total_seconds()
