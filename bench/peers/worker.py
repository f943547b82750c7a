"""The other end of evolution.py's pipe: answers one question a line, with the seconds of CPU that it took.

A question is ``{"writer": …, "reader": …}``, an answer is yes, no, unknown or an error's name.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def serve(ask: Callable[[Any, Any], bool | None]) -> None:
    """Answer questions with *ask*, which is given the writer's schema and the reader's, until there are no more."""
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        started = time.process_time()
        try:
            answer = {True: "yes", False: "no", None: "unknown"}[ask(question["writer"], question["reader"])]
        except Exception as error:  # noqa: BLE001 - whatever a peer raises is its answer.
            answer = type(error).__name__
        print(json.dumps([answer, time.process_time() - started]), flush=True)
