"""The contract run: figures, clauses, and each failure with the request that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pageschema import jsontext
from pageschema.report.layout import PLAIN, Line, Span, Terminal, columns, count, line, render

if TYPE_CHECKING:
    # At run time these would bring httpx and Hypothesis along, for a report that may not be asked for.
    from pageschema.contract import Request
    from pageschema.fuzzing import ClauseCount, Failure, FuzzResult
    from pageschema.project.replays import Replayed

MAX_CURL = 4_000
_VALUE_LENGTH = 160


def fuzz_text(result: FuzzResult, *, verbose: bool = False, options: str = "", terminal: Terminal = PLAIN) -> str:
    """Return the figures of a run, the clauses that failed (with *verbose* all), and each failure in full.

    Args:
        options: What `pageschema replay` needs besides the file, to send a failure to the same place.
    """
    lines: list[Line] = list(figures(result))
    shown = {name: each for name, each in result.clauses.items() if verbose or each.failed}
    if shown:
        lines += [line(), *_clauses(shown)]
    for failure in result.failures:
        lines += [line(), *failure_lines(failure, result.base_url, options)]
    lines += [line(), closing(result)]
    return render(lines, terminal)


def replay_text(
    failure: Failure,
    again: Failure | None,
    *,
    base_url: str | None = None,
    at: str = "",
    options: str = "",
    terminal: Terminal = PLAIN,
) -> str:
    """Return whether a saved failure still fails, and if so how.

    Args:
        base_url: Where the curl line sends it.
        at: Where it was sent, in words.
    """
    place = f" at {at}" if at else ""
    if again is None:
        return render(
            [
                line((f"{failure.id}: ", "where"), ("no longer fails", "ok"), place),
                line(("it was  ", "dim"), failure.message, indent=2),
            ],
            terminal,
        )
    return render([line(("still fails", "error"), place), *failure_lines(again, base_url, options)], terminal)


def replays_text(every: Sequence[Replayed], *, terminal: Terminal = PLAIN) -> str:
    """Return a line for each saved failure that was sent again, and how many became what."""
    if not every:
        return render([line("no failure is saved: pageschema fuzz saves those it finds")], terminal)
    rows = [((each.state, _STATES[each.state]), *_told(each)) for each in every]
    numbers = {state: sum(each.state == state for each in every) for state in _STATES}
    closing = ", ".join(
        count(number, state) if state == "error" else f"{number:,} {state}"
        for state, number in numbers.items()
        if number
    )
    return render([*columns(rows), line(), line(closing)], terminal)


_STATES = {"fixed": "ok", "still failing": "error", "error": "warning"}


def _told(each: Replayed) -> tuple[Span, ...]:
    if each.error is not None:
        return (f"{each.file}: {jsontext.clip(each.error.what, _VALUE_LENGTH)}",)
    return (f"{each.failure.id} at {each.place}" if each.failure else each.file,)


def failure_lines(failure: Failure, base_url: str | None, options: str = "") -> Iterator[Line]:
    """Yield what went wrong, what was sent in words and as curl, and how to send it again."""
    times = f" ({failure.count:,} times)" if failure.count > 1 else ""
    yield line((failure.id, "error"), f": {failure.message}", (times, "dim"))
    yield from columns(list(sent_rows(failure.request)), indent=2)
    if base_url is not None:
        curl = failure.curl(base_url)
        if len(curl) <= MAX_CURL:
            yield line(curl, indent=2, wrap=False)
        else:
            yield line((f"as curl it is {len(curl):,} characters long; replay it instead", "dim"), indent=2)
    if failure.replay:
        yield line(f"pageschema replay {failure.replay} {options}", indent=2, wrap=False)


def figures(result: FuzzResult) -> Iterator[Line]:
    """Yield what was sent and how much of the contract that tried."""
    yield line(
        f"{count(result.requests, 'request')} to {result.base_url}, seed {result.seed}: "
        f"{result.accepted:,} accepted, {result.unspecified:,} on which the contract is silent, "
        f"{count(result.pages, 'page')}."
    )
    if result.stopped:
        yield line(("stopped early: ", "warning"), result.stopped)
        return
    binding = {name: each for name, each in result.clauses.items() if each.strength != "assumed"}
    if binding:
        kept, broken = (min(getattr(each, side) for each in binding.values()) for side in ("valid", "broken"))
        yield line(
            f"Each of the {count(len(binding), 'binding clause')} was kept at least {count(kept, 'time')} "
            f"and broken at least {count(broken, 'time')}."
        )
    for told, side in (("never kept: ", "valid"), ("never broken: ", "broken")):
        never = [name for name, each in binding.items() if not getattr(each, side)]
        if never:
            yield line((told, "warning"), ", ".join(never))


def _clauses(clauses: dict[str, ClauseCount]) -> Iterator[Line]:
    head = tuple((name, "dim") for name in ("clause", "strength", "kept", "broken", "failed"))
    rows: list[tuple[Span, ...]] = [head]
    for name, each in clauses.items():
        failed = (f"{each.failed:,}", "error" if each.failed else "")
        rows.append((name, each.strength, f"{each.valid:,}", f"{each.broken:,}", failed))
    yield from columns(rows, indent=2)


def closing(result: FuzzResult) -> Line:
    """Return the verdict on the endpoint, in one line."""
    if result.failures:
        return line((count(len(result.failures), "failure"), "error"), ": the endpoint departs from its contract")
    if result.stopped:
        return line(("no failure, but the run stopped early", "warning"))
    untried = [name for name, each in result.clauses.items() if each.strength != "assumed" and not each.valid]
    if untried:
        told = f"{count(len(untried), 'clause')} never kept by a request: what must be accepted was not tried"
        return line(("no failure in what was sent", "warning"), f"; {told}")
    return line(("no failure: the endpoint keeps its contract", "ok"))


def sent_rows(request: Request) -> Iterator[tuple[Span, ...]]:
    """Yield the rows that say what a request holds: headers, then fields and files, or else its body."""
    from pageschema.contract.decode import read_parts

    yield ("sent", "dim"), f"{request.method} {jsontext.clip(request.path, _VALUE_LENGTH)}"
    kind, _, parameters = (request.header("content-type") or "").partition(";")
    for name, value in request.headers:
        if name.lower() != "content-type" or not request.body:
            yield (name, "dim"), jsontext.clip(value, _VALUE_LENGTH)
    if not request.body:
        return
    parts = read_parts(request.body, parameters) if kind.strip().lower() == "multipart/form-data" else []
    if isinstance(parts, str) or not parts:
        reason = f", {parts}" if isinstance(parts, str) else ""
        yield ("body", "dim"), f"{kind or 'no content type'}{reason}: {_content(request.body)}"
        return
    for part in parts:
        name = jsontext.clip(part.name, 60)
        if part.filename is None:
            yield name, _content(part.content)
        else:
            facts = [part.filename or "no file name", part.content_type or "no content type"]
            yield name, ", ".join([*(jsontext.clip(fact, 60) for fact in facts), count(len(part.content), "byte")])


def _content(content: bytes) -> str:
    """Return a part's text cut short, in quotes where it could pass for nothing; for other bytes how many there are."""
    try:
        text = content[: 4 * _VALUE_LENGTH].decode("utf-8", "strict" if len(content) <= 4 * _VALUE_LENGTH else "ignore")
    except UnicodeDecodeError:
        return f"{count(len(content), 'byte')}, not UTF-8"
    return (
        jsontext.clip(text, _VALUE_LENGTH)
        if text and text == text.strip()
        else f'"{jsontext.clip(text, _VALUE_LENGTH)}"'
    )
