"""What the fixture `extract_emulator` serves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from pageschema.errors import PageSchemaError

if TYPE_CHECKING:
    from pageschema.emulator import Emulator


@contextmanager
def serving(faults: str | Iterable[str], options: Mapping[str, Any]) -> Iterator[Emulator]:
    """Serve an emulator with the bugs and options that a test asked for.

    A fault or option that there is not, or an emulator that is not installed, fails the test in one message.
    """
    from pageschema.emulator import Emulator, Options

    known = Options.__dataclass_fields__.keys()
    for name in options.keys() - known:
        pytest.fail(f"the emulator has no option {name!r}\n  known are faults, {', '.join(known)}", pytrace=False)
    with ExitStack() as stack:
        try:
            own = Emulator(faults=(faults,) if isinstance(faults, str) else tuple(faults), **options)
            emulator = stack.enter_context(own)
        except PageSchemaError as error:
            raise pytest.fail.Exception(str(error), pytrace=False) from None
        yield emulator
