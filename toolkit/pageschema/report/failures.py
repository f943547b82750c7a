"""The failures of a contract run for machines: JUnit XML, and a test file that sends each of them again."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pageschema.report.as_json import json_text
from pageschema.report.har import exchanges_har, exchanges_ndjson
from pageschema.report.layout import printable
from pageschema.report.page import fuzz_page
from pageschema.report.summary import fuzz_markdown

if TYPE_CHECKING:
    from pageschema.contract import Clause, Exchange
    from pageschema.fuzzing import Failure, FuzzResult

_LEAD = '''\
"""What `pageschema fuzz` found: each test sends one request again, to the byte, and passes once its answer is mended.

The key is read from DATALAB_API_KEY, the endpoint from PAGESCHEMA_BASE_URL, by default that of the run.
"""

import os

import pytest

from pageschema import Contract, ExtractClient
from pageschema.fuzzing import read_replay, replay

BASE_URL = os.environ.get("PAGESCHEMA_BASE_URL", {base_url!r})


@pytest.fixture
def still():
    with ExtractClient(BASE_URL{options}) as client:
        yield lambda text: replay(read_replay(text, where=__file__), Contract.load(), client)
'''
_TEST = """

def test_{name}(still):
    again = still({text})
    assert again is None, again.message
"""


def fuzz_file(
    form: str,
    result: FuzzResult,
    sent: Sequence[tuple[datetime, Exchange]],
    *,
    allow_remote: bool = False,
    options: str = "",
    clauses: Sequence[Clause] = (),
) -> str:
    """Return the text of a file of a run in the form of its name: .html, .md, .har, .ndjson, .xml, .py or .json.

    Args:
        sent: Each exchange with the time it ended at; only .har and .ndjson tell of them.
        options: What `pageschema replay` needs besides the file; only .html and .md tell it.
        clauses: Those of the contract, for their sentences; only .html tells them.
    """
    if form == ".html":
        return fuzz_page(result, clauses, options=options, at=sent[-1][0] if sent else None)
    if form == ".md":
        return fuzz_markdown(result, options=options)
    if form == ".har":
        return exchanges_har(sent, result.base_url, importlib.metadata.version("pageschema"))
    if form == ".ndjson":
        return exchanges_ndjson(sent, result.base_url)
    if form == ".xml":
        return failures_junit(result)
    return failures_pytest(result, allow_remote=allow_remote) if form == ".py" else json_text(result.as_json())


def failures_junit(result: FuzzResult) -> str:
    """Return a test case a failure, and one that passes for each clause that was held to and kept."""
    failed = {failure.clause for failure in result.failures}
    kept = [name for name, count in result.clauses.items() if count.broken + count.valid and name not in failed]
    cases = [*result.failures, *kept]
    counts = {"tests": str(len(cases)), "failures": str(len(result.failures)), "errors": "0"}
    suites = ET.Element("testsuites", counts)
    suite = ET.SubElement(suites, "testsuite", {"name": "pageschema.fuzz", **counts, "skipped": "0", "time": "0"})
    properties = ET.SubElement(suite, "properties")
    for name, value in (("base_url", result.base_url), ("seed", result.seed), ("requests", result.requests)):
        ET.SubElement(properties, "property", {"name": name, "value": printable(str(value))})
    for failure in result.failures:
        attributes = {"classname": f"pageschema.fuzz.{failure.check}", "name": printable(failure.id), "time": "0"}
        case = ET.SubElement(suite, "testcase", attributes)
        told = f"{failure.message}\n{failure.curl(result.base_url)}"
        ET.SubElement(case, "failure", {"message": printable(failure.message), "type": failure.check}).text = "\n".join(
            map(printable, told.split("\n"))
        )
    for name in kept:
        ET.SubElement(suite, "testcase", {"classname": "pageschema.fuzz.clause", "name": name, "time": "0"})
    ET.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suites, encoding="unicode") + "\n"


def failures_pytest(result: FuzzResult, *, allow_remote: bool = False) -> str:
    """Return a Python file of tests, one a failure, that need pageschema and pytest and nothing else."""
    parts = [_LEAD.format(base_url=result.base_url, options=", allow_remote=True" if allow_remote else "")]
    names: list[str] = []
    for failure in result.failures:
        name = _name(failure)
        names.append(name)
        number = names.count(name)
        text = _literal(failure.as_replay())
        parts.append(_TEST.format(name=name if number == 1 else f"{name}_{number}", text=text))
    return "".join(parts)


def _name(failure: Failure) -> str:
    return re.sub(r"\W+", "_", failure.id, flags=re.ASCII).strip("_").lower()


def _literal(text: str) -> str:
    """Return a raw string of several lines where *text* can stand in one: it is JSON, and reads better so."""
    return f'r"""\n{text}\n"""' if '"""' not in text and text.isascii() else repr(text)
