"""The contract run: figures, clauses, and each failure with the request that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    place = "the embedded emulator" if result.embedded else result.base_url
    yield line(
        f"{count(result.requests, 'request')} to {place}, seed {result.seed}: "
        f"{result.accepted:,} accepted, {result.unspecified:,} on which the contract is silent, "
        f"{count(result.pages, 'page')}."
    )
    if result.known:
        yield line(f"{count(len(result.known), 'failure')} accepted by the baseline.")
    if result.stopped:
        yield line(("stopped early: ", "warning"), result.stopped)
        if result.exit_code not in {0, 1} or not result.requests:
            return
    binding = {name: each for name, each in result.clauses.items() if each.strength != "assumed"}
    if binding:
        sides = _sides(binding.values())
        least = [count(min(numbers), "time") for numbers in sides]
        some = [sum(number > 0 for number in numbers) for numbers in sides]
        yield line(
            f"Each of the {count(len(binding), 'binding clause')} was kept at least {least[0]} "
            f"and broken at least {least[1]}."
            if min(some) == len(binding)
            else f"{some[0]} of {count(len(binding), 'binding clause')} kept by a request, {some[1]} broken by one."
        )
    for told, side in (("never kept: ", "valid"), ("never broken: ", "broken")):
        never = [name for name, each in binding.items() if not getattr(each, side)]
        if never:
            yield line((told, "warning"), ", ".join(never))
    if result.untried:
        why = "" if result.spend is None else f", as {count(result.spend, 'page')} may be billed"
        yield line((f"not tried{why}: ", "warning"), "; ".join(result.untried))


def progress_text(sent: int, total: int, failures: int, *, seconds: float) -> str:
    """Return how far a run is, how fast, and how long it may take still."""
    rate = sent / max(seconds, 0.001)
    left = (total - sent) / rate if sent else 0
    speed = f"{rate:,.0f}/s" if rate >= 1 else f"{60 * rate:,.0f}/min"
    wait = f"{left:,.0f} s" if left < 100 else f"{left / 60:,.0f} min"
    return f"{sent:,}/{count(total, 'request')}, {count(failures, 'failure')}, {speed}, {wait} left"


def _sides(clauses: Iterable[ClauseCount]) -> tuple[list[int], list[int]]:
    """Return how often each clause was kept, and how often broken."""
    every = list(clauses)
    return [each.valid for each in every], [each.broken for each in every]


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
        told = count(len(result.failures), "new failure" if result.known else "failure")
        return line((told, "error"), ": the endpoint departs from its contract")
    none = "no new failure" if result.known else "no failure"
    if result.stopped:
        return line((f"{none}, but the run stopped early", "warning"))
    binding = [each for each in result.clauses.values() if each.strength != "assumed"]
    never = [sum(not number for number in numbers) for numbers in _sides(binding)]
    if never[0]:
        told = f"{count(never[0], 'clause')} never kept by a request: what must be accepted was not tried"
        return line((f"{none} in what was sent", "warning"), f"; {told}")
    if never[1]:
        told = f"{count(never[1], 'clause')} never broken by a request: what must be refused was not tried"
        return line((f"{none} in what was sent", "warning"), f"; {told}")
    if result.known:
        told = (
            f": the endpoint departs from its contract in {count(len(result.known), 'way')} that the baseline accepts"
        )
        return line((none, "ok"), told)
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
