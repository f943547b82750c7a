"""What the fixture `check_extraction` does."""

from __future__ import annotations

from typing import Any

import pytest

from pageschema.errors import PageSchemaError
from pageschema.pytest_plugin.project import project_of


def check_against(config: pytest.Config, result: Any, schema: Any, *, strict: bool = False) -> None:
    """Fail where *result* does not fit *schema*: a page schema, a model, a JSON Schema, or a frozen schema's name.

    Raises:
        ExtractionMismatch: It does not fit.
        PageSchemaError: The schema cannot be found or used, or the result holds no extraction.
    """
    __tracebackhide__ = True
    from pageschema.conformance import ExtractionMismatch, check_extraction

    try:
        violations = check_extraction(result, _schema_of(config, schema), strict=strict)
    except PageSchemaError as error:
        # Its frames are ours; what the reader can change is the line of the test.
        raise error.with_traceback(None) from None
    if violations:
        raise ExtractionMismatch(violations)


def _schema_of(config: pytest.Config, schema: Any) -> Any:
    if isinstance(schema, str):
        from pageschema.project.targets import resolve_one

        return resolve_one(project_of(config), schema).page_schema()
    if isinstance(schema, type):
        from pageschema.generation import page_schema

        return page_schema(schema)
    return schema
