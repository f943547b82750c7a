"""What is asked of an audit besides the schema."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SAMPLES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOptions:
    """How records are read and judged; the same for every range.

    Args:
        name: What the schema is called in totals.
        strict: Take null for what the schema says it is.
        field: The member of a line, or the column of Parquet, that holds the result or the extraction.
        samples: How many violations of each kind are told in full: the first ones, in order of the files.
        against: Other schemas by their names; for each record it is counted which of them it fits.
        evidence: Whether nulls, scores and citations are counted for every field.
        share: Judge this share of the records, chosen by their positions: the same ones each time.
        unique_keys: Whether a record in which a key stands twice is broken, as it is for `check`; otherwise the last
            one counts.
        aside: A folder to which broken records are written, a file a range; every worker must see it.
    """

    name: str = ""
    strict: bool = False
    field: str | None = None
    samples: int = 3
    against: tuple[tuple[str, str], ...] = ()
    evidence: bool = False
    share: float | None = None
    unique_keys: bool = False
    aside: str | None = None
