"""Every exception that pageschema raises on purpose.

::

    PageSchemaError              the question could not be answered            exit 2
    ├── InvalidJSON              a text is not JSON, or past a bound
    ├── InvalidSchema            a value is no page schema that can be worked with
    ├── InvalidTarget            a TARGET names nothing
    ├── CannotGenerate           a model has no page schema
    ├── NoExtraction             a result holds no extraction to check
    ├── RegistryError            the folder of frozen versions is not as it must be
    ├── InvalidContract          the OpenAPI document or its overlay is unusable
    ├── InvalidConfiguration     [tool.pageschema] or an option is wrong
    ├── UnusableAnswer           an endpoint refused, or its answer makes no sense
    ├── MissingExtra             an optional package is needed and absent
    └── TargetUnreachable        the endpoint does not answer                  exit 3

Bad news that was asked for (findings, changes, violations, failures) is a value, never an exception.
"""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar


class PageSchemaError(Exception):
    """The question could not be answered: where, what, and what to do about it."""

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        first = f"{self.where}: {self.what}" if self.where else self.what
        return f"{first}\n  {self.remedy}" if self.remedy else first


class InvalidJSON(PageSchemaError):
    """A text is not the JSON that RFC 8259 allows, or exceeds a bound on size, depth or digits."""


class InvalidSchema(PageSchemaError):
    """A value cannot be worked with as a page schema."""


class InvalidTarget(PageSchemaError):
    """A TARGET names no model, file or frozen version."""


class CannotGenerate(PageSchemaError):
    """A model has no page schema, with the field that stands in the way.

    `at` is where that is: the model, the field, its file and line, where they are known.
    """

    def __init__(self, what: str, *, at: object = None, remedy: str = "") -> None:
        super().__init__(what, where=str(at or ""), remedy=remedy)
        self.at = at


class NoExtraction(PageSchemaError):
    """A result holds no extraction: it failed, is not finished, or was stored elsewhere."""


class RegistryError(PageSchemaError):
    """A frozen version is missing, changed, or cannot be written."""


class InvalidContract(PageSchemaError):
    """The OpenAPI document or the overlay beside it cannot be used."""


class InvalidConfiguration(PageSchemaError):
    """A setting in ``[tool.pageschema]``, or an option, is wrong."""


class UnusableAnswer(PageSchemaError):
    """An endpoint refused a request, or answered with what cannot be worked with."""


class MissingExtra(PageSchemaError):
    """A feature needs an optional package that is not installed."""

    def __init__(self, feature: str, *, extra: str) -> None:
        super().__init__(
            f"{feature} needs packages that are not installed",
            remedy=f"pip install 'pageschema[{extra}]'",
        )
        self.feature = feature
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes: a worker may be the one that misses the packages."""
        return partial(type(self), self.feature, extra=self.extra), ()


class TargetUnreachable(PageSchemaError):
    """The endpoint could not be reached, or stopped answering."""

    exit_code: ClassVar[int] = 3
