"""Records in Parquet: one column, of texts or of structs. The door of pyarrow."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

from pageschema import jsontext
from pageschema.audit.places import open_bytes
from pageschema.conformance.shape import SUFFIXES
from pageschema.errors import InvalidTarget, MissingExtra

_USUAL = "extraction_schema_json"
_BATCH_ROWS = 1_000


def row_groups(path: str) -> list[tuple[int, int]]:
    """Return the rows and bytes of each row group of a file.

    Raises:
        InvalidTarget: It is no Parquet file.
        MissingExtra: pyarrow is not installed.
    """
    with _file(path) as file:
        groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
        return [(group.num_rows, group.total_byte_size) for group in groups]


def first_row(path: str, group: int) -> int:
    """Return how many rows stand before a row group."""
    with _file(path) as file:
        return sum(file.metadata.row_group(number).num_rows for number in range(group))


def batches(path: str, group: int, column: str | None) -> Iterator[list[Any]]:
    """Yield the values of one column of a row group, some at a time: texts, bytes, or None.

    Args:
        column: Its name; without it, ``extraction_schema_json`` or the only column there is.

    Raises:
        InvalidTarget: The file has no such column.
    """
    with _file(path) as file:
        name = _column(path, file.schema_arrow, column)
        for batch in file.iter_batches(batch_size=_BATCH_ROWS, row_groups=[group], columns=[name]):
            place = batch.schema.names.index(name)  # Beside 'a.b' stands what 'a' holds of that name.
            yield [_text(value) for value in batch.column(place).to_pylist()]


def problems() -> tuple[type[Exception], ...]:
    """Return what is raised where a file breaks off or was damaged."""
    from pyarrow import ArrowException

    return (ArrowException, OSError)


def _text(value: Any) -> Any:
    """Return a cell as text: what is none is written as JSON."""
    if value is None or isinstance(value, (str, bytes)):
        return value
    return json.dumps(_without_absent(value), default=_plain)


def _without_absent(value: Any) -> Any:
    """Return a cell without the API's own keys that are null: all structs of a column have them if one has."""
    if isinstance(value, list):
        return [_without_absent(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without_absent(member)
        for name, member in value.items()
        if member is not None or not any(name.endswith(each) and name.removesuffix(each) in value for each in SUFFIXES)
    }


def _plain(value: Any) -> Any:
    """Return a value of a column in the way that JSON has for it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def _column(path: str, schema: Any, column: str | None) -> str:
    names: list[str] = schema.names
    chosen = column or (_USUAL if _USUAL in names else names[0] if len(names) == 1 else None)
    if chosen in names:
        return chosen
    listed = jsontext.clip(", ".join(names), 120)
    what = f"has no column '{jsontext.clip(chosen)}'" if chosen else f"has {len(names)} columns"
    raise InvalidTarget(
        what, where=jsontext.clip(path), remedy=f"say which holds the extractions, --field NAME: {listed}"
    )


@contextlib.contextmanager
def _file(path: str) -> Iterator[Any]:
    try:
        from pyarrow import ArrowInvalid
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtra(f"reading Parquet ({jsontext.clip(path)})", extra="audit") from error
    with open_bytes(path) as opened:
        try:
            file = ParquetFile(opened)
        except (ArrowInvalid, OSError) as error:
            raise InvalidTarget(
                f"is no Parquet file: {jsontext.clip(str(error), 120)}",
                where=jsontext.clip(path),
                remedy="name a file in Parquet, or give it the ending of what it is",
            ) from error
        with file:
            yield file
