"""check_range: the one pure function that an audit is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from pageschema import jsontext
from pageschema.audit.aside import Aside
from pageschema.audit.decoding import decoder, problems
from pageschema.audit.evidence import count_evidence
from pageschema.audit.judging import Broken, Judging, judging, unreadable
from pageschema.audit.options import AuditOptions
from pageschema.audit.ranges import Range
from pageschema.audit.reading import MAX_RECORD_BYTES, Block, Oversized, Unreadable, blocks
from pageschema.audit.sampling import chosen
from pageschema.audit.summary import Kind, Sample, Summary
from pageschema.conformance import Violation
from pageschema.errors import InvalidJSON, InvalidSchema, NoExtraction
from pageschema.schema import PageSchema

_REFUSED = object()
_MANY = 8
_MOST_REFUSED = 64
_MOST_REFUSED_BYTES = 1024 * 1024
_MOST_HELD = 64 * 1024
"""Bytes of a record that is kept until its violation is put into words; of a larger one that is done at once."""
_DEFAULT = AuditOptions()


def check_range(unit: Range, schema: PageSchema | dict[str, Any] | str, options: AuditOptions = _DEFAULT) -> Summary:
    """Judge the records of one range, and return what is known of them.

    It keeps nothing and asks nothing but the file: call it anywhere, in any order, and merge what it returns.

    Args:
        schema: The page schema that was sent; as its text it travels best.

    Raises:
        InvalidSchema: The schema cannot be compiled.
        InvalidTarget: A Parquet file has no such column.
        MissingExtra: The file needs a package that is not installed.
    """
    with ExitStack() as stack:
        aside = stack.enter_context(Aside(options.aside, unit)) if options.aside else None
        return _Checking(unit, schema_text(schema), options, aside).run()


def schema_text(schema: PageSchema | dict[str, Any] | str) -> str:
    """Return a page schema as text."""
    if isinstance(schema, str):
        return schema
    if isinstance(schema, PageSchema):
        return schema.text
    try:
        return jsontext.dumps(schema)
    except (TypeError, ValueError) as error:
        remedy = "give a PageSchema, or a dict read from JSON; of a model: page_schema(Model)"
        raise InvalidSchema(f"the schema is not JSON: {error}", remedy=remedy) from error


class _Checking:
    """One range while it is judged."""

    def __init__(self, unit: Range, text: str, options: AuditOptions, aside: Aside | None) -> None:
        self._unit = unit
        self._options = options
        self._aside = aside
        self._judging = judging(text, strict=options.strict)
        self._others = [(name, judging(other, strict=options.strict)) for name, other in options.against]
        self._decode = decoder(unique_keys=options.unique_keys)
        self._field = options.field if unit.form != "rows" else None
        self._summary = Summary(samples=options.samples)
        self._lines = 0
        self._kinds: dict[str, dict[tuple[str, str], Kind]] = {}
        self._refused: list[_Refused] = []
        self._held_bytes = 0
        self._are_many = False

    def run(self) -> Summary:
        """Judge all records."""
        try:
            for block in blocks(self._unit, field=self._options.field):
                self._take(block)
                self._lines += len(block.records)
            self._settle()
        except Unreadable as error:
            self._settle()
            self._cannot_read_on(error)
        self._summary.lines[self._unit.key] = self._lines
        self._summary.kinds = {(name, *key): kind for name, kinds in self._kinds.items() for key, kind in kinds.items()}
        return self._summary

    def _take(self, block: Block) -> None:
        """Judge the records of one block: nearly all time goes into this loop."""
        decode, field, wrong = self._decode, self._field, problems()
        # Where most records are broken, what is wrong with one is asked at once: the answer may be nothing.
        accepts = _takes_nothing if self._are_many and self._judging.is_plain else self._judging.accepts_bare
        looks_closely = bool(self._others) or self._options.evidence
        numbered = enumerate(block.records) if self._options.share is None else self._chosen(block)
        self._summary.records += len(block.records)
        before = len(self._refused) + self._summary.broken
        positions: list[int] = []
        for number, record in numbered:
            try:
                value = decode(record)
                if field is not None:
                    value = _opened(value[field], decode)
                is_fine = accepts(value)
                if is_fine and not looks_closely:
                    continue
            except wrong:
                value, is_fine = _REFUSED, False
            positions = positions or block.positions()
            refused = _Refused(record, value, self._lines + number, positions[number])
            if looks_closely:
                self._look_closely(refused, is_fine=is_fine or self._is_fine_after_all(refused))
            elif self._are_many:
                self._is_fine_after_all(refused)
            else:
                self._refused.append(refused)
                self._held_bytes += len(record or b"")
        here = len(self._refused) + self._summary.broken - before  # Not those of earlier blocks that still wait.
        self._are_many = here * _MANY > len(block.records)
        if self._are_many or len(self._refused) > _MOST_REFUSED or self._held_bytes > _MOST_REFUSED_BYTES:
            self._settle()

    def _chosen(self, block: Block) -> list[tuple[int, Any]]:
        """Return the records that the sample takes, with their numbers in the block."""
        share = self._options.share or 0
        positions = block.positions()
        found = [each for each in enumerate(block.records) if chosen(self._unit, positions[each[0]], share)]
        self._summary.skipped += len(block.records) - len(found)
        self._summary.records -= len(block.records) - len(found)
        return found

    def _settle(self) -> None:
        """Find out about the records that were not accepted.

        A few of them cost half as much together as one by one between others: the code for that is in the cache then.
        Many are best done at once, while they are in the cache.
        """
        for refused in self._refused:
            self._is_fine_after_all(refused)
        self._refused.clear()
        self._held_bytes = 0

    def _is_fine_after_all(self, refused: _Refused) -> bool:
        """Count what is wrong with a record that was not accepted, and return whether that is nothing."""
        record, value, line, position = refused
        if isinstance(value, dict) and not value.keys().isdisjoint(self._judging.envelope):
            value, is_fine = self._taken(value)
            if is_fine:
                return True
        elif value is _REFUSED and _is_blank(record):
            self._summary.records -= 1
            return True
        broken = self._broken(self._judging, value, record)
        if not broken:
            return True
        self._summary.broken += 1
        self._count(self._options.name, self._judging, broken, refused)
        if self._aside is not None:
            self._aside.write(line, position, broken, record, is_json=value is not _REFUSED)
        return False

    def _taken(self, result: dict[str, Any]) -> tuple[Any, bool]:
        """Return the extraction in a whole result, and whether it is fine."""
        try:
            value = _opened(self._judging.take(result), self._decode)
            return value, self._judging.accepts(value)
        except problems():
            return _REFUSED, False

    def _look_closely(self, at: _Refused, *, is_fine: bool) -> None:
        """Count what else was asked of a record: evidence, and which of the other schemas it fits."""
        if _is_blank(at.record):
            return
        extraction = None if isinstance(at.record, Oversized) else self._judging.extraction(self._held(at.record))
        if self._options.evidence:
            count_evidence(extraction, self._judging.shapes.root, self._summary.evidence)
        if not self._others:
            return
        fits = [self._options.name] if is_fine else []
        for name, other in self._others:
            if extraction is not None and other.accepts(extraction):
                fits.append(name)
            elif broken := self._broken(other, _REFUSED if extraction is None else extraction, at.record):
                self._count(name, other, broken, at)
            else:
                fits.append(name)
        self._summary.fits[tuple(fits)] += 1

    def _broken(self, judge: Judging, value: Any, record: Any) -> Sequence[Broken]:
        """Return what is wrong with a record whose extraction is *value*, or could not be told quickly."""
        if isinstance(value, dict):
            quickly = judge.broken_quickly(value)
            if quickly is not None:
                return quickly
        elif isinstance(record, Oversized):
            return [unreadable(InvalidJSON(f"larger than {MAX_RECORD_BYTES:,} bytes", remedy="split it"))]
        elif record is None:
            return [unreadable(NoExtraction("the cell is empty", remedy="extract again, or leave the row out"))]
        return judge.broken(self._held(record))

    def _held(self, record: Any) -> Any:
        """Return what a record holds for `check` to read: itself, or the member that was named."""
        if self._field is None:
            return record
        try:
            whole = jsontext.parse(record, unique_keys=True)
        except InvalidJSON:
            return record
        return whole.get(self._field) if isinstance(whole, dict) else whole

    def _count(self, name: str, judge: Judging, broken: Sequence[Broken], at: _Refused) -> None:
        """Count each kind of *broken*. A record gives a kind one sample at most, from its first place."""
        kinds = self._kinds.setdefault(name, {})
        seen: set[tuple[str, str]] = set()
        for each in broken:
            kind = kinds.get(each.kind)
            if kind is None:
                kind = kinds[each.kind] = Kind()
            kind.places += 1
            if each.kind not in seen:
                seen.add(each.kind)
                kind.records += 1
                if len(kind.samples) < self._options.samples:
                    kind.samples.append(self._sample(judge, each, at))

    def _sample(self, judge: Judging, broken: Broken, at: _Refused) -> Sample:
        sample = Sample(
            path=self._unit.path,
            key=self._unit.key,
            position=at.position,
            line=at.line,
            pointer=broken.pointer,
            violation=broken.violation,
            record=None if broken.violation else self._held(at.record),
        )
        is_small = broken.violation is not None or len(at.record) <= _MOST_HELD
        return sample if is_small else judge.worded(sample, broken.kind[1])

    def _cannot_read_on(self, error: Unreadable) -> None:
        violation = Violation(
            pointer="",
            keyword="file",
            message=f"the file cannot be read from here on: {jsontext.clip(str(error), 160)}",
            value=None,
            remedy="copy the file again from where it came from",
        )
        self._summary.records += 1
        self._summary.broken += 1
        at = _Refused(None, _REFUSED, self._lines, self._unit.start)
        self._count(self._options.name, self._judging, [Broken("", ("", "file"), violation)], at)


class _Refused(NamedTuple):
    """A record that was not accepted at once: what it holds, its line in the range from 0, its position in the file."""

    record: Any
    value: Any
    line: int
    position: int


def _takes_nothing(_: Any) -> bool:
    return False


def _is_blank(record: Any) -> bool:
    return isinstance(record, bytes) and not record.strip()


def _opened(value: Any, decode: Callable[[Any], Any]) -> Any:
    """Return what a string holds as JSON, anything else as it is."""
    return decode(value) if isinstance(value, (str, bytes)) else value
