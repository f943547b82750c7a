"""The faults that the emulator can be given, one file each; a new one is a file, an import and a line here."""

from __future__ import annotations

import difflib

from pageschema.emulator.fault import Fault
from pageschema.emulator.faults import (
    accepts_any_key,
    accepts_any_page_range,
    accepts_any_text_as_schema,
    accepts_both_schemas,
    accepts_no_schema,
    accepts_no_source,
    accepts_schema_without_properties,
    accepts_upload_with_location,
    accepts_version_without_schema_id,
    accepts_words_for_numbers,
    answers_unknown_id,
    crashes_on_empty_field,
    crashes_on_recursive_schema,
    drops_required_field,
    echoes_key,
    foreign_check_url,
    hangs,
    html_error_page,
    leaks_trace,
    never_completes,
    number_as_text,
    refuses_non_ascii_schema,
    refuses_python_booleans,
    reuses_request_id,
    success_without_request_id,
    swaps_results,
)
from pageschema.errors import InvalidConfiguration

FAULTS: tuple[Fault, ...] = (
    accepts_both_schemas.FAULT,
    accepts_no_schema.FAULT,
    accepts_no_source.FAULT,
    accepts_version_without_schema_id.FAULT,
    accepts_any_text_as_schema.FAULT,
    accepts_schema_without_properties.FAULT,
    accepts_upload_with_location.FAULT,
    accepts_any_key.FAULT,
    accepts_words_for_numbers.FAULT,
    accepts_any_page_range.FAULT,
    refuses_non_ascii_schema.FAULT,
    refuses_python_booleans.FAULT,
    crashes_on_recursive_schema.FAULT,
    crashes_on_empty_field.FAULT,
    html_error_page.FAULT,
    success_without_request_id.FAULT,
    echoes_key.FAULT,
    leaks_trace.FAULT,
    reuses_request_id.FAULT,
    foreign_check_url.FAULT,
    never_completes.FAULT,
    swaps_results.FAULT,
    drops_required_field.FAULT,
    number_as_text.FAULT,
    answers_unknown_id.FAULT,
    hangs.FAULT,
)

_BY_NAME = {each.name: each for each in FAULTS}


def find_fault(name: str) -> Fault:
    """Return the fault of that name.

    Raises:
        InvalidConfiguration: There is none.
    """
    found = _BY_NAME.get(name)
    if found is None:
        close = difflib.get_close_matches(name, _BY_NAME, n=1)
        raise InvalidConfiguration(
            f"the emulator has no fault '{name}'",
            remedy=f"did you mean {close[0]}?" if close else "pageschema explain lists the faults",
        )
    return found
