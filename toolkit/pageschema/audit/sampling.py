"""Which records a sample takes: a matter of where they stand, so that it is the same one each time."""

from __future__ import annotations

import zlib

from pageschema.audit.ranges import Range

_SCALE = 1 << 32


def chosen(unit: Range, position: int, share: float) -> bool:
    """Return whether the record at *position* belongs to a sample of *share* of all."""
    place = b"%d-%d-%d" % (unit.file, unit.group or 0, position)
    return zlib.crc32(place) < share * _SCALE
