"""From a TARGET to Pydantic models, and from a model to the file and line of each of its fields."""

from pageschema.models.author import authors_hooks
from pageschema.models.doubts import may_vary
from pageschema.models.ignores import ignores_of
from pageschema.models.lines import (
    attributes_used,
    class_origin,
    field_comment,
    field_origin,
    field_source,
    private_fields,
    source_text,
)
from pageschema.models.target import ModelSite, load_models, models_within

__all__ = [
    "ModelSite",
    "attributes_used",
    "authors_hooks",
    "class_origin",
    "field_comment",
    "field_origin",
    "field_source",
    "ignores_of",
    "load_models",
    "may_vary",
    "models_within",
    "private_fields",
    "source_text",
]
