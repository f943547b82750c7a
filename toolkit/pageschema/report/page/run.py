"""The page of `verify` and that of `fuzz`: what is wrong first, then all that was looked at."""

from __future__ import annotations

import importlib.metadata
import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pageschema.report.fuzz import MAX_CURL, closing, figures, sent_rows
from pageschema.report.layout import Span, count
from pageschema.report.page.rendering import render_page

if TYPE_CHECKING:
    from pageschema.contract import Clause
    from pageschema.fuzzing import FuzzResult
    from pageschema.project.pages import ProjectStanding
    from pageschema.project.verification import VerifyReport

_ENDPOINT = "endpoint"
_RANK = {"error": 0, "warning": 1, "note": 2}


def verify_page(
    report: VerifyReport, standing: ProjectStanding, *, options: str = "", at: datetime | None = None
) -> str:
    """Return what `verify` found as one HTML file.

    Args:
        options: What `pageschema replay` needs besides the file, to send a failure to the same place.
        at: When it was; without, the page does not say.
    """
    fuzzed = report.fuzz
    wrong = [section for section in report.sections if section.problems and section.name != _ENDPOINT]
    problems = sum(len(section.problems) for section in report.sections)
    findings = [(schema.name, finding) for schema in standing.schemas for finding in schema.findings]
    findings.sort(key=lambda each: (_RANK[each[1].severity.value], each[0], each[1].pointer, each[1].code))
    return render_page(
        "verify.html",
        headline=count(problems, "problem") if problems else "all is well",
        report=report,
        standing=standing,
        wrong=wrong,
        findings=findings,
        links=[
            *[("wrong", "What is wrong")] * (not report.ok),
            ("parts", "What was looked at"),
            ("schemas", "Schemas"),
            ("lint", "Lint by field"),
            *[("clauses", "The contract")] * (fuzzed is not None),
        ],
        at=_moment(at),
        version=importlib.metadata.version("pageschema"),
        **_run(fuzzed, standing.clauses, options),
    )


def fuzz_page(result: FuzzResult, clauses: Sequence[Clause], *, options: str = "", at: datetime | None = None) -> str:
    """Return what a contract run found as one HTML file.

    Args:
        clauses: Those of the contract, for their sentences.
        options: What `pageschema replay` needs besides the file.
        at: When it was; without, the page does not say.
    """
    return render_page(
        "fuzz.html",
        headline=str(closing(result)),
        result=result,
        links=[*[("wrong", "What is wrong")] * bool(result.failures), ("clauses", "The contract")],
        at=_moment(at),
        version=importlib.metadata.version("pageschema"),
        **_run(result, clauses, options),
    )


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""


def _run(result: FuzzResult | None, clauses: Sequence[Clause], options: str) -> dict[str, Any]:
    """Return what the pages tell of a contract run; without one there is nothing to tell."""
    sentences = {clause.id: clause.quote for clause in clauses}
    if result is None:
        return {"failures": [], "figures": [], "clauses": []}
    return {
        "failures": list(_failures(result, sentences, options)),
        "figures": [str(each) for each in figures(result)],
        "clauses": sorted(_clauses(result, sentences), key=lambda row: -int(row["failed"] > 0)),
    }


def _failures(result: FuzzResult, sentences: Mapping[str, str], options: str) -> Iterator[dict[str, Any]]:
    for failure in result.failures:
        curl = failure.curl(result.base_url)
        yield {
            "name": failure.id,
            "message": failure.message,
            "count": failure.count,
            "sentence": _unless_told(sentences.get(failure.clause or "", ""), failure.message),
            "sent": [(_text(name), _text(told)) for name, told in sent_rows(failure.request)],
            "curl": curl if len(curl) <= MAX_CURL else "",
            "replay": f"pageschema replay {shlex.quote(failure.replay)} {options}".rstrip() if failure.replay else "",
        }


def _clauses(result: FuzzResult, sentences: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for name, each in result.clauses.items():
        yield {
            "name": name,
            "sentence": sentences.get(name, ""),
            "strength": each.strength,
            "valid": each.valid,
            "broken": each.broken,
            "failed": each.failed,
        }


def _unless_told(sentence: str, message: str) -> str:
    return "" if sentence in message else sentence


def _text(span: Span) -> str:
    return span if isinstance(span, str) else span[0]
